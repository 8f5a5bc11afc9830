/*
 * capmagic - captures told by their first bytes
 *
 * For the programs that read CSV and are given a capture by mistake.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPMAGIC_H
#define CAPMAGIC_H

#include <stdbool.h>
#include <stddef.h>

#include "stream.h"

/* Whether n bytes are the start of a pcap or pcapng file. */
bool	capmagic_detect(const char *, size_t n);

/*
 * If the stream's open operand is a capture: warns, shows the pipeline that
 * reads it, raises the status to 3 and returns true.  The caller then goes on
 * to the next operand.  Call it before the operand's first record is read.
 */
bool	capmagic_refuse(struct stream *);

#endif
