/*
 * capfile_pcapng - sections, times, and blocks of every type
 *
 * Source: draft-ietf-opsawg-pcapng, section 4.
 *
 * SPDX-License-Identifier: ISC
 */
#include "pcapng.h"

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

int
main(void)
{
	make_file();
	test_sections(false);
	test_sections(true);
	test_times();
	test_simple();
	test_obsolete();
	test_unknown();
	unlink(path);
	return tap_done();
}
