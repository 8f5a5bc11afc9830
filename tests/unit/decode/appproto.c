/*
 * appproto - first bytes as the specifications print them, and near misses
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "decode/appproto.h"
#include "tap.h"

#define TCP	PROTO_TCP
#define UDP	PROTO_UDP
#define NOTHING	PROTO_NONE

/* The bytes of a string literal without its final zero. */
#define BYTES(s)	(s), sizeof(s) - 1

static const char ts[2 * 188] = { [0] = 0x47, [188] = 0x47 };

static const struct {
	const char	*what;
	enum protocol	 transport;
	uint16_t	 sport, dport;
	enum protocol	 flow;
	const char	*bytes;
	size_t		 n;
	enum protocol	 want;
} cases[] = {
	{ "a TLS client hello on any port", TCP, 50000, 50001, NOTHING,
	    BYTES("\x16\x03\x01\x00\x7a\x01\x00\x00\x76\x03\x03"), PROTO_TLS },
	{ "a record longer than TLS allows", TCP, 50000, 50001, NOTHING,
	    BYTES("\x17\x03\x03\x50\x00\x00\x00\x00"), NOTHING },
	{ "a TLS record after STARTTLS", TCP, 50000, 25, PROTO_SMTP,
	    BYTES("\x16\x03\x01\x00\x7a\x01\x00\x00\x76"), PROTO_TLS },
	{ "mail that nobody starts TLS in", TCP, 50000, 25, PROTO_SMTP,
	    BYTES("MAIL FROM:<a@example.org>\r\n"), NOTHING },
	{ "an HTTP request on any port", TCP, 50000, 50001, NOTHING,
	    BYTES("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), PROTO_HTTP },
	{ "a line that ends in no version", TCP, 50000, 50001, NOTHING,
	    BYTES("GET / HTTP\r\n\r\n"), NOTHING },
	{ "an HTTP status line", TCP, 50001, 50000, NOTHING,
	    BYTES("HTTP/1.1 200 OK\r\n\r\n"), PROTO_HTTP },
	{ "HTTP/2's preface on port 80", TCP, 50000, 80, NOTHING,
	    BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), PROTO_HTTP2 },
	{ "noise on port 80", TCP, 50000, 80, NOTHING,
	    BYTES("\x01\x02\x03\x04"), PROTO_TCP },
	{ "an SSH banner on its port", TCP, 22, 50000, NOTHING,
	    BYTES("SSH-2.0-x\r\n"), PROTO_SSH },
	{ "a DNS query", UDP, 50000, 53, NOTHING,
	    BYTES("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
	    "\x01" "a\x00\x00\x01\x00\x01"), PROTO_DNS },
	{ "a DNS query on another port", UDP, 50000, 50001, NOTHING,
	    BYTES("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
	    "\x01" "a\x00\x00\x01\x00\x01"), PROTO_DNS },
	{ "a query whose name runs off its end", UDP, 50000, 50001, NOTHING,
	    BYTES("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
	    "\x3f" "a\x00\x00\x01\x00\x01"), NOTHING },
	{ "a byte on DNS's port", UDP, 50000, 53, NOTHING, BYTES("x"),
	    PROTO_DNS },
	{ "a Kerberos request", UDP, 50000, 88, NOTHING,
	    BYTES("\x6a\x81\xb6\x30\x81\xb3"), PROTO_KRB5 },
	{ "port 88 without an application's tag", UDP, 50000, 88, NOTHING,
	    BYTES("\x30\x81\xb6\x30\x81\xb3"), NOTHING },
	{ "multicast DNS", UDP, 5353, 5353, NOTHING,
	    BYTES("\0\0\0\0\0\0\0\0\0\0\0\0"), PROTO_MDNS },
	{ "a QUIC version 1 initial packet", UDP, 50000, 443, NOTHING,
	    BYTES("\xc3\x00\x00\x00\x01\x08" "12345678\x00\x00\x41\x00"),
	    PROTO_QUIC },
	{ "a QUIC packet with a connection ID of 21", UDP, 50000, 443, NOTHING,
	    BYTES("\xc3\x00\x00\x00\x01\x15" "123456789012345678901\x00\x00"),
	    NOTHING },
	{ "a short header on QUIC's port", UDP, 50000, 443, NOTHING,
	    BYTES("\x43" "123456\0" "8901234567890"), PROTO_QUIC },
	{ "DNSCrypt's query there", UDP, 50000, 443, NOTHING,
	    BYTES("\x52\x34\x01\0\0\x01\0\0\0\0\0\0\x01" "2\x04" "cert\0"
	    "\0\x10\0\x01"), PROTO_DNS },
	{ "text there", UDP, 50000, 443, NOTHING,
	    BYTES("\x43" "12345678901234567890"), NOTHING },
	{ "one without its fixed bit", UDP, 50000, 443, NOTHING,
	    BYTES("\x03" "123456\0" "8901234567890"), NOTHING },
	{ "one shorter than a stateless reset", UDP, 50000, 443, NOTHING,
	    BYTES("\x43" "123456\0" "890123456789"), NOTHING },
	{ "a QUIC initial packet on DNS's secure port", UDP, 50000, 853,
	    NOTHING, BYTES("\xc3\x00\x00\x00\x01\x08" "12345678\x00\x00"
	    "\x41\x00"), PROTO_QUIC },
	{ "a QUIC short header on it", UDP, 50000, 853, NOTHING,
	    BYTES("\x43" "123456\0" "8901234567890"), PROTO_QUIC },
	{ "a DTLS hello on it", UDP, 50000, 853, NOTHING,
	    BYTES("\x16\xfe\xff\0\0\0\0\0\0\0\0\0\x04\x01\0\0\0"),
	    PROTO_DTLS },
	{ "a DTLS handshake of no assigned type", UDP, 50000, 50001, NOTHING,
	    BYTES("\x16\xfe\xff\0\0\0\0\0\0\0\0\0\x04\xfe\0\0\0"),
	    NOTHING },
	{ "Google's QUIC of version 46 with a long header", UDP, 50000, 443,
	    NOTHING, BYTES("\xc8Q046\x50" "12345678"), PROTO_QUIC },
	{ "version 24 with one", UDP, 50000, 50001, NOTHING,
	    BYTES("\xc8Q024\x50" "12345678"), NOTHING },
	{ "a short header within QUIC", UDP, 50000, 443, PROTO_QUIC,
	    BYTES("\x43" "1234567890"), PROTO_QUIC },
	{ "a STUN binding request", UDP, 50000, 50001, NOTHING,
	    BYTES("\x00\x01\x00\x00\x21\x12\xa4\x42" "123456789012"),
	    PROTO_STUN },
	{ "a TURN channel within STUN", UDP, 50000, 50001, PROTO_STUN,
	    BYTES("\x40\x00\x00\x02\x80\x60"), PROTO_STUN },
	{ "a channel's data with its padding", UDP, 50000, 3478, NOTHING,
	    BYTES("\x40\x00\x00\x02\x80\x60\0\0"), PROTO_STUN },
	{ "a datagram longer than a channel's data", UDP, 50000, 3478, NOTHING,
	    BYTES("\x40\x00\x00\x02\x80\x60\0\0\0"), NOTHING },
	{ "Microsoft's channel", UDP, 50000, 50001, PROTO_STUN,
	    BYTES("\xff\x10\0\x0a" "12345678\x80\x60"), PROTO_STUN },
	{ "one whose connection looks like a report", UDP, 50000, 50001,
	    PROTO_STUN, BYTES("\xff\x10\0\x08\x80\xc9\0\1\0\0\0\1"),
	    PROTO_STUN },
	{ "one whose length is not the rest", UDP, 50000, 50001, PROTO_STUN,
	    BYTES("\xff\x10\0\x0a" "12345678\x80"), PROTO_UDP },
	{ "a report that a channel relays", UDP, 50000, 50001, PROTO_STUN,
	    BYTES("\x40\0\0\x08\x80\xc9\0\1\0\0\0\1"), PROTO_RTCP },
	{ "another channel's data", UDP, 50000, 50001, PROTO_STUN,
	    BYTES("\x40\0\0\x08\x80\x60\0\1\0\0\0\1"), PROTO_STUN },
	{ "STUN of a method that cannot be", UDP, 50000, 50001, NOTHING,
	    BYTES("\4\1\0\0\x21\x12\xa4\x42" "123456789012"), NOTHING },
	{ "a type that STUN without its cookie never had", UDP, 50000, 50001,
	    NOTHING, BYTES("\0\5\0\0" "1234567890123456"), NOTHING },
	{ "nor any request among its answers", UDP, 50000, 50001, NOTHING,
	    BYTES("\0\x11\0\0" "1234567890123456"), NOTHING },
	{ "data that it hands on", UDP, 50000, 50001, NOTHING,
	    BYTES("\1\x15\0\0" "1234567890123456"), PROTO_STUN },
	{ "STUN without its cookie", UDP, 50000, 50001, NOTHING,
	    BYTES("\0\x01\0\x08" "1234567890123456"
	    "\0\x03\0\x04\0\0\0\x06"), PROTO_STUN },
	{ "a type of no method", UDP, 50000, 50001, NOTHING,
	    BYTES("\x01\0\0\0" "1234567890123456"), NOTHING },
	{ "one with an attribute nobody knows", UDP, 50000, 50001, NOTHING,
	    BYTES("\0\x01\0\x0c" "1234567890123456"
	    "\x77\x77\0\x06" "123456\0\0"), PROTO_STUN },
	{ "one whose attributes do not add up", UDP, 50000, 50001, NOTHING,
	    BYTES("\0\x01\0\x0c" "1234567890123456"
	    "\x77\x77\0\x09" "123456\0\0"), NOTHING },
	{ "a SIP answer where media was announced", UDP, 50000, 50001,
	    PROTO_RTP, BYTES("SIP/2.0 200 OK\r\n\r\n"), PROTO_SIP },
	{ "media of version 1 there, which keeps the name", UDP, 50000, 50001,
	    PROTO_RTP, BYTES("\x40\x60\x00\x02\x00\x00\x00\x00\x00\x00\x00"
	    "\x00"), NOTHING },
	{ "an MPLS echo request", UDP, 50000, 3503, NOTHING,
	    BYTES("\0\x01\0\0\x01\x02\0\0"), PROTO_MPLS },
	{ "one of version 2", UDP, 50000, 3503, NOTHING,
	    BYTES("\0\x02\0\0\x01\x02\0\0"), NOTHING },
	{ "media beside STUN", UDP, 50000, 50001, PROTO_STUN,
	    BYTES("\x80\x60\x00\x02\x80\x60"), PROTO_UDP },
	{ "media that was announced", UDP, 50000, 50001, PROTO_RTP,
	    BYTES("\x80\x60\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00"),
	    PROTO_RTP },
	{ "a report among media", UDP, 50000, 50001, PROTO_RTP,
	    BYTES("\x81\xca\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00"),
	    PROTO_RTCP },
	{ "a transport stream of MPEG on any port", UDP, 50000, 50001,
	    NOTHING, ts, sizeof ts, PROTO_RTP },
	{ "one that lacks a byte", UDP, 50000, 50001, NOTHING, ts,
	    sizeof ts - 1, NOTHING },
	{ "STUN without its cookie over TCP", TCP, 50000, 50001, NOTHING,
	    BYTES("\0\x01\0\x08" "1234567890123456"
	    "\0\x03\0\x04\0\0\0\x06"), PROTO_STUN },
	{ "a receiver report on any port", UDP, 50000, 50002, NOTHING,
	    BYTES("\x80\xc9\x00\x01\x00\x00\x00\x00"), PROTO_RTCP },
	{ "feedback without a report", UDP, 50000, 50001, NOTHING,
	    BYTES("\x81\xce\x00\x02\x00\x00\x00\x01\x00\x00\x00\x02"),
	    PROTO_RTCP },
	{ "a description of the source alone", UDP, 50000, 50001, NOTHING,
	    BYTES("\x81\xca\x00\x01\x00\x00\x00\x01"), NOTHING },
	{ "a DTLS record of a version that none has", UDP, 50000, 50001,
	    NOTHING, BYTES("\x17\xfe\xfc\0\1\0\0\0\0\0\1\0\2xy"), NOTHING },
	{ "what may be OpenFlow's hello on another port", TCP, 50000, 50001,
	    NOTHING, BYTES("\1\0\0\x08\0\0\0\1"), NOTHING },
	{ "RPC over HTTP's own messages (MS-RPCH, 2.2.3)", TCP, 50000, 50001,
	    NOTHING, BYTES("\5\0\x14\3\x10\0\0\0\x14\0\0\0\0\0\0\0\0\0\0\0"),
	    PROTO_DCERPC },
	{ "a WireGuard response of 92 bytes", UDP, 50000, 51820, NOTHING,
	    BYTES("\x02\0\0\0" "1234567890123456789012345678901234567890"
	    "1234567890123456789012345678901234567890" "12345678"),
	    PROTO_WIREGUARD },
	{ "one of 91 bytes", UDP, 50000, 51820, NOTHING,
	    BYTES("\x02\0\0\0" "1234567890123456789012345678901234567890"
	    "1234567890123456789012345678901234567890" "1234567"), NOTHING },
	{ "a keep-alive of encapsulated ESP", UDP, 4500, 4500, NOTHING,
	    BYTES("\xff"), PROTO_ESP },
	{ "IKE on ESP's port", UDP, 4500, 4500, NOTHING,
	    BYTES("\0\0\0\0" "12345678"), PROTO_ISAKMP },
	{ "SMB 2 after its session header", TCP, 50000, 445, NOTHING,
	    BYTES("\0\0\0\x40\xfe" "SMB\x40"), PROTO_SMB },
	{ "a session request", TCP, 50000, 139, NOTHING,
	    BYTES("\x81\0\0\0"), PROTO_NBSS },
	{ "the rest of an SMB message", TCP, 50000, 445, PROTO_SMB,
	    BYTES("12345678"), PROTO_SMB },
	{ "a DCE bind on a dynamic port", TCP, 50000, 49152, NOTHING,
	    BYTES("\x05\0\x0b\x03\x10\0\0\0\x48\0\0\0\x01\0\0\0"),
	    PROTO_DCERPC },
	{ "an RPC call over UDP", UDP, 700, 2049, NOTHING,
	    BYTES("\0\0\0\x07\0\0\0\0\0\0\0\x02\0\x01\x86\xa3\0\0\0\x03"
	    "\0\0\0\0"), PROTO_RPC },
	{ "an RPC reply before any call", UDP, 2049, 700, NOTHING,
	    BYTES("\0\0\0\x07\0\0\0\x01\0\0\0\0\0\0\0\0"), NOTHING },
	{ "an RPC reply after its call", UDP, 2049, 700, PROTO_RPC,
	    BYTES("\0\0\0\x07\0\0\0\x01\0\0\0\0\0\0\0\0"), PROTO_RPC },
	{ "a connection request of ISO transport", TCP, 50000, 102, NOTHING,
	    BYTES("\x03\0\0\x0b\x06\xe0\0\0\0\x01\0"), PROTO_RDP },
	{ "S7 in ISO transport", TCP, 50000, 102, NOTHING,
	    BYTES("\x03\0\0\x19\x02\xf0\x80\x32\x01\0\0"), PROTO_S7COMM },
	{ "Modbus", TCP, 50000, 502, NOTHING,
	    BYTES("\0\x01\0\0\0\x06\x01\x03\0\0\0\x01"), PROTO_MODBUS },
	{ "port 502 with another identifier", TCP, 50000, 502, NOTHING,
	    BYTES("\0\x01\0\x07\0\x06\x01\x03\0\0\0\x01"), NOTHING },
	{ "DNP3's start bytes", TCP, 50000, 20000, NOTHING,
	    BYTES("\x05\x64\x08\xc4"), PROTO_DNP3 },
	{ "SIP on any port", UDP, 50000, 50001, NOTHING,
	    BYTES("OPTIONS sip:a@example.org SIP/2.0\r\n"), PROTO_SIP },
	{ "what keeps SIP over TCP alive", TCP, 50000, 5060, PROTO_SIP,
	    BYTES("\r\n\r\n"), PROTO_TCP },
	{ "a message that goes on with an empty line", TCP, 50000, 5060,
	    PROTO_SIP, BYTES("\r\nv=0\r\n"), NOTHING },
	{ "SIP's status line", UDP, 50000, 5060, NOTHING,
	    BYTES("SIP/2.0 180 Ringing\r\n"), PROTO_SIP },
	{ "the same without a reason", UDP, 50000, 5060, NOTHING,
	    BYTES("SIP/2.0 200 \r\n"), PROTO_SIP },
	{ "a status that is no number", UDP, 50000, 5060, NOTHING,
	    BYTES("SIP/2.0 2x0 OK\r\n"), NOTHING },
	{ "a reason with a NUL in it", UDP, 50000, 5060, NOTHING,
	    BYTES("SIP/2.0 401 Unauthori\0ed\r\n"), NOTHING },
	{ "SIP's request with a blank too few", UDP, 50000, 5060, NOTHING,
	    BYTES("INVITEKsip:a@example.org SIP/2.0\r\n"), NOTHING },
	{ "a blank too many in it", UDP, 50000, 5060, NOTHING,
	    BYTES("INVITE sip: a@example.org SIP/2.0\r\n"), NOTHING },
	{ "a control character in it", UDP, 50000, 5060, NOTHING,
	    BYTES("INVITE sip:\1a@example.org SIP/2.0\r\n"), NOTHING },
	{ "SIP's status line, cut short", UDP, 50000, 5060, NOTHING,
	    BYTES("SIP/2.0 180 Rin"), PROTO_SIP },
	{ "a BitTorrent handshake", TCP, 50000, 50001, NOTHING,
	    BYTES("\x13" "BitTorrent protocol"), PROTO_BITTORRENT },
	{ "a request to read by TFTP", UDP, 50000, 50001, NOTHING,
	    BYTES("\0\x01" "a.txt\0octet\0"), PROTO_TFTP },
	{ "any bytes within TLS", TCP, 50000, 50001, PROTO_TLS,
	    BYTES("GET / HTTP/1.1\r\n\r\n"), PROTO_TLS },
	{ "ISO transport with a header of no bytes", TCP, 50000, 102, NOTHING,
	    BYTES("\x03\0\0\x08\0\xf0\x80\x32"), PROTO_RDP },
};

static struct packet
packet_of(enum protocol transport, uint16_t sport, uint16_t dport,
    const void *bytes, size_t n)
{
	struct packet p = { .protocol = transport, .has_ports = true,
	    .sport = sport, .dport = dport, .payload = bytes,
	    .payload_caplen = (uint32_t)n, .payload_len = (uint32_t)n };

	return p;
}

/* Within a connection that has proven its protocol. */
static enum protocol
recognise(const struct packet *p, enum protocol flow, uint16_t server)
{
	struct appproto_flow f = { flow, flow != PROTO_NONE, server };
	bool proven;

	return appproto_recognise(p, &f, &proven);
}

static void
test_cases(void)
{
	enum protocol got;
	struct packet p;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		p = packet_of(cases[i].transport, cases[i].sport,
		    cases[i].dport, cases[i].bytes, cases[i].n);
		got = recognise(&p, cases[i].flow, 0);
		ok(got == cases[i].want, "%s is %s", cases[i].what,
		    cases[i].want == NOTHING ? "nothing" :
		    protocol_name(cases[i].want));
		if (got != cases[i].want)
			printf("# got %s\n", protocol_name(got));
	}
}

