/*
 * bytes - a harness's input as a file, or as the stream that a program reads
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FUZZ_BYTES_H
#define FUZZ_BYTES_H

#include <err.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/stream.h"

/* The name of a file of n bytes, which are in no file system. */
static inline char *
file_of_bytes(const void *data, size_t n)
{
	static char path[32];
	static int fd = -1;

	if (fd == -1 && (fd = memfd_create("fuzz", 0)) == -1)
		err(1, "memfd_create");
	if (ftruncate(fd, 0) == -1 || pwrite(fd, data, n, 0) != (ssize_t)n)
		err(1, "memfd");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

/* Opens a stream of n bytes. */
static inline void
open_bytes(struct stream *in, const void *data, size_t n)
{
	static char *operands[] = { NULL, NULL };

	operands[0] = file_of_bytes(data, n);
	stream_init(in, operands, NULL);
}

#endif
