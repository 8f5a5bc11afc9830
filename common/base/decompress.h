/*
 * decompress - compressed input through the system's own decompressors
 *
 * A program of the system (gzip, zstd, xz, bzip2, lz4) runs as a child that
 * writes plain bytes into a pipe.  The format is recognised by the first bytes
 * of the input, never by its name.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DECOMPRESS_H
#define DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The number of bytes that decompress_detect needs. */
#define DECOMPRESS_MAGIC_MAX	6

struct decompressor {
	const char	*magic;		/* the first bytes of its files */
	size_t		 magic_len;
	const char	*argv[4];	/* the command, NULL-ended */
};

/* The decompressor for input that starts with these n bytes, or NULL. */
const struct decompressor *decompress_detect(const char *, size_t n);

/*
 * Starts the decompressor on the input open at fd, of which the first n bytes
 * (at head) have been read.  Returns the descriptor of the plain bytes, which
 * the caller closes; fd is closed unless it is standard input.  *child is the
 * decompressor's process.  *fed: fd cannot seek back, and another process
 * repeats the bytes already read.  Both end with the caller.  Ends the program
 * with status 3 if the system refuses a process or a pipe.
 */
int	decompress_start(const struct decompressor *, int fd, const char *head,
	    size_t n, pid_t *child, bool *fed);

/*
 * Waits for the decompressor.  Returns NULL on success, else the reason as a
 * static string.  With want_all false, the caller did not read to the end: the
 * status is ignored, and nobody waits for a child that is fed, whose producer
 * may never write again.  *ran is false if the program is not installed or was
 * killed by a signal: its input may be intact.
 */
const char *decompress_wait(pid_t child, bool fed, bool want_all, bool *ran);

#endif
