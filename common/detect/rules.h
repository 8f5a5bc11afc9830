/*
 * rules - the rules of ipflag, read from text and written
 *
 * A line has one statement, of words separated by blanks; a word that starts
 * with # starts a comment.  pktpipe-rules(5) has the grammar:
 *
 *	rule NAME[@GROUP] key=value ...
 *	group NAME CIDR[,CIDR ...]
 *	allow src|dst|any CIDR|GROUP [rule=NAME]
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef RULES_H
#define RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ipaddr.h"
#include "base/output.h"
#include "base/protocol.h"
#include "base/slice.h"
#include "base/tcpflags.h"
#include "detect/ruleset.h"


#define RULES_GROUPS_MAX	64
#define RULES_NETS_MAX		65536
#define RULES_NAME_MAX		31	/* bytes of a name, @GROUP included */
#define RULES_UNIQUE_MAX	1000	/* packets= of a rule with unique= */
#define RULES_SIDE_MAX		127	/* bytes of src= or dst= */
#define RULES_LIST_MAX		127	/* bytes of part-of= or of= */
#define RULES_LABELS_MAX	255	/* bytes of a rule's labels */
#define RULES_LABEL_COLUMNS	16	/* that a set looks at */
#define RULES_WAITS		4	/* different within= of a set */
#define RULES_WAIT_MAX_S	60	/* the longest */
#define RULES_REGULAR_MAX	100	/* packets= of a rule with regular= */
#define RULES_SLIDING_MAX	1000000	/* packets= of a sliding window */

enum rules_severity { RULES_LOW, RULES_MEDIUM, RULES_HIGH };

enum rules_track {
	RULES_BY_SRC, RULES_BY_DST, RULES_BY_BOTH, RULES_BY_DST_NET,
	RULES_BY_SRC_DPORT, RULES_BY_DST_DPORT, RULES_BY_BOTH_DPORT,
	RULES_BY_PROTO, RULES_BY_RULE
};

/* Whether a rule counts for each destination port. */
static inline bool
rules_by_port(enum rules_track track)
{
	return track >= RULES_BY_SRC_DPORT && track <= RULES_BY_BOTH_DPORT;
}

/* Whether a rule counts for destinations, whoever sends. */
static inline bool
rules_about_dst(enum rules_track track)
{
	return track == RULES_BY_DST || track == RULES_BY_DST_NET ||
	    track == RULES_BY_DST_DPORT;
}

/* The bits of the networks that RULES_BY_DST_NET counts for. */
static inline unsigned
rules_net_bits(const struct ipaddr *a)
{
	return a->family == 4 ? 24 : 48;
}

enum rules_side { RULES_SRC, RULES_DST };

enum rules_unique {
	RULES_ALL, RULES_UNIQUE_SRC, RULES_UNIQUE_DST, RULES_UNIQUE_SPORT,
	RULES_UNIQUE_DPORT, RULES_UNIQUE_ENDS, RULES_UNIQUE_PROTO
};

/* The columns that rules may look at; from RULES_NUMBERS on, of numbers. */
enum rules_column {
	RULES_COLUMN_SRC, RULES_COLUMN_DST, RULES_COLUMN_PROTO,
	RULES_COLUMN_FLAGS, RULES_COLUMN_DPORT, RULES_COLUMN_SPORT,
	RULES_COLUMN_ICMP, RULES_COLUMN_LEN, RULES_COLUMNS
};
#define RULES_NUMBERS	RULES_COLUMN_FLAGS

#define RULES_RANGES_MAX	64	/* of a condition on numbers */

struct rules_range {
	uint16_t	 from, to;
};

/* The numbers that meet a condition, in ascending ranges. */
struct rules_numbers {
	uint16_t	 ranges;
	struct rules_range range[RULES_RANGES_MAX];
};

/* A match is more than limit packets or bytes in a window. */
struct rule {
	char		 name[RULES_NAME_MAX + 1];
	enum rules_severity severity;
	enum rules_track track;
	enum rules_unique unique;	/* count distinct values of this */
	bool		 bytes;		/* count bytes, not packets */
	bool		 bins;		/* in bins, in no sliding window */
	char		 side[2][RULES_SIDE_MAX + 1];	/* src=, dst= */
	uint8_t		 within;	/* sides that must be in a network */
	uint16_t	 talk;		/* RULES_UNANSWERED and so on */
	int64_t		 wait_ns;	/* within=, of RULES_WAITING */
	char		 part_of[RULES_LIST_MAX + 1];
	char		 of[RULES_LIST_MAX + 1];	/* rules, or "" */
	bool		 known;		/* only addresses that are not known */
	uint8_t		 regular;	/* jitter in percent, 0: any */
	uint64_t	 limit;
	int64_t		 window_ns;
	unsigned	 share;		/* and over this percentage, if not 0 */
	int64_t		 cooldown_ns;
	bool		 any_proto;
	bool		 proto[PROTO_COUNT];	/* else those counted */
	uint8_t		 flags;		/* of flags=, as in tcpflags.h */
	uint8_t		 flags_ignored;
	char		 flags_mode;	/* 0: exactly; or one of !*+ */
	/* Of the columns from dport on; see rules_numbers_of. */
	struct rules_numbers numbers[RULES_COLUMNS - RULES_COLUMN_DPORT];
	/* Conditions on labels, COLUMN=VALUES, with blanks between. */
	char		 labels[RULES_LABELS_MAX + 1];
	uint32_t	 keys;		/* that it has, a bit each */
	int		 parent;	/* a group's: its rule's index, or -1 */
	int		 group;		/* and the group's, or -1 */
};

