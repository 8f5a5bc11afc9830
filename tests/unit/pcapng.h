/*
 * pcapng - pcapng captures, made block by block, and read again
 *
 * Source of all bytes: draft-ietf-opsawg-pcapng, section 4.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PCAPNG_H
#define PCAPNG_H

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

static inline void
put(uint64_t v, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		file[used++] = (uint8_t)(v >> 8 * (big ? bytes - 1 - i : i));
}

static inline void
start_block(uint32_t type)
{
	block = used;
	put(type, 4);
	put(0, 4);
}

/* Pads the block, which says that it is this much longer than it is. */
static inline void
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

static inline void
end_block(void)
{
	end_lying_block(0, 0);
}

static inline void
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

static inline void
start_iface(unsigned linktype, uint32_t snaplen)
{
	start_block(INTERFACE);
	put(linktype, 2);
	put(0, 2);
	put(snaplen, 4);
}

static inline void
option(unsigned code, size_t bytes)
{
	put(code, 2);
	put(bytes, 2);
}

static inline void
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
static inline void
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

static inline void
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
static inline void
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

static inline void
done(void)
{
	capfile_free(capfile);
	stream_finish(&in);
	memset(file, 0, sizeof(file));
	used = 0;
}

static inline bool
next_is(const char *bytes, uint32_t len, unsigned linktype, const char *name)
{
	return capfile_next(capfile, &k) == CAPFILE_PACKET &&
	    k.caplen == strlen(bytes) && memcmp(k.data, bytes, k.caplen) == 0 &&
	    k.len == len && k.linktype == linktype &&
	    strcmp(k.iface, name) == 0;
}

static inline void
ends(const char *what)
{
	ok(capfile_next(capfile, &k) == CAPFILE_END, "%s: the end", what);
	done();
}

static inline void
is_damaged(size_t at, const char *why, const char *what)
{
	ok(capfile_next(capfile, &k) == CAPFILE_DAMAGED, "%s is damage", what);
	same_int((int64_t)capfile_offset(capfile), (int64_t)at,
	    "%s: its offset", what);
	same_text(capfile_why(capfile), strlen(capfile_why(capfile)), why,
	    "%s: what is wrong", what);
	done();
}

/* The file that a test writes its captures to. */
static inline void
make_file(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
}

#endif
