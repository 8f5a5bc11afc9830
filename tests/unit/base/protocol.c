/*
 * protocol - names to protocols and back
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/protocol.h"
#include "tap.h"

static enum protocol
find(const char *text)
{
	return protocol_find(text, strlen(text));
}

static void
test_every_name(void)
{
	bool back = true, token = true;
	const char *name;
	int p;

	for (p = PROTO_NONE + 1; p < PROTO_COUNT; p++) {
		name = protocol_name((enum protocol)p);
		back &= find(name) == (enum protocol)p;
		back &= protocol_name_len((enum protocol)p) == strlen(name);
		token &= name[0] != '\0' && strpbrk(name, " ,\"") == NULL &&
		    strpbrk(name, "abcdefghijklmnopqrstuvwxyz") == NULL;
	}
	ok(back, "every name finds its protocol");
	ok(token, "every name is one upper-case token");
}

/* A cell as the reader gives it, with bytes after it. */
static struct slice
cell_of(const char *text)
{
	static char room[SLICE_SLACK * 2];

	memset(room, 'x', sizeof(room));
	memcpy(room, text, strlen(text));
	return (struct slice){ room, strlen(text) };
}

static void
test_exact(void)
{
	int p, missed = 0;

	for (p = PROTO_NONE + 1; p < PROTO_COUNT; p++) {
		const char *name = protocol_name((enum protocol)p);

		missed += protocol_exact(cell_of(name)) !=
		    (enum protocol)p;
	}
	same_int(missed, 0, "every name of the table is found");
	same_int(protocol_exact(cell_of("tls")), PROTO_NONE,
	    "one in lower case is not proven");
	same_int(protocol_exact(cell_of("TLSv1.3")), PROTO_NONE,
	    "nor is one that is folded");
	same_int(protocol_exact(cell_of("")), PROTO_NONE, "nor is none");
}

static void
test_numbers(void)
{
	same_int(protocol_of_number(6), PROTO_TCP, "6 is TCP");
	same_int(protocol_of_number(58), PROTO_ICMPV6, "58 is ICMPv6");
	same_int(protocol_of_number(60), PROTO_IPV6,
	    "a header that only IPv6 has is IPv6");
	same_int(protocol_of_number(253), PROTO_NONE, "253 has no name");
	same_int(protocol_of_number(256), PROTO_NONE, "256 is no number");
}

int
main(void)
{
	static const struct {
		const char	*text;
		enum protocol	 want;
	} cases[] = {
		{ "tls", PROTO_TLS }, { "TLSv1.3", PROTO_TLS },
		{ "HTTP/XML", PROTO_HTTP }, { "HTTP/JSON/x", PROTO_HTTP },
		{ "DNP 3.0", PROTO_DNP3 }, { "SMB2", PROTO_SMB },
		{ "Modbus/TCP", PROTO_MODBUS }, { "802.11", PROTO_IEEE80211 },
		{ "IEC 60870-5 ASDU", PROTO_IEC104 },
		{ "CS : H.225.0", PROTO_H323 }, { "UDP/XML", PROTO_WSD },
		{ "", PROTO_NONE }, { "/", PROTO_NONE }, { "/TLS", PROTO_NONE },
		{ "TLSX", PROTO_NONE }, { "TL", PROTO_NONE },
		{ "kerberos", PROTO_KRB5 }, { "wg", PROTO_WIREGUARD },
	};
	size_t i;

	test_every_name();
	test_exact();
	test_numbers();
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ok(find(cases[i].text) == cases[i].want, "\"%s\" is %s",
		    cases[i].text, cases[i].want == PROTO_NONE ? "unknown" :
		    protocol_name(cases[i].want));
	same_text(protocol_name(PROTO_NONE), 0, "", "none has no name");
	return tap_done();
}
