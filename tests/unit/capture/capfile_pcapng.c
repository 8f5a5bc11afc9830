/*
 * capfile_pcapng - pcapng captures, made here block by block
 *
 * Source of all bytes: draft-ietf-opsawg-pcapng, section 4.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/capfile.h"
#include "tap.h"

enum { INTERFACE = 1, OBSOLETE = 2, SIMPLE = 3, NAMES = 4, STATISTICS = 5,
	ENHANCED = 6, CUSTOM = 0xbad, SECTION = 0x0a0d0d0a };

#define RESOLUTION	9	/* an interface's options */
#define OFFSET		14

static char path[] = "/tmp/pktpipe-pcapng." "XX" "XX" "XX";

/* The capture in the making. */
static uint8_t file[4096];
static size_t used, block;	/* its bytes; where the open block starts */
static bool big;

/* The capture being read. */
static struct stream in;
static struct capfile *capfile;
static struct captured k;

static void
put(uint64_t v, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		file[used++] = (uint8_t)(v >> 8 * (big ? bytes - 1 - i : i));
}

static void
start_block(uint32_t type)
{
	block = used;
	put(type, 4);
	put(0, 4);
}

/* Pads the block, which says that it is this much longer than it is. */
static void
end_lying_block(uint32_t at_start, uint32_t at_end)
{
	size_t end;

	while (used % 4 != 0)
		put(0, 1);
	end = used;
	used = block + 4;
	put(end + 4 - block + at_start, 4);
	used = end;
	put(end + 4 - block + at_end, 4);
}

static void
end_block(void)
{
	end_lying_block(0, 0);
}

static void
section(bool big_endian)
{
	big = big_endian;
	start_block(SECTION);
	put(0x1a2b3c4d, 4);
	put(1, 2);
	put(0, 2);
	put(UINT64_MAX, 8);		/* of unknown length */
	end_block();
}

static void
start_iface(unsigned linktype, uint32_t snaplen)
{
	start_block(INTERFACE);
	put(linktype, 2);
	put(0, 2);
	put(snaplen, 4);
}

static void
option(unsigned code, size_t bytes)
{
	put(code, 2);
	put(bytes, 2);
}

static void
iface(unsigned linktype, uint32_t snaplen, const char *name)
{
	start_iface(linktype, snaplen);
	if (*name != '\0') {
		option(2, strlen(name));
		memcpy(file + used, name, strlen(name));
		used += strlen(name);
		while (used % 4 != 0)
			put(0, 1);
		option(0, 0);
	}
	end_block();
}

/* An interface of Ethernet whose times are in these units. */
static void
timed_iface(uint8_t resolution, int64_t offset_s)
{
	start_iface(1, 0);
	option(RESOLUTION, 1);
	put(resolution, 1);
	used += 3;
	option(OFFSET, 8);
	put((uint64_t)offset_s, 8);
	option(0, 0);
	end_block();
}

static void
packet(uint32_t of_iface, uint64_t ticks, const char *bytes, uint32_t len)
{
	start_block(ENHANCED);
	put(of_iface, 4);
	put(ticks >> 32, 4);
	put(ticks & UINT32_MAX, 4);
	put(strlen(bytes), 4);
	put(len, 4);
	memcpy(file + used, bytes, strlen(bytes));
	used += strlen(bytes);
	end_block();
}

/* Reads the first n bytes of what was made. */
static void
open_part(size_t n)
{
	static char *operands[] = { path, NULL };
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, file, n) != (ssize_t)n || close(fd) == -1)
		err(1, "%s", path);
	stream_init(&in, operands, NULL);
	capfile = capfile_new(&in);
	stream_next(&in);
	capfile_start(capfile);
}

static void
done(void)
{
	capfile_free(capfile);
	stream_finish(&in);
	memset(file, 0, sizeof(file));
	used = 0;
}

static bool
next_is(const char *bytes, uint32_t len, unsigned linktype, const char *name)
{
	return capfile_next(capfile, &k) == CAPFILE_PACKET &&
	    k.caplen == strlen(bytes) && memcmp(k.data, bytes, k.caplen) == 0 &&
	    k.len == len && k.linktype == linktype &&
	    strcmp(k.iface, name) == 0;
}

static void
ends(const char *what)
{
	ok(capfile_next(capfile, &k) == CAPFILE_END, "%s: the end", what);
	done();
}

static void
is_damaged(size_t at, const char *why, const char *what)
{
	ok(capfile_next(capfile, &k) == CAPFILE_DAMAGED, "%s is damage", what);
	same_int((int64_t)capfile_offset(capfile), (int64_t)at,
	    "%s: its offset", what);
	same_text(capfile_why(capfile), strlen(capfile_why(capfile)), why,
	    "%s: what is wrong", what);
	done();
}

