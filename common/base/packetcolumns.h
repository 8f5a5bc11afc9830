/*
 * packetcolumns - the five columns that every packet row starts with
 *
 * pktpipe-csv(5) says what they hold.  Rows without a header have these, in
 * this order.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKETCOLUMNS_H
#define PACKETCOLUMNS_H

/* Their names, for an array, and the header line that they make. */
#define PACKETCOLUMNS		"time", "src", "dst", "proto", "len"
#define PACKETCOLUMNS_HEADER	"time,src,dst,proto,len"

enum { PACKETCOLUMNS_COUNT = 5 };

#endif
