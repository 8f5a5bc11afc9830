/*
 * flows - any bytes as rows of connections, for a fuzzer
 *
 * The first bytes choose the table's limits.  Whatever the rows and their
 * times, packets and bytes that leave the table are those that came.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "connect/connrow.h"
#include "connect/conntable.h"
#include "connect/connwrite.h"

#include "bytes.h"

#define CHOICES	4	/* bytes */

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct output out;
static struct connrow_reader rows;
static struct connwrite_style style;
static uint64_t packets, bytes;		/* in less out, modulo 2^64 */

static void
leave(const struct connection *c)
{
	packets -= c->packets[0] + c->packets[1];
	bytes -= c->bytes[0] + c->bytes[1];
	if (c->first > 1 || c->start_ns > c->end_ns)
		abort();
	style.columns = rows.columns;
	connwrite_row(&out, &style, c);
	out.used = 0;
}

/* False: a sum is too large, and those that left are not all. */
static bool
add_rows(struct conntable *t)
{
	struct connection part;
	bool joined;

	while (connrow_next(&rows, &part)) {
		packets += part.packets[0] + part.packets[1];
		bytes += part.bytes[0] + part.bytes[1];
		if (!t->holds && part.bytes[1] % 16 == 7)
			conntable_jump(t, part.start_ns);
		else if (!t->holds && (part.key.kind & CONNKEY_UNTIMED) == 0)
			conntable_advance(t, part.end_ns);
		if (!conntable_add(t, &part, &joined))
			return false;
	}
	return conntable_finish(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct connection_limits limits;
	struct conntable table;
	struct stream in;

	/* A compressed input would start a process each time. */
	if (n < CHOICES + 2 || strchr("\x1f\x28\xfd\x42\x04\x02",
	    data[CHOICES]) != NULL)
		return 0;
	limits.idle_ns = (int64_t)data[0] * NS_PER_S / 2 + 1;
	limits.active_ns = (int64_t)data[1] * NS_PER_S + 1;
	open_bytes(&in, data + CHOICES, n - CHOICES);
	connrow_init(&rows, &in);
	output_init(&out, -1, "out");
	style.one_way = data[2] & 1;
	style.protos = &rows.protos;
	conntable_init(&table, 1 + data[3] % 16, &limits, leave);
	if (data[2] & 2)
		conntable_hold(&table);
	packets = bytes = 0;
	if (add_rows(&table) && (packets != 0 || bytes != 0))
		abort();
	conntable_release(&table);
	connrow_release(&rows);
	free(out.buf);
	stream_finish(&in);
	return 0;
}
