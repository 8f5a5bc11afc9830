/*
 * protocell - protocols of cells that are no names
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/protocell.h"
#include "tap.h"

static struct csv csv;

static struct slice
slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

/* The protocol of a row with these cells, of an IPv4 packet. */
static void
is(const char *proto, const char *below, enum protocol want)
{
	static struct dialect d = { .sources[ROLE_PROTO] = 1, .layer = { 1 },
	    .layers = 1, .highest = -1 };
	static char room[2][SLICE_SLACK * 2];

	snprintf(room[0], sizeof(room[0]), "%s", proto);
	snprintf(room[1], sizeof(room[1]), "%s", below);
	csv.cell[0] = slice_of(room[0]);
	csv.cell[1] = slice_of(room[1]);
	same_int(protocell_read(&d, &csv, slice_of("192.0.2.1")), want,
	    "\"%s\" over \"%s\"", proto, below);
}

int
main(void)
{
	is("6", "", PROTO_TCP);
	is("6.0", "", PROTO_TCP);
	is("0X11", "", PROTO_UDP);
	is("256", "", PROTO_NONE);
	is("0x", "", PROTO_NONE);
	is("253", "", PROTO_IPV4);
	is("6", "tls", PROTO_TLS);
	is("FOO", "6", PROTO_TCP);
	is("FOO", "", PROTO_NONE);
	is("DATA", "", PROTO_OTHER);
	is("_ws.short", "nan", PROTO_OTHER);
	is("-", "17", PROTO_UDP);
	is("", "", PROTO_NONE);
	is("eth:ethertype:ip:icmp:ip:udp:dns", "", PROTO_ICMP);
	is("1|17", "", PROTO_ICMP);
	is("4 6", "", PROTO_TCP);
	is("UDP 53", "", PROTO_UDP);
	is("TCP (6)", "", PROTO_TCP);
	is("tcp 17", "", PROTO_TCP);
	is("6 TLS", "tcp", PROTO_TLS);
	ok(protocell_is_name(slice_of("FOO")), "FOO may be a name");
	ok(!protocell_is_name(slice_of("47")) &&
	    !protocell_is_name(slice_of("None")) &&
	    !protocell_is_name(slice_of("Data")),
	    "a number, no value and no protocol are none");
	return tap_done();
}
