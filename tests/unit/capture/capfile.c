/*
 * capfile - pcap files of every variant, made here byte by byte
 *
 * Sources: draft-ietf-opsawg-pcap; the record headers of Kuznetzov's libpcap
 * and of netsniff-ng are 24 bytes, of which the first 16 are the usual ones.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/capfile.h"
#include "tap.h"

static char path[] = "/tmp/pktpipe-capfile." "XX" "XX" "XX";

static uint8_t *
put32(uint8_t *p, uint32_t v, bool big)
{
	int i;

	for (i = 0; i < 4; i++)
		*p++ = (uint8_t)(v >> 8 * (big ? 3 - i : i));
	return p;
}

/* A file header, then two packets of 3 and 5 bytes at 7.25 and 8.5 s. */
static size_t
build(uint8_t *file, uint32_t magic, size_t header, size_t record,
    uint32_t per_s, bool big)
{
	static const uint32_t caplen[] = { 3, 5 };
	uint8_t *p = put32(file, magic, big), *start;
	uint32_t i;

	/* Version 2.4, no zone, no accuracy, 96 bytes a packet, Ethernet. */
	p = put32(p, big ? 2 << 16 | 4 : 4 << 16 | 2, big);
	p = put32(put32(put32(put32(p, 0, big), 0, big), 96, big), 1, big);
	memset(p, 0, 64);
	p = file + header;
	for (i = 0; i < 2; i++) {
		start = p;
		memset(p, 0xee, record);
		p = put32(put32(p, 7 + i, big), per_s / 4 * (i + 1), big);
		(void)put32(put32(p, caplen[i], big), 60 + i, big);
		p = start + record;
		memset(p, 0x40 + (int)i, caplen[i]);
		p += caplen[i];
	}
	return (size_t)(p - file);
}

static void
write_file(const uint8_t *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, bytes, n) != (ssize_t)n || close(fd) == -1)
		err(1, "%s", path);
}

static void
reads(const char *name, uint32_t magic, size_t header, size_t record,
    uint32_t per_s, bool big)
{
	static char *operands[] = { path, NULL };
	uint8_t file[256];
	struct stream in;
	struct capfile *c;
	struct captured k;
	const char *order = big ? "big" : "little";

	write_file(file, build(file, magic, header, record, per_s, big));
	stream_init(&in, operands, NULL);
	c = capfile_new(&in);
	stream_next(&in);
	capfile_start(c);
	ok(capfile_next(c, &k) == CAPFILE_PACKET && k.timed &&
	    k.time_ns == 7250000000 && k.caplen == 3 && k.len == 60 &&
	    k.linktype == 1 && k.data[0] == 0x40, "%s, %s-endian: first",
	    name, order);
	ok(capfile_next(c, &k) == CAPFILE_PACKET && k.timed &&
	    k.time_ns == 8500000000 && k.caplen == 5 && k.len == 61 &&
	    k.data[4] == 0x41, "%s, %s-endian: second", name, order);
	ok(capfile_next(c, &k) == CAPFILE_END, "%s, %s-endian: the end",
	    name, order);
	capfile_free(c);
	stream_finish(&in);
}

/* Of four packets, all but the last are before the header of another. */
static void
takes_more(void)
{
	static char *operands[] = { path, NULL };
	uint8_t file[256];
	size_t n = build(file, 0xa1b2c3d4, 24, 16, 1000000, false);
	struct captured k[8];
	struct stream in;
	struct capfile *c;

	memcpy(file + n, file + 24, n - 24);
	write_file(file, 2 * n - 24);
	stream_init(&in, operands, NULL);
	c = capfile_new(&in);
	stream_next(&in);
	capfile_start(c);
	ok(capfile_more(c, k, 8) == 0, "no more before the first");
	ok(capfile_next(c, k) == CAPFILE_PACKET, "the first of four");
	ok(capfile_more(c, k, 1) == 1 && k[0].time_ns == 8500000000 &&
	    k[0].caplen == 5 && k[0].len == 61 && k[0].linktype == 1 &&
	    k[0].timed && k[0].data[4] == 0x41, "no more than asked for");
	ok(capfile_more(c, k, 8) == 1 && k[0].time_ns == 7250000000 &&
	    k[0].caplen == 3 && k[0].data[2] == 0x40, "none without a header "
	    "after it");
	ok(capfile_next(c, k) == CAPFILE_PACKET && k[0].time_ns ==
	    8500000000 && capfile_next(c, k) == CAPFILE_END, "then the last");
	capfile_free(c);
	stream_finish(&in);
}

/* The first of two packets has a fraction of this many units. */
static void
fraction(uint32_t magic, uint32_t units, uint64_t bad, int64_t want)
{
	static char *operands[] = { path, NULL };
	const struct capfile_fractions *f;
	uint8_t file[256];
	struct stream in;
	struct capfile *c;
	struct captured k;
	size_t n = build(file, magic, 24, 16, 4, false);

	put32(file + 24 + 4, units, false);
	write_file(file, n);
	stream_init(&in, operands, NULL);
	c = capfile_new(&in);
	stream_next(&in);
	capfile_start(c);
	ok(capfile_next(c, &k) == CAPFILE_PACKET && k.timed &&
	    !k.out_of_range, "a packet with a fraction of %u has a time",
	    units);
	same_int(k.time_ns, want, "its time");
	(void)capfile_next(c, &k);
	f = capfile_fractions(c);
	ok(f->count == bad && (bad == 0 || (f->value == units &&
	    f->offset == 24)), "and %ju are reported", (uintmax_t)bad);
	capfile_free(c);
	stream_finish(&in);
}

int
main(void)
{
	int fd = mkstemp(path), big;

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	for (big = 0; big < 2; big++) {
		reads("us", 0xa1b2c3d4, 24, 16, 1000000, big);
		reads("ns", 0xa1b23c4d, 24, 16, 1000000000, big);
		reads("Kuznetzov's", 0xa1b2cd34, 24, 24, 1000000, big);
		reads("netsniff-ng's", 0xa1e2cb12, 24, 24, 1000000000, big);
		reads("IXIA's, ns", 0x1c0001ac, 28, 16, 1000000000, big);
		reads("IXIA's, us", 0x1c0001ab, 28, 16, 1000000, big);
	}
	takes_more();
	/* Of a second or more is none: only the second is known. */
	fraction(0xa1b2c3d4, 999999, 0, 7999999000);
	fraction(0xa1b2c3d4, 1000000, 1, 7000000000);
	fraction(0xa1b2c3d4, 1011041, 1, 7000000000);
	fraction(0xa1b2c3d4, UINT32_MAX, 1, 7000000000);
	fraction(0xa1b23c4d, 999999999, 0, 7999999999);
	fraction(0xa1b23c4d, 1000000000, 1, 7000000000);
	fraction(0xa1b23c4d, 0x80000000, 1, 7000000000);
	unlink(path);
	return tap_done();
}
