/*
 * suspicious - protocols that deserve a look, above a share of all packets
 *
 * The table is scripts/report/suspicious.tsv, which the Makefile turns into C.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SUSPICIOUS_H
#define SUSPICIOUS_H

#include <stddef.h>
#include <stdint.h>

struct suspicious {
	const char	*proto;
	unsigned	 percent;	/* of all packets; more is suspicious */
	const char	*why;
};

/* The table; the proto of its last entry is NULL. */
extern const struct suspicious suspicious_table[];

/*
 * Why a protocol with this many of all packets is suspicious; NULL if it is
 * not.
 */
const char	*suspicious_why(const char *proto, uint64_t packets,
		    uint64_t all);

#endif
