/*
 * detect_private - what the parts of detect share
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DETECT_PRIVATE_H
#define DETECT_PRIVATE_H

#include "detect/detect.h"

/* A protocol of rows. */
struct detect_protocol {
	ruleset		 rules;		/* that count its rows */
	enum protocol	 known;		/* PROTO_NONE: not in the table */
	bool		 turns;		/* rules with refused= count them */
};

struct detect_incident {
	struct state	*state;
	uint64_t	 sequence;	/* 0: not in use */
	uint32_t	 next_free;
	uint16_t	 proto;		/* of the row that started it */
	bool		 reported;	/* its start was written */
	int64_t		 last_ns;	/* the last match */
	/* The span: windows end to end, from the first match's first row. */
	int64_t		 span_ns;
	uint64_t	 span;
	uint64_t	 recent;	/* the most since the last alert */
	uint64_t	 peak;
	uint32_t	 next[2];	/* see detect_part */
};

/* When an incident may end; stale if its sequence is another. */
struct detect_due {
	int64_t		 ns;
	uint64_t	 sequence;
	uint32_t	 incident;	/* its index + 1 */
};

/* A count, and what the current row adds to it. */
struct detect_count {
	uint64_t	value;		/* in the window; match: over limit */
	uint64_t	added;		/* by this row */
	int64_t		first_ns;	/* of the window */
};

/* The values of a state; without a block, it holds one. */
static inline struct state_seen *
detect_seen(struct state *t)
{
	return t->item == 0 ? &t->data.seen : t->data.all;
}

/* The time before which no row is counted any more. */
static inline int64_t
detect_settled(const struct detect *d)
{
	return timestamp_before(d->now_ns, d->lateness_ns);
}

/* The network of an address, see rules_net_bits. */
void	detect_net_of(const struct ipaddr *, struct ipaddr *net);

/* An address as a row has it, with its hash. */
struct detect_addr detect_addr(const struct ipaddr *);

/* Count a row in a state, each for its kind of rule, and set the count. */
void	detect_count_sliding(struct detect *, struct state *,
	    const struct detect_rule *, const struct detect_row *,
	    struct detect_count *);
void	detect_count_regular(struct detect *, struct state *,
	    const struct detect_rule *, const struct detect_row *,
	    struct detect_count *);
void	detect_count_unique(struct detect *, struct state *,
	    const struct detect_rule *, const struct detect_row *,
	    struct detect_count *);
void	detect_count_bin(struct detect *, struct state *,
	    const struct detect_rule *, const struct detect_row *,
	    struct detect_count *);

/* What unique= distinguishes rows by. */
uint64_t detect_distinct_value(enum rules_unique,
	    const struct detect_row *);

/* Takes the oldest packet or distinct value away, if there is one. */
void	detect_uncount(struct state *, const struct detect_rule *);

/*
 * The times of the t->used packets in a window, the oldest first; without a
 * block, a state itself has room for two items.  t->data.items is 0 in a state
 * that is new.
 */
struct detect_run {
	int64_t		ns;
	uint32_t	packets;	/* that have this time */
};

/* Values below are numbers of packets, not times. */
#define DETECT_TIMES_ROOM	20	/* 2^20 is over RULES_SLIDING_MAX */
#define DETECT_TIME_MIN	(INT64_MIN + ((int64_t)2 << DETECT_TIMES_ROOM))

static inline int64_t *
detect_times(struct state *t)
{
	return t->item == 0 ? t->data.time : t->data.times;
}

static inline uint32_t
detect_times_mask(const struct state *t)
{
	return ((uint32_t)1 << (t->item == 0 ? 1 : t->room)) - 1;
}

/*
 * Adds a packet after all others if there is room and they are then most or
 * fewer, those that are past the window included: these are dropped when a
 * count has to be exact.
 */
static inline bool
detect_times_add(struct state *t, int64_t ns, uint64_t most)
{
	uint32_t mask = detect_times_mask(t), n = t->used;

	if (ns <= t->newest_ns || ns < DETECT_TIME_MIN || n > mask ||
	    n >= most || t->data.numbers > 0)
		return false;
	detect_times(t)[(t->head + n) & mask] = ns;
	t->data.items = t->used = n + 1;
	return true;
}

/* Drops the packets that are past the window of a rule. */
void	detect_times_drop_past(struct state *, const struct detect_rule *);

/* The oldest and the newest time of a state that has some. */
int64_t	detect_times_oldest(struct state *);
int64_t	detect_times_newest(struct state *);

