/*
 * capmagic - captures told by their first bytes
 *
 * For the reader of captures, and for the programs that read CSV and are given
 * a capture by mistake.  To add a variant of pcap: a line in capmagic.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPMAGIC_H
#define CAPMAGIC_H

#include <stdbool.h>
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
 * The variant that a file with these first 4 bytes is of, or NULL.  *big is
 * set to whether its numbers are big-endian.
 */
const struct capmagic *capmagic_pcap(const uint8_t *, bool *big);

/* Whether a file with these first 4 bytes is pcapng. */
bool	capmagic_pcapng(const uint8_t *);

/*
 * If the stream's open operand is a capture: warns, shows the pipeline that
 * reads it, raises the status to 3 and returns true.  The caller then goes on
 * to the next operand.  Call it before the operand's first record is read.
 */
bool	capmagic_refuse(struct stream *);

#endif
