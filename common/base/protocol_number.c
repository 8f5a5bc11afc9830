/*
 * protocol_number - IANA's numbers of IP protocols as protocols
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/protocol.h"

enum protocol
protocol_of_number(unsigned number)
{
	/* The headers that only IPv6 has are IPV6. */
	static const unsigned char protocols[256] = {
		[0] = PROTO_NONE,	/* IPv6 hop-by-hop, or not known */
		[1] = PROTO_ICMP,
		[2] = PROTO_IGMP,
		[4] = PROTO_IPV4,	/* in IP */
		[6] = PROTO_TCP,
		[17] = PROTO_UDP,
		[33] = PROTO_DCCP,
		[41] = PROTO_IPV6,	/* in IP */
		[43] = PROTO_IPV6,	/* routing */
		[44] = PROTO_IPV6,	/* fragment */
		[46] = PROTO_RSVP,
		[47] = PROTO_GRE,
		[50] = PROTO_ESP,
		[51] = PROTO_AH,
		[58] = PROTO_ICMPV6,
		[59] = PROTO_IPV6,	/* no next header */
		[60] = PROTO_IPV6,	/* destination options */
		[88] = PROTO_EIGRP,
		[89] = PROTO_OSPF,
		[94] = PROTO_IPV4,	/* IPIP */
		[97] = PROTO_ETH,	/* ETHERIP */
		[103] = PROTO_PIM,
		[111] = PROTO_IPX,
		[112] = PROTO_VRRP,
		[113] = PROTO_PGM,
		[115] = PROTO_L2TP,
		[124] = PROTO_ISIS,
		[132] = PROTO_SCTP,
		[135] = PROTO_IPV6,	/* mobility */
		[136] = PROTO_UDP,	/* UDP-Lite */
		[137] = PROTO_MPLS,
		[143] = PROTO_ETH,	/* RFC 8986 */
	};

	_Static_assert(PROTO_COUNT <= 256, "a protocol fits a byte");
	return number < 256 ? (enum protocol)protocols[number] : PROTO_NONE;
}
