/*
 * filekind - names files that are neither captures nor text, by their contents
 *
 * Programs are given archives, spreadsheets, captures of other formats and
 * captures that were damaged on their way.  The message names what the file is
 * and how to get from it to what the program reads.  To add a kind that starts
 * with certain bytes, add a line in filekind.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FILEKIND_H
#define FILEKIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stream.h"

/* What a program reads. */
enum filekind_want {
	FILEKIND_CAPTURE,	/* pcap and pcapng */
	FILEKIND_CSV
};

/*
 * Whether the open operand of the stream is of a kind that is known to be
 * something else.  Writes a message to text, such as "a zip archive, want CSV:
 * unzip -p FILE | toptalk".  More of the operand is read only if it starts with
 * bytes that are no text.  Call it before anything of the operand is taken.
 */
bool	filekind_explain(struct stream *, enum filekind_want, char *text,
	    size_t size);

/*
 * The operand's name as a word for a shell, if it needs no quotes there, else
 * "FILE".
 */
const char *filekind_operand(const struct stream *);

#endif
