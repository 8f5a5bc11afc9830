/*
 * protobw - packets and bytes of each protocol
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * a protocol out: proto,packets,bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <unistd.h>

#include "option.h"
#include "output.h"
#include "row.h"
#include "stream.h"
#include "tally.h"

#define MAX_KEYS	((size_t)1 << 16)

static const char *const column[] = { "proto" };
static const char *const sorts[] = { "bytes", "packets", "name", NULL };

static size_t max_keys = MAX_KEYS;
static struct tally_style style = { .column = column, .columns = 1 };

static _Noreturn void
overflow(const struct tally *sums, const struct row_reader *rows)
{
	struct slice key = tally_spilled(sums);

	stream_sum_overflow(rows->in, rows->csv.line, key.at, key.len);
}

static void
sum_rows(struct tally *sums, struct row_reader *rows)
{
	struct row row;

	while (row_next(rows, &row))
		if (!tally_count(sums, row.cell, 1, row.packets, row.bytes))
			overflow(sums, rows);
}

static const char usage_text[] =
    "usage: protobw [-hV] [-n number] [--max-keys number] [--share]\n"
    "               [--sort bytes|packets|name] [file ...]\n"
    "Sums packets and bytes of each protocol.  protobw(1) says more.\n";

enum { OPT_MAX_KEYS = 256, OPT_SHARE, OPT_SORT };

static void
read_options(int argc, char *argv[])
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "max-keys", required_argument, NULL, OPT_MAX_KEYS },
		{ "share", no_argument, NULL, OPT_SHARE },
		{ "sort", required_argument, NULL, OPT_SORT },
		{ "top", required_argument, NULL, 'n' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	int ch;

	while ((ch = getopt_long(argc, argv, "hn:V", longs, NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 'n':
			style.top = option_number("top", optarg, 0,
			    TALLY_KEYS_MAX);
			break;
		case 'V':
			option_version();
		case OPT_MAX_KEYS:
			max_keys = option_number("max-keys", optarg, 1,
			    TALLY_KEYS_MAX);
			break;
		case OPT_SHARE:
			style.shares = true;
			break;
		case OPT_SORT:
			style.sort = (enum tally_sort)option_word("sort",
			    optarg, sorts);
			break;
		default:
			option_usage(usage_text);
		}
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct stream in;
	struct row_reader rows;
	struct tally sums;

	read_options(argc, argv);
	if (optind == argc && isatty(STDIN_FILENO))
		option_usage(usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	row_want(&rows, "proto", false);
	tally_init(&sums, max_keys);
	tally_write_header(&out, &style);
	sum_rows(&sums, &rows);
	if (!tally_write(&sums, &out, &style))
		overflow(&sums, &rows);
	if (sums.folded > 0)
		warnx("--max-keys %zu reached: %ju rows of further protocols "
		    "are in REST", max_keys, (uintmax_t)sums.folded);
	tally_release(&sums);
	row_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
