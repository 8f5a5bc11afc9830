/*
 * packetcolumns - the columns of packet rows that the suite writes itself
 *
 * pktpipe-csv(5) says what they hold.  To add one: a line below, and its
 * writer in packetrow_fields.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKETCOLUMNS_H
#define PACKETCOLUMNS_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * The five that every packet row starts with, in this order, header or not:
 * their names, for an array, and the header line that they make.
 */
#define PACKETCOLUMNS		"time", "src", "dst", "proto", "len"
#define PACKETCOLUMNS_HEADER	"time,src,dst,proto,len"

enum { PACKETCOLUMNS_COUNT = 5 };

/*
 * Those that follow on request: X(name, meaning, whether it holds addresses,
 * so that csvclean --anonymize drops it).
 */
#define PACKETCOLUMNS_MORE(X) \
	X(sport, "source port (TCP, UDP, SCTP, DCCP)", false) \
	X(dport, "destination port", false) \
	X(service, "port of the end that listens", false) \
	X(flags, "TCP flags, letters of FSRPAUEC", false) \
	X(icmp_type, "type of the ICMP or ICMPv6 message", false) \
	X(vlan, "VLAN IDs, outer first, separated by dots", false) \
	X(iface, "name of the capturing interface", false) \
	X(sensor, "the name given with --sensor", false) \
	X(ttl, "innermost time to live or hop limit", false) \
	X(ip_proto, "innermost IP protocol number", false) \
	X(caplen, "bytes captured", false) \
	X(payload, "bytes after the transport header", false) \
	X(gap, "seconds since the packet of the row before", false) \
	X(linktype, "LINKTYPE_ number of the capture", false) \
	X(outer_src, "source address of the outermost IP header", true) \
	X(outer_dst, "destination address of the outermost IP header", true)

/* Whether pcap2csv -e writes a column of this name. */
bool	packetcolumns_has(struct slice name);

/*
 * Whether a column of this name holds no address, whoever wrote it.  Any
 * column that is not in the list above may hold some.
 */
bool	packetcolumns_no_address(struct slice name);

#endif
