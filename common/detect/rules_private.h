/*
 * rules_private - what the parts of rules share
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RULES_PRIVATE_H
#define RULES_PRIVATE_H

#include "csv/csv.h"
#include "detect/rules.h"
#include "nets/network.h"

#define RULES_STRING(x)	#x
#define RULES_TEXT(x)	RULES_STRING(x)	/* of a constant's value */

/* The line that is being read. */
struct rules_parser {
	struct rules	*set;
	const char	*start;		/* of the line */
	const char	*at;
	const char	*end;		/* of the line */
	struct slice	 word;		/* the last word read */
	/* Of the rule that is being read: what its line has so far, bits. */
	uint32_t	 seen;		/* keys */
	uint32_t	 seen_labels;	/* columns of labels */
};

/* Records what is wrong at a place of the line; returns false. */
bool	rules_wrong(struct rules_parser *, const char *at, const char *fmt,
	    ...) __attribute__((format(printf, 3, 4)));

/* The same for a value: bad WHAT "VALUE", want WANT. */
bool	rules_bad(struct rules_parser *, const char *what, struct slice value,
	    const char *want);

/* Reads the next word of the line; false at its end or at a comment. */
bool	rules_word(struct rules_parser *);

struct rules_key;

/* Removes the first part of a list "a,b"; false if there is none. */
bool	rules_part(struct slice *list, struct slice *part);

/*
 * The index of a word in a NULL-ended list.  -1 if it is not in the list,
 * which is recorded as a bad WHAT.
 */
int	rules_choose(struct rules_parser *, const char *what, struct slice,
	    const char *const *words);

/* Whether a word is a name: letters, digits, - and _, of bounded length. */
bool	rules_is_name(struct slice);

/* The index of the rule or group of this name, or -1. */
int	rules_find_rule(const struct rules *, struct slice name);
int	rules_find_group(const struct rules *, struct slice name);

/* Read what follows the first word of a statement. */
bool	rules_read_rule(struct rules_parser *);
bool	rules_read_group(struct rules_parser *);
bool	rules_read_allow(struct rules_parser *);

/* Reads a network ADDRESS[/PREFIX]; adds one to the set. */
bool	rules_read_net(struct rules_parser *, struct slice,
	    struct rules_net *);
bool	rules_add_net(struct rules_parser *, const struct rules_net *);

#define RULES_KEYS_MAX	32	/* bits of rule.keys */

/* Reads a duration of at least min_ns as the value of a key. */
bool	rules_read_duration(struct rules_parser *, const struct rules_key *,
	    struct slice, int64_t min_ns, int64_t *ns);

/* A key that was read gives another one, too; false: the line has that. */
bool	rules_imply(struct rules_parser *, struct rule *, const char *word,
	    const char *at);

/* Whether a key is the name of a column of labels, such as src_country. */
bool	rules_is_label(struct slice key);

/* Reads a condition on labels, COLUMN=VALUES. */
bool	rules_read_label(struct rules_parser *, struct rule *,
	    struct slice column, struct slice values);

/* A key of a rule. */
struct rules_key {
	const char	*word;
	/* Reads the value.  False: it is bad, which was recorded. */
	bool		(*read)(struct rules_parser *,
			    const struct rules_key *, struct rule *,
			    struct slice);
	void		(*write)(struct output *, const struct rule *);
	/* Optional.  Why the rule as a whole is wrong, or NULL. */
	const char	*(*check)(const struct rule *);
	/* Optional.  The columns that a rule with it needs, a bit each. */
	unsigned	(*columns)(const struct rule *);
	/*
	 * Of a condition on a column of numbers, which are below values, not
	 * 0.  A rule with it needs the column.  allows: whether a number meets
	 * it; NULL: the rule's numbers have it.
	 */
	unsigned	 values;
	enum rules_column column;
	bool		(*allows)(const struct rule *, unsigned number);
	const char	*needed;	/* what a rule lacks without it */
	bool		 has_default;
};

/* Keys in files of their own: see struct rules_key. */
bool	rules_read_flags(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
bool	rules_allow_flags(const struct rule *, unsigned flags);
bool	rules_read_numbers(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
bool	rules_read_talk(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
unsigned rules_columns_of_talk(const struct rule *);
const char *rules_check_talk(const struct rule *);
bool	rules_read_limit(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
void	rules_write_limit(struct output *, const struct rule *);
bool	rules_read_within(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
void	rules_write_within(struct output *, const struct rule *);
const char *rules_check_within(const struct rule *);
bool	rules_read_side(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
unsigned rules_columns_of_sides(const struct rule *);
bool	rules_read_part_of(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
void	rules_write_part_of(struct output *, const struct rule *);
bool	rules_read_of(struct rules_parser *, const struct rules_key *,
	    struct rule *, struct slice);
void	rules_write_of(struct output *, const struct rule *);
const char *rules_check_of(const struct rule *);
void	rules_write_src(struct output *, const struct rule *);
void	rules_write_dst(struct output *, const struct rule *);
void	rules_write_answered(struct output *, const struct rule *);
void	rules_write_new(struct output *, const struct rule *);
void	rules_write_no(struct output *, const struct rule *);
void	rules_write_yes(struct output *, const struct rule *);
void	rules_write_asked(struct output *, const struct rule *);
void	rules_write_flags(struct output *, const struct rule *);
void	rules_write_sport(struct output *, const struct rule *);
void	rules_write_dport(struct output *, const struct rule *);
void	rules_write_icmp(struct output *, const struct rule *);
void	rules_write_len(struct output *, const struct rule *);

/* All of them, ended by one without a word. */
extern const struct rules_key rules_keys[];

#endif
