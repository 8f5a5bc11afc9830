/*
 * detect_row - CSV rows read as rows for rules
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "base/show.h"
#include "detect/detect_row.h"

static bool
read_flags(struct slice s, uint16_t *flags)
{
	uint8_t bits;

	if (!tcpflags_read(s, &bits))
		return false;
	*flags = bits;
	return true;
}

static bool
read_type(struct slice s, uint16_t *type)
{
	uint64_t n;

	if (!number_parse_cell(s.at, s.len, UINT8_MAX, &n))
		return false;
	*type = (uint16_t)n;
	return true;
}

static bool
read_port(struct slice s, uint16_t *port)
{
	uint64_t n;

	if (!number_parse_cell(s.at, s.len, UINT16_MAX, &n))
		return false;
	*port = (uint16_t)n;
	return true;
}

const char *const detect_row_columns[RULES_COLUMNS] = {
	[RULES_COLUMN_SRC] = "src", [RULES_COLUMN_DST] = "dst",
	[RULES_COLUMN_PROTO] = "proto", [RULES_COLUMN_FLAGS] = "flags",
	[RULES_COLUMN_DPORT] = "dport", [RULES_COLUMN_SPORT] = "sport",
	[RULES_COLUMN_ICMP] = "icmp_type", [RULES_COLUMN_LEN] = "len"
};

/* What cells hold. */
static const struct {
	const char	*want;
} cells[RULES_COLUMNS] = {
	[RULES_COLUMN_SRC] = { "an IPv4 or IPv6 address" },
	[RULES_COLUMN_DST] = { "an IPv4 or IPv6 address" },
	[RULES_COLUMN_FLAGS] = { "letters of " TCPFLAGS_LETTERS },
	[RULES_COLUMN_DPORT] = { "0-65535" },
	[RULES_COLUMN_SPORT] = { "0-65535" },
	[RULES_COLUMN_ICMP] = { "0-255" },
};

void
detect_row_init(struct detect_row_reader *r, struct row_reader *rows,
    struct detect *detect)
{
	size_t i, last = RULES_COLUMN_SPORT;

	memset(r, 0, offsetof(struct detect_row_reader, labels));
	r->rows = rows;
	r->detect = detect;
	addrmemo_init(&r->addresses);
	row_want_time(rows);
	for (i = last; i < RULES_COLUMNS; i++)
		if (ruleset_any(detect->needing[i]))
			last = i;
	r->types = ruleset_any(
	    detect->needing[RULES_COLUMN_ICMP] | detect->talking);
	if (r->types && last < RULES_COLUMN_ICMP)
		last = RULES_COLUMN_ICMP;
	r->more = last > RULES_COLUMN_SPORT;
	r->all_sports = ruleset_any(
	    detect->needing[RULES_COLUMN_SPORT] | detect->talking |
	    detect->incomplete | detect->plain);
	/* What is sent to a tracked port is tagged, and what comes from it. */
	for (i = RULES_BY_SRC_DPORT; i <= RULES_BY_BOTH_DPORT; i++)
		r->all_sports |= detect->on_row != NULL &&
		    ruleset_any(detect->tracking[i]);
	r->opening = ruleset_any(detect->waiting) ?
	    TCP_SYN | TCP_RST | TCP_ACK : 0;
	/* Those after the last one needed would cost 8 instructions each. */
	for (i = 0; i <= last; i++)
		row_want(rows, detect_row_columns[i], true);
	labelset_init(&r->labels, detect->rules);
	for (i = 0; i < r->labels.columns; i++)
		r->label_cell[i] = row_want(rows, detect->rules->label[i],
		    true);
}

void
detect_row_release(struct detect_row_reader *r)
{
	addrmemo_release(&r->addresses);
	labelset_release(&r->labels);
}

ruleset
detect_row_lacking(const struct detect_row_reader *r, size_t column,
    const char **name)
{
	size_t label = column - RULES_COLUMNS, cell = column;
	ruleset needing;

	if (column < RULES_COLUMNS) {
		*name = detect_row_columns[column];
		needing = r->detect->needing[column];
	} else if (label < r->labels.columns) {
		*name = r->detect->rules->label[label];
		needing = r->labels.column[label].needing;
		cell = r->label_cell[label];
	} else
		return RULESET_NONE;
	return row_has(r->rows, cell) ? RULESET_NONE : needing;
}

/*
 * A cell is bad: its row is not evaluated by the rules that need the column.
 * One cell of a row is reported.
 */
static void
bad_cell(struct detect_row_reader *r, const struct row *row, size_t cell)
{
	ruleset rules = r->detect->needing[cell] & r->detect->active;
	struct slice text = row->cell[cell];

	if (!ruleset_any(rules))
		return;
	r->bad[cell]++;
	r->bad_rules[cell] |= rules;
	if (r->reported == row->line)
		return;
	r->reported = row->line;
	stream_bad_row(r->rows->in, row->line, "bad %s \"%s\", want %s",
	    detect_row_columns[cell], show(text.at, text.len),
	    cells[cell].want);
}

