/*
 * toptalk - the top talkers
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * for each source out, or for each value of other columns, the busiest first.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include "option.h"
#include "output.h"
#include "protocol.h"
#include "row.h"
#include "show.h"
#include "stream.h"
#include "tally.h"

#define MAX_KEYS	((size_t)1 << 21)
#define KEY_CELLS_MAX	(ROW_CELLS_MAX - 1)	/* one is left for proto */
#define PROTOS_MAX	64

static const char *const sorts[] = { "bytes", "packets", "name", NULL };

static size_t max_keys = MAX_KEYS;
static const char *column[KEY_CELLS_MAX] = { "src" };
static struct tally_style style = { .column = column, .columns = 1 };
static const char *chosen[PROTOS_MAX];	/* the protocols to count */
static size_t choices;			/* 0: all */

static bool
is_chosen(struct slice proto)
{
	size_t i;

	for (i = 0; i < choices; i++)
		if (slice_is(proto, chosen[i]))
			return true;
	return choices == 0;
}

static _Noreturn void
overflow(const struct tally *sums, const struct row_reader *rows)
{
	struct slice key = tally_spilled(sums);

	stream_sum_overflow(rows->in, rows->csv.line, key.at, key.len);
}

static void
sum_rows(struct tally *sums, struct row_reader *rows)
{
	size_t i, proto = 0;
	struct row row;

	for (i = 0; i < style.columns; i++)
		row_want(rows, column[i], false);
	if (choices > 0)
		proto = row_want(rows, "proto", false);
	while (row_next(rows, &row)) {
		if (choices > 0 && !is_chosen(row.cell[proto]))
			continue;
		if (!tally_count(sums, row.cell, style.columns, row.packets,
		    row.bytes))
			overflow(sums, rows);
	}
}

/* Other names than those of the table exist too: csvclean --any-proto. */
static void
choose_protocols(const char *list)
{
	enum protocol known;
	size_t i;

	choices = option_list("proto", list, chosen, PROTOS_MAX);
	for (i = 0; i < choices; i++) {
		known = protocol_find(chosen[i], strlen(chosen[i]));
		if (known == PROTO_NONE)
			warnx("unknown protocol \"%s\", taken as it stands",
			    show_str(chosen[i]));
		else
			chosen[i] = protocol_name(known);
	}
}

static const char usage_text[] =
    "usage: toptalk [-hV] [-k column[,column ...]] [-n number]\n"
    "               [-p protocol[,protocol ...]] [--max-keys number]\n"
    "               [--share] [--sort bytes|packets|name] [file ...]\n"
    "Sums packets and bytes of each source.  toptalk(1) says more.\n";

enum { OPT_MAX_KEYS = 256, OPT_SHARE, OPT_SORT };

static const struct option longs[] = {
	{ "by", required_argument, NULL, 'k' },
	{ "help", no_argument, NULL, 'h' },
	{ "max-keys", required_argument, NULL, OPT_MAX_KEYS },
	{ "proto", required_argument, NULL, 'p' },
	{ "share", no_argument, NULL, OPT_SHARE },
	{ "sort", required_argument, NULL, OPT_SORT },
	{ "top", required_argument, NULL, 'n' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "hk:n:p:V", longs, NULL)) != -1)
		switch (ch) {
		case 'h':
			option_help(usage_text);
		case 'k':
			style.columns = option_keys("by", optarg, column,
			    KEY_CELLS_MAX);
			break;
		case 'n':
			style.top = option_number("top", optarg, 0,
			    TALLY_KEYS_MAX);
			break;
		case 'p':
			choose_protocols(optarg);
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
	tally_init(&sums, max_keys);
	tally_write_header(&out, &style);
	sum_rows(&sums, &rows);
	if (!tally_write(&sums, &out, &style))
		overflow(&sums, &rows);
	if (sums.folded > 0)
		warnx("--max-keys %zu reached: %ju rows of further keys are "
		    "in REST", max_keys, (uintmax_t)sums.folded);
	tally_release(&sums);
	row_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
