/*
 * detect - rules applied to rows: counts, incidents and alerts
 *
 * Rows are put in one by one, and alerts are passed to a callback.  Alerts
 * depend on the rows alone, not on when they arrive.
 *
 * packets= is counted in a sliding window that ends at the newest row of the
 * state: the times of the last limit + 1 packets are kept, so the count is
 * exact.  unique= likewise keeps the last limit + 1 values.  bytes= is summed
 * in bins aligned to the epoch, and so are packets= above RULES_SLIDING_MAX and
 * share=, which is evaluated when a bin closes.
 *
 * answered=no counts a row when it is refused, or when its wait is over, as
 * does completed=no, which does not count refused ones.  With answered=seldom,
 * each row that is answered takes a value away.
 *
 * An incident starts with the row of the first match.  It ends when the stream
 * clock is a window of the rule past the last match.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_H
#define DETECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "detect/addrset.h"
#include "detect/rules.h"
#include "detect/states.h"
#include "detect/talks.h"
#include "detect/turns.h"
#include "tally/clock.h"
#include "tally/keytable.h"

#define DETECT_PROTOS	1024		/* names of protocols kept apart */
#define DETECT_INCIDENTS	((size_t)1 << 18)	/* open at once */
#define DETECT_BLOCKS	((size_t)64 << 20)	/* bytes of times, values */
#define DETECT_WAITING	32768	/* rows that wait equally long, at most */

/* An address of a row, and a hash of it with a secret seed. */
struct detect_addr {
	struct ipaddr	ip;		/* family 0: the row has none */
	uint64_t	hash;
};

struct detect_row {
	int64_t		 time_ns;
	uint64_t	 packets;
	uint64_t	 bytes;
	struct detect_addr src, dst;
	uint32_t	 proto;		/* of detect_proto */
	uint32_t	 present;	/* columns with a value, a bit each */
	uint16_t	 number[RULES_COLUMNS];
	ruleset		 refused;	/* rules that its labels do not meet */
};

enum detect_phase { DETECT_START, DETECT_UPDATE, DETECT_END };

struct detect_alert {
	int64_t		 time_ns;
	enum detect_phase phase;
	const struct rule *rule;
	struct ipaddr	 src;		/* family 0: not tracked */
	struct ipaddr	 dst;		/* likewise; or a network's first */
	uint16_t	 port;		/* if the rule tracks one */
	struct slice	 proto;		/* empty: the rule takes any */
	/*
	 * Packets, bytes or distinct values in one window: at the start those
	 * of the match, in an update the most since the last alert, at the end
	 * the most of the incident.  Of share=: hundredths of a percent.
	 */
	uint64_t	 value;
};

/* What a rule counted at a row, in one of its states. */
struct detect_sample {
	size_t		rule;
	size_t		state;		/* its index, below max_keys */
	bool		fresh;		/* the first count of a new state */
	int64_t		ns;
	uint64_t	value;		/* as in an alert */
};

/* How a rule counts rows. */
enum detect_kind { DETECT_SLIDING, DETECT_UNIQUE, DETECT_BINS, DETECT_REGULAR };

/*
 * What the count of a row needs of its rule: struct rule is so large that each
 * member of it would be in a line of the cache of its own.
 */
struct detect_rule {
	uint64_t	 limit;
	int64_t		 window_ns;
	int64_t		 cooldown_ns;
	uint8_t		 kind;		/* enum detect_kind */
	uint8_t		 track;		/* enum rules_track */
	uint8_t		 unique;	/* enum rules_unique */
	uint8_t		 regular;
	bool		 bytes;
	bool		 sums;		/* of a bin or a share, not a window */
	bool		 oneway;	/* RULES_ONEWAY */
};

/* The state of a rule that a row of the batch looks up. */
struct detect_lookup {
	const struct detect_row *row;
	struct state	*state;		/* NULL: there was none */
	uint64_t	 hash;		/* of its key */
	size_t		 rule;
};

