/*
 * ratebw - packets and bytes of each bin of time
 *
 * Packet rows or tally rows in, from files or standard input; one tally row
 * a bin out, or one for each key in it: time[,key ...],packets,bytes[,spike].
 *
 * All sums are in one tally under the bin's number and the key.  Bins that
 * have been written stay there until they outnumber the others: a row that
 * comes after its bin was written is told by the bin's number alone.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "option.h"
#include "output.h"
#include "row.h"
#include "show.h"
#include "stream.h"
#include "tally.h"
#include "timestamp.h"
#include "window.h"
#include "xalloc.h"

#define NO_TIME		INT64_MAX	/* the bin of rows without a time */
#define NO_BIN		INT64_MIN	/* before all bins */
#define PREFIX		8		/* bytes of a key that name its bin */
#define DEAD_MAX	4096		/* written bins kept, at the least */

static int64_t width_ns = NS_PER_S;
static int64_t lateness_ns = -1;	/* not streaming */
static size_t max_bins = (size_t)1 << 20;
static bool mark_spikes;
static uint64_t spike_limit;		/* bytes a second */
static const char *column[ROW_CELLS_MAX];
static size_t columns;			/* 0: bins have no keys */

struct binned {
	struct stream	*in;
	struct output	*out;
	struct window_clock clock;
	struct tally	 sums;
	size_t		 live;		/* sums of bins not yet written */
	uint32_t	*next;		/* by entry: the next of its bin + 1 */
	size_t		 next_cap;
	int64_t		 written;	/* all bins before this one */
	struct tally	 late;		/* sums to be written at the end */
	bool		 gap_known;	/* last_bin was written in order */
	int64_t		 last_bin;
	size_t		 zeros_left;	/* zero rows still allowed */
	uint64_t	 late_rows, early, open_gaps;
	/* The bin of the newest row, and its sums if there is one sum a bin. */
	int64_t		 bin;
	char		 key[PREFIX + TALLY_SHORT];
	struct tally_entry *same;
};

/* Bins sort as bytes: big endian, the least number first. */
static void
put_bin(char key[PREFIX], int64_t bin)
{
	uint64_t v = (uint64_t)bin ^ (uint64_t)1 << 63;
	int i;

	for (i = 0; i < PREFIX; i++)
		key[i] = (char)(v >> (56 - 8 * i));
}

static int64_t
bin_of(const struct tally_entry *e)
{
	const char *key = tally_entry_key(e);
	uint64_t v = 0;
	int i;

	for (i = 0; i < PREFIX; i++)
		v = v << 8 | (unsigned char)key[i];
	return (int64_t)(v ^ (uint64_t)1 << 63);
}

/*
 * With keys, each bin has one entry more, which heads the list of the others:
 * its packets are the number of the first + 1.  No key starts with a newline.
 */
static struct tally_entry *
find_head(struct tally *t, int64_t bin, bool make)
{
	char key[PREFIX + 1 + TALLY_SLACK] = "";
	size_t n = PREFIX + (columns > 0);

	put_bin(key, bin);
	key[PREFIX] = '\n';
	return make ? tally_get(t, key, n) : tally_look(t, key, n);
}

static bool
is_head(const struct tally_entry *e)
{
	return e->len == PREFIX + 1 && tally_entry_key(e)[PREFIX] == '\n';
}

static void
write_row(struct output *o, int64_t bin, const struct tally_entry *e)
{
	static const struct tally_entry zero;

	if (e == NULL)
		e = &zero;
	if (bin != NO_TIME)
		o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX),
		    window_bin_start(bin, width_ns), TIMESTAMP_EPOCH, 6);
	output_char(o, ',');
	if (columns > 0) {
		output_bytes(o, tally_entry_key(e) + PREFIX, e->len - PREFIX);
		output_char(o, ',');
	}
	output_u64(o, e->packets);
	output_char(o, ',');
	output_u64(o, e->bytes);
	if (mark_spikes)
		output_str(o, bin != NO_TIME && window_is_spike(e->bytes,
		    spike_limit, width_ns) ? ",1" : ",0");
	output_end_row(o);
}

