/*
 * stream - the operands of a program, read in large blocks
 *
 * Opens each operand in turn (none or "-" is standard input), reads
 * compressed ones through the system's own decompressor, and keeps the unread
 * bytes in one block: buf[start] to buf[end - 1].  Callers parse in place and
 * move start forward.  SLICE_SLACK bytes past end may be read, and are zero.
 *
 * Before it waits for input it flushes the program's output; while it waits it
 * notices that the reader of that output is gone.  The first SIGINT is ignored
 * while a pipe is read (its writer got it too); a second one, or SIGTERM, reads
 * as the end of the input; SIGUSR1 prints the counts.
 *
 * It prints warnings and keeps the exit status.  It ends the program where the
 * reader of its output is gone, where a sum does not fit, and where the system
 * refuses a poll, a pipe or a process for a decompressor.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/output.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/utf16.h"

#define STREAM_BAD_ROWS_SHOWN 10	/* messages on bad rows; then a count */

struct stream {
	const char	*name;		/* of the operand, for messages */
	char		*buf;		/* the block; writable */
	size_t		 start;		/* the first unread byte */
	size_t		 end;		/* one past the last byte read */
	uint64_t	 offset;	/* of buf[0] in the (plain) operand */
	uint64_t	 rows;		/* good rows, counted by the caller */
	uint64_t	 bad_rows;	/* skipped rows, see stream_bad_row */
	int		 status;	/* the highest exit status so far */

	/* The rest is the module's own. */
	char		**operands;	/* those still to come, NULL-ended */
	bool		 use_stdin;	/* no operand was given */
	struct output	*out;
	size_t		 cap;
	int		 fd;		/* -1: no operand is open */
	bool		 waits;		/* fd can block: no regular file */
	bool		 eof;
	pid_t		 child;		/* decompressor, 0 if none */
	bool		 fed;		/* the child is, from a pipe */
	const char	*child_name;
	char		*shown;		/* the name, if it is another */
	bool		 child_wrote;	/* at least a byte */
	bool		 is_utf16;	/* see stream_utf16 */
	struct utf16	 utf16;
	bool		 aside;		/* see stream_aside */
	int64_t		 (*tick)(void *);	/* see stream_tick */
	void		*tick_arg;
};

/*
 * Prepares to read the operands, a NULL-ended vector such as argv + optind;
 * an empty one means standard input.  Rows of out are flushed before a wait.
 * Both are borrowed.  Installs the signal handlers.
 */
void	stream_init(struct stream *, char **operands, struct output *out);

/*
 * The same for files that are no operands, such as a table that an option
 * names: the signal handlers stay as they are.  Such files may be read in a
 * tick of another stream.
 */
void	stream_aside(struct stream *, char **files);

/*
 * Calls tick(arg) before each read and, during a wait, at the time that it
 * returned last (ns of CLOCK_MONOTONIC) and after a signal, so tick must look
 * at the clock itself.  What it writes to the program's output is flushed
 * before the next wait.  NULL ends the calls.
 */
void	stream_tick(struct stream *, int64_t (*tick)(void *), void *arg);

/*
 * Opens the next operand and reads its first block.  One that cannot be
 * opened is skipped with a warning (status 3).  False: there are no more.
 */
bool	stream_next(struct stream *);

/*
 * Reads more bytes after end.  The unread bytes may move to the front of the
 * block or to a larger block, which invalidates pointers into it.  False if
 * nothing was added: at the end of the operand, or after a read error (a
 * warning, status 3).
 */
bool	stream_fill(struct stream *);

/* Whether stream_fill would wait now: the producer has nothing ready. */
bool	stream_would_wait(const struct stream *);

/*
 * Before the first byte of the open operand is used: if it is text in UTF-16,
 * makes it UTF-8, and what is read later, too.
 */
void	stream_utf16(struct stream *);

/* Reads until n bytes are unread; false if the operand ends before. */
bool	stream_need(struct stream *, size_t n);

/* Skips n bytes; false if the operand ends before. */
bool	stream_skip(struct stream *, uint64_t n);

/* Whether the open operand is a regular file, not compressed or converted. */
bool	stream_is_file(const struct stream *);

/*
 * Continues at an offset of the operand, and discards the unread bytes.  False
 * if the operand is no uncompressed regular file.
 */
bool	stream_seek(struct stream *, uint64_t offset);

/* Whether SIGTERM or a second SIGINT asked the program to end. */
bool	stream_stopped(void);

/* Raises the exit status to at least this one. */
void	stream_status(struct stream *, int status);

/*
 * Prints the warning "prog: name: text" about the open operand, and raises the
 * exit status.
 */
void	stream_warn(struct stream *, int status, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * Reports a skipped row: prints "prog: name:line: text" for the first ten, and
 * only counts the others.  Raises the status to 1.
 */
void	stream_bad_row(struct stream *, uint64_t line, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * At the end: prints how many rows, or what else they are, were not evaluated
 * and why, "without a time", and raises the status to 1; nothing if n is 0.
 */
void	stream_not_evaluated(struct stream *, uint64_t n, const char *what,
	    const char *why);

/*
 * Ends the program with status 3: with the row in this line, the sum of a key
 * of n bytes exceeds 2^63 - 1.
 */
_Noreturn void	stream_sum_overflow(const struct stream *, uint64_t line,
	    const char *key, size_t n);

/*
 * Prints the number of bad rows if some were not shown, frees the block and
 * returns the exit status.  Call it once, after the last operand.
 */
int	stream_finish(struct stream *);

#endif
