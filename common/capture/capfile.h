/*
 * capfile - packets from pcap and pcapng captures
 *
 * Reads both formats in both byte orders, with second fractions of any
 * resolution, the modified pcap variants, pcapng with several sections and
 * interfaces of different link types, and files of either format joined end to
 * end.  Source: draft-ietf-opsawg-pcap and
 * draft-ietf-opsawg-pcapng.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPFILE_H
#define CAPFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/stream.h"

struct captured {
	int64_t		 time_ns;	/* since the Unix epoch */
	bool		 timed;		/* time_ns is valid */
	bool		 out_of_range;	/* its time does not fit */
	const uint8_t	*data;		/* in the stream's block */
	uint32_t	 caplen;	/* bytes at data */
	uint32_t	 len;		/* bytes on the wire */
	uint32_t	 linktype;	/* LINKTYPE_ value */
	const char	*iface;		/* interface's name, "" if unknown */
};

enum capfile_result {
	CAPFILE_PACKET,		/* the next packet was read */
	CAPFILE_AGAIN,		/* nothing yet: call again */
	CAPFILE_END,		/* the capture ended where it should */
	CAPFILE_DAMAGED,	/* it is cut or damaged: see why, offset */
	CAPFILE_UNKNOWN		/* the operand is not a capture: see why */
};

/* Fractions of a second that are none: a whole second or more. */
struct capfile_fractions {
	uint64_t	 count;		/* packets that have one */
	uint64_t	 offset;	/* of the first one's record */
	uint32_t	 value;		/* its fraction, in units */
	uint32_t	 per_s;		/* units in a second */
};

struct capfile;

/* Creates a reader of the stream's operands; capfile_free frees it. */
struct capfile	*capfile_new(struct stream *);
void		 capfile_free(struct capfile *);

/* Starts to read the stream's open operand. */
void	 capfile_start(struct capfile *);

/*
 * Reads the next packet.  Its pointers are valid until the next call.
 * CAPFILE_AGAIN comes only where capfile_buffered promised a packet, and then
 * no pointer has changed.  After CAPFILE_DAMAGED another call continues with
 * the capture that starts in or after the damage, because files were joined,
 * or returns CAPFILE_END.  After CAPFILE_END and CAPFILE_UNKNOWN the operand is
 * done.
 */
enum capfile_result capfile_next(struct capfile *, struct captured *);

/*
 * Takes up to max further packets that are in the block already, and returns
 * how many: 0 means nothing, as only what needs no second look is taken.  The
 * pointers of the packets before stay valid.
 */
size_t	 capfile_more(struct capfile *, struct captured *, size_t max);

/*
 * Whether the next packet can be returned without reading more, so that the
 * pointers of this one stay valid.
 */
bool	 capfile_buffered(const struct capfile *);

/* After CAPFILE_DAMAGED and CAPFILE_UNKNOWN: what is wrong, as a message. */
const char	*capfile_why(const struct capfile *);

/*
 * The packets of the operand so far whose fraction of a second is none.  The
 * time of such a packet is that of its second.
 */
const struct capfile_fractions *capfile_fractions(const struct capfile *);

/* The offset of that in the (uncompressed) operand. */
uint64_t	 capfile_offset(const struct capfile *);

#endif
