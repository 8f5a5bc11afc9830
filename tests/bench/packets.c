/*
 * packets - a synthetic capture for the bench
 *
 * usage: packets COUNT [FLOWS]
 *
 * Writes a pcap of COUNT Ethernet packets to stdout, cut at 96 bytes: 85 %
 * IPv4 and 15 % IPv6, of FLOWS connections (50000 unless told) that carry
 * TLS, HTTP, SSH, DNS and QUIC, and some pings.  The same arguments give the
 * same bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SNAPLEN	96
#define START_S	1704067200

static uint64_t state = 88172645463325252u;

static uint32_t
draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)((state >> 32) * below >> 32);
}

static uint32_t
mix(uint32_t v)
{
	v = (v ^ v >> 16) * 0x45d9f3b;
	v = (v ^ v >> 16) * 0x45d9f3b;
	return v ^ v >> 16;
}

static uint8_t *
put16(uint8_t *p, uint32_t v)
{
	*p++ = (uint8_t)(v >> 8);
	*p++ = (uint8_t)v;
	return p;
}

static uint8_t *
put32(uint8_t *p, uint32_t v)
{
	return put16(put16(p, v >> 16), v);
}

/* A service: its port, its transport and how its payload begins. */
static const struct service {
	uint16_t	port;
	uint8_t		transport;
	const char	*start;
	size_t		start_len;
} services[] = {
	{ 443, 6, "\x17\x03\x03\x05\x00", 5 },
	{ 443, 6, "\x17\x03\x03\x01\x20", 5 },
	{ 443, 17, "\x43\x10\x20\x30\x40", 5 },
	{ 80, 6, "GET / HTTP/1.1\r\n", 16 },
	{ 22, 6, "\x00\x00\x00\x2c\x0a", 5 },
	{ 53, 17, "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
	    "\x03www\x07""example\x03org\x00\x00\x01\x00\x01", 33 },
	{ 5001, 6, "\x55\x66\x77\x88", 4 },
	{ 0, 1, "\x61\x62\x63\x64", 4 },
};

#define SERVICES	(sizeof(services) / sizeof(services[0]))

static uint8_t *
put_ip(uint8_t *p, uint32_t flow, uint8_t transport, uint32_t len, int back)
{
	uint32_t client = 0x0a000000 | (mix(flow) & 0x3fff);
	uint32_t server = 0xc6336400 | (mix(flow * 31) & 0xff);
	uint32_t src = back ? server : client, dst = back ? client : server;

	if (flow % 20 < 17) {
		p = put16(put16(p, 0x4500), 20 + len);
		p = put32(p, 0x00004000);
		*p++ = 64;
		*p++ = transport;
		return put32(put32(put16(p, 0), src), dst);
	}
	p = put16(put32(p, 0x60000000), len);
	*p++ = transport == 1 ? 58 : transport;
	*p++ = 64;
	p = put32(put32(put32(put32(p, 0x20010db8), 0), 0), src);
	return put32(put32(put32(put32(p, 0x20010db8), 0), 0), dst);
}

static uint8_t *
put_transport(uint8_t *p, uint32_t flow, const struct service *s,
    uint32_t payload, int back)
{
	uint16_t client = (uint16_t)(32768 + mix(flow * 7) % 28000);
	uint16_t sport = back ? s->port : client;
	uint16_t dport = back ? client : s->port;

	if (s->transport == 1) {
		*p++ = flow % 20 < 17 ? (back ? 0 : 8) : (back ? 129 : 128);
		*p++ = 0;
		return put32(put16(p, 0), flow);
	}
	p = put16(put16(p, sport), dport);
	if (s->transport == 17)
		return put16(put16(p, 8 + payload), 0);
	p = put32(put32(p, flow), flow);
	return put32(put32(p, 0x501801f6), 0);
}

/* Builds one packet of a flow; returns its length on the wire. */
static uint32_t
build(uint8_t *frame, uint32_t flow)
{
	const struct service *s = &services[mix(flow * 3) % SERVICES];
	uint32_t payload = draw(3) == 0 ? 0 : s->transport == 6 ?
	    200 + draw(1248) : 40 + draw(500);
	uint32_t header = s->transport == 6 ? 20 : 8;
	int back = draw(2) == 0;
	uint8_t *p = frame;

	memset(frame, 0, 256);
	p = put16(put32(put32(put32(p, 0x02000000), 0x00010200), 2),
	    flow % 20 < 17 ? 0x0800 : 0x86dd);
	p = put_ip(p, flow, s->transport, header + payload, back);
	p = put_transport(p, flow, s, payload, back);
	memcpy(p, s->start, payload > 0 ? s->start_len : 0);
	return (uint32_t)(p - frame) + payload;
}

int
main(int argc, char **argv)
{
	static const uint32_t file[6] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0,
	    SNAPLEN, 1 };
	uint8_t frame[256];
	uint32_t record[4], count, flows, i, us = 0;

	if (argc < 2 || argc > 3)
		errx(2, "usage: packets COUNT [FLOWS]");
	count = (uint32_t)strtoul(argv[1], NULL, 10);
	flows = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 50000;
	fwrite(file, sizeof(file), 1, stdout);
	record[0] = START_S;
	for (i = 0; i < count; i++) {
		/* A few flows carry most packets, as on a real link. */
		record[3] = build(frame, draw(4) > 0 ? draw(flows / 50 + 1) :
		    draw(flows));
		record[2] = record[3] < SNAPLEN ? record[3] : SNAPLEN;
		us += draw(100);
		record[0] += us / 1000000;
		us %= 1000000;
		record[1] = us;
		fwrite(record, sizeof(record), 1, stdout);
		fwrite(frame, record[2], 1, stdout);
	}
	if (fflush(stdout) == EOF || ferror(stdout))
		err(3, "stdout: write");
	return 0;
}