static void
test_sections(bool first_big)
{
	section(first_big);
	iface(1, 0, "eth0");
	iface(101, 64, "tun0");
	packet(0, 1500000, "abc", 3);
	packet(1, 2500000, "defgh", 90);
	section(!first_big);
	iface(113, 0, "");
	packet(0, 3000001, "", 0);
	open_part(used);
	ok(next_is("abc", 3, 1, "eth0") && k.timed &&
	    k.time_ns == 1500000000, "a packet of the first interface");
	ok(next_is("defgh", 90, 101, "tun0") && k.timed &&
	    k.time_ns == 2500000000,
	    "one of the second, of another link type");
	ok(next_is("", 0, 113, "") && k.timed &&
	    k.time_ns == 3000001000,
	    "a section of the other byte order has interfaces of its own");
	ends("two sections");
}

/* A time of an interface of this resolution and offset. */
static void
is_time(uint8_t resolution, int64_t offset_s, uint64_t ticks, int64_t want)
{
	section(false);
	timed_iface(resolution, offset_s);
	packet(0, ticks, "x", 1);
	open_part(used);
	ok(next_is("x", 1, 1, "") && k.timed && !k.out_of_range,
	    "resolution 0x%02x: there is a time", resolution);
	same_int(k.time_ns, want, "resolution 0x%02x, offset %" PRId64
	    ": %" PRIu64 " ticks", resolution, offset_s, ticks);
	done();
}

static void
is_no_time(uint8_t resolution, int64_t offset_s, uint64_t ticks,
    const char *what)
{
	section(false);
	timed_iface(resolution, offset_s);
	packet(0, ticks, "x", 1);
	open_part(used);
	ok(next_is("x", 1, 1, "") && !k.timed && k.out_of_range, "%s", what);
	done();
}

static void
test_times(void)
{
	is_time(0, 0, 7, 7000000000);
	is_time(3, 0, 7250, 7250000000);
	is_time(6, 0, 1700000000123456, 1700000000123456000);
	is_time(9, 0, 1700000000123456789, 1700000000123456789);
	is_time(12, 0, 1999999999999, 1999999999);	/* cut, not rounded */
	is_time(19, 0, UINT64_MAX, 1844674407);
	is_time(0x80, 0, 7, 7000000000);
	is_time(0x81, 0, 3, 1500000000);
	is_time(0x8a, 0, 1025, 1000976562);		/* 1 + 1/1024 */
	is_time(0xa0, 0, 1ULL << 32 | 1ULL << 31, 1500000000);
	is_time(0xbf, 0, UINT64_MAX, 1999999999);
	is_time(6, 1700000000, 250000, 1700000000250000000);
	is_time(6, -10, 1500000, -8500000000);
	is_no_time(20, 0, 1, "a unit of 10^-20 s: 64 bits do not hold it");
	is_no_time(0xc0, 0, 1, "nor 2^-64 s");
	is_no_time(0, 0, 1ULL << 63, "seconds past 2262 do not fit");
	is_no_time(0, 9223372036, 1, "nor with their offset");
	is_no_time(6, INT64_MAX, UINT64_MAX, "nor with the largest offset");
}

static void
test_simple(void)
{
	section(true);
	iface(1, 4, "");
	start_block(SIMPLE);
	put(60, 4);
	put(0x61626364, 4);
	end_block();
	start_block(SIMPLE);
	put(2, 4);
	put(0x65660000, 4);
	end_block();
	open_part(used);
	ok(next_is("abcd", 60, 1, "") && !k.timed && !k.out_of_range,
	    "a simple packet is cut to the snaplen, and has no time");
	ok(next_is("ef", 2, 1, ""), "its padding is none of it");
	ends("simple packets");
	section(false);
	start_block(SIMPLE);
	put(4, 4);
	put(0, 4);
	end_block();
	open_part(used);
	is_damaged(28, "packet of interface 0, the section has 0",
	    "a simple packet without an interface");
}

/* The obsolete packet block: 16 bits of interface, 16 of drops. */
static void
test_obsolete(void)
{
	section(true);
	iface(1, 0, "a");
	iface(1, 0, "b");
	start_block(OBSOLETE);
	put(1, 2);
	put(77, 2);
	put(0, 4);
	put(5000000, 4);
	put(3, 4);
	put(9, 4);
	put(0x78797a00, 4);
	end_block();
	open_part(used);
	ok(next_is("xyz", 9, 1, "b") && k.time_ns == 5000000000,
	    "a packet block of old");
	ends("obsolete blocks");
}

static void
test_unknown(void)
{
	static const uint32_t types[] = { NAMES, STATISTICS, CUSTOM,
	    0x40000bad, 0xffffffff };
	size_t i;

	section(false);
	iface(1, 0, "");
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		start_block(types[i]);
		put(0xeeeeeeee, i < 2 ? 0 : 4);
		end_block();
	}
	packet(0, 0, "abc", 3);
	open_part(used);
	ok(next_is("abc", 3, 1, ""), "blocks of other types are passed over");
	ends("unknown blocks");
}

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
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	test_sections(false);
	test_sections(true);
	test_times();
	test_simple();
	test_obsolete();
	test_unknown();
	test_lengths();
	test_heads();
	test_cuts();
	unlink(path);
	return tap_done();
}
