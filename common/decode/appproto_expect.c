/*
 * appproto_expect - connections that other connections announce
 *
 * SPDX-License-Identifier: ISC
 */
#include <netinet/in.h>

#include <arpa/inet.h>

#include "decode/appproto_private.h"

/* The text that is left to read, and the ends found in it. */
struct text {
	const char		*at;
	const char		*stop;
	struct appproto_expectation	*ends;
	size_t			 n;
};

static void
add_end(struct text *t, const uint8_t *addr, uint8_t family, unsigned port,
    uint8_t ip_protocol, enum protocol protocol)
{
	struct appproto_expectation *e;

	if (t->n == APPPROTO_EXPECTATIONS || port == 0 || port > 65535 ||
	    (family != 4 && family != 6))
		return;
	e = &t->ends[t->n++];
	memset(e, 0, sizeof *e);
	memcpy(e->addr, addr, family == 4 ? 4 : 16);
	e->family = family;
	e->port = (uint16_t)port;
	e->ip_protocol = ip_protocol;
	e->protocol = protocol;
}

static bool
skip_text(struct text *t, const char *what)
{
	size_t n = strlen(what);

	if ((size_t)(t->stop - t->at) < n || memcmp(t->at, what, n) != 0)
		return false;
	t->at += n;
	return true;
}

/* Moves past the next occurrence; false, and to the end, if none. */
static bool
find_text(struct text *t, const char *what)
{
	size_t n = strlen(what);
	const char *hit = memmem(t->at, (size_t)(t->stop - t->at), what, n);

	t->at = hit == NULL ? t->stop : hit + n;
	return hit != NULL;
}

/* The decimal number here, 65536 if there is none or it is greater. */
static unsigned
read_number(struct text *t)
{
	const char *start = t->at;
	unsigned v = 0;

	for (; t->at < t->stop && *t->at >= '0' && *t->at <= '9'; t->at++)
		if (v <= 65535)
			v = v * 10 + (unsigned)(*t->at - '0');
	return t->at == start || v > 65535 ? 65536 : v;
}

/* "h1,h2,h3,h4,p1,p2" (RFC 959, 4.1.2). */
static void
read_host_port(struct text *t)
{
	uint8_t bytes[6];
	unsigned v;
	int i;

	for (i = 0; i < 6; i++) {
		v = read_number(t);
		if (v > 255 || (i < 5 && !skip_text(t, ",")))
			return;
		bytes[i] = (uint8_t)v;
	}
	add_end(t, bytes, 4, be16(bytes + 4), IPPROTO_TCP, PROTO_FTP_DATA);
}

/*
 * Where the server will listen: the replies 227 (RFC 959, 4.1.2) and 229 (RFC
 * 2428, 3), whose address is the sender's.  PORT needs no care: the server then
 * sends from port 20 (RFC 959, 3.2).
 */
static void
read_ftp(struct text *t, const struct packet *p)
{
	if (skip_text(t, "227")) {
		while (t->at < t->stop && (*t->at < '0' || *t->at > '9'))
			t->at++;
		read_host_port(t);
	} else if (skip_text(t, "229") && find_text(t, "|||")) {
		add_end(t, p->inner.src, p->inner.family, read_number(t),
		    IPPROTO_TCP, PROTO_FTP_DATA);
	}
}

/*
 * "c=IN IP4 address" (RFC 8866, 5.7) before the next "m=", into the end; one
 * for a single medium stands after its "m=".
 */
static void
read_sdp_address(struct text t, struct appproto_expectation *end)
{
	char text[INET6_ADDRSTRLEN];
	struct text next = t;
	uint8_t family;
	size_t n;

	if (find_text(&next, "\nm="))
		t.stop = next.at;
	if (!find_text(&t, "\nc=IN IP") || (!skip_text(&t, "4 ") &&
	    !skip_text(&t, "6 ")))
		return;
	family = t.at[-2] == '4' ? 4 : 6;
	for (n = 0; n < sizeof text - 1 && t.at + n < t.stop &&
	    t.at[n] > ' ' && t.at[n] != '/'; n++)
		text[n] = t.at[n];
	text[n] = '\0';
	if (inet_pton(family == 4 ? AF_INET : AF_INET6, text, end->addr) == 1)
		end->family = family;
}

