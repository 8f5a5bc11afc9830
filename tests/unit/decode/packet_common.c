/*
 * packet_common - the short way through the headers says what the long does
 *
 * Frames are made of random headers, mostly well-formed, and cut anywhere.
 * As plain Ethernet they may take the short way; behind the header of another
 * link type they take the walk over the layers, which the truths of tshark
 * check, and every field must be the same.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>

#include "sound.h"
#include "tap.h"

#define ROUNDS	200000
#define FRAME	96

static uint8_t
pick(const uint8_t *from, size_t n)
{
	/* Now and then anything. */
	return random() % 16 == 0 ? (uint8_t)random() :
	    from[(size_t)random() % n];
}

#define PICK(...) \
	pick((const uint8_t[]){ __VA_ARGS__ }, \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

static void
make_ip4(uint8_t *ip)
{
	ip[0] = PICK(0x45, 0x45, 0x45, 0x46, 0x65);
	ip[2] = PICK(0, 0, 0, 1);
	ip[3] = PICK(0, 19, 20, 28, 39, 40, 48, 60, 82, 200);
	ip[6] = PICK(0, 0x40, 0x20, 0x01);
	ip[7] = PICK(0, 0, 0, 1);
	ip[9] = PICK(6, 6, 17, 17, 1, 47);
}

static void
make_ip6(uint8_t *ip)
{
	ip[0] = PICK(0x60, 0x60, 0x6f, 0x45);
	ip[4] = PICK(0, 0, 1);
	ip[5] = PICK(0, 7, 8, 20, 32, 42, 200);
	ip[6] = PICK(6, 6, 17, 17, 0, 44, 58);
}

static void
make_transport(uint8_t *at)
{
	/* Ports of tunnels over UDP are among them. */
	at[0] = PICK(0x12, 0x08, 0x0d);
	at[1] = PICK(0xb5, 0x68, 0xd8);
	at[2] = at[0];
	at[3] = PICK(0x34, 0xb5);
	at[4] = 0;
	at[5] = PICK(0, 7, 8, 9, 30, 60);
	at[12] = PICK(0x40, 0x50, 0x50, 0x60, 0xa0);
}

static void
make_frame(uint8_t *frame)
{
	bool six = random() % 2 == 0;
	size_t i;

	for (i = 0; i < FRAME; i++)
		frame[i] = (uint8_t)random();
	frame[12] = six ? 0x86 : 0x08;
	frame[13] = six ? 0xdd : PICK(0x00, 0x00, 0x00, 0x06);
	if (six)
		make_ip6(frame + 14);
	else
		make_ip4(frame + 14);
	make_transport(frame + (six ? 54 : 34));
}

int
main(void)
{
	uint8_t made[FRAME], *frame;
	int different = 0, named = 0, round;
	uint32_t caplen, len;
	struct packet p;

	srandom(1);
	for (round = 0; round < ROUNDS; round++) {
		make_frame(made);
		caplen = (uint32_t)(random() % 4 > 0 ? FRAME :
		    random() % (FRAME + 1));
		len = caplen + (uint32_t)(random() % 2 * random() % 500);
		/* Of its size, so that a sanitizer sees a read behind it. */
		frame = malloc(caplen > 0 ? caplen : 1);
		if (frame == NULL)
			err(1, "malloc");
		memcpy(frame, made, caplen);
		memset(&p, 0xa5, sizeof(p));
		packet_decode(&p, LINKTYPE_ETHERNET, frame, caplen, len);
		different += !walk_agrees(&p, frame, caplen, len);
		named += p.has_ports;
		free(frame);
	}
	same_int(different, 0, "every field is the same");
	ok(named > ROUNDS / 8 && named < ROUNDS, "%d packets of %d have ports",
	    named, ROUNDS);
	return tap_done();
}
