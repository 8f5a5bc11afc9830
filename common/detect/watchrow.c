/*
 * watchrow - rows as rules look at them
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
#include "base/show.h"
#include "detect/watchrow.h"

const char *const watchrow_columns[] = { "src", "dst", "proto", "flags",
    "dport" };

void
watchrow_init(struct watchrow *r, struct row_reader *rows,
    struct watch *watch)
{
	size_t i;

	r->rows = rows;
	r->watch = watch;
	addrmemo_init(&r->addresses);
	row_want_time(rows);
	for (i = 0; i < WATCHROW_COLUMNS; i++)
		row_want(rows, watchrow_columns[i], true);
}

void
watchrow_release(struct watchrow *r)
{
	addrmemo_release(&r->addresses);
}

/* Reads an address; REST stands for many, and is none. */
static bool
read_address(struct watchrow *r, struct watch_addr *a,
    const struct row *row, size_t cell)
{
	struct slice text = row->cell[cell];
	const struct addrmemo_entry *e;

	if (row->tally && slice_is(text, "REST"))
		text.len = 0;
	e = addrmemo_get(&r->addresses, text);
	if (e == NULL) {
		stream_bad_row(r->rows->in, row->line,
		    "bad %s \"%s\", want an IPv4 or IPv6 address",
		    watchrow_columns[cell], show(text.at, text.len));
		return false;
	}
	a->ip = e->ip;
	a->hash = e->hash;
	return true;
}

static bool
read_flags(struct watchrow *r, struct watch_row *w, const struct row *row)
{
	struct slice s = row->cell[WATCHROW_FLAGS];
	const char *letter;
	size_t i;

	w->flags = 0;
	for (i = 0; i < s.len; i++) {
		letter = memchr(RULES_FLAGS "EC", s.at[i],
		    sizeof(RULES_FLAGS "EC") - 1);
		if (letter == NULL) {
			stream_bad_row(r->rows->in, row->line,
			    "bad flags \"%s\", want letters of "
			    RULES_FLAGS "EC", show(s.at, s.len));
			return false;
		}
		w->flags |= (uint8_t)(1 << (letter - (RULES_FLAGS "EC")));
	}
	/* Those of congestion are not compared. */
	w->flags &= (1 << (sizeof(RULES_FLAGS) - 1)) - 1;
	return true;
}

static bool
read_dport(struct watchrow *r, struct watch_row *w, const struct row *row)
{
	struct slice s = row->cell[WATCHROW_DPORT];
	uint64_t port = 0;

	w->has_dport = s.len > 0;
	if (w->has_dport && !number_parse(s.at, s.len, UINT16_MAX, &port)) {
		stream_bad_row(r->rows->in, row->line,
		    "bad dport \"%s\", want 0-65535", show(s.at, s.len));
		return false;
	}
	w->dport = (uint16_t)port;
	return true;
}

bool
watchrow_read(struct watchrow *r, const struct row *row, struct watch_row *w)
{
	if (!read_address(r, &w->src, row, WATCHROW_SRC) ||
	    !read_address(r, &w->dst, row, WATCHROW_DST) ||
	    !read_flags(r, w, row) || !read_dport(r, w, row)) {
		r->rows->in->rows--;
		return false;
	}
	w->proto = watch_proto(r->watch, row->cell[WATCHROW_PROTO]);
	w->time_ns = row->time_ns;
	w->packets = row->packets;
	w->bytes = row->bytes;
	return true;
}
