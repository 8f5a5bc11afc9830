/*
 * capfile_read - what the readers of pcap and of pcapng share
 *
 * Private to the capfile_*.c files: capfile.c finds the format and calls the
 * reader of pcap or that of pcapng, which know nothing of each other.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPFILE_READ_H
#define CAPFILE_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/capmagic.h"
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
	return c->big ? be16(p) : le16(p);
}

static inline uint32_t
get32(const struct capfile *c, const uint8_t *p)
{
	return c->big ? be32(p) : le32(p);
}

/* The first unread byte. */
static inline const uint8_t *
capfile_bytes(const struct capfile *c)
{
	return (const uint8_t *)c->in->buf + c->in->start;
}

/* Notes what is wrong at the first unread byte: returns CAPFILE_DAMAGED. */
enum capfile_result capfile_damaged(struct capfile *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

/* Ticks as ns since the epoch; false if they do not fit. */
bool	capfile_scale(uint64_t ticks, uint64_t per_s, int64_t offset_s,
	    int64_t *ns);

/*
 * Reads a pcap file's header, of the variant given.  CAPFILE_PACKET: records
 * may follow.
 */
enum capfile_result capfile_pcap_start(struct capfile *,
		    const struct capmagic *);

/* The next packet of a pcap file. */
enum capfile_result capfile_pcap_next(struct capfile *,
		    struct captured *);

/* Whether the next record is in the block already. */
bool	capfile_pcap_buffered(const struct capfile *);

/* The same of a pcapng file: its next packet, its next block. */
enum capfile_result capfile_pcapng_next(struct capfile *,
		    struct captured *);
bool	capfile_pcapng_buffered(const struct capfile *);

/* Forgets the interfaces (names stay good). */
void	capfile_pcapng_reset(struct capfile *);

#endif
