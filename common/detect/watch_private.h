/*
 * watch_private - what the parts of watch share
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef WATCH_PRIVATE_H
#define WATCH_PRIVATE_H

#include "detect/watch.h"

/* What rules say of a protocol's rows. */
struct watch_protocol {
	uint64_t	 rules;		/* count them, a bit each */
	enum protocol	 known;		/* PROTO_NONE: not in the table */
};

struct watch_incident {
	struct state	*state;
	uint64_t	 sequence;	/* 0: not in use */
	uint32_t	 next_free;
	uint16_t	 proto;		/* of the row that started it */
	bool		 told;		/* its start was written */
	int64_t		 last_ns;	/* the last match */
	/* Windows end to end, from the first row of the first match. */
	int64_t		 tile_ns;
	uint64_t	 tile;
	uint64_t	 recent;	/* the most since the last alert */
	uint64_t	 peak;
};

/* When an incident may end; it is void if the sequence is another. */
struct watch_due {
	int64_t		 ns;
	uint64_t	 sequence;
	uint32_t	 incident;	/* its index + 1 */
};

/* A row's share in a count. */
struct watch_count {
	uint64_t	value;		/* in the window; over limit: a match */
	uint64_t	added;		/* by this row */
	int64_t		first_ns;	/* of the window */
};

/* ns + by_ns (which is not negative), at most the greatest time. */
static inline int64_t
watch_after(int64_t ns, int64_t by_ns)
{
	return ns > INT64_MAX - by_ns ? INT64_MAX : ns + by_ns;
}

/*
 * Count a row in a state, each after its kind of rule, and set the count.
 * Pointers, as a copy of what was just written waits for it.
 */
void	watch_count_sliding(struct watch *, struct state *,
	    const struct rule *, const struct watch_row *,
	    struct watch_count *);
void	watch_count_unique(struct watch *, struct state *,
	    const struct rule *, const struct watch_row *,
	    struct watch_count *);
void	watch_count_bin(struct watch *, struct state *,
	    const struct rule *, const struct watch_row *,
	    struct watch_count *);

/* The hash of a key without addresses, and of the key of a rule and a row. */
uint32_t watch_hash(const struct state_key *);
uint32_t watch_row_hash(const struct watch *, size_t rule,
	    const struct watch_row *);

/* The key of the state that a rule, other than with share=, has for a row. */
void	watch_key(const struct watch *, size_t rule, const struct watch_row *,
	    struct state_key *);

/* Puts the rules to a row whose turn it is. */
void	watch_judge(struct watch *, const struct watch_pending *);

/* Closes the bins that are open, and ends all incidents, now. */
void	watch_close(struct watch *);

/* share=: counts a row; closes the bin at its end or now. */
void	watch_share_add(struct watch *, size_t rule, const struct watch_row *);
void	watch_share_close(struct watch *, size_t rule, int64_t ns);

/* A match at ns: opens an incident or goes on with the open one. */
void	watch_match(struct watch *, struct state *, int64_t ns, size_t proto,
	    const struct watch_count *);

/* Adds a row that is none to an open incident's windows. */
void	watch_incident_count(struct watch *, struct state *, int64_t ns,
	    const struct watch_count *);

/* Ends the incidents that are due before ns. */
void	watch_expire(struct watch *, int64_t ns);

/* Ends all incidents, now. */
void	watch_end_all(struct watch *);

/* Ends a state's incident, as the state is going to be forgotten. */
void	watch_on_evict(void *, struct state *);

#endif