#define DETECT_BATCH	32	/* rows looked up together */

/* A row in the batch, whose states are being prefetched. */
struct detect_pending {
	struct detect_row row;
	ruleset		 rules;		/* which count it */
	uint64_t	 talk_hash;	/* of its conversation */
	bool		 talk_side;	/* which of the two sent it */
	unsigned	 talk;		/* TALK_NEW and so on */
	bool		 held;		/* it is far from the clock */
	/* Of the batch's look-ups: those of the row. */
	const struct detect_lookup *look, *looked;
};

struct detect_protocol;
struct detect_incident;
struct detect_due;
struct detect_answers;

/* The bin of a rule with share=. */
struct detect_share {
	bool		 open;
	int64_t		 start_ns;
	int64_t		 end_ns;
	uint64_t	 total;
	uint64_t	*part;		/* of each protocol */
};

/*
 * Open incidents are counted by some bits of a hash of what they are about, so
 * that detect_tags looks for them only where there are some: ipflag --set home
 * --tag takes 0.75 of the time on a million rows.
 */
#define DETECT_OPEN_AT	4096

/*
 * The hashes of networks that rows had last save 5 % of the instructions of the
 * set home with a million sources.
 */
#define DETECT_NET_BITS	8
struct detect_net {
	uint64_t	 word;		/* the address's first bytes */
	uint64_t	 hash;		/* 0: none */
};

struct detect {
	const struct rules *rules;
	ruleset		 active;	/* rules not disabled */
	void		(*on_alert)(void *, const struct detect_alert *);
	/* Optional.  If set, called with each count instead of on_alert. */
	void		(*on_count)(void *, const struct detect_sample *);
	/* Optional.  If set, called with each row once it was counted. */
	void		(*on_row)(void *, const struct detect_row *);
	void		*arg;
	int64_t		 lateness_ns;	/* of rows that are counted, 1 s */
	/* Counts. */
	uint64_t	 late;		/* rows that were later than that */
	uint64_t	 stray;		/* rows the clock did not follow */
	uint64_t	 suppressed;	/* starts within a cooldown */
	uint64_t	 started, ended;
	uint64_t	 ended_early;	/* incidents, as memory was full */
	uint64_t	 truncated;	/* counts, as memory was full */
	uint64_t	 impatient;	/* rows that could not wait, likewise */
	struct stream_clock clock;
	struct states	 states;
	ruleset		 open;		/* rules with open incidents */
	/* The rest is the module's own. */
	int64_t		 now_ns;
	int64_t		 wake_ns;	/* when a bin or an incident ends */
	struct keytable	 names;
	struct detect_protocol *protocol;	/* by number */
	ruleset		 group_rules;	/* rules of groups */
	ruleset		 shares;	/* rules with share= */
	ruleset		 global;	/* rules with one state for all rows */
	ruleset		 counting;	/* rules that count rows at once */
	struct detect_rule rule[RULES_MAX];
	ruleset		 waiting;	/* rules whose rows wait */
	ruleset		 answered;	/* those with answered= or completed= */
	ruleset		 incomplete;	/* those with completed= */
	ruleset		 plain;		/* those with encrypted= */
	ruleset		 seldom;	/* those with answered=seldom */
	ruleset		 once;		/* those with repeated= */
	ruleset		 unserved;	/* those with served= */
	ruleset		 midway;	/* answered= of TCP without a SYN */
	ruleset		 data;		/* answered= of data of TCP */
	int64_t		 plain_ns;	/* the last of plain, data is due */
	uint32_t	 waits;		/* rows that wait */
	ruleset		 about_dst;	/* rules that track no source */
	ruleset		 tracking[RULES_BY_RULE + 1]; /* rules, by track= */
	ruleset		 nets_of_dst;	/* rules that count for networks */
	ruleset		 talking;	/* rules on conversations */
	ruleset		 talk_rules[TALK_KINDS]; /* that count such rows */
	struct talks	 talks;
	ruleset		 refused;	/* rules with refused= */
	struct turns	 turns;
	/* A NULL ends them. */
	struct detect_answers *answers[RULES_WAITS + 1];
	ruleset		 needing[RULES_COLUMNS];	/* rules, by column */
	/* By the columns that a row has: the rules that can count it. */
	ruleset		 with[1 << RULES_COLUMNS];
	struct rules_condition *condition;
	size_t		 conditions;
	struct detect_net net[1 << DETECT_NET_BITS];
	struct addrset	 nets[2];	/* as source, as destination */
	ruleset		 netted;	/* rules on networks or groups */
	ruleset		 within[2];	/* that want a side to be in one */
	int64_t		 keep_ns[RULES_MAX];
	struct detect_share share[RULES_MAX];
	/* Those that agree on another time than the clock's. */
	struct detect_pending held[CLOCK_AGREE];
	size_t		 holding;	/* as many as clock.agreeing */
	struct detect_pending queue[DETECT_BATCH];
	size_t		 queued;
	struct detect_incident *incident;
	/* Of each rule: those of which its incidents may be part. */
	ruleset		 joined[RULES_MAX];
	ruleset		 joining;	/* rules that are in one of these */
	ruleset		 listed_nets;	/* whose incidents are by networks */
	ruleset		 of[RULES_MAX];	/* whose incidents each rule counts */
	ruleset		 followed;	/* rules that are in one of these */
	uint32_t	*reported;	/* incidents by address */
	size_t		 incidents;	/* used ones of the array */
	size_t		 incidents_cap;
	uint32_t	 incident_free;	/* a list; 0: none */
	uint32_t	 incidents_open;
	uint32_t	 open_of[RULES_MAX];
	uint32_t	 open_at[DETECT_OPEN_AT];	/* by detect_tracked */
	uint64_t	 sequence;
	struct detect_due *due;		/* a heap, the soonest first */
	size_t		 dues;
	size_t		 dues_cap;
	/* Last: not cleared, to have no memory that is not needed. */
	struct detect_lookup look[DETECT_BATCH * RULES_MAX];
};

