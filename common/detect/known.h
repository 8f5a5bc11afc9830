/*
 * known - addresses that were seen before; a bad file of them ends the program
 *
 * Rules with known=no count only rows whose tracked address, the source unless
 * they track destinations alone, is in none of the networks of the file.  What
 * they flag can be added to it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KNOWN_H
#define KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "detect/detect.h"
#include "detect/rules.h"

struct known_address;

struct known {
	const char	*path;		/* NULL: there is no list */
	bool		 learning;	/* what is new is added to it */
	ruleset		 rules;		/* with known=no */
	bool		 first;		/* there is no file yet: flag nothing */
	uint64_t	 over;		/* addresses beyond what has room */
	/* The module's own. */
	bool		 table;		/* the file is a CSV table */
	size_t		 room;		/* addresses that may be added */
	struct known_address *added;
	size_t		 used;
};

/*
 * Reads the file of path, if it is set, into the rules.  Only when learning it
 * need not exist.  Ends the program with status 2 and a message if it is bad.
 */
void	known_read(struct known *, struct rules *);

/* The rules that may not flag anything. */
ruleset	 known_off(const struct known *);

/* Notes the address of an alert of a rule with known=no. */
void	known_see(struct known *, const struct rules *,
	    const struct detect_alert *);

/*
 * Adds the noted addresses to the file, each with the time at which it was
 * flagged.  Returns NULL, or what went wrong.
 */
const char *known_write(struct known *);

/* Frees what known_see noted. */
void	known_release(struct known *);

#endif
