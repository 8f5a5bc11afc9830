/*
 * recent - unit test of the ring of the newest rows
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/recent.h"
#include "tap.h"

/* A row whose cells are text of several lengths, by its number. */
static void
add(struct recent *r, int number)
{
	char text[64 + SLICE_SLACK];
	struct slice cell[3];
	struct row row = { .time_ns = number, .timed = true, .packets = 1,
	    .bytes = (uint64_t)number, .cell = cell };
	int n = snprintf(text, sizeof(text), "%d%.*s", number, number % 23,
	    "abcdefghijklmnopqrstuvwxyz");

	row.cell[0] = (struct slice){ text, (size_t)n };
	row.cell[1] = (struct slice){ text, 0 };
	row.cell[2] = (struct slice){ text, 1 };
	recent_add(r, &row, 3);
}

struct seen {
	int64_t	first, last, bad;
};

static void
look(void *arg, const struct row *row)
{
	struct seen *s = arg;
	char text[64];
	int number = (int)row->time_ns;
	int n = snprintf(text, sizeof(text), "%d%.*s", number, number % 23,
	    "abcdefghijklmnopqrstuvwxyz");

	if (s->first < 0)
		s->first = number;
	else if (number != s->last + 1)
		s->bad++;
	s->last = number;
	s->bad += row->cell[0].len != (size_t)n ||
	    memcmp(row->cell[0].at, text, (size_t)n) != 0 ||
	    row->cell[1].len != 0 || row->cell[2].len != 1 ||
	    row->cell[3].len != 0 || row->bytes != (uint64_t)number ||
	    row->packets != 1 || !row->timed;
}

int
main(void)
{
	struct recent r;
	struct seen s;
	size_t size;
	int i, bad = 0;

	recent_init(&r, 4096);
	s = (struct seen){ -1, -1, 0 };
	recent_each(&r, UINT64_MAX, look, &s);
	same_int(s.first, -1, "it starts empty");
	for (i = 0; i < 3; i++)
		add(&r, i);
	recent_each(&r, UINT64_MAX, look, &s);
	ok(s.first == 0 && s.last == 2 && s.bad == 0, "rows as they were");
	s = (struct seen){ -1, -1, 0 };
	recent_each(&r, 2, look, &s);
	ok(s.first == 0 && s.last == 1, "without those after a number");
	recent_release(&r);
	for (size = 512; size < 1024; size += 8) {
		recent_init(&r, size);
		for (i = 0; i < 500; i++) {
			add(&r, i);
			s = (struct seen){ -1, -1, 0 };
			recent_each(&r, UINT64_MAX, look, &s);
			bad += s.bad != 0 || s.last != i ||
			    (i > 20 && s.last - s.first < 2);
		}
		recent_release(&r);
	}
	same_int(bad, 0, "a ring of any size has the newest rows");
	recent_init(&r, 40);
	add(&r, 1);
	s = (struct seen){ -1, -1, 0 };
	recent_each(&r, UINT64_MAX, look, &s);
	same_int(s.first, -1, "a row larger than the ring is not kept");
	recent_release(&r);
	return tap_done();
}
