/*
 * connrow - packet, flow and other tally rows read as parts of connections
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/number.h"
#include "base/show.h"
#include "connect/connrow.h"

/* The columns, and the cells of a row. */
enum { SRC, DST, PROTO, IP_PROTO, SPORT, DPORT, FLAGS, TIME, END, FLAGS_BACK,
    PACKETS_BACK, BYTES_BACK, PART, SENSOR, IFACE,
    CELLS };

static const char *const names[CELLS] = {
	[SRC] = "src", [DST] = "dst", [PROTO] = "proto",
	[IP_PROTO] = "ip_proto", [SPORT] = "sport", [DPORT] = "dport",
	[FLAGS] = "flags", [TIME] = "time", [END] = "end",
	[FLAGS_BACK] = "flags_back", [PACKETS_BACK] = "packets_back",
	[BYTES_BACK] = "bytes_back", [PART] = "part",
	[SENSOR] = "sensor", [IFACE] = "iface"
};

static const char wanted_flags[] = "letters of " TCPFLAGS_LETTERS;

/* What a cell must hold, for messages. */
static const char *const wants[CELLS] = {
	[IP_PROTO] = "0-255", [SPORT] = "0-65535", [DPORT] = "0-65535",
	[FLAGS] = wanted_flags, [FLAGS_BACK] = wanted_flags,
	[TIME] = "seconds since the epoch (csvclean reads other forms)",
	[END] = "seconds since the epoch, from time on",
	[PACKETS_BACK] = "a number up to packets",
	[BYTES_BACK] = "a number up to bytes", [PART] = "0-65535"
};

static bool
has(const struct connrow_reader *r, size_t column)
{
	return row_has(&r->rows, column);
}

/* The columns that a table has, of those that it may lack. */
static unsigned
columns_of(const struct connrow_reader *r)
{
	return (has(r, TIME) ? CONNROW_TIME : 0) |
	    (has(r, PROTO) ? CONNROW_PROTO : 0) |
	    (has(r, IP_PROTO) ? CONNROW_IP_PROTO : 0) |
	    (has(r, SPORT) && has(r, DPORT) ? CONNROW_PORTS : 0) |
	    (has(r, FLAGS) ? CONNROW_FLAGS : 0) |
	    (has(r, SENSOR) && r->want_places ? CONNROW_SENSOR : 0) |
	    (has(r, IFACE) && r->want_places ? CONNROW_IFACE : 0);
}

static const char *
name_of(unsigned column)
{
	return column & CONNROW_TIME ? "time" :
	    column & CONNROW_PROTO ? "proto" :
	    column & CONNROW_IP_PROTO ? "ip_proto" :
	    column & CONNROW_PORTS ? "sport,dport" :
	    column & CONNROW_FLAGS ? "flags" :
	    column & CONNROW_SENSOR ? "sensor" : "iface";
}

static void
start_table(void *arg, const struct csv *csv, bool header)
{
	struct connrow_reader *r = arg;
	unsigned given = columns_of(r);

	(void)csv;
	(void)header;
	if (!r->started) {
		r->started = true;
		r->columns = given;
		if (r->start != NULL)
			r->start();
	}
	if ((given & ~r->columns) != 0 && !r->warned) {
		r->warned = true;
		stream_warn(r->rows.in, STATUS_DONE, "columns that the first "
		    "table lacks are not used: \"%s\"",
		    name_of(given & ~r->columns));
	}
	r->given = given & r->columns;
}

void
connrow_init(struct connrow_reader *r, struct stream *in)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	row_init(&r->rows, in);
	row_want_only(&r->rows, true);
	for (i = 0; i < CELLS; i++)
		row_want(&r->rows, names[i], i != SRC && i != DST);
	r->rows.table = start_table;
	r->rows.table_arg = r;
	r->columns = CONNROW_TIME | CONNROW_PROTO;
	connproto_init(&r->protos);
	output_init(&r->texts.text, -1, "key");
	keytable_init(&r->places, CONNROW_PLACES_MAX);
	output_init(&r->place, -1, "key");
}

