/*
 * protobw - packets and bytes of each protocol
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * a protocol out: proto,packets,bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>

#include "base/option.h"
#include "tally/keysum.h"

static const char *const column[] = { "proto" };

static struct keysum sums = { .max_keys = (size_t)1 << 16,
    .style = { .column = column, .columns = 1 } };

static const char usage_text[] =
    "usage: protobw [-hV] [-n number] [--max-keys number] [--share]\n"
    "               [--sort bytes|packets|name] [file ...]\n"
    "Sums packets and bytes of each protocol.  protobw(1) says more.\n";

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

	while ((ch = getopt_long(argc, argv, "hn:V", options, NULL)) != -1)
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
	struct row row;

	read_options(argc, argv);
	option_want_input(argc, usage_text);
	keysum_start(&sums, argv + optind);
	while (row_next(&sums.rows, &row))
		keysum_count(&sums, &row);
	return keysum_finish(&sums, "protocols");
}
