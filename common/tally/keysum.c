/*
 * keysum - what programs that sum rows by key have in common
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/option.h"
#include "base/show.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "tally/keysum.h"

#define MAX_VALUES	((size_t)1 << 22)

/* Options about what is summed; false if it is none of them. */
static bool
read_sum_option(struct keysum *k, int ch, const char *arg)
{
	switch (ch) {
	case 'k':
		k->by = arg;
		return true;
	case KEYSUM_DISTINCT:
		keys_parse(&k->value, "distinct", arg);
		if (k->value.columns != 1)
			errx(STATUS_USAGE, "bad distinct \"%s\", want one "
			    "column", show_str(arg));
		return true;
	case KEYSUM_FIRST_LAST:
		k->style.times = true;
		return true;
	case KEYSUM_MAX_KEYS:
		k->max_keys = option_number("max-keys", arg, 1,
		    KEYTABLE_MAX);
		return true;
	case KEYSUM_MAX_MEMORY:
		k->max_memory = option_memory(arg);
		return true;
	case KEYSUM_MAX_VALUES:
		k->max_values = option_number("max-values", arg, 1,
		    KEYTABLE_MAX);
		return true;
	case KEYSUM_PER:
		k->per = arg;
		return true;
	default:
		return rowfilter_option(&k->filter, ch, arg);
	}
}

bool
keysum_option(struct keysum *k, int ch, const char *arg)
{
	static const char *const sorts[] = { "bytes", "packets", "name",
	    "number", "first", "distinct", NULL };

	switch (ch) {
	case 'n':
		k->style.top = option_number("top", arg, 0, KEYTABLE_MAX);
		return true;
	case 't':
		k->style.format = option_time_format(arg);
		return true;
	case KEYSUM_NO_HEADER:
		k->style.no_header = true;
		return true;
	case KEYSUM_NO_REST:
		k->style.no_rest = true;
		return true;
	case KEYSUM_SHARE:
		k->style.shares = true;
		return true;
	case KEYSUM_SORT:
		k->style.sort = (enum tally_sort)option_word("sort", arg,
		    sorts);
		return true;
	default:
		return read_sum_option(k, ch, arg);
	}
}

/* Checks the options against each other, and makes the key of its parts. */
static void
set_style(struct keysum *k)
{
	static const char prefix[] = "distinct_";
	struct tally_style *s = &k->style;
	char *name;

	if (s->sort == TALLY_BY_FIRST && !s->times)
		errx(STATUS_USAGE, "--sort first needs --first-last");
	if (s->sort == TALLY_BY_DISTINCT && k->value.columns == 0)
		errx(STATUS_USAGE, "--sort distinct needs --distinct");
	if (k->per != NULL) {
		keys_parse(&k->keys, "per", k->per);
		s->group = k->keys.columns;
		s->by_time = s->group == 1 &&
		    (strcmp(k->per, "time") == 0 ||
		    strncmp(k->per, "time/", 5) == 0);
	}
	if (k->first != NULL)
		keys_add(&k->keys, "by", k->first);
	if (k->by != NULL)
		keys_add(&k->keys, "by", k->by);
	s->column = k->keys.name;
	s->columns = k->keys.columns;
	if (k->value.columns > 0) {
		name = xmalloc(sizeof(prefix) + strlen(k->value.name[0]));
		sprintf(name, "%s%s", prefix, k->value.name[0]);
		s->distinct = name;
	}
	if (s->times || s->distinct != NULL)
		s->facts = &k->facts;
}

/* A tally of this program has first and last, a flow time and end. */
static void
want_times(struct keysum *k)
{
	k->time = row_want_unless(&k->rows, "time", "first");
	k->end = row_want(&k->rows, "end", true);
	k->first_time = row_want(&k->rows, "first", true);
	k->last_time = row_want(&k->rows, "last", true);
}

/* Half of the memory is for the keys and half for their values. */
static void
start_facts(struct keysum *k)
{
	struct keytable *keys = &k->sums.keys;

	if (k->value.columns > 0)
		keys->max_bytes /= 2;
	keys->more = KEYFACTS_BYTES;
	keyfacts_init(&k->facts, k->max_values > 0 ? k->max_values :
	    MAX_VALUES, keys->max_bytes);
}

void
keysum_start(struct keysum *k, char **operands)
{
	output_init(&k->out, STDOUT_FILENO, "stdout");
	stream_init(&k->in, operands, &k->out);
	row_init(&k->rows, &k->in);
	row_want_only(&k->rows, true);
	set_style(k);
	keys_want(&k->keys, &k->rows);
	keys_want(&k->value, &k->rows);
	if (k->style.times)
		want_times(k);
	rowfilter_start(&k->filter, &k->rows);
	tally_init(&k->sums, k->max_keys);
	if (k->max_memory == 0)
		k->max_memory = KEYTABLE_MEMORY;
	k->sums.keys.max_bytes = k->max_memory;
	if (k->style.facts != NULL)
		start_facts(k);
	tally_write_header(&k->out, &k->style);
}

