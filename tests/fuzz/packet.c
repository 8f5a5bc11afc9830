/*
 * packet - any bytes as a packet of any link type, for a fuzzer
 *
 * The first two bytes are the link type, the third is how many bytes more
 * were on the wire.  What the decoder points to must be in the packet.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "flow.h"
#include "packet.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_within(const uint8_t *p, size_t n, const uint8_t *data, size_t caplen)
{
	if (n > 0 && (p < data || n > caplen ||
	    (size_t)(p - data) > caplen - n))
		abort();
}

static void
check_addrs(const struct packet_addrs *a, const uint8_t *data, size_t caplen)
{
	size_t n = a->family == 4 ? 4 : a->family == 6 ? 16 : 0;

	if (n == 0 && a->family != 0)
		abort();
	check_within(a->src, n, data, caplen);
	check_within(a->dst, n, data, caplen);
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t n)
{
	static struct flow_table *flows;
	struct flow_key key;
	struct packet p;
	uint8_t *data;
	size_t caplen;

	if (n < 3)
		return 0;
	if (flows == NULL)
		flows = flow_new(1024);
	caplen = n - 3;
	/* Of its exact size, so that a byte read behind it is found. */
	data = malloc(caplen > 0 ? caplen : 1);
	if (data == NULL)
		abort();
	memcpy(data, input + 3, caplen);
	packet_decode(&p, (uint32_t)input[0] << 8 | input[1], data,
	    (uint32_t)caplen, (uint32_t)caplen + input[2]);
	check_addrs(&p.outer, data, caplen);
	check_addrs(&p.inner, data, caplen);
	check_within(p.payload, p.payload_caplen, data, caplen);
	if (p.protocol == PROTO_NONE || p.vlans > PACKET_VLANS ||
	    p.payload_caplen > p.payload_len)
		abort();
	flow_look(flows, &p, &key);
	if (flow_name_at(flows, &p, &key) == PROTO_NONE)
		abort();
	free(data);
	return 0;
}