void
connrow_release(struct connrow_reader *r)
{
	row_release(&r->rows);
	connproto_release(&r->protos);
	free(r->texts.text.buf);
	keytable_release(&r->places);
	free(r->place.buf);
}

/* Reads a cell of a small number; -1 if it is empty, false if it is bad. */
static inline bool
read_small(struct slice s, uint32_t max, int32_t *value)
{
	uint64_t n;

	if (s.len == 0) {
		*value = -1;
		return true;
	}
	if (!number_parse_cell(s.at, s.len, max, &n))
		return false;
	*value = (int32_t)n;
	return true;
}

/* What a row says beside its key. */
struct beside {
	int64_t		 start_ns, end_ns;
	uint8_t		 flags[2];	/* of src, of dst */
	uint64_t	 packets_back, bytes_back;
	int32_t		 part;
};

/* Reads a count of the way back, which is part of the count of both. */
static bool
read_back(struct slice s, uint64_t both, uint64_t *back)
{
	*back = 0;
	return s.len == 0 || number_parse_cell(s.at, s.len, both, back);
}

/* Reads the cells that only flow rows have.  Returns CELLS or the bad one. */
static size_t
read_flow(const struct row *row, struct beside *b)
{
	const struct slice *cell = row->cell;
	struct slice end = cell[END];

	if (end.len > 0 && (!timestamp_parse_epoch(end.at, end.len,
	    &b->end_ns) || b->end_ns < b->start_ns))
		return END;
	if (!tcpflags_read(cell[FLAGS_BACK], &b->flags[1]))
		return FLAGS_BACK;
	if (!read_back(cell[PACKETS_BACK], row->packets,
	    &b->packets_back))
		return PACKETS_BACK;
	if (!read_back(cell[BYTES_BACK], row->bytes, &b->bytes_back))
		return BYTES_BACK;
	if (!read_small(cell[PART], UINT16_MAX, &b->part))
		return PART;
	return CELLS;
}

/* Reads the cells; returns CELLS, or the one that is bad. */
static inline size_t
read_cells(struct connrow_reader *r, const struct row *row,
    struct connkey_parts *k, struct beside *b)
{
	const struct slice *cell = row->cell, *when = &cell[TIME];

	k->src = cell[SRC];
	k->dst = cell[DST];
	k->sport = k->dport = k->ip_proto = -1;
	k->proto = 0;
	k->timed = (r->given & CONNROW_TIME) && when->len > 0;
	b->start_ns = 0;
	if (k->timed && !timestamp_parse_cell(&r->second, when->at, when->len,
	    &b->start_ns))
		return TIME;
	b->end_ns = b->start_ns;
	if (r->given & CONNROW_PORTS) {
		if (!read_small(cell[SPORT], UINT16_MAX, &k->sport))
			return SPORT;
		if (!read_small(cell[DPORT], UINT16_MAX, &k->dport))
			return DPORT;
	}
	if ((r->given & CONNROW_IP_PROTO) &&
	    !read_small(cell[IP_PROTO], UINT8_MAX, &k->ip_proto))
		return IP_PROTO;
	b->flags[0] = b->flags[1] = 0;
	if ((r->given & CONNROW_FLAGS) &&
	    !tcpflags_read(cell[FLAGS], &b->flags[0]))
		return FLAGS;
	b->packets_back = b->bytes_back = 0;
	b->part = -1;
	return row->tally ? read_flow(row, b) : CELLS;
}

/*
 * How it is known which end began.  A tally row without the way back whose
 * flags have S and A does not say: they are those of many packets.
 */