/* Prepares to read an address; REST, the sum of many, counts as none. */
static inline void
fetch_address(struct detect_row_reader *r, struct addrmemo_look *l,
    const struct row *row, size_t cell)
{
	struct slice text = row->cell[cell];

	if (row->tally && slice_is(text, "REST"))
		text.len = 0;
	addrmemo_fetch(&r->addresses, text, l);
}

/* Reads an address; a bad one counts as none. */
static inline void
read_address(struct detect_row_reader *r, struct detect_addr *a,
    const struct addrmemo_look *l, size_t cell)
{
	if (addrmemo_get(&r->addresses, l, &a->ip, &a->hash))
		return;
	r->bad_cells |= 1U << cell;
	memset(a, 0, sizeof(*a));
}

/* Reads the number of a cell, by read; it is 0 if the cell is empty. */
static inline __attribute__((always_inline)) void
read_number(struct detect_row_reader *r, struct detect_row *w,
    const struct row *row, size_t cell, bool (*read)(struct slice, uint16_t *))
{
	w->number[cell] = 0;
	if (row->cell[cell].len == 0)
		return;
	if (read(row->cell[cell], &w->number[cell]))
		w->present |= 1U << cell;
	else
		r->bad_cells |= 1U << cell;
}

/*
 * Reads the source port.  If no rule needs it itself, only that of rows that
 * open, refuse or acknowledge a connection, whose answer it tells apart.
 */
static void
read_sport(struct detect_row_reader *r, struct detect_row *w,
    const struct row *row)
{
	w->number[RULES_COLUMN_SPORT] = 0;
	if (r->all_sports || w->number[RULES_COLUMN_FLAGS] & r->opening)
		read_number(r, w, row, RULES_COLUMN_SPORT, read_port);
}

#define BARE_BYTES	64	/* of a segment without data, at most */

/*
 * A row of TCP with ports and no flags is of a segment without any; that of a
 * tally only if there were no data: some exporters of flows tell no flags.
 */
static void
read_null_flags(const struct detect_row_reader *r, struct detect_row *w,
    const struct row *row)
{
	if (row_has(r->rows, RULES_COLUMN_FLAGS) &&
	    w->present >> RULES_COLUMN_DPORT & 1 && (!row->tally ||
	    row->bytes / (BARE_BYTES + 1) < row->packets) &&
	    slice_is(row->cell[RULES_COLUMN_PROTO], "TCP"))
		w->present |= 1U << RULES_COLUMN_FLAGS;
}

/* The length of a packet; the bytes of a tally row are those of many. */
static void
read_len(struct detect_row *w, const struct row *row)
{
	w->number[RULES_COLUMN_LEN] = row->bytes < UINT16_MAX ?
	    (uint16_t)row->bytes : UINT16_MAX;
	w->present |= (unsigned)!row->tally << RULES_COLUMN_LEN;
}

/* Reads what few rules need. */
static void
read_more(struct detect_row_reader *r, struct detect_row *w,
    const struct row *row)
{
	w->number[RULES_COLUMN_ICMP] = 0;
	if (r->types)
		read_number(r, w, row, RULES_COLUMN_ICMP, read_type);
	if (ruleset_any(r->detect->needing[RULES_COLUMN_LEN]))
		read_len(w, row);
}

/* Finds the rules that the labels of a row do not meet. */
static void
read_labels(struct detect_row_reader *r, struct detect_row *w,
    const struct row *row)
{
	size_t i;

	w->refused = RULESET_NONE;
	for (i = 0; i < r->labels.columns; i++)
		w->refused |= labelset_refused(&r->labels, i,
		    row->cell[r->label_cell[i]]);
}

void
detect_row_read(struct detect_row_reader *r, const struct row *row,
    struct detect_row *w)
{
	const size_t at = (size_t)(row - r->rows->row);
	size_t i;

	for (i = 0; i < row_together(r->rows, row); i++) {
		fetch_address(r, &r->src[i], &row[i], RULES_COLUMN_SRC);
		fetch_address(r, &r->dst[i], &row[i], RULES_COLUMN_DST);
	}
	w->present = r->bad_cells = 0;
	w->proto = detect_proto(r->detect, row->cell[RULES_COLUMN_PROTO]);
	w->time_ns = row->time_ns;
	w->packets = row->packets;
	w->bytes = row->bytes;
	read_number(r, w, row, RULES_COLUMN_FLAGS, read_flags);
	read_number(r, w, row, RULES_COLUMN_DPORT, read_port);
	read_sport(r, w, row);
	if (r->more)
		read_more(r, w, row);
	if (r->labels.columns > 0)
		read_labels(r, w, row);
	if (row->cell[RULES_COLUMN_FLAGS].len == 0)
		read_null_flags(r, w, row);
	read_address(r, &w->src, &r->src[at], RULES_COLUMN_SRC);
	read_address(r, &w->dst, &r->dst[at], RULES_COLUMN_DST);
	w->present |= (unsigned)(w->src.ip.family != 0) << RULES_COLUMN_SRC |
	    (unsigned)(w->dst.ip.family != 0) << RULES_COLUMN_DST;
	for (i = 0; i < RULES_COLUMNS && r->bad_cells >> i != 0; i++)
		if (r->bad_cells >> i & 1)
			bad_cell(r, row, i);
}