/* What a rule wants of a row's place in its conversation. */
#define RULES_UNANSWERED	1	/* a SYN, or the first row of UDP ... */
#define RULES_INCOMPLETE	2	/* a SYN that no ACK follows */
#define RULES_UNASKED	4		/* of the side that spoke first */
#define RULES_NEW	8		/* the first row */
#define RULES_ONEWAY	16		/* before the other side spoke */
#define RULES_PLAIN	32	/* a row whose connection has no TLS */
#define RULES_SELDOM	64	/* answered rows take unanswered ones away */
#define RULES_ONCE	128	/* repeated SYNs take the first away */
#define RULES_ASKED	256		/* of the other side */
#define RULES_REFUSED	512	/* after two replies of the same length */
#define RULES_UNSERVED	1024	/* the port has not answered the sender */
#define RULES_LATER	2048	/* all rows but the first */
#define RULES_WAITING	(RULES_UNANSWERED | RULES_INCOMPLETE | RULES_PLAIN)
#define RULES_TALKS	(RULES_UNASKED | RULES_NEW | RULES_ONEWAY | \
    RULES_ASKED | RULES_REFUSED | RULES_LATER)

#define RULES_FLAGS_SETS 256	/* of TCP flags */

/* Whether a rule with answered= is about data of TCP. */
static inline bool
rules_is_data(const struct rule *r)
{
	return r->flags == (TCP_PSH | TCP_ACK) && r->flags_mode == 0;
}

/* Whether a rule with answered= is about TCP whose SYN is not in the rows. */
static inline bool
rules_is_midway(const struct rule *r)
{
	return r->flags != 0 && (r->flags_mode == '!' ||
	    r->flags == (TCP_SYN | TCP_ACK));
}

/* The condition of a rule on a column of numbers. */
static inline struct rules_numbers *
rules_numbers_of(struct rule *r, enum rules_column column)
{
	return &r->numbers[column - RULES_COLUMN_DPORT];
}

/* A member of a group, or an allowed network. */
struct rules_net {
	struct ipaddr	 addr;
	uint8_t		 prefix;
	int		 group;		/* a member of it, or -1 */
	bool		 src;		/* allowed as this side */
	bool		 dst;
	ruleset		 rules;		/* by these rules */
	/* Of src= and dst=: the rules that want an address in it, or not. */
	ruleset		 in[2], out[2];
};

struct rules {
	struct rule	 rule[RULES_MAX];
	size_t		 count;
	char		 group[RULES_GROUPS_MAX][RULES_NAME_MAX + 1];
	size_t		 groups;
	struct rules_net *net;
	size_t		 nets;
	char		 label[RULES_LABEL_COLUMNS][RULES_NAME_MAX + 1];
	size_t		 labels;	/* columns of labels */
	/* After rules_parse failed: where, and why. */
	size_t		 line;
	size_t		 column;
	char		 why[400];
};

/*
 * A condition of rules on a column of numbers.  A number's class is an index
 * of the rules that allow it.  Pages of numbers that have the same classes are
 * stored once: those of ports take some 10 KiB, not 128, and so are in the
 * processor's first cache.
 */
#define RULES_PAGE	256
struct rules_condition {
	enum rules_column column;
	uint16_t	 page[(UINT16_MAX + 1) / RULES_PAGE]; /* of class_of */
	uint16_t	*class_of;	/* each number's of a page */
	ruleset		*allowing;	/* each class's */
};

/* The class of a number. */
static inline unsigned
rules_class(const struct rules_condition *c, uint16_t number)
{
	return c->class_of[c->page[number / RULES_PAGE] +
	    number % RULES_PAGE];
}

/* Prepares an empty set; rules_release frees. */
void	 rules_init(struct rules *);
void	 rules_release(struct rules *);

/*
 * Adds the statements of n bytes of text.  False at the first wrong one: sets
 * line and column (in bytes, from 1) and why.
 */
bool	 rules_parse(struct rules *, const char *text, size_t n);

/* The rule of this name and its groups' versions; none if there is none. */
ruleset	 rules_named(const struct rules *, struct slice name);

/* The rules that need a column. */
ruleset	 rules_needing(const struct rules *, enum rules_column);

/*
 * Sets *all to the conditions that the rules have, and returns how many;
 * rules_free_conditions frees them.
 */
size_t	 rules_conditions(const struct rules *, struct rules_condition **all);
void	 rules_free_conditions(struct rules_condition *all, size_t n);

/*
 * Takes the next condition from a rule's labels: its column and its values, as
 * they were written.  False: there is none.
 */
bool	 rules_next_label(const char **labels, struct slice *column,
	    struct slice *values);

/*
 * Removes the first part of a list "a,!b"; a ! before it sets negated.  False:
 * the list has no more.
 */
bool	 rules_next_part(struct slice *list, struct slice *part,
	    bool *negated);

/* Writes a rule as a line that reads back as the same rule. */
void	 rules_write(struct output *, const struct rule *);

/* Writes a duration in seconds, without trailing zeros. */
void	 rules_write_seconds(struct output *, int64_t ns);

/* The names of rules with something between; valid until the next call. */
const char *rules_names(const struct rules *, ruleset, const char *between);

/* The name of a severity, as in a rule. */
const char *rules_severity_name(enum rules_severity);

/*
 * What a rule counts, as a plural in -s: packets, bytes, hosts, ports and so
 * on, with a word before it if not all of them count; or percent of a sum.
 */
const char *rules_unit(const struct rule *);

/* The text of a built-in set (NUL-ended), or NULL. */
const char *rules_builtin(const char *name);

/* The names of the built-in sets, NULL-ended, the default first. */
extern const char *const rules_builtin_names[];

#endif
