/*
 * output - buffered rows of CSV to a descriptor
 *
 * Bytes are collected in a buffer and written only at the end of a row, so that
 * the reader of a pipe never sees part of a row.  A failed write ends the
 * program: as SIGPIPE would if the reader is gone, else with a message and
 * status 3.
 *
 * A program that links this module and is started without standard input,
 * output or error gets a descriptor in its place that can be neither read nor
 * written, so that no file takes the place.  A file that may not grow (ulimit
 * -f) is a failed write; SIGXFSZ would end the program without a word.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/slice.h"
#include "base/timestamp.h"

#define OUTPUT_BYTES	((size_t)256 * 1024)	/* that are written at once */

struct output {
	const char	*name;		/* in messages: "stdout" or a file */
	int		 fd;
	char		*buf;
	size_t		 cap;		/* bytes allocated */
	size_t		 used;		/* bytes written into buf */
	size_t		 whole;		/* of these, bytes of complete rows */
};

/* Prepares output to fd.  name is borrowed, for messages. */
void	 output_init(struct output *, int fd, const char *name);

/*
 * Prepares output to a file that an option (what, for messages) names; path
 * is borrowed.  The file is emptied; it must be none of the operands, nor
 * standard input if there is no operand: that would lose what is to be read.
 * Nor is it standard output, whose rows it would overwrite, or "-".  Ends the
 * program with status 2 if it is, 3 if it cannot be opened.
 */
void	 output_open(struct output *, const char *what, const char *path,
	    char *const *operands);

/*
 * Makes room for n more bytes of the current row and returns a pointer to it.
 * The caller adds the number of bytes that it wrote to used.
 */
char	*output_grow(struct output *, size_t n);

static inline char *
output_room(struct output *o, size_t n)
{
	if (o->cap - o->used < n)
		return output_grow(o, n);
	return o->buf + o->used;
}

/* Appends n bytes unchanged. */
static inline void
output_bytes(struct output *o, const char *p, size_t n)
{
	memcpy(output_room(o, n), p, n);
	o->used += n;
}

/*
 * The same where SLICE_SLACK bytes after them are readable, as after a
 * record.  Copies of a fixed size need no call: 2 ns less for a row.
 */
static inline void
output_record(struct output *o, const char *p, size_t n)
{
	char *to = output_room(o, n + SLICE_SLACK);
	size_t i;

	for (i = 0; i < n; i += SLICE_SLACK)
		memcpy(to + i, p + i, SLICE_SLACK);
	o->used += n;
}

static inline void
output_char(struct output *o, char c)
{
	*output_room(o, 1) = c;
	o->used++;
}

/* Appends a string; a decimal number. */
void	 output_str(struct output *, const char *);
void	 output_u64(struct output *, uint64_t);

/* Appends a time, with up to this many digits: see timestamp_format. */
void	 output_time(struct output *, int64_t ns, enum timestamp_format,
	    unsigned digits);

/* Appends n bytes as one CSV cell, quoted where RFC 4180 requires it. */
void	 output_cell(struct output *, const char *, size_t n);

/*
 * Whether a spreadsheet would run a cell of n bytes as a formula: it starts
 * with = @ TAB or CR, or with a sign and is neither a decimal number
 * ("-5.5e-3") nor the sign alone ("-", which means "none").
 */
bool	 output_is_formula(const char *, size_t n);

/* The same as output_cell, but a formula gets a leading ' first. */
void	 output_text_cell(struct output *, const char *, size_t n);

/* Writes n bytes to a descriptor; false, and errno tells why, if it fails. */
bool	 output_write_all(int fd, const char *, size_t n);

/* Writes out all complete rows. */
void	 output_flush(struct output *);

/* Ends the row with a newline; writes out the rows if they are enough. */
static inline void
output_end_row(struct output *o)
{
	output_char(o, '\n');
	o->whole = o->used;
	if (o->used >= OUTPUT_BYTES)
		output_flush(o);
}

/* Flushes, closes the descriptor, checks both, frees the buffer. */
void	 output_close(struct output *);

/* Ends the program as SIGPIPE would: the reader of its output is gone. */
_Noreturn void	 output_reader_gone(void);

#endif
