/*
 * textmagic - recognises text that other programs print and nobody can sum
 *
 * What tcpdump and tshark print for people, JSON, XML and the like are often
 * given to programs that want CSV or a capture.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TEXTMAGIC_H
#define TEXTMAGIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stream.h"

struct textmagic {
	const char	*what;		/* "text that tcpdump printed" */
	const char	*csv;		/* how to get CSV instead */
	const char	*capture;	/* how to get a capture */
};

/* What text of n bytes is, by its first line, or NULL if that is not known. */
const struct textmagic *textmagic_of(const char *, size_t n);

/*
 * If the open operand of the stream is such text, but no Zeek log that the
 * program reads: prints a warning with the way on, raises the status to 3 and
 * returns true.  Reads its first line.
 */
bool	textmagic_refuse(struct stream *, bool reads_zeek);

#endif
