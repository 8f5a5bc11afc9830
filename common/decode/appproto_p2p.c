/*
 * appproto_p2p - peers among themselves
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/* BEP 3. */
bool
is_bittorrent_handshake(const struct payload *l)
{
	return STARTS(l, "\x13" "BitTorrent protocol");
}

/* A bencoded dictionary with the keys of DHT messages first (BEP 5). */
bool
is_bt_dht(const struct payload *l)
{
	return STARTS(l, "d1:ad") || STARTS(l, "d1:rd") ||
	    STARTS(l, "d1:el") || STARTS(l, "d2:ip");
}

/* The start string of each network (Bitcoin developer reference). */
bool
is_bitcoin(const struct payload *l)
{
	return l->n >= 16 && (STARTS(l, "\xf9\xbe\xb4\xd9") ||
	    STARTS(l, "\xfa\xbf\xb5\xda") || STARTS(l, "\x0b\x11\x09\x07"));
}

/*
 * The offline messages carry a magic number: pings 1 and 2 after a time, the
 * opening of a connection (5 to 8), pong (0x1c), refusals.
 */
bool
is_raknet(const struct payload *l)
{
	static const char magic[16] = "\x00\xff\xff\x00\xfe\xfe\xfe\xfe"
	    "\xfd\xfd\xfd\xfd\x12\x34\x56\x78";

	return has_at(l, 1, magic, sizeof magic) ||
	    has_at(l, 9, magic, sizeof magic) ||
	    has_at(l, 17, magic, sizeof magic);
}
