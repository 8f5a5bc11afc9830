/*
 * packet_common - the short way through the headers says what the long does
 *
 * Frames are made of random headers, mostly well-formed, and cut anywhere.
 * Behind the four bytes of netANALYZER (LINKTYPE 240) a frame takes the walk
 * over the layers, which the truths of tshark check; as plain Ethernet it may
 * take the short way, and every field must be the same.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>

#include "decode/packet.h"
#include "tap.h"

#define ROUNDS	200000
#define PREFIX	4
#define FRAME	96

static uint8_t
pick(const uint8_t *from, size_t n)
{
	/* Now and then anything. */
	return random() % 16 == 0 ? (uint8_t)random() :
	    from[(size_t)random() % n];
}

#define PICK(...) \
	pick((const uint8_t[]){ __VA_ARGS__ }, \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

static void
make_ip4(uint8_t *ip)
{
	ip[0] = PICK(0x45, 0x45, 0x45, 0x46, 0x65);
	ip[2] = PICK(0, 0, 0, 1);
	ip[3] = PICK(0, 19, 20, 28, 39, 40, 48, 60, 82, 200);
	ip[6] = PICK(0, 0x40, 0x20, 0x01);
	ip[7] = PICK(0, 0, 0, 1);
	ip[9] = PICK(6, 6, 17, 17, 1, 47);
}

static void
make_ip6(uint8_t *ip)
{
	ip[0] = PICK(0x60, 0x60, 0x6f, 0x45);
	ip[4] = PICK(0, 0, 1);
	ip[5] = PICK(0, 7, 8, 20, 32, 42, 200);
	ip[6] = PICK(6, 6, 17, 17, 0, 44, 58);
}

static void
make_transport(uint8_t *at)
{
	/* Ports of tunnels over UDP are among them. */
	at[0] = PICK(0x12, 0x08, 0x0d);
	at[1] = PICK(0xb5, 0x68, 0xd8);
	at[2] = at[0];
	at[3] = PICK(0x34, 0xb5);
	at[4] = 0;
	at[5] = PICK(0, 7, 8, 9, 30, 60);
	at[12] = PICK(0x40, 0x50, 0x50, 0x60, 0xa0);
}

static void
make_frame(uint8_t *frame)
{
	bool six = random() % 2 == 0;
	size_t i;

	for (i = 0; i < FRAME; i++)
		frame[i] = (uint8_t)random();
	frame[12] = six ? 0x86 : 0x08;
	frame[13] = six ? 0xdd : PICK(0x00, 0x00, 0x00, 0x06);
	if (six)
		make_ip6(frame + 14);
	else
		make_ip4(frame + 14);
	make_transport(frame + (six ? 54 : 34));
}

static bool
same_addrs(const struct packet_addrs *a, const struct packet_addrs *b)
{
	return a->src == b->src && a->dst == b->dst && a->family == b->family;
}

static bool
same_packet(const struct packet *a, const struct packet *b)
{
	return same_addrs(&a->outer, &b->outer) &&
	    same_addrs(&a->inner, &b->inner) && a->protocol == b->protocol &&
	    a->has_ports == b->has_ports && a->sport == b->sport &&
	    a->dport == b->dport && a->has_tcp == b->has_tcp &&
	    a->tcp_flags == b->tcp_flags && a->tcp_seq == b->tcp_seq &&
	    a->has_ip == b->has_ip && a->ttl == b->ttl &&
	    a->has_icmp == b->has_icmp && a->icmp_type == b->icmp_type &&
	    a->ip_protocol == b->ip_protocol && a->fragment == b->fragment &&
	    a->vlans == b->vlans &&
	    memcmp(a->vlan, b->vlan, sizeof(a->vlan)) == 0 &&
	    a->payload == b->payload &&
	    a->payload_caplen == b->payload_caplen &&
	    a->payload_len == b->payload_len;
}

int
main(void)
{
	uint8_t made[FRAME], *bytes;
	struct packet brief, whole;
	int different = 0, named = 0, round;
	uint32_t caplen, len;

	srandom(1);
	for (round = 0; round < ROUNDS; round++) {
		make_frame(made);
		caplen = (uint32_t)(random() % 4 > 0 ? FRAME :
		    random() % (FRAME + 1));
		len = caplen + (uint32_t)(random() % 2 * random() % 500);
		/* Of its size, so that a sanitizer sees a read behind it. */
		bytes = calloc(1, PREFIX + caplen);
		if (bytes == NULL)
			err(1, "calloc");
		memcpy(bytes + PREFIX, made, caplen);
		memset(&brief, 0xa5, sizeof(brief));
		packet_decode(&brief, 1, bytes + PREFIX, caplen, len);
		packet_decode(&whole, 240, bytes, PREFIX + caplen,
		    PREFIX + len);
		different += !same_packet(&brief, &whole);
		named += brief.has_ports;
		free(bytes);
	}
	same_int(different, 0, "every field is the same");
	ok(named > ROUNDS / 8 && named < ROUNDS, "%d packets of %d have ports",
	    named, ROUNDS);
	return tap_done();
}
