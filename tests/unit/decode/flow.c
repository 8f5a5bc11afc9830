/*
 * flow - what a connection shows is carried to its later packets
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/flow.h"
#include "tap.h"

static uint8_t client[16] = { 192, 0, 2, 1 };
static uint8_t server[16] = { 198, 51, 100, 2 };

static struct packet
segment(bool to_server, uint16_t cport, uint16_t sport, const char *text)
{
	struct packet p = { .protocol = PROTO_TCP, .has_ports = true,
	    .has_tcp = true, .tcp_flags = TCP_ACK, .ip_protocol = 6 };

	p.inner.family = 4;
	p.inner.src = to_server ? client : server;
	p.inner.dst = to_server ? server : client;
	p.sport = to_server ? cport : sport;
	p.dport = to_server ? sport : cport;
	p.payload = (const uint8_t *)text;
	p.payload_len = p.payload_caplen = (uint32_t)strlen(text);
	return p;
}

static void
same_name(struct flow_table *t, struct packet p, enum protocol want,
    const char *what)
{
	enum protocol got = flow_classify_one(t, &p);

	ok(got == want, "%s", what);
	if (got != want)
		printf("# got %s, want %s\n", protocol_name(got),
		    protocol_name(want));
}

static struct packet
syn(uint16_t cport, uint16_t sport)
{
	struct packet p = segment(true, cport, sport, "");

	p.tcp_flags = TCP_SYN;
	return p;
}

#define REQUEST	"GET / HTTP/1.1\r\n\r\n"

static void
test_connection(uint8_t family)
{
	struct flow_table *t = flow_new(1024);
	struct packet p;

	p = segment(true, 50000, 9999, "x");
	p.inner.family = family;
	same_name(t, p, PROTO_TCP, "bytes of no protocol are TCP");
	p = segment(true, 50000, 9999, REQUEST);
	p.inner.family = family;
	same_name(t, p, PROTO_HTTP, "a request names itself");
	p = segment(false, 50000, 9999, "x");
	p.inner.family = family;
	same_name(t, p, PROTO_HTTP, "what comes back is of the connection");
	p = segment(true, 50001, 9999, "x");
	p.inner.family = family;
	same_name(t, p, PROTO_TCP, "another connection knows nothing of it");
	p = segment(false, 50000, 9999, "");
	p.inner.family = family;
	same_name(t, p, PROTO_TCP, "a packet without payload stays TCP");
	p = segment(false, 50000, 9999, "HTTP/1.1 200 OK\r\n\r\n");
	p.inner.family = family;
	p.tcp_flags |= TCP_RST;
	same_name(t, p, PROTO_TCP, "nor does the text of a reset count");
	p = syn(50000, 9999);
	p.inner.family = family;
	same_name(t, p, PROTO_TCP, "a SYN is TCP");
	p = segment(true, 50000, 9999, "x");
	p.inner.family = family;
	same_name(t, p, PROTO_TCP, "a SYN starts the connection anew");
	same_int((int64_t)flow_evictions(t), 0, "nothing was forgotten");
	flow_free(t);
}

static void
test_announced(void)
{
	struct flow_table *t = flow_new(1024);

	same_name(t, segment(false, 50000, 21,
	    "227 Entering Passive Mode (198,51,100,2,200,10)\r\n"),
	    PROTO_FTP, "the control connection is FTP");
	same_name(t, syn(50001, 51210), PROTO_TCP, "the data one's SYN is TCP");
	same_name(t, segment(false, 50001, 51210, "x"), PROTO_FTP_DATA,
	    "its first bytes are what was announced");
	same_name(t, segment(true, 50001, 51211, "x"), PROTO_TCP,
	    "its neighbour's are not");
	flow_free(t);
}

static void
test_replaced(void)
{
	struct flow_table *t = flow_new(1024);

	same_name(t, segment(true, 50000, 443, "\1\2\3"), PROTO_TLS,
	    "a port names what is in mid-flow");
	same_name(t, segment(false, 50000, 443, "SSH-2.0-x\r\n"), PROTO_SSH,
	    "until the payload shows another protocol");
	same_name(t, segment(true, 50000, 443, "x"), PROTO_SSH,
	    "which the connection keeps");
	same_name(t, segment(true, 50000, 443, REQUEST), PROTO_SSH,
	    "since its bytes have proven it");
	same_name(t, syn(50001, 443), PROTO_TCP, "a SYN to the port is TCP");
	same_name(t, segment(true, 50001, 443, "\1\2\3"), PROTO_TCP,
	    "a start that is not the port's protocol is not named by it");
	same_name(t, segment(true, 50001, 443, "\1\2\3"), PROTO_TCP,
	    "nor is what follows");
	flow_free(t);
}

/* One result: the service of a packet that the table has just named. */
static void
same_service(struct flow_table *t, struct packet p, int want,
    const char *what)
{
	struct flow_key k;

	flow_prefetch(t, &p, &k);
	(void)flow_classify(t, &p, &k);
	same_int(flow_service(t, &p, &k), want, "%s", what);
}

