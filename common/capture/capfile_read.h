/*
 * capfile_read - what the readers of pcap and of pcapng share
 *
 * Private to the capfile_*.c files: capfile.c detects the format and calls the
 * reader of pcap or that of pcapng, which are independent of each other.
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

/* A longer record is damage (libpcap has the same limit). */
#define CAPLEN_MAX	(128u * 1024 * 1024)

/* An interface description of pcapng. */
struct iface {
	uint32_t	linktype;
	uint32_t	snaplen;	/* 0: no limit */
	uint64_t	per_s;		/* ticks in a second */
	int64_t		offset_s;	/* added to each time */
	const char	*name;		/* one of capfile's names */
};

/* A record's header in pcap, but for the fraction of the second. */
struct record {
	uint32_t	s, caplen, len;
};

struct capfile {
	struct stream	*in;
	enum {
		FORMAT_NONE,		/* a capture starts here */
		FORMAT_PCAP, FORMAT_PCAPNG,
		FORMAT_DAMAGED		/* no more can be read */
	} format;
	bool		 big;		/* numbers are big-endian */
	char		 why[256];
	uint64_t	 at;
	size_t		 span;		/* bytes that the damage may concern;
					   0: those kept alone */
	bool		 zeros;		/* the damage is zeros */
	size_t		 kept;		/* bytes before the first unread one
					   that stay in the block */

	/* pcap */
	uint32_t	 per_s;		/* ticks in a second */
	uint32_t	 tick_ns;	/* and of one */
	struct capfile_fractions fractions;
	uint32_t	 record;	/* bytes of a record's header */
	uint32_t	 linktype;
	uint32_t	 last_s;	/* time of the last record */
	bool		 looked;	/* the next header was read: */
	struct record	 next;
	enum { SWAP_NEVER, SWAP_LARGER, SWAP_ALWAYS } swapped;

	/* pcapng */
	struct iface	*ifaces;	/* of the section */
	size_t		 iface_count, iface_cap;
	char		**names;	/* all names, each once */
	size_t		 name_count;
	uint32_t	*name_slot;	/* the number of a name + 1; 0: free */
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

/* The first unread byte, and the number of bytes from there. */
static inline const uint8_t *
capfile_bytes(const struct capfile *c)
{
	return (const uint8_t *)c->in->buf + c->in->start;
}

static inline size_t
capfile_left(const struct capfile *c)
{
	return c->in->end - c->in->start;
}

/* Reads until n bytes are unread; false if the operand ends before. */
bool	capfile_read(struct capfile *, size_t n);

static inline bool
capfile_need(struct capfile *c, size_t n)
{
	return capfile_left(c) >= n || capfile_read(c, n);
}

/* Stores what is wrong at the first unread byte.  Returns CAPFILE_DAMAGED. */
enum capfile_result capfile_damaged(struct capfile *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

/* The same for a part ("packet") of which only the first bytes are there. */
enum capfile_result capfile_cut(struct capfile *, const char *part,
		    size_t found, uint32_t want);

/* The same for zeros where a record or a block should start. */
enum capfile_result capfile_zeros(struct capfile *);

/*
 * Whether another capture starts at the first unread byte.  If so, what
 * follows is read as the start of a capture.
 */
bool	capfile_starts_anew(struct capfile *);

/* Whether the bytes kept contain the start of another capture. */
bool	capfile_swallowed(const struct capfile *);

/* Where another capture starts in the first n unread bytes; n: nowhere. */
size_t	capfile_header_at(const struct capfile *, size_t n);

/*
 * After damage: seeks the start of another capture, in the span that was taken
 * for a record or a block, in the record before it, or after zeros.  If there
 * is one, adds its offset to why, and what follows is read as the start of a
 * capture.
 */
void	capfile_seek_joined(struct capfile *);

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

/* Further packets, up to max: see capfile_more. */
size_t	capfile_pcap_more(struct capfile *, struct captured *, size_t max);

/* Whether the next record is in the block already. */
bool	capfile_pcap_buffered(const struct capfile *);

/* The same of a pcapng file: its next packet, its next block. */
enum capfile_result capfile_pcapng_next(struct capfile *,
		    struct captured *);
bool	capfile_pcapng_buffered(const struct capfile *);

/* Forgets the interfaces (names stay valid). */
void	capfile_pcapng_reset(struct capfile *);

#endif
