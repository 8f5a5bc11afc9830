/*
 * timeseek - rows found by their time in a file sorted by it
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/timeseek.h"

/* So few bytes are read as fast as they are searched. */
#define NEAR_BYTES	((uint64_t)256 * 1024)

static uint64_t
offset_of_next(const struct stream *in)
{
	return in->offset + in->start;
}

/* Moves to the first record that starts at or after an offset. */
static bool
move_to(struct timeseek *t, uint64_t offset)
{
	struct stream *in = t->in;
	uint64_t from = offset > t->first ? offset - 1 : offset;
	char c = '\0';

	if (!stream_seek(in, from))
		return false;
	while (from < offset && c != '\n' && stream_need(in, 1))
		c = in->buf[in->start++];
	csv_start(t->csv, t->csv->delimiter);
	return true;
}

/*
 * Reads the next good row with a time that starts before end; *at is its offset.  Bad
 * rows are not reported here, but when they are read in their order.
 */
static bool
next_time(struct timeseek *t, uint64_t end, int64_t *ns, uint64_t *at)
{
	struct dialect other;
	struct cleanrow row;

	for (;;) {
		*at = offset_of_next(t->in);
		if (*at >= end)
			return false;
		switch (csv_read(t->csv)) {
		case CSV_END:
			return false;
		case CSV_BAD:
			continue;
		case CSV_RECORD:
			break;
		}
		if (cleanrow_read(&row, t->dialect, t->csv, t->settings) ==
		    CLEAN_GOOD) {
			if (row.timed)
				break;
			continue;
		}
		if (dialect_read(&other, t->csv))
			*t->dialect = other;
	}
	*ns = row.time_ns;
	return true;
}

bool
timeseek_to(struct timeseek *t, int64_t since_ns)
{
	uint64_t lo = t->first, hi, middle, at;
	int64_t ns;

	if (!stream_size(t->in, &hi))
		return false;
	/* The row at lo is before since_ns, or the first; hi's is not. */
	while (hi > lo && hi - lo > NEAR_BYTES) {
		middle = lo + (hi - lo) / 2;
		if (!move_to(t, middle))
			return false;
		if (next_time(t, hi, &ns, &at) && ns < since_ns)
			lo = at;
		else
			hi = middle;
	}
	return move_to(t, lo);
}

/* The newest time of the rows not yet read; false if there is none. */
static bool
newest_ahead(struct timeseek *t, int64_t *ns)
{
	bool found = false;
	int64_t time_ns;
	uint64_t at;

	while (next_time(t, UINT64_MAX, &time_ns, &at)) {
		if (!found || time_ns > *ns)
			*ns = time_ns;
		found = true;
	}
	return found;
}

bool
timeseek_newest(struct timeseek *t, bool sorted, int64_t *ns)
{
	uint64_t size, back = NEAR_BYTES;

	if (!sorted)
		return move_to(t, t->first) && newest_ahead(t, ns);
	if (!stream_size(t->in, &size))
		return false;
	/* Further back if the last rows are bad. */
	for (; size > t->first && size - t->first > back; back *= 4)
		if (move_to(t, size - back) && newest_ahead(t, ns))
			return true;
	return move_to(t, t->first) && newest_ahead(t, ns);
}
