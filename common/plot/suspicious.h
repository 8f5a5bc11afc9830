/*
 * suspicious - protocols that deserve a look, and from which share on
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SUSPICIOUS_H
#define SUSPICIOUS_H

#include <stdbool.h>
#include <stdint.h>

struct suspicious {
	const char	*proto;
	unsigned	 percent;	/* of all packets; more is suspicious */
	const char	*why;
};

/* The table, ended by one whose proto is NULL. */
extern const struct suspicious suspicious_table[];

/*
 * Why so many packets of the protocol among all are suspicious, or NULL.
 */
const char	*suspicious_why(const char *proto, uint64_t packets,
		    uint64_t all);

#endif
