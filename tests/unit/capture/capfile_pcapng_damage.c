/*
 * capfile_pcapng_damage - wrong lengths, odd heads, and files cut anywhere
 *
 * Source: draft-ietf-opsawg-pcapng, section 4.
 *
 * SPDX-License-Identifier: ISC
 */
#include "pcapng.h"

/* A block of this type, with one word, that lies about its length. */
static void
lies(uint32_t type, uint32_t at_start, uint32_t at_end, const char *why,
    const char *what)
{
	section(false);
	iface(1, 0, "");
	start_block(type);
	put(0, 4);
	end_lying_block(at_start, at_end);
	open_part(used);
	is_damaged(28 + 20, why, what);
}

static void
test_lengths(void)
{
	lies(ENHANCED, 0, 4, "block length 16 at its start, 20 at its end",
	    "a block with two lengths");
	lies(ENHANCED, 1, 1, "bad block length 17",
	    "a length that is no multiple of four");
	lies(ENHANCED, (uint32_t)-8, 0, "bad block length 8",
	    "a length below 12");
	lies(ENHANCED, (uint32_t)-16, 0, "bad block length 0",
	    "a length of none");
	lies(ENHANCED, 0x7ffffff0, 0, "bad block length 2147483648",
	    "a packet block of 2 GiB");
	lies(ENHANCED, 64, 0, "block cut short: 16 bytes, want 80",
	    "a block that is longer than the file");
	lies(CUSTOM, 64, 0, "block cut short: 16 bytes, want 80",
	    "an unknown block that is longer than the file");
	lies(ENHANCED, 0, 0, "bad packet block: 4 bytes, want 20",
	    "a packet block without room for its head");
	lies(INTERFACE, 0, 0, "bad interface block: 4 bytes, want 8",
	    "an interface block without room for its head");
	lies(SECTION, 0, 0, "section header cut short: 16 bytes, want 28",
	    "a section header without room for its head");
	section(false);
	iface(1, 0, "");
	packet(0, 0, "abcd", 4);
	file[28 + 20 + 20] = 5;		/* bytes captured */
	open_part(used);
	is_damaged(28 + 20, "bad packet block: 5 bytes captured, 4 there",
	    "a packet that is longer than its block");
	section(false);
	iface(1, 0, "");
	packet(1, 0, "abcd", 4);
	open_part(used);
	is_damaged(28 + 20, "packet of interface 1, the section has 1",
	    "a packet of an interface that is not there");
}

static void
test_heads(void)
{
	section(false);
	file[11] ^= 1;
	open_part(used);
	is_damaged(0, "bad byte order magic 0x1b2b3c4d, want 0x1a2b3c4d",
	    "another byte order magic");
	section(false);
	file[12] = 2;
	open_part(used);
	is_damaged(0, "pcapng version 2, want 1", "another version");
	/* An option whose length leaves its block is none. */
	section(false);
	start_iface(1, 0);
	option(RESOLUTION, 64);
	put(0, 4);
	end_block();
	packet(0, 1000000, "x", 1);
	open_part(used);
	ok(next_is("x", 1, 1, "") && k.time_ns == 1000000000,
	    "an option that leaves its block is not read");
	ends("such an option");
}

/* Cut after n bytes: the packets that are whole, then damage or the end. */
static void
is_cut(size_t n, size_t first_end, size_t whole)
{
	size_t packets = 0;
	enum capfile_result last;

	open_part(n);
	while ((last = capfile_next(capfile, &k)) == CAPFILE_PACKET)
		packets++;
	ok(packets == (n >= whole) + (size_t)(n >= first_end) &&
	    last == (n == whole || n == first_end || n == 28 || n == 48 ?
	    CAPFILE_END : CAPFILE_DAMAGED), "cut after %zu bytes", n);
	capfile_free(capfile);
	stream_finish(&in);
}

static void
test_cuts(void)
{
	size_t n, first_end;

	section(true);
	iface(1, 0, "");
	packet(0, 0, "abc", 3);
	first_end = used;
	packet(0, 0, "defghi", 6);
	for (n = 4; n <= used; n++)
		is_cut(n, first_end, used);
}

int
main(void)
{
	make_file();
	test_lengths();
	test_heads();
	test_cuts();
	unlink(path);
	return tap_done();
}