/* The listening port has the first word, then the lower one. */
static void
test_server(void)
{
	struct packet p = packet_of(PROTO_TCP, 1080, 20000,
	    BYTES("\x05\x64\x08\xc4"));

	ok(recognise(&p, PROTO_NONE, 0) == PROTO_SOCKS,
	    "without a SYN the lower port decides");
	ok(recognise(&p, PROTO_NONE, 20000) == PROTO_DNP3,
	    "the port that listens decides before a lower one");
	ok(recognise(&p, PROTO_NONE, 9999) == PROTO_NONE,
	    "and the client's port names nothing then");
	p = packet_of(PROTO_TCP, 20, 50000, BYTES("any data"));
	ok(recognise(&p, PROTO_NONE, 50000) == PROTO_FTP_DATA,
	    "unless it is a system port, such as FTP-DATA's");
}

static void
test_upgrade(void)
{
	static const char yes[] = "HTTP/1.1 101 Switching Protocols\r\n"
	    "Connection: Upgrade\r\nupgrade: WebSocket\r\n\r\n";
	static const char more[] = "HTTP/1.1 101 Switching Protocols\r\n"
	    "Upgrade: websocket\r\n\r\n\x81\x01x";
	static const char no[] = "HTTP/1.1 101 Switching Protocols\r\n"
	    "Upgrade: h2c\r\n\r\n";
	struct packet p = packet_of(PROTO_TCP, 80, 50000, BYTES(yes));

	ok(appproto_next(&p, PROTO_HTTP, PROTO_HTTP) == PROTO_WEBSOCKET,
	    "a 101 reply that names websocket changes what comes next");
	ok(recognise(&p, PROTO_HTTP, 0) == PROTO_NONE,
	    "the reply itself is HTTP");
	p = packet_of(PROTO_TCP, 80, 50000, BYTES(more));
	ok(recognise(&p, PROTO_HTTP, 0) == PROTO_WEBSOCKET,
	    "but WebSocket if a frame follows it");
	p = packet_of(PROTO_TCP, 80, 50000, BYTES(no));
	ok(appproto_next(&p, PROTO_HTTP, PROTO_HTTP) == PROTO_HTTP,
	    "one that names another protocol does not");
}