static void
set_evidence(const struct connrow_reader *r, struct connection *c,
    const struct beside *b, const struct row *row, unsigned from)
{
	bool syn = (b->flags[0] & TCP_SYN) != 0;
	bool ack = (b->flags[0] & TCP_ACK) != 0;

	c->first = (uint8_t)from;
	c->evidence = CONNECTION_BY_TIME;
	if (syn && (!ack || (row->tally && has(r, PACKETS_BACK))))
		c->evidence = CONNECTION_BY_SYN;
	else if (syn && !row->tally) {
		c->first = (uint8_t)(1 - from);
		c->evidence = CONNECTION_BY_ANSWER;
	} else if (b->flags[1] & TCP_SYN)
		c->evidence = CONNECTION_BY_ANSWER;
}

#define PLACES	(CONNROW_SENSOR | CONNROW_IFACE)

static void
add_place_cell(struct connrow_reader *r, struct slice s)
{
	if (s.len > 0)
		output_text_cell(&r->place, s.at, s.len);
	output_char(&r->place, ',');
}

/* The number of a row's sensor and interface. */
static uint16_t
place_of(struct connrow_reader *r, const struct row *row)
{
	r->place.used = 0;
	if (r->columns & CONNROW_SENSOR)
		add_place_cell(r, row->cell[SENSOR]);
	if (r->columns & CONNROW_IFACE)
		add_place_cell(r, row->cell[IFACE]);
	output_room(&r->place, SLICE_SLACK);
	return (uint16_t)keytable_number(&r->places, r->place.buf,
	    r->place.used);
}

void
connrow_write_place(const struct connrow_reader *r, uint16_t place,
    struct output *out)
{
	const struct keytable_entry *e;

	if (place == CONNROW_PLACES_MAX) {
		output_str(out, (r->columns & PLACES) == PLACES ?
		    "REST,REST," : "REST,");
		return;
	}
	e = keytable_entry(&r->places, place);
	output_bytes(out, keytable_key(e), e->len);
}

/*
 * Each member is set once: to clear all 128 bytes before takes 3 % of flowbw's
 * time, as the compiler does it by a string instruction.
 */
static inline void
make_part(struct connrow_reader *r, const struct row *row,
    struct connkey_parts *k, const struct beside *b, struct connection *c)
{
	unsigned from;

	if (r->given & CONNROW_PROTO)
		k->proto = connproto_of(&r->protos, row->cell[PROTO]);
	k->tcp = (b->flags[0] | b->flags[1]) != 0;
	from = connkey_set(&c->key, k, &r->texts);
	c->start_ns = b->start_ns;
	c->end_ns = k->timed ? b->end_ns : 0;
	c->hash = connkey_hash(&c->key);
	c->packets[from] = row->packets - b->packets_back;
	c->packets[1 - from] = b->packets_back;
	c->bytes[from] = row->bytes - b->bytes_back;
	c->bytes[1 - from] = b->bytes_back;
	c->flags[from] = b->flags[0];
	c->flags[1 - from] = b->flags[1];
	c->proto = k->proto;
	c->part = (uint16_t)(b->part > 0 ? b->part : 0);
	c->state = c->next = c->sums = 0;
	c->shown = k->proto;
	c->place = r->columns & PLACES ? place_of(r, row) : 0;
	c->unused = 0;
	c->line = row->line;
	set_evidence(r, c, b, row, from);
}

bool
connrow_next(struct connrow_reader *r, struct connection *c)
{
	struct connkey_parts k;
	struct beside b;
	const struct row *row;
	size_t bad;

	while ((row = row_next(&r->rows)) != NULL) {
		bad = read_cells(r, row, &k, &b);
		if (bad == CELLS) {
			r->tally |= row->tally;
			make_part(r, row, &k, &b, c);
			return true;
		}
		r->rows.in->rows--;
		stream_bad_row(r->rows.in, row->line, "bad %s \"%s\", want %s",
		    names[bad], show(row->cell[bad].at, row->cell[bad].len),
		    wants[bad]);
	}
	return false;
}