/* Drops the packets of the oldest time. */
void	detect_times_drop(struct state *);

/* Drops up to so many packets, the oldest first, that are before ns. */
uint32_t detect_times_drop_older(struct state *, int64_t ns,
	    uint32_t packets);

/*
 * Adds packets (1 or more) with one time; those of a time may be lost.  The
 * window then has no more than RULES_SLIDING_MAX + 1.
 */
void	detect_times_put(struct detect *, struct state *, int64_t ns,
	    uint32_t packets);

/* Reads the run at an item, the first of which is 0; returns the next one. */
uint32_t detect_times_run(struct state *, uint32_t item, struct detect_run *);

/*
 * Values of rules with unique= and a limit of DETECT_VALUES_MANY or more are a
 * log with an index, in order of time; those of others are searched.
 */
#define DETECT_VALUES_MANY	32
#define DETECT_LOG_ITEM	\
    ((unsigned)(sizeof(struct state_seen) + 2 * sizeof(uint16_t)))

/*
 * Fibonacci hashing; hashes of addresses are seeded, ports are few.  The bucket
 * of a log's index is the hash's first bits.
 */
static inline uint32_t
detect_values_hash(uint64_t value)
{
	return (uint32_t)(value * 0x9e3779b97f4a7c15 >> 32);
}

static inline const uint16_t *
detect_values_bucket(const struct state *t, uint32_t hash)
{
	return (const uint16_t *)(t->data.log.seen + ((size_t)1 << t->room)) +
	    (hash >> (31 - t->room));
}

/* Notes when a value was seen; returns whether it is new.  It may be lost. */
bool	detect_values_see(struct detect *, struct state *,
	    struct state_seen);

/* The same, but of a value that is there; returns whether it is. */
bool	detect_values_again(struct detect *, struct state *,
	    struct state_seen);

/* The oldest value of a state that has some, and its end. */
struct state_seen *detect_values_oldest(struct state *);
void	detect_values_drop_oldest(struct state *);

/* Makes the values the first things of the block, in order of time. */
void	detect_values_compact(struct state *);

/*
 * What the keys of a track= hold: masks of the hashes of addresses, and of a
 * destination port and a protocol's number.
 */
struct detect_parts {
	uint64_t	src, dst;
	uint32_t	port, proto;
	bool		net;		/* of dst, the network */
};
extern const struct detect_parts detect_parts[];

/*
 * A hash of what a track= tracks.  Hashes of addresses have a secret seed and
 * random bits: a sum of their multiples is as good as they are.
 */
static inline uint64_t
detect_mix(unsigned track, uint32_t more, uint64_t src, uint64_t dst)
{
	/* Odd constants with random bits: of the golden ratio and of pi. */
	return (src + more + ((uint64_t)track << 32)) * 0x9e3779b97f4a7c15u +
	    dst * 0x243f6a8885a308d3u;
}

/* The hash of the network of a row's destination, by a memo. */
uint64_t detect_net_hash(struct detect *, const struct detect_row *);

/* What a key has beside addresses: a port, or a protocol's number and 1. */
static inline uint32_t
detect_extra(const struct detect_parts *p, const struct detect_row *row)
{
	return (row->number[RULES_COLUMN_DPORT] & p->port) |
	    ((row->proto + 1) & p->proto);
}

/* The hash of what a track= tracks of a row. */
static inline uint64_t
detect_tracked(struct detect *d, unsigned track, const struct detect_row *row)
{
	const struct detect_parts *p = &detect_parts[track];
	uint64_t dst = p->net ? detect_net_hash(d, row) : row->dst.hash;

	return detect_mix(track, detect_extra(p, row), row->src.hash & p->src,
	    dst & p->dst);
}

/* The same of a key. */
uint64_t detect_key_tracked(enum rules_track, const struct state_key *);

/*
 * Adds the look-ups of rules for a row, for which there is room, and prefetches
 * their slots.  Returns their end.
 */
struct detect_lookup *detect_ahead_add(struct detect *,
	    const struct detect_row *, ruleset rules, struct detect_lookup *);

/* Finds the states of look-ups up to an end, and prefetches their blocks. */
void	detect_ahead_fetch(const struct detect *, struct detect_lookup *,
	    const struct detect_lookup *end);

/* The key of a rule's state for a row; the rule is one without share=. */
void	detect_key(const struct detect *, size_t rule,
	    const struct detect_row *, struct state_key *);

