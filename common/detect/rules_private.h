/*
 * rules_private - what the parts of rules share
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RULES_PRIVATE_H
#define RULES_PRIVATE_H

#include "csv/csv.h"
#include "detect/rules.h"

/* The line that is being read. */
struct rules_parser {
	struct rules	*set;
	const char	*start;		/* of the line */
	const char	*at;
	const char	*end;		/* of the line */
	struct slice	 word;		/* the last one read */
};

/* Takes down what is wrong at this place of the line; returns false. */
bool	rules_wrong(struct rules_parser *, const char *at, const char *fmt,
	    ...) __attribute__((format(printf, 3, 4)));

/* The same for a value: bad WHAT "VALUE", want WANT. */
bool	rules_bad(struct rules_parser *, const char *what, struct slice value,
	    const char *want);

/* Reads the next word of the line; false at its end or at a comment. */
bool	rules_word(struct rules_parser *);

/* Takes the next part of a list "a,b" off it; false if there is none. */
bool	rules_part(struct slice *list, struct slice *part);

/* The index of a word in a NULL-ended list, or -1. */
int	rules_choice(struct slice, const char *const *words);

/* Whether it is letters, digits, - and _, at most RULES_NAME_MAX. */
bool	rules_is_name(struct slice);

/* The index of the rule or group of this name, or -1. */
int	rules_find_rule(const struct rules *, struct slice name);
int	rules_find_group(const struct rules *, struct slice name);

/* Read what follows the first word of a statement. */
bool	rules_read_rule(struct rules_parser *);
bool	rules_read_group(struct rules_parser *);
bool	rules_read_allow(struct rules_parser *);

/* The words of a rule and of their values; see rules_text.c. */
enum rules_key {
	KEY_SEVERITY, KEY_PROTO, KEY_FLAGS, KEY_TRACK, KEY_PACKETS, KEY_BYTES,
	KEY_SECONDS, KEY_UNIQUE, KEY_SHARE, KEY_COOLDOWN, KEYS
};
extern const char *const rules_keys[], *const rules_severities[],
    *const rules_tracks[], *const rules_uniques[];

#endif
