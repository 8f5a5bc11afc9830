/*
 * toptalk - the top talkers
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * for each source out, or for each value of other columns, the busiest first.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>

#include "base/option.h"
#include "base/protoset.h"
#include "tally/keysum.h"

static struct keysum sums = { .max_keys = (size_t)1 << 21 };
static struct protoset chosen;

static void
sum_rows(void)
{
	size_t proto = 0;
	struct row row;

	if (chosen.given)
		proto = row_want(&sums.rows, "proto", false);
	while (row_next(&sums.rows, &row))
		if (!chosen.given ||
		    protoset_has_name(&chosen, row.cell[proto]))
			keysum_count(&sums, &row);
}

static const char usage_text[] =
    "usage: toptalk [-hV] [-k column[,column ...]] [-n number]\n"
    "               [-p protocol[,protocol ...]] [--max-keys number]\n"
    "               [--share] [--sort bytes|packets|name] [file ...]\n"
    "Sums packets and bytes of each source.  toptalk(1) says more.\n";

static const struct option options[] = {
	{ "by", required_argument, NULL, 'k' },
	{ "help", no_argument, NULL, 'h' },
	{ "proto", required_argument, NULL, 'p' },
	{ "version", no_argument, NULL, 'V' },
	KEYSUM_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	keys_parse(&sums.keys, "by", NULL, "src");
	while ((ch = getopt_long(argc, argv, "hk:n:p:V", options, NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 'k':
			keys_parse(&sums.keys, "by", NULL, optarg);
			break;
		case 'p':
			protoset_choose(&chosen, "proto", optarg);
			break;
		case 'V':
			option_version();
		default:
			if (!keysum_option(&sums, ch, optarg))
				option_usage(usage_text);
		}
}

int
main(int argc, char *argv[])
{
	read_options(argc, argv);
	option_want_input(argc, usage_text);
	keysum_start(&sums, argv + optind);
	sum_rows();
	return keysum_finish(&sums, "keys");
}
