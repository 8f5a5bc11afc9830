/*
 * keyfile - a file of keys and what is known of each, between two runs
 *
 * A head names the kind of file and its identity, then come the user's own
 * parts and the keys, and an end shows that the file is whole.  All of it is
 * written as it is in memory, so that a file is of one version and one byte
 * order; no other is read.  Writing needs no checks: newfile_close does them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEYFILE_H
#define KEYFILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "tally/keytable.h"

#define KEYFILE_DAMAGED	"a damaged state"

struct keyfile_kind {
	char		magic[16];	/* the first bytes of the file */
	const char	*owner;		/* whose state it is, for messages */
	uint32_t	version;
	uint32_t	bytes;		/* of the data of a key */
	bool		(*is_valid)(const void *data);
};

/* The parts of a file in their order; errors are those of the FILE. */
void	keyfile_write_head(FILE *, const struct keyfile_kind *,
	    const char *identity);
void	keyfile_write_keys(FILE *, const struct keyfile_kind *,
	    const struct keytable *);
void	keyfile_write_end(FILE *);

/*
 * Opens a file and reads its head.  Returns NULL with *f set to NULL if there
 * is no file; else NULL with *f open; or what is wrong, for a message after
 * the file's name, valid until the next call, with *f NULL.
 */
const char *keyfile_open(FILE **f, const char *path,
	    const struct keyfile_kind *, const char *identity);

/*
 * Opens a file likewise, has read_rest read what follows the head, and closes
 * it.  Returns what is wrong, or NULL, also if there is no file.
 */
const char *keyfile_read(const char *path, const struct keyfile_kind *,
	    const char *identity, const char *(*read_rest)(FILE *, void *),
	    void *arg);

/* Whether n bytes could be read. */
bool	keyfile_get(FILE *, void *, size_t n);

/* Reads a text of len bytes, for free(3), SLICE_SLACK after it; or NULL. */
char	*keyfile_get_text(FILE *, uint64_t len);

/*
 * Reads n keys into a table, each with its data allocated, whatever the bounds
 * of the table are, as REST was above them; false if one is damaged or there
 * twice.
 */
bool	keyfile_get_keys(FILE *, const struct keyfile_kind *,
	    struct keytable *, uint64_t n);

/* Whether the file is at its end, and whole. */
bool	keyfile_get_end(FILE *);

#endif