/* Writes a sum in the order of time, the bins that nobody filled before it. */
static void
write_in_order(struct binned *b, const struct tally_entry *e)
{
	int64_t bin = bin_of(e);

	if (b->gap_known && columns == 0 && bin > b->last_bin + 1) {
		uint64_t gap = window_distance(bin, b->last_bin) - 1;

		if (gap > b->zeros_left)
			b->open_gaps++;
		else
			for (b->zeros_left -= gap; ++b->last_bin < bin;)
				write_row(b->out, b->last_bin, NULL);
	}
	write_row(b->out, bin, e);
	b->last_bin = bin;
	b->gap_known = true;
}

static int
compare(const void *va, const void *vb)
{
	const struct tally_entry *const *a = va, *const *b = vb;

	return tally_compare_keys(*a, *b);
}

/* Input in order of time is common, and then so are the sums. */
static void
sort_entries(const struct tally_entry **list, size_t n)
{
	size_t i;

	for (i = 1; i < n && compare(&list[i - 1], &list[i]) < 0; i++)
		;
	if (i < n)
		qsort(list, n, sizeof(void *), compare);
}

/* The sums of bins not yet written, in order.  The caller frees the list. */
static const struct tally_entry **
list_live(const struct binned *b, size_t *n)
{
	const struct tally_entry **list, *e;
	size_t i;

	list = xreallocarray(NULL, b->sums.used + 1, sizeof(void *));
	for (i = *n = 0; i < b->sums.used; i++) {
		e = tally_entry(&b->sums, i);
		if (!is_head(e) && bin_of(e) >= b->written)
			list[(*n)++] = e;
	}
	sort_entries(list, *n);
	return list;
}

/* Makes an entry of a new key: its bin's number and its text. */
static struct tally_entry *
add_entry(struct binned *b, const char *key, size_t n)
{
	struct tally_entry *e = tally_get(&b->sums, key, n), *head;
	size_t number = b->sums.used - 1;

	b->live++;
	if (columns == 0)
		return e;
	head = find_head(&b->sums, bin_of(e), true);
	if (number >= b->next_cap) {
		b->next_cap = 2 * number + 1024;
		b->next = xreallocarray(b->next, b->next_cap,
		    sizeof(*b->next));
	}
	b->next[number] = (uint32_t)head->packets;
	head->packets = number + 1;
	return e;
}

/* Forgets the bins that have been written. */
static void
forget_written(struct binned *b)
{
	struct tally old = b->sums;
	struct tally_entry *e;
	size_t i;

	tally_init(&b->sums, TALLY_KEYS_MAX);
	b->live = 0;
	b->same = NULL;
	for (i = 0; i < old.used; i++) {
		e = tally_entry(&old, i);
		if (!is_head(e) && bin_of(e) >= b->written)
			tally_add(add_entry(b, tally_entry_key(e), e->len),
			    e->packets, e->bytes);
	}
	tally_release(&old);
}

/* Writes the sums of one bin. */
static void
write_bin(struct binned *b, int64_t bin)
{
	const struct tally_entry *head = find_head(&b->sums, bin, false);
	const struct tally_entry **list;
	size_t n = 0, i;

	if (head == NULL)
		return;
	if (columns == 0) {
		write_in_order(b, head);
		b->live--;
		return;
	}
	for (i = head->packets; i > 0; i = b->next[i - 1])
		n++;
	list = xreallocarray(NULL, n, sizeof(void *));
	n = 0;
	for (i = head->packets; i > 0; i = b->next[i - 1])
		list[n++] = tally_entry(&b->sums, i - 1);
	sort_entries(list, n);
	for (i = 0; i < n; i++)
		write_in_order(b, list[i]);
	b->live -= n;
	free(list);
}

/*
 * Writes all bins before this one: one by one where these are few, else all
 * that there are.
 */
static void
write_before(struct binned *b, int64_t bin)
{
	const struct tally_entry **list;
	size_t n, i;

	b->zeros_left = max_bins;
	if (b->written != NO_BIN &&
	    window_distance(bin, b->written) <= b->live) {
		for (; b->written < bin; b->written++)
			write_bin(b, b->written);
		if (b->sums.used > 2 * b->live + DEAD_MAX)
			forget_written(b);
		return;
	}
	list = list_live(b, &n);
	for (i = 0; i < n && bin_of(list[i]) < bin; i++)
		write_in_order(b, list[i]);
	free(list);
	b->written = bin;
	forget_written(b);
}