static void
test_service(void)
{
	struct flow_table *t = flow_new(1024);
	struct packet p = syn(443, 8000);

	same_service(t, segment(true, 443, 8000, "x"), 443,
	    "the lower port, as long as no SYN has told");
	same_service(t, p, 8000, "a SYN goes to who listens");
	same_service(t, segment(true, 443, 8000, "x"), 8000,
	    "as the rest of the connection knows");
	same_service(t, segment(false, 443, 8000, ""), 8000,
	    "in both directions, with payload or without");
	p = segment(false, 444, 60000, "");
	p.tcp_flags = TCP_SYN | TCP_ACK;
	same_service(t, p, 60000, "a SYN with ACK comes from who listens");
	p.inner.family = 0;
	p.sport = 50000;
	p.dport = 60000;
	p.protocol = PROTO_UDP;
	p.has_tcp = false;
	same_service(t, p, -1, "no port is registered");
	p.dport = 53;
	same_service(t, p, 53, "the registered one of a datagram");
	p.has_ports = false;
	same_service(t, p, -1, "a packet without ports has none");
	flow_free(t);
}

/* FTP's command CCC (RFC 4217, 12.3). */
static void
test_cleared(void)
{
	struct flow_table *t = flow_new(1024);
	struct packet p = segment(true, 50000, 21, "x"), hello = p;

	same_name(t, segment(true, 50000, 21, "AUTH TLS\r\n"), PROTO_FTP,
	    "a command is FTP");
	hello.payload = (const uint8_t *)"\x16\x03\x01\0\x7a\1\0\0\x76\3\3";
	hello.payload_len = hello.payload_caplen = 11;
	same_name(t, hello, PROTO_TLS, "a client hello is TLS");
	same_name(t, segment(true, 50000, 21, "PASV\r\n"), PROTO_TLS,
	    "so is whatever follows");
	p.payload = (const uint8_t *)"\x15\x03\x03\0\2\1\0";
	p.payload_len = p.payload_caplen = 7;
	same_name(t, p, PROTO_TLS, "and the alert that closes it");
	same_name(t, segment(true, 50000, 21, "PASV\r\n"), PROTO_FTP,
	    "after which commands are FTP");
	flow_free(t);
}

/* MS-RDPBCGR, 5.4: TLS that RDP has agreed on, and any other. */
static void
test_rdp(void)
{
	struct flow_table *t = flow_new(1024);
	struct packet p = segment(true, 50000, 3389, ""), hello = p;

	p.payload = (const uint8_t *)"\x03\0\0\x13\x0e\xe0\0\0\0\0\0"
	    "\1\0\x08\0\3\0\0\0";
	p.payload_len = p.payload_caplen = 19;
	hello.payload = (const uint8_t *)"\x16\x03\x01\0\x7a\1\0\0\x76\3\3";
	hello.payload_len = hello.payload_caplen = 11;
	same_name(t, p, PROTO_RDP, "a connection request is RDP");
	same_name(t, hello, PROTO_RDP, "so is the TLS that follows");
	same_name(t, segment(false, 50000, 3389, "x"), PROTO_RDP,
	    "and what is in it");
	p.sport = hello.sport = 50001;
	same_name(t, hello, PROTO_TLS, "TLS from the start is TLS");
	flow_free(t);
}

static void
test_server(void)
{
	struct flow_table *t = flow_new(1024);

	same_name(t, segment(true, 1080, 20000, "\x05\x64\x05\x64"),
	    PROTO_SOCKS, "without a SYN the lower port decides");
	same_name(t, syn(1080, 20000), PROTO_TCP, "the SYN is TCP");
	same_name(t, segment(true, 1080, 20000, "\x05\x64\x05\x64"),
	    PROTO_DNP3, "with it the port that listens");
	flow_free(t);
}

/* A server's hello with a session of 0 bytes and one extension. */
#define HELLO(extension) \
	"\x16\xfe\xfd\0\0\0\0\0\0\0\1\0\x37" \
	"\2\0\0\x2b\0\1\0\0\0\0\0\x2b" "\xfe\xfd" \
	"12345678901234567890123456789012" "\0" "\xc0\x2b\0" "\0\x09" \
	"\0" extension "\0\5" "\0\2" "\0\1\0"

static struct packet
datagram(bool to_server, uint16_t sport, const char *bytes, size_t n)
{
	struct packet p = segment(to_server, 50000, sport, "");

	p.protocol = PROTO_UDP;
	p.has_tcp = false;
	p.ip_protocol = 17;
	p.payload = (const uint8_t *)bytes;
	p.payload_len = p.payload_caplen = (uint32_t)n;
	return p;
}