/*
 * Prepares to apply the rules (borrowed) to rows, with at most max_keys
 * states.  All rules are active.  detect_release frees.
 */
void	 detect_init(struct detect *, const struct rules *, size_t max_keys,
	    void (*on_alert)(void *, const struct detect_alert *), void *arg);
void	 detect_release(struct detect *);

/* What detect_proto does with a protocol that is new. */
uint32_t detect_new_proto(struct detect *, struct slice);

/* The number of a protocol, for detect_row, from the text of a cell. */
static inline uint32_t
detect_proto(struct detect *d, struct slice name)
{
	const struct keytable_entry *e = keytable_find(&d->names, name.at,
	    name.len);

	return e == NULL ? detect_new_proto(d, name) : (uint32_t)e->number;
}

/* Where the next row may be made; what is there is of an earlier one. */
static inline struct detect_row *
detect_next(struct detect *d)
{
	return &d->queue[d->queued].row;
}

/*
 * Puts in the next row, a copy of it unless it is detect_next's.  Rows are
 * counted in batches of DETECT_BATCH, whose states are prefetched together,
 * which with 1,000,000 sources saves half of the time; detect_flush counts
 * those of an incomplete batch.
 */
void	 detect_put(struct detect *, const struct detect_row *);
void	 detect_flush(struct detect *);

/* At the end of input: counts what is left and ends all incidents. */
void	 detect_finish(struct detect *);

/*
 * The rules with an open incident about the row's addresses.  Of rules that
 * track destinations alone, those that would count the row.  *victim is set to
 * the rules with one about what the row replies to.
 */
ruleset	 detect_tags(struct detect *, const struct detect_row *,
	    ruleset *victim);

#endif
