/*
 * decode - packets written in hexadecimal, and what packet_decode says
 *
 * A packet is text: pairs of hexadecimal digits; {N} is N bytes of zero;
 * [N] is two bytes, big-endian: how many bytes follow them, plus N.  So
 * lengths in headers are right whatever comes after.
 *
 * With SEEDS in the environment, a directory, each packet is also written
 * there, in the form that tests/fuzz/packet.c takes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DECODE_H
#define DECODE_H

#include <arpa/inet.h>
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>

#include "decode/packet.h"
#include "sound.h"
#include "tap.h"

#define PACKET_MAX	4096
#define LENGTHS_MAX	128

/* Frames and headers of RFC 894, 791, 8200, 9293 and 768. */
#define MACS		"020000000002 020000000001 "
#define ETHER(type)	MACS type " "
#define LLC_SNAP	"aaaa03 000000 "
#define V4		"c0000201 c6336402 "	/* 192.0.2.1, 198.51.100.2 */
#define V4_IN		"0a000001 0a000002 "	/* 10.0.0.1, 10.0.0.2 */
#define V6		"20010db8{11}01 20010db8{11}02 "
#define V6_IN		"fd00{13}01 fd00{13}02 "
#define IP4_OF(a, protocol) \
	"4500 [4] 0000 4000 40 " protocol " 0000 " a
#define IP6_OF(a, next)	"60000000 [-34] " next " 3f " a
#define IP4(protocol)	IP4_OF(V4, protocol)
#define IP6(next)	IP6_OF(V6, next)
#define IP4_IN(protocol) IP4_OF(V4_IN, protocol)
#define IP6_IN(next)	IP6_OF(V6_IN, next)
#define TCP		"c350 01bb 00000007 00000000 5012 ffff 0000 0000 "
#define UDP(port)	"c350 " port " [6] 0000 "

/* What the summary says of them. */
#define SAYS4		"192.0.2.1>198.51.100.2"
#define SAYS6		"2001:db8::1>2001:db8::2"
#define SAYS4_IN	"10.0.0.1>10.0.0.2"
#define SAYS6_IN	"fd00::1>fd00::2"
#define SAYS_TCP	"50000>443"

static inline int
digit_of(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Turns the text into bytes; returns how many. */
static inline size_t
make_packet(uint8_t *out, const char *text)
{
	struct { size_t at; long plus; } length[LENGTHS_MAX];
	size_t n = 0, lengths = 0, i;
	char *end;

	while (*text != '\0') {
		if (n + 2 > PACKET_MAX || lengths == LENGTHS_MAX)
			errx(1, "a packet is too long: %s", text);
		if (isspace((unsigned char)*text)) {
			text++;
		} else if (*text == '{') {
			for (i = strtoul(text + 1, &end, 10); i > 0 &&
			    n + 2 < PACKET_MAX; i--)
				out[n++] = 0;
			text = end + 1;
		} else if (*text == '[') {
			length[lengths].at = n;
			length[lengths++].plus = strtol(text + 1, &end, 10);
			n += 2;
			text = end + 1;
		} else {
			out[n++] = (uint8_t)(digit_of(text[0]) << 4 |
			    digit_of(text[1]));
			text += 2;
		}
	}
	for (i = 0; i < lengths; i++) {
		long bytes = (long)(n - length[i].at - 2) + length[i].plus;

		out[length[i].at] = (uint8_t)(bytes >> 8);
		out[length[i].at + 1] = (uint8_t)bytes;
	}
	return n;
}

/* Appends to a summary. */
__attribute__((format(printf, 2, 3)))
static inline void
say(char *summary, const char *fmt, ...)
{
	size_t n = strlen(summary);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(summary + n, 256 - n, fmt, ap);
	va_end(ap);
}

static inline void
say_addrs(char *summary, const char *before, const struct packet_addrs *a)
{
	char src[INET6_ADDRSTRLEN], dst[INET6_ADDRSTRLEN];
	int family = a->family == 4 ? AF_INET : AF_INET6;

	inet_ntop(family, a->src, src, sizeof(src));
	inet_ntop(family, a->dst, dst, sizeof(dst));
	say(summary, "%s%s>%s", before, src, dst);
}

/*
 * "NAME src>dst sport>dport +payload", as far as it is there, then
 * "outer src>dst" if another header came first, "vlan a.b".
 */
static inline void
summarize(char *summary, const struct packet *p)
{
	unsigned i;

	summary[0] = '\0';
	say(summary, "%s", protocol_name(p->protocol));
	if (p->inner.family != 0)
		say_addrs(summary, " ", &p->inner);
	if (p->has_ports)
		say(summary, " %u>%u", p->sport, p->dport);
	if (p->payload_len > 0)
		say(summary, " +%u", p->payload_len);
	if (p->outer.src != p->inner.src || p->outer.dst != p->inner.dst)
		say_addrs(summary, " outer ", &p->outer);
	for (i = 0; i < p->vlans; i++)
		say(summary, "%s%u", i > 0 ? "." : " vlan ", p->vlan[i]);
}

/*
 * Decodes the first caplen bytes, copied to a place of that size, so that a
 * sanitizer sees a read after them; what is said of them must be sound.
 */
static inline bool
cut_is_sound(unsigned linktype, const uint8_t *whole, size_t caplen, size_t n)
{
	uint8_t *data = malloc(caplen > 0 ? caplen : 1);
	const char *why;
	struct packet p;

	if (data == NULL)
		err(1, "malloc");
	memcpy(data, whole, caplen);
	packet_decode(&p, linktype, data, (uint32_t)caplen, (uint32_t)n);
	why = unsound(&p, data, caplen, n);
	if (why == NULL && linktype == LINKTYPE_ETHERNET &&
	    !walk_agrees(&p, data, caplen, n))
		why = "the walk over the layers disagrees";
	if (why != NULL)
		printf("# %s\n", why);
	free(data);
	return why == NULL;
}

static inline void
write_seed(unsigned linktype, const uint8_t *data, size_t n)
{
	static unsigned count;
	const uint8_t head[] = { (uint8_t)(linktype >> 8), (uint8_t)linktype,
	    0 };
	const char *dir = getenv("SEEDS");
	char path[4096];
	FILE *f;

	if (dir == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s-%u", dir,
	    program_invocation_short_name, count++);
	f = fopen(path, "w");
	if (f == NULL || fwrite(head, sizeof(head), 1, f) != 1 ||
	    (n > 0 && fwrite(data, n, 1, f) != 1) || fclose(f) == EOF)
		err(1, "%s", path);
}

/* The packet of this link type has this summary, and bears every cut. */
static inline void
decodes(unsigned linktype, const char *text, const char *want,
    const char *what)
{
	uint8_t data[PACKET_MAX];
	char summary[256];
	struct packet p;
	size_t n = make_packet(data, text), caplen;

	write_seed(linktype, data, n);
	packet_decode(&p, linktype, data, (uint32_t)n, (uint32_t)n);
	summarize(summary, &p);
	same_text(summary, strlen(summary), want, "%s", what);
	for (caplen = 0; caplen <= n; caplen++)
		if (!cut_is_sound(linktype, data, caplen, n))
			break;
	ok(caplen > n, "%s, cut anywhere", what);
	if (caplen <= n)
		printf("# not after %zu of %zu bytes\n", caplen, n);
}

#endif
