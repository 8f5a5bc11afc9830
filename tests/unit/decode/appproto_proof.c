/*
 * appproto_proof - what a payload shows comes before what a port says
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "decode/appproto.h"
#include "tap.h"

#define NOTHING	PROTO_NONE

/* The bytes of a string literal without its final zero. */
#define BYTES(s)	(s), sizeof(s) - 1

/* server is the port that listens if the SYN was seen, else 0. */
static const struct {
	const char	*what;
	uint16_t	 sport, dport;
	uint16_t	 server;
	struct appproto_flow flow;
	const char	*bytes;
	size_t		 n;
	enum protocol	 want;
} cases[] = {
	/* What the payload shows comes before the port. */
	{ "an HTTP request to a port of TLS", 50000, 443, 443, { 0 },
	    BYTES("GET / HTTP/1.1\r\n\r\n"), PROTO_HTTP },
	{ "an HTTP status from a port of MySQL", 3306, 50000, 3306, { 0 },
	    BYTES("HTTP/1.1 200 OK\r\n\r\n"), PROTO_HTTP },
	{ "an SSH banner on a port of TLS", 993, 50000, 993, { 0 },
	    BYTES("SSH-2.0-OpenSSH_9.2\r\n"), PROTO_SSH },
	{ "an SSH banner on any port", 2222, 50000, 0, { 0 },
	    BYTES("SSH-2.0-OpenSSH_9.2\r\n"), PROTO_SSH },
	{ "a banner of no version", 2222, 50000, 0, { 0 },
	    BYTES("SSH-x.0-OpenSSH_9.2\r\n"), NOTHING },
	{ "an HTTP request after a proxy's line", 50000, 9999, 9999, { 0 },
	    BYTES("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n"
	    "GET / HTTP/1.1\r\n\r\n"), PROTO_HTTP },
	{ "an SSH banner after a proxy's header", 50000, 9999, 9999, { 0 },
	    BYTES("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c" "123456789012"
	    "SSH-2.0-x\r\n"), PROTO_SSH },
	{ "a proxy's line alone", 50000, 9999, 9999, { 0 },
	    BYTES("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n"), NOTHING },
	{ "a proxy's header longer than the packet", 50000, 9999, 9999, { 0 },
	    BYTES("\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff" "1234"), NOTHING },
	{ "BitTorrent to a port of RDP", 50000, 3389, 3389, { 0 },
	    BYTES("\x13" "BitTorrent protocol\0\0\0\0\0\0\0\0"),
	    PROTO_BITTORRENT },
	{ "HTTP/2's preface on any port", 50000, 50051, 0, { 0 },
	    BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), PROTO_HTTP2 },
	{ "RTSP's request on a port of TLS", 50000, 443, 443, { 0 },
	    BYTES("OPTIONS rtsp://a/ RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
	    PROTO_RTSP },
	{ "a version whose blank is in the next line", 50000, 50001, 0, { 0 },
	    BYTES("HTTP/1.1xxxx\r\n "), PROTO_HTTP },
	{ "SIP's status on a port of TLS", 443, 50000, 443, { 0 },
	    BYTES("SIP/2.0 200 OK\r\n\r\n"), PROTO_SIP },
	{ "a client hello to a port of HTTP", 50000, 80, 80, { 0 },
	    BYTES("\x16\x03\x01\x00\x7a\x01\x00\x00\x76\x03\x03"),
	    PROTO_TLS },
	{ "OpenVPN's reset to a port of TLS", 50000, 443, 443, { 0 },
	    BYTES("\0\x0e\x38" "12345678" "\0\0\0\0\0"),
	    PROTO_OPENVPN },
	{ "OpenVPN's reset with tls-auth", 50000, 443, 443, { 0 },
	    BYTES("\0\x2a\x38" "12345678" "12345678901234567890"
	    "\0\0\0\1" "time" "\0\0\0\0\0"), PROTO_OPENVPN },
	{ "OpenVPN's reset with tls-crypt", 50000, 443, 443, { 0 },
	    BYTES("\0\x36\x38" "12345678" "\0\0\0\1" "time"
	    "12345678901234567890123456789012" "12345"), PROTO_OPENVPN },
	{ "a reset whose length is not all", 50000, 443, 443, { 0 },
	    BYTES("\0\x0f\x38" "12345678" "\0\0\0\0\0"), NOTHING },
	{ "a DNS query whose number is like a reset", 50000, 53, 53, { 0 },
	    BYTES("\0\x1c\x38\0\x01\0\0\x01\0\0\0\0\0\x01" "\0\0\x01\0\x01"
	    "\0\0\x29\x10\0\0\0\0\0\0\0"), PROTO_DNS },
	/* A start that is not the port's protocol's is not named by it. */
	{ "a start of no TLS on its port", 50000, 443, 443, { 0 },
	    BYTES("\x01\x02\x03\x04\x05\x06\x07\x08"), NOTHING },
	{ "the same in mid-flow", 50000, 443, 0, { 0 },
	    BYTES("\x01\x02\x03\x04\x05\x06\x07\x08"), PROTO_TLS },
	{ "text in mid-flow on a port of TLS", 50000, 443, 0, { 0 },
	    BYTES("any text"), NOTHING },
	{ "a TLS alert first", 443, 50000, 443, { 0 },
	    BYTES("\x15\x03\x01\x00\x02\x02\x28"), PROTO_TLS },
	{ "a connection request of RDP", 50000, 3389, 3389, { 0 },
	    BYTES("\x03\0\0\x0b\x06\xe0\0\0\0\0\0"), PROTO_RDP },
	{ "a start of no RDP on its port", 50000, 3389, 3389, { 0 },
	    BYTES("\x01\x02\x03\x04\x05\x06\x07\x08"), NOTHING },
	{ "the same in mid-flow", 50000, 3389, 0, { 0 },
	    BYTES("\x01\x02\x03\x04\x05\x06\x07\x08"), NOTHING },
	{ "MySQL's greeting", 3306, 50000, 3306, { 0 },
	    BYTES("\x09\0\0\0\x0a" "8.0.36\0\x01"), PROTO_MYSQL },
	{ "a start of no MySQL on its port", 3306, 50000, 3306, { 0 },
	    BYTES("\x09\0\0\0\x0b" "8.0.36\0\x01"), NOTHING },
	{ "XMPP's start", 50000, 5222, 5222, { 0 },
	    BYTES("<?xml version='1.0'?><stream:stream "), PROTO_XMPP },
	{ "HTML on XMPP's port", 50000, 5222, 5222, { 0 },
	    BYTES("<html>"), NOTHING },
	{ "PostgreSQL's start-up", 50000, 5432, 5432, { 0 },
	    BYTES("\0\0\0\x0f\0\x03\0\0user\0a\0"), PROTO_PGSQL },
	{ "PostgreSQL's other versions", 50000, 5432, 5432, { 0 },
	    BYTES("\0\0\0\x10\0\x04\0\0user\0a\0"), NOTHING },
	{ "SOCKS 5", 50000, 1080, 1080, { 0 },
	    BYTES("\x05\x01\0"), PROTO_SOCKS },
	{ "SOCKS 5 without its methods", 50000, 1080, 1080, { 0 },
	    BYTES("\x05\x02\0"), NOTHING },
	{ "a server that speaks first on DNS's port", 53, 50000, 53, { 0 },
	    BYTES("\0\x1d\x12\x34\x01\0\0\x01\0\0\0\0\0\0"), NOTHING },
	{ "an answer of DNS, if the query was missed", 53, 50000, 53, { 0 },
	    BYTES("\0\x1d\x12\x34\x81\0\0\x01\0\0\0\0\0\0"), PROTO_DNS },
	{ "an answer of SOCKS 5", 1080, 50000, 1080, { 0 },
	    BYTES("\x05\0"), PROTO_SOCKS },
	{ "a request of SOCKS 5 from the server", 1080, 50000, 1080, { 0 },
	    BYTES("\x05\x01\0"), NOTHING },
	{ "AMQP's first method", 5672, 50000, 5672, { 0 },
	    BYTES("\x01\0\0\0\0\0\x0a\0\x0a\0\x0a\0\x09"), PROTO_AMQP },
	{ "another class of method first", 5672, 50000, 5672, { 0 },
	    BYTES("\x01\0\0\0\0\0\x0a\0\x3c\0\x0a\0\x09"), NOTHING },
	{ "PostgreSQL's answer", 5432, 50000, 5432, { 0 },
	    BYTES("R\0\0\0\x08\0\0\0\0"), PROTO_PGSQL },
	{ "BGP's marker", 50000, 179, 179, { 0 },
	    BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\xff\xff\xff\0\x1d\x01"), PROTO_BGP },
	{ "a marker with a gap", 50000, 179, 179, { 0 },
	    BYTES("\xff\xff\xff\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\xff\xff\xff\0\x1d\x01"), NOTHING },
	{ "MQTT's CONNECT", 50000, 1883, 1883, { 0 },
	    BYTES("\x10\x0c\0\x04MQTT\x04\0\0\0\0\0"), PROTO_MQTT },
	{ "MQTT with flags that are not assigned", 50000, 1883, 1883, { 0 },
	    BYTES("\x11\x0c\0\x04MQTT\x04\0\0\0\0\0"), NOTHING },
	/* MS-TDS, 2.2.3.1. */
	{ "TDS's PRELOGIN on any port", 50000, 50001, 50001, { 0 },
	    BYTES("\x12\x01\0\x14\0\0\x01\0" "\0\0\x06\0\x06\xff"
	    "\x09\0\0\0\0\0"), PROTO_TDS },
	{ "a batch on any port", 50000, 50001, 50001, { 0 },
	    BYTES("\x01\x01\0\x0a\0\0\x01\0" "ab"), NOTHING },
	{ "a batch on TDS's port", 50000, 1433, 1433, { 0 },
	    BYTES("\x01\x01\0\x0a\0\0\x01\0" "ab"), PROTO_TDS },
	{ "a batch from a server", 1433, 50000, 1433, { 0 },
	    BYTES("\x01\x01\0\x0a\0\0\x01\0" "ab"), NOTHING },
	{ "TDS longer than its segment", 50000, 1433, 1433, { 0 },
	    BYTES("\x01\x01\0\x0b\0\0\x01\0" "ab"), NOTHING },
	{ "TDS with a window", 50000, 1433, 1433, { 0 },
	    BYTES("\x01\x01\0\x0a\0\0\x01\x01" "ab"), NOTHING },
	/* A protocol that is not proven loses its connection to one that is. */
	{ "an SSH banner in what a port called TLS", 50000, 443, 0,
	    { PROTO_TLS, false, 0 }, BYTES("SSH-2.0-OpenSSH_9.2\r\n"),
	    PROTO_SSH },
	{ "the same in what a hello proved TLS", 50000, 443, 0,
	    { PROTO_TLS, true, 0 }, BYTES("SSH-2.0-OpenSSH_9.2\r\n"),
	    PROTO_TLS },
	{ "a client hello in what was called TDS", 50000, 50001, 0,
	    { PROTO_TDS, false, 0 },
	    BYTES("\x16\x03\x01\x00\x7a\x01\x00\x00\x76\x03\x03"),
	    PROTO_TLS },
	{ "a record without hello in it", 50000, 50001, 0,
	    { PROTO_TDS, false, 0 },
	    BYTES("\x17\x03\x03\x00\x7a\x01\x00\x00\x76\x03\x03"),
	    NOTHING },
	{ "an SSH banner after a proxy", 50000, 8080, 0,
	    { PROTO_HTTP, true, 0 }, BYTES("SSH-2.0-OpenSSH_9.2\r\n"),
	    PROTO_SSH },
};

static void
test_cases(void)
{
	struct appproto_flow f;
	enum protocol got;
	struct packet p;
	bool proven;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		p = (struct packet){ .protocol = PROTO_TCP,
		    .has_ports = true, .sport = cases[i].sport,
		    .dport = cases[i].dport,
		    .payload = (const uint8_t *)cases[i].bytes,
		    .payload_caplen = (uint32_t)cases[i].n,
		    .payload_len = (uint32_t)cases[i].n };
		f = cases[i].flow;
		f.server = cases[i].server;
		got = appproto_recognise(&p, &f, &proven);
		ok(got == cases[i].want, "%s is %s", cases[i].what,
		    cases[i].want == NOTHING ? "nothing" :
		    protocol_name(cases[i].want));
		if (got != cases[i].want)
			printf("# got %s\n", protocol_name(got));
	}
}

/* Bytes cut anywhere, after which a sanitizer sees any read. */
static void
test_cuts(void)
{
	bool same = true, proven;
	struct appproto_flow f;
	struct packet p;
	size_t i, n;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (n = 0; n < cases[i].n; n++) {
			uint8_t *cut = malloc(n > 0 ? n : 1);

			memcpy(cut, cases[i].bytes, n);
			p = (struct packet){ .protocol = PROTO_TCP,
			    .has_ports = true, .sport = cases[i].sport,
			    .dport = cases[i].dport, .payload = cut,
			    .payload_caplen = (uint32_t)n,
			    .payload_len = (uint32_t)(n % 2 == 0 ? n :
			    cases[i].n) };
			f = cases[i].flow;
			f.server = cases[i].server;
			same &= appproto_recognise(&p, &f, &proven) <
			    PROTO_COUNT;
			free(cut);
		}
	ok(same, "every cut of every payload has an answer");
}

int
main(void)
{
	test_cases();
	test_cuts();
	return tap_done();
}