static void
test_announcements(void)
{
	static const uint8_t src[4] = { 192, 0, 2, 1 };
	static const char pasv[] =
	    "227 Entering Passive Mode (198,51,100,7,4,1).\r\n";
	static const char epsv[] =
	    "229 Entering Extended Passive Mode (|||6446|)\r\n";
	static const char sdp[] = "INVITE sip:b SIP/2.0\r\n\r\nv=0\r\n"
	    "c=IN IP4 203.0.113.9\r\nm=audio 49170 RTP/AVP 0\r\n";
	static const char media[] = "SIP/2.0 200 OK\r\n\r\nv=0\r\n"
	    "c=IN IP4 203.0.113.9\r\nt=0 0\r\n"
	    "m=audio 49170/2 RTP/AVP 0\r\nc=IN IP4 203.0.113.7\r\n"
	    "m=image 49180 udptl t38\r\n";
	static const char phone[] = "\4\0\0\0\0\0\0\0\0\0\0\0"
	    "\x14\0\0\0\0\0\0\0\x22\0\0\0\0\0\0\0" "\313\0\161\x09"
	    "\xc0\x5d\0\0\1\0\0\0"
	    "\x24\0\0\0\x11\0\0\0\x8a\0\0\0\1\0\0\0\1\0\0\0"
	    "\0\0\0\0" "\313\0\161\7" "\0\0\0\0\0\0\0\0\0\0\0\0"
	    "\x50\x46\0\0";
	struct appproto_expectation ends[APPPROTO_EXPECTATIONS];
	struct packet p = packet_of(PROTO_TCP, 21, 50000, BYTES(pasv));

	same_int((int64_t)appproto_expect(&p, PROTO_FTP, ends), 1,
	    "PASV's reply announces one end");
	ok(ends[0].port == 1025 && ends[0].addr[0] == 198 &&
	    ends[0].protocol == PROTO_FTP_DATA, "which is the one it names");
	p = packet_of(PROTO_TCP, 21, 50000, BYTES(epsv));
	p.inner.src = p.inner.dst = src;
	p.inner.family = 4;
	same_int((int64_t)appproto_expect(&p, PROTO_FTP, ends), 1,
	    "EPSV's reply announces one end");
	ok(ends[0].port == 6446 && memcmp(ends[0].addr, src, 4) == 0,
	    "at the address of its sender");
	p = packet_of(PROTO_UDP, 5060, 5060, BYTES(sdp));
	same_int((int64_t)appproto_expect(&p, PROTO_SIP, ends), 2,
	    "a session description announces media and reports");
	ok(ends[0].port == 49170 && ends[0].addr[3] == 9 &&
	    ends[0].protocol == PROTO_RTP, "the media where it says");
	ok(ends[1].port == 49171 && ends[1].protocol == PROTO_RTCP,
	    "the reports one port above");
	p = packet_of(PROTO_UDP, 5060, 5060, BYTES(media));
	same_int((int64_t)appproto_expect(&p, PROTO_SIP, ends), 4,
	    "another has two media, one with a number of ports, one of fax");
	ok(ends[0].port == 49170 && ends[0].addr[3] == 7,
	    "an address for one medium comes before that for all");
	ok(ends[2].port == 49180 && ends[2].addr[3] == 9 &&
	    ends[2].protocol == PROTO_RTP, "which the next medium has");
	p = packet_of(PROTO_TCP, 50000, 2000, BYTES(phone));
	same_int((int64_t)appproto_expect(&p, PROTO_SKINNY, ends), 2,
	    "a phone's message and one to it announce two ends of media");
	ok(ends[0].port == 24000 && ends[0].addr[3] == 9 &&
	    ends[0].protocol == PROTO_RTP, "its own");
	ok(ends[1].port == 18000 && ends[1].addr[3] == 7 &&
	    ends[1].family == 4, "and, of a later version, that of its peer");
	p.payload_len = p.payload_caplen = sizeof phone - 2;
	same_int((int64_t)appproto_expect(&p, PROTO_SKINNY, ends), 1,
	    "a message that is not all there announces none");
}

/* Bytes cut anywhere must neither crash (under sanitizers) nor be refused. */
static void
test_cuts(void)
{
	struct packet p;
	size_t i, n;
	bool same = true;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (n = 0; n < cases[i].n; n++) {
			char *cut = malloc(n > 0 ? n : 1);

			memcpy(cut, cases[i].bytes, n);
			p = packet_of(cases[i].transport, cases[i].sport,
			    cases[i].dport, cut, n);
			p.payload_len = (uint32_t)cases[i].n;
			same &= recognise(&p, cases[i].flow, 0) <
			    PROTO_COUNT;
			free(cut);
		}
	ok(same, "every cut of every payload has an answer");
}

int
main(void)
{
	test_cases();
	test_server();
	test_upgrade();
	test_announcements();
	test_cuts();
	return tap_done();
}