#define DATAGRAM(to_server, port, bytes) \
	datagram(to_server, port, bytes, sizeof(bytes) - 1)

/* RFC 5764: media takes the ends of the DTLS that made its keys. */
static void
test_srtp(void)
{
	struct flow_table *t = flow_new(1024);

	same_name(t, DATAGRAM(false, 9999, HELLO("\x0e")), PROTO_DTLS,
	    "a hello that agrees on keys for media is DTLS");
	same_name(t, DATAGRAM(true, 9999, "\x80\x6f\0\1\0\0\0\0\0\0\0\1x"),
	    PROTO_RTP, "what follows is media");
	same_name(t, DATAGRAM(true, 9999, "\x80\xcf\0\1\0\0\0\0\0\0\0\1x"),
	    PROTO_RTCP, "and reports");
	same_name(t, DATAGRAM(true, 9999, "\x17\xfe\xfd\0\1\0\0\0\0\0\1"
	    "\0\1x"), PROTO_DTLS, "and more of DTLS");
	same_name(t, DATAGRAM(true, 9999, "\r\n"), PROTO_RTP,
	    "what only keeps a NAT open is of the media");
	same_name(t, DATAGRAM(false, 9998, HELLO("\x0f")), PROTO_DTLS,
	    "a hello with another extension is DTLS");
	same_name(t, DATAGRAM(true, 9998, "\x80\x6f\0\1\0\0\0\0\0\0\0\1x"),
	    PROTO_UDP, "after which there is no media");
	flow_free(t);
}

/* RFC 2326, 10.12: media among the lines of one connection. */
static void
test_interleaved(void)
{
	struct flow_table *t = flow_new(1024);
	struct packet p = segment(false, 50000, 8554, "x");

	same_name(t, segment(true, 50000, 8554,
	    "SETUP rtsp://a/1 RTSP/1.0\r\nCSeq: 1\r\n\r\n"), PROTO_RTSP,
	    "a request is RTSP");
	p.payload = (const uint8_t *)"$\0\0\x0c\x80\x60\0\1\0\0\0\1\0\0\0\2";
	p.payload_len = p.payload_caplen = 16;
	same_name(t, p, PROTO_RTP, "media in its reply's direction is RTP");
	p.payload = (const uint8_t *)"$\1\0\x08\x80\xc9\0\1\0\0\0\1";
	p.payload_len = p.payload_caplen = 12;
	same_name(t, p, PROTO_RTCP, "and what reports on it RTCP");
	p.payload = (const uint8_t *)"$\2\0\x08\0\xc9\0\1\0\0\0\1";
	same_name(t, p, PROTO_RTSP, "a channel with anything else is RTSP's");
	p.payload_len = p.payload_caplen = 1;
	same_name(t, p, PROTO_RTSP, "as is a start that tells nothing");
	same_name(t, segment(false, 50000, 8554, "RTSP/1.0 200 OK\r\n\r\n"),
	    PROTO_RTSP, "and the lines that follow");
	flow_free(t);
}

/* Eight entries are one bucket: the ninth drives out the idlest. */
static void
test_full(void)
{
	struct flow_table *t = flow_new(8);
	uint16_t i;

	for (i = 0; i < 8; i++)
		(void)flow_classify_one(t, &(struct packet []){
		    segment(true, 50000 + i, 9999, REQUEST) }[0]);
	same_int((int64_t)flow_evictions(t), 0, "eight connections fit");
	same_name(t, segment(true, 50000, 9999, "x"), PROTO_HTTP,
	    "the first is known, and now the busiest");
	same_name(t, segment(true, 50008, 9999, REQUEST), PROTO_HTTP,
	    "a ninth comes");
	same_int((int64_t)flow_evictions(t), 1, "one was forgotten");
	same_name(t, segment(true, 50000, 9999, "x"), PROTO_HTTP,
	    "not the busiest");
	same_name(t, segment(true, 50001, 9999, "x"), PROTO_TCP,
	    "but the one idle longest");
	for (i = 0; i < 1000; i++)
		(void)flow_classify_one(t, &(struct packet []){
		    syn(i, 80) }[0]);
	same_name(t, segment(true, 50000, 9999, "x"), PROTO_HTTP,
	    "a flood of SYNs does not drive out the busy");
	flow_free(t);
}

static void
test_others(void)
{
	struct flow_table *t = flow_new(8);
	struct packet p = { .protocol = PROTO_ARP };

	same_name(t, p, PROTO_ARP, "what headers decide is final");
	flow_free(t);
}

int
main(void)
{
	test_connection(4);
	test_connection(6);
	test_announced();
	test_replaced();
	test_service();
	test_cleared();
	test_rdp();
	test_server();
	test_srtp();
	test_interleaved();
	test_full();
	test_others();
	return tap_done();
}