/*
 * "m=audio 49170 RTP/AVP 0" (RFC 8866, 5.14), or "m=image 49170 udptl t38", the
 * fax that a call becomes (T.38, D.2.3).  RTCP takes the next port.
 */
static void
read_sdp(struct text *t)
{
	struct appproto_expectation all = { .family = 0 }, one;
	unsigned port;

	read_sdp_address(*t, &all);
	while (find_text(t, "\nm=") && find_text(t, " ")) {
		port = read_number(t);
		if (skip_text(t, "/"))
			(void)read_number(t);	/* of ports */
		if (!skip_text(t, " RTP/") && !skip_text(t,
		    " UDP/TLS/RTP/") && !skip_text(t, " udptl "))
			continue;
		one = all;
		read_sdp_address(*t, &one);
		add_end(t, one.addr, one.family, port, IPPROTO_UDP, PROTO_RTP);
		add_end(t, one.addr, one.family, port + 1, IPPROTO_UDP,
		    PROTO_RTCP);
	}
}

/* "Transport: RTP/AVP;unicast;client_port=5000-5001" (RFC 2326, 12.39). */
static void
read_rtsp(struct text *t, const struct packet *p)
{
	struct text client = *t;
	bool reply = skip_text(t, "RTSP/");
	const struct packet_addrs *a = &p->inner;
	unsigned port;

	if (find_text(&client, "client_port=")) {
		port = read_number(&client);
		client.n = t->n;
		add_end(&client, reply ? a->dst : a->src, a->family, port,
		    IPPROTO_UDP, PROTO_RTP);
		add_end(&client, reply ? a->dst : a->src, a->family,
		    port + 1, IPPROTO_UDP, PROTO_RTCP);
		t->n = client.n;
	}
}

/*
 * Where a phone listens (message 0x22 of Cisco's SCCP) and where it is to send
 * (0x8a): an address of 4 bytes or, from version 17 on, its kind and 16 bytes;
 * then the port.
 */
static void
read_skinny(struct text *t)
{
	const uint8_t *p = (const uint8_t *)t->at, *addr;
	const uint8_t *stop = (const uint8_t *)t->stop;
	uint32_t n, message, skip;
	bool wide;

	for (; stop - p >= 12; p += n) {
		n = le32(p) + 8;
		wide = le32(p + 4) >= 17;
		message = le32(p + 8);
		skip = (message == 0x22 ? 16 : 20) + (wide ? 4 : 0);
		if (n < 12 || n > (size_t)(stop - p))
			return;
		if ((message != 0x22 && message != 0x8a) ||
		    n < skip + (wide ? 16 : 4) + 4)
			continue;
		addr = p + skip;
		add_end(t, addr, wide && le32(addr - 4) == 1 ? 6 : 4,
		    le32(addr + (wide ? 16 : 4)), IPPROTO_UDP, PROTO_RTP);
	}
}

bool
appproto_may_expect(enum protocol protocol)
{
	switch (protocol) {
	case PROTO_FTP:
	case PROTO_MGCP:
	case PROTO_RTSP:
	case PROTO_SIP:
	case PROTO_SKINNY:
	case PROTO_TFTP:
		return true;
	default:
		return false;
	}
}

size_t
appproto_expect(const struct packet *p, enum protocol protocol,
    struct appproto_expectation *ends)
{
	struct text t = { (const char *)p->payload,
	    (const char *)p->payload + p->payload_caplen, ends, 0 };

	switch (protocol) {
	case PROTO_FTP:
		read_ftp(&t, p);
		break;
	case PROTO_RTSP:
		read_rtsp(&t, p);
		break;
	case PROTO_SKINNY:
		read_skinny(&t);
		break;
	case PROTO_TFTP:
		/* The server answers from a port of its own (RFC 1350, 4). */
		if (p->payload_caplen >= 2 && p->payload[0] == 0 &&
		    (p->payload[1] == 1 || p->payload[1] == 2))
			add_end(&t, p->inner.src, p->inner.family, p->sport,
			    IPPROTO_UDP, PROTO_TFTP);
		break;
	default:
		read_sdp(&t);
		break;
	}
	return t.n;
}
