/*
 * capmagic - recognises captures by their first bytes
 *
 * Used by the reader of captures, and by programs that read CSV, which may be
 * given a capture by mistake.  To add a variant of pcap, add a line in
 * capmagic.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPMAGIC_H
#define CAPMAGIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stream.h"

/* A variant of the pcap format. */
struct capmagic {
	uint32_t	value;		/* the first 32 bits */
	uint32_t	per_s;		/* ticks of its clock in a second */
	uint32_t	header;		/* bytes of the file's header */
	uint32_t	record;		/* bytes of a record's header */
};

/*
 * The variant of pcap whose files start with these 4 bytes, or NULL.  Sets *big
 * to whether its numbers are big-endian.
 */
const struct capmagic *capmagic_pcap(const uint8_t *, bool *big);

/* Whether a file with these first 4 bytes is pcapng. */
bool	capmagic_pcapng(const uint8_t *);

/*
 * Whether these n bytes from the middle of a file are the header of another
 * capture, pcap or pcapng, joined to it.  At least 8 bytes are needed (pcapng:
 * 12); of up to 24, version, time zone, accuracy and link type must be possible
 * ones, so that other bytes are hardly ever taken for a header.
 */
bool	capmagic_joined(const uint8_t *, size_t n);

/*
 * If the open operand of the stream is a capture, or of a kind that filekind
 * knows: prints a warning with the pipeline that reads it, raises the status to
 * 3 and returns true.  The caller then continues with the next operand.  Call
 * it before the first record of the operand is read.
 */
bool	capmagic_refuse(struct stream *);

#endif
