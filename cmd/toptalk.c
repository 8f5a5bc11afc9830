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
#include "base/sandbox.h"
#include "csv/rowfilter.h"
#include "tally/keysum.h"

static struct keysum sums = { .max_keys = (size_t)1 << 21, .by = "src",
    .filter = ROWFILTER_ALL };

static const char usage_text[] =
    "usage: toptalk [-hV] [-k column[,column ...]] [-n number]\n"
    "               [-p protocol[,protocol ...]] [-t epoch|iso|sheet]\n"
    "               [--distinct column] [--first-last] [--max-keys number]\n"
    "               [--max-memory bytes] [--max-values number] [--no-header]\n"
    "               [--no-rest] [--per column[,column ...]] [--share]\n"
    "               [--since time]\n"
    "               [--sort bytes|packets|name|number|first|distinct]\n"
    "               [--until time] [file ...]\n"
    "Sums packets and bytes of each source.  toptalk(1) says more.\n";

static const struct option options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	KEYSUM_OPTIONS,
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "hV" KEYSUM_LETTERS, options,
	    NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
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
	sandbox_enter(argv + optind);
	keysum_rows(&sums);
	return keysum_finish(&sums, "keys");
}
