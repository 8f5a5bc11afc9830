/*
 * appproto_ports - which payload a port names, and how a connection starts
 *
 * Bytes are written after the specifications that appproto_*.c name.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto.h"
#include "tap.h"

#define TCP	PROTO_TCP
#define UDP	PROTO_UDP
#define NOTHING	PROTO_NONE

/* The bytes of a string literal without its final zero. */
#define BYTES(s)	(s), sizeof(s) - 1

#define NOISE	"\x91\x37\xc5\x5a\x88\xe1\x03\xf4\x6d\x12\xaa\x9f"

/* From an end without a name to the port; server is 0 or the same port. */
static const struct {
	const char	*what;
	enum protocol	 transport;
	uint16_t	 port, server;
	const char	*bytes;
	size_t		 n;
	enum protocol	 want;
} cases[] = {
	/* Ports that name all payload which shows nothing else. */
	{ "an operation that BOOTP does not have", UDP, 67, 0,
	    BYTES("\x03\x01\x06\0"), PROTO_DHCP },
	{ "an operation that TFTP does not have", UDP, 69, 0,
	    BYTES("\0\x09" "a"), PROTO_TFTP },
	{ "noise on RPC's port", UDP, 111, 0, BYTES(NOISE), PROTO_RPC },
	{ "noise on RPC's port over TCP", TCP, 111, 0, BYTES(NOISE),
	    PROTO_RPC },
	{ "noise on CLDAP's port", UDP, 389, 0, BYTES(NOISE), PROTO_LDAP },
	{ "noise on IKE's port", UDP, 500, 0, BYTES(NOISE), PROTO_ISAKMP },
	{ "RIP of version 3", UDP, 520, 0, BYTES("\x02\x03\0\0"),
	    PROTO_RIP },
	{ "BFD of version 2", UDP, 3784, 0, BYTES("\x40\xc8\x05\x18"),
	    PROTO_BFD },
	{ "VXLAN-GPE of no packet", UDP, 4790, 0, BYTES("\0\0\0\0\0\0\0\0"),
	    PROTO_VXLAN },
	{ "NTP over TCP", TCP, 123, 0, BYTES("\x1b\0\0\0"), PROTO_NTP },

	/* Ports whose protocol has a form. */
	{ "PTP of version 2", UDP, 319, 0, BYTES("\0\x02\0\x2c"),
	    PROTO_PTP },
	{ "PTP of version 1", UDP, 320, 0, BYTES("\0\x01\0\x01_DFLT"),
	    PROTO_PTP },
	{ "noise on PTP's port", UDP, 319, 0, BYTES(NOISE), NOTHING },
	{ "SSDP's search", UDP, 1900, 0,
	    BYTES("M-SEARCH * HTTP/1.1\r\n\r\n"), PROTO_SSDP },
	{ "noise on SSDP's port", UDP, 1900, 0, BYTES(NOISE), NOTHING },
	{ "HSRP's hello", UDP, 1985, 0, BYTES("\0\0\x10\x03\x0a\x64"),
	    PROTO_HSRP },
	{ "HSRP's hello of version 2", UDP, 1985, 0,
	    BYTES("\x01\x28\x02\0\x06\x04"), PROTO_HSRP },
	{ "noise on HSRP's port", UDP, 1985, 0, BYTES(NOISE), NOTHING },
	{ "GTP's echo", UDP, 2123, 0, BYTES("\x32\x01\0\x04\0\0\0\0"),
	    PROTO_GTP },
	{ "a type that GTP does not have", UDP, 2123, 0,
	    BYTES("\x32\0\0\x04\0\0\0\0"), NOTHING },
	{ "a request of Kerberos 4", UDP, 750, 0, BYTES("\x04\x02" "user"),
	    PROTO_KRB5 },
	{ "noise on Kerberos 4's port", UDP, 750, 0, BYTES(NOISE), NOTHING },
	{ "text on Kerberos' port", UDP, 88, 0, BYTES("hello"), NOTHING },
	{ "a length that Kerberos' message exceeds", UDP, 88, 0,
	    BYTES("\x6a\x7f\x30"), NOTHING },
	{ "SRVLOC over TCP", TCP, 427, 0, BYTES("\x02\x01\0\0\x31"),
	    PROTO_SRVLOC },
	{ "noise on SRVLOC's port", TCP, 427, 0, BYTES(NOISE), NOTHING },
	{ "OpenVPN's data over TCP", TCP, 1194, 0,
	    BYTES("\0\x05\x30" "abcd"), PROTO_OPENVPN },
	{ "noise on OpenVPN's port over TCP", TCP, 1194, 0, BYTES(NOISE),
	    NOTHING },
	{ "a connect packet of TNS", TCP, 1521, 0,
	    BYTES("\0\x3a\0\0\x01\0\0\0"), PROTO_TNS },
	{ "noise on its port", TCP, 1521, 0, BYTES(NOISE), NOTHING },
	{ "MQTT's ping", TCP, 1883, 0, BYTES("\xc0\0"), PROTO_MQTT },
	{ "noise on MQTT's port", TCP, 1883, 0, BYTES("\x91\xff\xff\xff\xff"),
	    NOTHING },
	{ "MySQL's query", TCP, 3306, 0, BYTES("\x05\0\0\0\x03" "quit"),
	    PROTO_MYSQL },
	{ "noise on MySQL's port", TCP, 3306, 0, BYTES(NOISE), NOTHING },
	{ "the middle of a SIP message", TCP, 5060, 0,
	    BYTES("Via: SIP/2.0/TCP"), PROTO_SIP },
	{ "empty lines between two", TCP, 5060, 0, BYTES("\r\n\r\n"),
	    NOTHING },
	{ "noise on SIP's port", TCP, 5060, 0, BYTES(NOISE), NOTHING },
	{ "a bulk string of Redis", TCP, 6379, 0, BYTES("$3\r\nabc\r\n"),
	    PROTO_RESP },
	{ "a line of text there", TCP, 6379, 0, BYTES("PING\r\n"),
	    PROTO_RESP },
	{ "noise that starts with a letter", TCP, 6379, 0,
	    BYTES("P" NOISE), NOTHING },
	{ "noise on Redis' port", TCP, 6379, 0, BYTES(NOISE), NOTHING },
	{ "Kafka's request", TCP, 9092, 0,
	    BYTES("\0\0\0\x06\0\x12\0\0\0\x01"), PROTO_KAFKA },
	{ "noise on Kafka's port", TCP, 9092, 0, BYTES(NOISE), NOTHING },
	{ "zeros on PostgreSQL's port", TCP, 5432, 0,
	    BYTES("\0\0\0\0\0\0\0\0"), NOTHING },
	{ "zeros on LDAP's port", TCP, 389, 0, BYTES("\0\0\0\0\0\0\0\0"),
	    NOTHING },
	{ "a port that LISP has over UDP alone", TCP, 4342, 0, BYTES(NOISE),
	    NOTHING },
	{ "the middle of an APDU of IEC 104", TCP, 2404, 0, BYTES(NOISE),
	    PROTO_IEC104 },

	/* Starts of connections. */
	{ "IEC 104's start", TCP, 2404, 2404, BYTES("\x68\x04\x07\0\0\0"),
	    PROTO_IEC104 },
	{ "noise as its start", TCP, 2404, 2404, BYTES(NOISE), NOTHING },
	{ "PPTP's start", TCP, 1723, 1723,
	    BYTES("\0\x9c\0\x01\x1a\x2b\x3c\x4d"), PROTO_PPTP },
	{ "noise as its start", TCP, 1723, 1723, BYTES(NOISE), NOTHING },
	{ "the middle of PPTP", TCP, 1723, 0, BYTES(NOISE), PROTO_PPTP },
	{ "X11's start, little-endian", TCP, 6000, 6000,
	    BYTES("l\0\x0b\0\0\0\0\0\0\0\0\0"), PROTO_X11 },
	{ "X11's start, big-endian", TCP, 6000, 6000,
	    BYTES("B\0\0\x0b\0\0\0\0\0\0\0\0"), PROTO_X11 },
	{ "noise as its start", TCP, 6000, 6000, BYTES(NOISE), NOTHING },
	{ "git's request", TCP, 9418, 9418,
	    BYTES("003agit-upload-pack /a"), PROTO_GIT },
	{ "noise as its start", TCP, 9418, 9418, BYTES(NOISE), NOTHING },
	{ "SIP's start over TCP", TCP, 5060, 5060,
	    BYTES("OPTIONS sip:a SIP/2.0\r\n"), PROTO_SIP },
	{ "an empty line as its start", TCP, 5060, 5060,
	    BYTES("\r\n\r\nOPTIONS sip:a SIP/2.0\r\n"), PROTO_SIP },
	{ "empty lines alone", TCP, 5060, 5060, BYTES("\r\n\r\n"), NOTHING },
	{ "another line as its start", TCP, 5060, 5060,
	    BYTES("hello, world\r\n"), NOTHING },
	{ "a line as mail's start", TCP, 25, 25, BYTES("EHLO a.example\r\n"),
	    PROTO_SMTP },
	{ "noise as mail's start", TCP, 25, 25, BYTES(NOISE), NOTHING },
	{ "noise as a query of whois", TCP, 43, 43, BYTES(NOISE), NOTHING },
	{ "Diameter's start", TCP, 3868, 3868,
	    BYTES("\x01\0\0\x14\x80\0\x01\x01"), PROTO_DIAMETER },
	{ "noise as its start", TCP, 3868, 3868, BYTES(NOISE), NOTHING },
};

int
main(void)
{
	enum protocol got;
	bool proven;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct packet p = { .protocol = cases[i].transport,
		    .has_ports = true, .sport = 50000,
		    .dport = cases[i].port,
		    .payload = (const uint8_t *)cases[i].bytes,
		    .payload_caplen = (uint32_t)cases[i].n,
		    .payload_len = (uint32_t)cases[i].n };
		struct appproto_flow f = { NOTHING, false, cases[i].server };

		got = appproto_recognise(&p, &f, &proven);
		ok(got == cases[i].want, "%s (port %u) is %s", cases[i].what,
		    cases[i].port, cases[i].want == NOTHING ? "nothing" :
		    protocol_name(cases[i].want));
		if (got != cases[i].want)
			printf("# got %s\n", protocol_name(got));
	}
	return tap_done();
}
