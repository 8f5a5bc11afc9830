/*
 * recent - the newest rows, so that another view of them can be made
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "plot/recent.h"

#define ALIGN	sizeof(uint64_t)

/* Behind it: the length of each cell, and the cells' text. */
struct record {
	size_t		 size;		/* in all; 0: go on at the start */
	size_t		 cells;
	int64_t		 time_ns;
	uint64_t	 packets;
	uint64_t	 bytes;
	bool		 tally;
};

void
recent_init(struct recent *r, size_t size)
{
	*r = (struct recent){ .size = size };
	r->buf = xcalloc(size + SLICE_SLACK, 1);
}

void
recent_release(struct recent *r)
{
	free(r->buf);
}

static struct record
record_at(const struct recent *r, size_t at)
{
	struct record record = { 0 };

	if (at + sizeof(record) <= r->size)
		memcpy(&record, r->buf + at, sizeof(record));
	return record;
}

/* Where the record at or behind this place is. */
static size_t
place_of(const struct recent *r, size_t at)
{
	return record_at(r, at).size == 0 ? 0 : at;
}

static void
drop_oldest(struct recent *r)
{
	r->head = place_of(r, r->head);
	r->head += record_at(r, r->head).size;
	r->rows--;
}

/* Whether so many bytes are free behind the tail. */
static bool
is_free(const struct recent *r, size_t n)
{
	if (r->rows == 0 || r->tail > r->head)
		return r->tail + n <= r->size;
	return r->tail + n <= r->head;
}

/* Makes room for n bytes at the tail, which may go back to the start. */
static void
make_room(struct recent *r, size_t n)
{
	while (!is_free(r, n)) {
		if (r->rows == 0) {
			r->head = r->tail = 0;
		} else if (r->tail > r->head) {
			/* The rest of the ring is not used this time. */
			if (r->tail + sizeof(struct record) <= r->size)
				memset(r->buf + r->tail, 0,
				    sizeof(struct record));
			r->tail = 0;
		} else
			drop_oldest(r);
	}
}

static size_t
size_of(const struct row *row, size_t cells)
{
	size_t n = sizeof(struct record) + cells * sizeof(uint16_t), i;

	for (i = 0; i < cells; i++)
		n += row->cell[i].len;
	return (n + ALIGN - 1) / ALIGN * ALIGN;
}

void
recent_add(struct recent *r, const struct row *row, size_t cells)
{
	struct record record = { .size = size_of(row, cells), .cells = cells,
	    .time_ns = row->time_ns, .packets = row->packets,
	    .bytes = row->bytes, .tally = row->tally };
	uint16_t len;
	size_t i;
	char *p;

	r->added++;
	if (record.size > r->size)
		return;
	make_room(r, record.size);
	p = r->buf + r->tail;
	memcpy(p, &record, sizeof(record));
	p += sizeof(record);
	for (i = 0; i < cells; i++, p += sizeof(len)) {
		/* A record of CSV has at most 64 KiB. */
		len = (uint16_t)row->cell[i].len;
		memcpy(p, &len, sizeof(len));
	}
	for (i = 0; i < cells; p += row->cell[i++].len)
		memcpy(p, row->cell[i].at, row->cell[i].len);
	r->tail += record.size;
	r->rows++;
}

static void
read_row(const char *p, const struct record *record, struct row *row)
{
	static const char slack[SLICE_SLACK];
	const char *text = p + record->cells * sizeof(uint16_t);
	uint16_t len;
	size_t i;

	row->time_ns = record->time_ns;
	row->tally = record->tally;
	row->packets = record->packets;
	row->bytes = record->bytes;
	for (i = 0; i < ROW_CELLS_MAX; i++) {
		row->cell[i] = (struct slice){ slack, 0 };
		if (i >= record->cells)
			continue;
		memcpy(&len, p + i * sizeof(len), sizeof(len));
		row->cell[i] = (struct slice){ text, len };
		text += len;
	}
}

void
recent_each(const struct recent *r, uint64_t last,
    void (*each)(void *, const struct row *), void *arg)
{
	uint64_t number = r->added - r->rows;
	size_t at = r->head, i;
	struct slice cell[ROW_CELLS_MAX];
	struct row row = { .timed = true, .cell = cell };

	for (i = 0; i < r->rows && number++ < last; i++) {
		struct record record = record_at(r, at = place_of(r, at));

		read_row(r->buf + at + sizeof(record), &record, &row);
		each(arg, &row);
		at += record.size;
	}
}
