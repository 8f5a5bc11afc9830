/*
 * tcpflags - unit test of the flags of TCP, and their letters
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/tcpflags.h"
#include "tap.h"

/* Reads a text with rubbish after it, as in a cell; -1: one is of no flag. */
static int
read_text(const char *text)
{
	char cell[64];
	uint8_t flags;

	memset(cell, 'F', sizeof(cell));
	memcpy(cell, text, strlen(text));
	return tcpflags_read((struct slice){ cell, strlen(text) }, &flags) ?
	    flags : -1;
}

static void
test_known(void)
{
	int i;

	/* The values of tshark's tcp.flags for these letters. */
	for (i = 0; i < 2; i++) {
		same_int(read_text("F"), 0x01, "FIN");
		same_int(read_text("S"), 0x02, "SYN");
		same_int(read_text("RA"), 0x14, "RST and ACK");
		same_int(read_text("PA"), 0x18, "PSH and ACK");
		same_int(read_text("AP"), 0x18, "in another order");
		same_int(read_text("SEC"), 0xc2, "SYN, ECE and CWR");
		same_int(read_text("FSRPAUEC"), 0xff, "all");
		same_int(read_text("AAAAAAAAA"), 0x10, "one, nine times");
		same_int(read_text(""), 0, "none");
		same_int(read_text("SX"), -1, "no flag");
		same_int(read_text("s"), -1, "a small letter");
		same_int(read_text("AAAAAAAAx"), -1, "no flag after eight");
	}
}

/* Each set of flags is written in order and read again, whatever was before. */
static int
misread(void)
{
	char text[TCPFLAGS_TEXT_MAX + 1];
	unsigned i, flags, bit, wrong = 0;
	size_t n;

	for (i = 0; i < 100000; i++) {
		flags = (unsigned)rand() & UINT8_MAX;
		n = tcpflags_put(text, (uint8_t)flags);
		text[n] = '\0';
		for (bit = 0; bit < 8; bit++)
			if (flags >> bit & 1)
				wrong += strchr(text, "FSRPAUEC"[bit]) == NULL;
		wrong += n != (size_t)__builtin_popcount(flags) ||
		    read_text(text) != (int)flags;
	}
	return (int)wrong;
}

int
main(void)
{
	char cell[16] = { 0 };
	uint8_t flags;

	ok(!tcpflags_read((struct slice){ cell, 3 }, &flags),
	    "NULs are no flags");
	test_known();
	same_int(misread(), 0, "what is written is read");
	return tap_done();
}