/* Ends the program: a sum exceeds 2^63 - 1, on this line or just before. */
static _Noreturn void
overflow(const struct keysum *k, uint64_t line)
{
	struct slice key = tally_overflowed(&k->sums);

	stream_sum_overflow(&k->in, line, key.at, key.len);
}

/* Counts a row under its key. */
static void
count(struct keysum *k, const struct row *row, const struct slice *cell)
{
	if (!tally_count(&k->sums, cell, k->keys.columns, row->packets,
	    row->bytes))
		overflow(k, row->line);
}

/* Reads a time that may be empty; false, and a message, if it is bad. */
static bool
read_time(struct keysum *k, const struct row *row, size_t cell, bool *given,
    int64_t *ns)
{
	struct slice s = row->cell[cell];

	*given = s.len > 0;
	if (s.len == 0 || timestamp_parse_epoch(s.at, s.len, ns))
		return true;
	stream_bad_row(&k->in, row->line, "bad %s \"%s\", want seconds since "
	    "the epoch (csvclean reads other forms)", k->rows.want[cell].name,
	    show(s.at, s.len));
	return false;
}

/* The times of a row as a fact without values; false if one is bad. */
static bool
read_times(struct keysum *k, const struct row *row, struct keyfact *fact)
{
	bool own = row_has(&k->rows, k->first_time) &&
	    row_has(&k->rows, k->last_time), first, last;

	*fact = (struct keyfact){ .timed = false };
	if (!k->style.times)
		return true;
	if (!read_time(k, row, own ? k->first_time : k->time, &first,
	    &fact->first_ns) || !read_time(k, row, own ? k->last_time : k->end,
	    &last, &fact->last_ns))
		return false;
	fact->timed = first;
	if (!last)
		fact->last_ns = fact->first_ns;
	return true;
}

/* Counts a row, and adds to the facts of its key. */
static void
count_facts(struct keysum *k, const struct row *row)
{
	const struct keytable_entry *e;
	struct keyfact times, *fact;

	if (!read_times(k, row, &times))
		return;
	count(k, row, keys_cells(&k->keys, row));
	if (!tally_flush(&k->sums))
		overflow(k, row->line);
	e = tally_last(&k->sums);
	if (e == NULL) {
		keyfact_merge_times(&k->sums.rest_times, &times);
		return;
	}
	fact = keyfacts_of(&k->facts, e);
	keyfact_merge_times(fact, &times);
	if (k->value.columns > 0)
		keyfacts_value(&k->facts, fact,
		    *keys_compute(&k->value, row));
}

/* Each kind of key has a loop of its own: most rows are of the last. */
void
keysum_rows(struct keysum *k)
{
	const struct row *row, *end;
	size_t n;

	if (k->style.facts != NULL)
		while ((row = row_next(&k->rows)) != NULL)
			count_facts(k, row);
	else if (k->keys.computed)
		while ((row = row_next(&k->rows)) != NULL)
			count(k, row, keys_compute(&k->keys, row));
	else
		while ((row = row_next_some(&k->rows, &n)) != NULL)
			for (end = row + n; row < end; row++)
				if (!tally_count(&k->sums, row->cell,
				    k->keys.columns, row->packets, row->bytes))
					overflow(k, row->line);
}

/* Whose values are not all counted; they are marked with +. */
static void
report_values(const struct keysum *k)
{
	const struct keytable *t = &k->facts.values;

	if (t->bound == KEYTABLE_KEYS)
		warnx("--max-values %zu reached: numbers with + are too low",
		    t->max);
	else
		warnx("%s: numbers with + are too low", keytable_reason(
		    t->bound, "values", 0, k->max_memory));
}

static void
report(const struct keysum *k, const char *names)
{
	if (k->sums.folded > 0)
		warnx("%s: %s of further %s %s in REST",
		    keytable_reason(k->sums.keys.bound, names, k->max_keys,
		    k->max_memory),
		    show_count(k->sums.folded, "row"), names,
		    show_word(k->sums.folded, "is", "are"));
	if (k->style.facts != NULL && k->facts.lost > 0)
		report_values(k);
	keys_report(&k->keys);
	keys_report(&k->value);
}

int
keysum_finish(struct keysum *k, const char *names)
{
	if (!tally_finish(&k->sums) ||
	    !tally_write(&k->sums, &k->out, &k->style))
		overflow(k, k->rows.csv.line);
	report(k, names);
	tally_release(&k->sums);
	if (k->style.facts != NULL)
		keyfacts_release(&k->facts);
	free((void *)(uintptr_t)k->style.distinct);
	keys_release(&k->keys);
	keys_release(&k->value);
	row_release(&k->rows);
	output_close(&k->out);
	return stream_finish(&k->in);
}
