/*
 * binrate - rates of bins, and their percentiles
 *
 * A rate is what a bin has for each second of its length.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BINRATE_H
#define BINRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/slice.h"
#include "tally/keytable.h"

/* A bin's sums, and its length: more than 0. */
struct binrate {
	struct keytable_sums sums;
	uint64_t	 length_ns;
};

/* Writes two cells: packets and bits a second, rounded half up to 3 digits. */
void	binrate_write(struct output *, const struct binrate *packets,
	    const struct binrate *bytes);

/* The bins of each key. */
struct percentiles {
	struct keytable	 keys;
	/* The rest is the module's own. */
	struct percentile_bins {
		struct binrate *bin;
		size_t	 used, cap;
	} *bins;		/* by number of the key */
	size_t		 cap;
	struct output	 text;
};

/* Prepares; percentiles_release frees. */
void	percentiles_init(struct percentiles *);
void	percentiles_release(struct percentiles *);

/* Adds a bin of a key; one of zeros is not kept, but its key is. */
void	percentiles_add(struct percentiles *, struct slice key,
	    const struct binrate *);

/* The numbers of the keys, in their order; the caller frees the list. */
size_t	*percentiles_order(struct percentiles *);

/*
 * The bin of a key that has the nearest rank, ceil(thousandths / 100000 *
 * total), of total bins in order of packets, or of bytes, a second; those that
 * were not added are zeros.  length_ns is theirs.
 */
struct binrate percentiles_find(struct percentiles *, size_t key,
	    uint64_t thousandths, uint64_t total, bool by_bytes,
	    uint64_t length_ns);

#endif