/* Writes the oldest quarter of the bins, to make room. */
static void
write_oldest(struct binned *b)
{
	const struct tally_entry **list;
	int64_t newest;
	size_t n, i;

	list = list_live(b, &n);
	newest = bin_of(list[n / 4]);
	for (i = 0; i < n && bin_of(list[i]) <= newest; i++)
		b->early += i == 0 || bin_of(list[i]) != bin_of(list[i - 1]);
	free(list);
	write_before(b, newest + 1);
}

/* Writes the late sums as further rows, those without a time last. */
static void
write_late(struct binned *b)
{
	const struct tally_entry **list;
	size_t i, n = b->late.used;

	list = xreallocarray(NULL, n + 1, sizeof(void *));
	for (i = 0; i < n; i++)
		list[i] = tally_entry(&b->late, i);
	sort_entries(list, n);
	for (i = 0; i < n; i++)
		write_row(b->out, bin_of(list[i]), list[i]);
	free(list);
	tally_clear(&b->late);
}

/* Moves the clock, and writes the bins that it closes. */
static void
see_time(struct binned *b, int64_t ns)
{
	enum window_move move = window_clock_see(&b->clock, ns);
	int64_t bin;

	if (move == WINDOW_STAYED)
		return;
	bin = window_bin(window_before(b->clock.now_ns, lateness_ns),
	    width_ns);
	if (bin > b->written)
		write_before(b, bin);
	else if (move == WINDOW_JUMPED && bin < b->written) {
		forget_written(b);
		b->written = bin;
		b->gap_known = false;
	}
}

/* The sums that a row of the current bin belongs to, new ones if need be. */
static struct tally_entry *
find_sums(struct binned *b, const struct row *row)
{
	struct slice key = tally_key(&b->sums, b->key, PREFIX, row->cell,
	    columns);
	bool late = b->bin == NO_TIME || b->bin < b->written;
	struct tally_entry *e;

	e = tally_find(late ? &b->late : &b->sums, key.at, key.len);
	if (!late && e != NULL)
		return e;
	if (!late && b->live >= max_bins) {
		write_oldest(b);
		return find_sums(b, row);
	}
	if (!late)
		return add_entry(b, key.at, key.len);
	b->late_rows += b->bin != NO_TIME;
	if (e != NULL)
		return e;
	if (b->late.used >= max_bins)
		write_late(b);
	return tally_get(&b->late, key.at, key.len);
}

/*
 * The same for most rows: the bin is that of the row before and its sums are
 * known.  A key of one short cell looks as the cell does.
 */
static inline struct tally_entry *
find_sums_fast(struct binned *b, const struct row *row)
{
	const struct slice *cell = row->cell;
	struct tally_entry *e = NULL;
	bool live = b->bin >= b->written && b->bin != NO_TIME;

	if (columns == 0 && b->same != NULL && live)
		return b->same;
	if (columns == 1 && live && cell->len <= TALLY_SHORT - PREFIX &&
	    (cell->len == 0 || cell->at[0] != '"')) {
		memcpy(b->key + PREFIX, cell->at, TALLY_SHORT - PREFIX);
		e = tally_find(&b->sums, b->key, PREFIX + cell->len);
	}
	if (e == NULL)
		e = find_sums(b, row);
	if (columns == 0)
		b->same = live ? e : NULL;
	return e;
}

/* Takes the bin of the next row for the current one. */
static inline void
set_bin(struct binned *b, const struct row *row)
{
	/*
	 * Unsigned: where the first bin starts does not fit an int64_t, and
	 * wraps to the last times there are, hence the signs.
	 */
	if (row->timed && b->bin != NO_TIME &&
	    (row->time_ns < 0) == (b->bin < 0) && (uint64_t)row->time_ns -
	    (uint64_t)b->bin * (uint64_t)width_ns < (uint64_t)width_ns)
		return;
	b->bin = row->timed ? window_bin(row->time_ns, width_ns) : NO_TIME;
	b->same = NULL;
	put_bin(b->key, b->bin);
}

/* Sums all rows; a sum that cannot be held ends the program. */
static void
sum_rows(struct binned *b, struct row_reader *rows)
{
	struct row row;
	size_t i;

	row_want_time(rows);
	for (i = 0; i < columns; i++)
		row_want(rows, column[i], false);
	while (row_next(rows, &row)) {
		if (lateness_ns >= 0 && row.timed)
			see_time(b, row.time_ns);
		set_bin(b, &row);
		if (!tally_add(find_sums_fast(b, &row), row.packets,
		    row.bytes))
			errx(STATUS_FAILED, "%s:%ju: sum of a bin exceeds "
			    "9223372036854775807", b->in->name,
			    (uintmax_t)row.line);
	}
	write_before(b, NO_TIME);
	write_late(b);
}

