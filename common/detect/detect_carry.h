/*
 * detect_carry - what the parts of detect keep in a file
 *
 * Each function carries a part of a detect to the file, or from it into a
 * detect that has seen no row.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_CARRY_H
#define DETECT_CARRY_H

#include "detect/carry.h"
#include "detect/detect_private.h"

/* The clock, and the rows that it does not trust yet; the names before. */
void	detect_carry_clock(struct carry *, struct detect *);

/* The protocols of the rows, in the order of their numbers. */
void	detect_carry_names(struct carry *, struct detect *);

/* The windows and the open incidents; returns the keys that were left out. */
uint64_t detect_carry_states(struct carry *, struct detect *);

/* The open bins of rules with share=. */
void	detect_carry_shares(struct carry *, struct detect *);

/* The rows that wait for an answer. */
void	detect_carry_answers(struct carry *, struct detect *);

/* The conversations. */
void	detect_carry_talks(struct carry *, struct talks *);

/* A row. */
void	detect_carry_row(struct carry *, struct detect *,
	    struct detect_row *);

#endif
