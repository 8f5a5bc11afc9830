/*
 * capfile_private - what the readers of pcap and of pcapng share
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPFILE_PRIVATE_H
#define CAPFILE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/capfile.h"

/* A record that claims more is damage (libpcap draws the same line). */
#define CAPLEN_MAX	(128u * 1024 * 1024)

/* What a pcapng interface description says. */
struct iface {
	uint32_t	linktype;
	uint32_t	snaplen;	/* 0: no limit */
	uint64_t	per_s;		/* ticks in a second */
	int64_t		offset_s;	/* added to each time */
	const char	*name;		/* kept to the end of the program */
};

struct capfile {
	struct stream	*in;
	enum { FORMAT_NONE, FORMAT_PCAP, FORMAT_PCAPNG } format;
	bool		 big;		/* numbers are big-endian */
	char		 why[128];
	uint64_t	 at;

	/* pcap */
	uint32_t	 per_s;		/* ticks in a second */
	uint32_t	 record;	/* bytes of a record's header */
	uint32_t	 linktype;
	enum { SWAP_NEVER, SWAP_LARGER, SWAP_ALWAYS } swapped;

	/* pcapng */
	struct iface	*ifaces;	/* of the section */
	size_t		 iface_count, iface_cap;
	uint32_t	 iface_base;	/* interfaces of earlier sections */
	char		**names;	/* all names, each once */
	size_t		 name_count;
};

static inline uint32_t
get16(const struct capfile *c, const uint8_t *p)
{
	return c->big ? (uint32_t)p[0] << 8 | p[1] :
	    (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t
get32(const struct capfile *c, const uint8_t *p)
{
	return c->big ?
	    (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3] :
	    (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[1] << 8 | p[0];
}

/* The first unread byte. */
const uint8_t	*capfile_bytes(const struct capfile *);

/* Notes what is wrong at the first unread byte: returns CAPFILE_DAMAGED. */
enum capfile_result capfile_damaged(struct capfile *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

/* Ticks as ns since the epoch; false if they do not fit. */
bool	capfile_scale(uint64_t ticks, uint64_t per_s, int64_t offset_s,
	    int64_t *ns);

/* The next packet of a pcapng file. */
enum capfile_result pcapng_next(struct capfile *, struct capfile_packet *);

/* Forgets the interfaces (names stay good). */
void	pcapng_reset(struct capfile *);

#endif
