/*
 * appproto_ics - industrial control and buildings
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * Protocol identifier 0 and a length of at least 2 (Modbus TCP/IP guide,
 * 3.1.3).  It is at most 254 there; some senders put 260, the whole unit's.
 */
bool
is_modbus(const struct payload *l)
{
	return l->n >= 6 && be16(l->at + 2) == 0 && be16(l->at + 4) >= 2 &&
	    be16(l->at + 4) <= 260;
}

/* The link layer's start bytes (IEEE 1815, 9.2.4.1). */
bool
is_dnp3(const struct payload *l)
{
	return STARTS(l, "\x05\x64");
}

/* A command that is assigned (ODVA, EtherNet/IP volume 2, 2-3). */
bool
is_enip(const struct payload *l)
{
	uint32_t command;

	if (l->n < 4)
		return false;
	command = le16(l->at);
	return command <= 0x0075 || command == 0x00c8;
}

/* BVLC of BACnet/IP or IPv6 (ASHRAE 135, annexes J and U). */
bool
is_bacnet(const struct payload *l)
{
	return l->n >= 4 && (l->at[0] == 0x81 || l->at[0] == 0x82);
}

/* The start byte (IEC 60870-5-104, 5). */
bool
is_iec104(const struct payload *l)
{
	return l->n >= 2 && l->at[0] == 0x68 && l->at[1] >= 4;
}