/* Says what did not go the usual way; the sums hold all the same. */
static void
report(const struct binned *b)
{
	if (b->clock.jumps > 0)
		warnx("the time of the rows jumped by over an hour %ju times",
		    (uintmax_t)b->clock.jumps);
	if (b->late_rows > 0)
		warnx("%ju rows came after their bin was written: see the "
		    "last rows", (uintmax_t)b->late_rows);
	if (b->early > 0)
		warnx("--max-bins %zu reached: %ju bins were written early",
		    max_bins, (uintmax_t)b->early);
	if (b->open_gaps > 0)
		warnx("--max-bins %zu reached: %ju gaps have no zero rows",
		    max_bins, (uintmax_t)b->open_gaps);
}

static const char usage_text[] =
    "usage: ratebw [-hV] [-b duration] [-k column[,column ...]]\n"
    "              [--lateness duration] [--max-bins number]\n"
    "              [--spike bytes] [file ...]\n"
    "Sums packets and bytes of each second.  ratebw(1) says more.\n";

enum { OPT_LATENESS = 256, OPT_MAX_BINS, OPT_SPIKE };

static const struct option longs[] = {
	{ "bin", required_argument, NULL, 'b' },
	{ "by", required_argument, NULL, 'k' },
	{ "help", no_argument, NULL, 'h' },
	{ "lateness", required_argument, NULL, OPT_LATENESS },
	{ "max-bins", required_argument, NULL, OPT_MAX_BINS },
	{ "spike", required_argument, NULL, OPT_SPIKE },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

/* A bin must start where six digits can say so, or sums would not merge. */
static void
read_width(const char *arg)
{
	width_ns = option_duration("bin", arg, 1000000);
	if (width_ns % 1000 != 0)
		errx(STATUS_USAGE, "bad bin \"%s\", want whole microseconds",
		    show_str(arg));
}

static void
read_keys(const char *arg)
{
	size_t i;

	columns = option_keys("by", arg, column, ROW_CELLS_MAX);
	for (i = 0; i < columns; i++)
		if (strcmp(column[i], "time") == 0)
			errx(STATUS_USAGE, "bad by \"time\", want other "
			    "columns: time is always there");
}

static void
read_options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt_long(argc, argv, "b:hk:V", longs, NULL)) != -1)
		switch (ch) {
		case 'b':
			read_width(optarg);
			break;
		case 'h':
			option_help(usage_text);
		case 'k':
			read_keys(optarg);
			break;
		case 'V':
			option_version();
		case OPT_LATENESS:
			lateness_ns = strcmp(optarg, "0") == 0 ? 0 :
			    option_duration("lateness", optarg, 0);
			break;
		case OPT_MAX_BINS:
			max_bins = option_number("max-bins", optarg, 1,
			    TALLY_KEYS_MAX / 4);
			break;
		case OPT_SPIKE:
			mark_spikes = true;
			spike_limit = option_number("spike", optarg, 0,
			    INT64_MAX);
			break;
		default:
			option_usage(usage_text);
		}
}

static void
write_header(struct output *o)
{
	size_t i;

	output_str(o, "time,");
	for (i = 0; i < columns; i++) {
		output_text_cell(o, column[i], strlen(column[i]));
		output_char(o, ',');
	}
	output_str(o, mark_spikes ? "packets,bytes,spike" : "packets,bytes");
	output_end_row(o);
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct stream in;
	struct row_reader rows;
	struct binned b = { .in = &in, .out = &out, .written = NO_BIN,
	    .bin = NO_TIME };

	read_options(argc, argv);
	if (optind == argc && isatty(STDIN_FILENO))
		option_usage(usage_text);
	output_init(&out, STDOUT_FILENO, "stdout");
	stream_init(&in, argv + optind, &out);
	row_init(&rows, &in);
	window_clock_init(&b.clock);
	tally_init(&b.sums, TALLY_KEYS_MAX);
	tally_init(&b.late, TALLY_KEYS_MAX);
	put_bin(b.key, b.bin);
	write_header(&out);
	sum_rows(&b, &rows);
	report(&b);
	free(b.next);
	tally_release(&b.sums);
	tally_release(&b.late);
	row_release(&rows);
	output_close(&out);
	return stream_finish(&in);
}