/* Prefetches what is known of the conversation of a row. */
void	 detect_talk_fetch(const struct detect *, struct detect_pending *);

/*
 * What a row is in its conversation, as bits of TALK_NEW and so on, after
 * detect_talk_fetch.
 */
unsigned detect_talk(struct detect *, const struct detect_pending *);

/*
 * A row that is the first reply of its conversation: if it is one over TCP, its
 * host agrees to what is sent to its port.
 */
void	detect_talk_agree(struct detect *, const struct detect_row *);

/* Whether the port that a row is sent to has answered its sender over TCP. */
bool	detect_talk_agreed(const struct detect *, const struct detect_row *);

/* Translates groups and networks into rules turned off and on. */
void	detect_nets_init(struct detect *);

/* What these say of a row's address on a side. */
static inline const struct addrset_bits *
detect_nets_find(const struct detect *d, enum rules_side side,
    const struct detect_addr *a)
{
	static const struct addrset_bits none;

	return a->ip.family == 0 ? &none : addrset_find(&d->nets[side], &a->ip);
}

/* Prepares for the rules that look at conversations. */
void	detect_talk_init(struct detect *);

/*
 * answered=no, completed=no and encrypted=no.  Lets a row wait for what its
 * rules want, or shows it to the rows that wait: a SYN-ACK, a refusal (RST and
 * ACK) or the first reply without TCP or without a SYN answers, an ACK or a
 * refusal completes, and TLS encrypts.
 */
void	detect_answer_put(struct detect *, const struct detect_pending *);

/* When the first row has waited long enough, INT64_MAX: none waits. */
int64_t	detect_answer_due(const struct detect *);

/* Counts that row, at ns; there is one. */
void	detect_answer_expire(struct detect *, int64_t ns);

/* Prepares for the rules whose rows wait; detect_answer_release frees. */
void	detect_answer_init(struct detect *);
void	detect_answer_release(struct detect *);

/* Counts a row by rules without share=. */
void	detect_count_rules(struct detect *, const struct detect_row *,
	    ruleset rules);

/* Takes the oldest that its rules have counted away for a row. */
void	detect_uncount_rules(struct detect *, const struct detect_row *,
	    ruleset rules);

/* Counts a row whose time the clock accepts, after what is due before it. */
void	detect_count_row(struct detect *, const struct detect_pending *);

/* Closes the bins that are open, and ends all incidents, now. */
void	detect_close(struct detect *);

/*
 * Calls on_count with what the rule of a state counted at ns; fresh if that
 * is the state's first count.
 */
void	detect_on_count(struct detect *, const struct state *, bool fresh,
	    int64_t ns, uint64_t value);

/* share=: counts a row; closes the bin at its end or now. */
void	detect_share_add(struct detect *, size_t rule,
	    const struct detect_row *);
void	detect_share_close(struct detect *, size_t rule, int64_t ns);

/* A match at ns: opens an incident, or adds to the open one. */
void	detect_match(struct detect *, struct state *, int64_t ns, size_t proto,
	    const struct detect_count *);

/* Adds a row that is no match to the span of an open incident. */
void	detect_incident_count(struct detect *, struct state *, int64_t ns,
	    const struct detect_count *);

/* of=.  Prepares; counts an incident of a rule that was opened at ns. */
void	detect_follow_init(struct detect *);
void	detect_follow(struct detect *, const struct state *, int64_t ns,
	    size_t proto);

/*
 * part-of=.  Prepares; adds a reported incident and removes it; whether an
 * incident, which has a match at ns, is part of a reported one: of a rule that
 * it is joined with, and about one of its addresses or a network with it.  All
 * such ones go on then.  One about all traffic is part of any such one.
 */
void	detect_part_init(struct detect *);
void	detect_part_release(struct detect *);
void	detect_part_add(struct detect *, uint32_t number);
void	detect_part_remove(struct detect *, uint32_t number);
bool	detect_part_match(struct detect *, const struct state *, int64_t ns);

/* Opens an incident anew, of its state, which has none. */
void	detect_incident_restore(struct detect *,
	    const struct detect_incident *);

/* Ends the incidents that are due before ns. */
void	detect_expire(struct detect *, int64_t ns);

/* Ends all incidents, now. */
void	detect_end_all(struct detect *);

/* Ends the incident of a state that is being evicted. */
void	detect_on_evict(void *, struct state *);

#endif
