/*
 * decompress - compressed input through the system's own decompressors
 *
 * A program of the system (gzip, zstd, xz, bzip2, lz4) runs as a child that
 * writes plain bytes into a pipe.  Its format is told by the first bytes of
 * the input, never by a name.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DECOMPRESS_H
#define DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* How many first bytes decompress_detect wants to see. */
#define DECOMPRESS_MAGIC_MAX	6

struct decompressor {
	const char	*magic;		/* the first bytes of such a file */
	size_t		 magic_len;
	const char	*argv[4];	/* the command, NULL-ended */
};

/* The decompressor for input that starts with these n bytes, or NULL. */
const struct decompressor *decompress_detect(const char *, size_t n);

/*
 * Starts the decompressor on the input open at fd, of which the first n bytes
 * (at head) have been read.  Returns the descriptor of the plain bytes, which
 * the caller closes; fd is closed unless it is standard input.  *child is the
 * decompressor's process, *feeder one that repeats the bytes already read
 * where fd cannot seek back, else 0: both for decompress_wait.  Ends the
 * program with status 3 if no process or pipe can be had.
 */
int	decompress_start(const struct decompressor *, int fd, const char *head,
	    size_t n, pid_t *child, pid_t *feeder);

/*
 * Waits for both processes.  Returns NULL if all went well, else why not, in
 * a static string.  With want_all false the caller did not read to the end, and
 * how they ended does not matter.  *ran is false if there was no such program
 * or a signal ended it, so that its input may be whole.
 */
const char *decompress_wait(pid_t child, pid_t feeder, bool want_all,
    bool *ran);

#endif
