/*
 * detect_values - the distinct values of a window, where there may be many
 *
 * The block of a state is a log of sightings in order of time, from t->head up
 * to t->data.log.end, and after it a hash index from values to their newest
 * place in the log; an earlier sighting is stale.  A search of all values took
 * 8 instructions for each: with 1,000 sources in one network and the set home,
 * 37 % of the program's.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/detect_private.h"

#define FIRST_ROOM	3
#define ROOM_MAX	11
#define STALE		INT64_MIN

/* So that a log that cannot grow is at least half stale. */
_Static_assert((size_t)1 << ROOM_MAX >= 2 * (RULES_UNIQUE_MAX + 1),
    "a log has room for twice the values");

/* The index: a place in the log and 1, or 0 for none. */
static uint16_t *
buckets(const struct state *t)
{
	return (uint16_t *)(t->data.log.seen + ((size_t)1 << t->room));
}

static uint32_t
bucket_mask(const struct state *t)
{
	return ((uint32_t)2 << t->room) - 1;
}

static uint32_t
home_bucket(const struct state *t, uint64_t value)
{
	return detect_values_hash(value) >> (31 - t->room);
}

/* The bucket of a value, or the free one where it belongs. */
static uint32_t
find_bucket(const struct state *t, uint64_t value)
{
	const uint16_t *b = buckets(t);
	uint32_t i = home_bucket(t, value), mask = bucket_mask(t);

	while (b[i] != 0 && t->data.log.seen[b[i] - 1].value != value)
		i = (i + 1) & mask;
	return i;
}

/* Empties a bucket, and moves back what would not be found any more. */
static void
free_bucket(struct state *t, uint32_t i)
{
	uint16_t *b = buckets(t);
	uint32_t mask = bucket_mask(t), j = i, home;

	for (;;) {
		b[i] = 0;
		do {
			j = (j + 1) & mask;
			if (b[j] == 0)
				return;
			home = home_bucket(t, t->data.log.seen[b[j] - 1].value);
		} while (((j - home) & mask) < ((j - i) & mask));
		b[i] = b[j];
		i = j;
	}
}

struct state_seen *
detect_values_oldest(struct state *t)
{
	while (t->data.log.seen[t->head].ns == STALE)
		t->head++;
	return &t->data.log.seen[t->head];
}

/* Makes a sighting stale. */
static void
drop(struct state *t, struct state_seen *old)
{
	free_bucket(t, find_bucket(t, old->value));
	old->ns = STALE;
	t->used--;
}

void
detect_values_drop_oldest(struct state *t)
{
	drop(t, detect_values_oldest(t));
}

/* Copies the values to the beginning of a log, and makes its index. */
static void
rebuild(struct state *t, const struct state_seen *from, uint32_t end)
{
	struct state_seen *to = t->data.log.seen;
	uint32_t i, n = 0;

	memset(buckets(t), 0, sizeof(uint16_t) * (bucket_mask(t) + 1));
	for (i = t->head; i < end; i++)
		if (from[i].ns != STALE) {
			to[n] = from[i];
			buckets(t)[find_bucket(t, to[n].value)] =
			    (uint16_t)(n + 1);
			n++;
		}
	t->head = 0;
	t->data.log.end = n;
}

void
detect_values_compact(struct state *t)
{
	if (t->item != 0)
		rebuild(t, t->data.log.seen, t->data.log.end);
}

/* Moves the log of a state to a larger block; false if there is none. */
static bool
grow(struct detect *d, struct state *t)
{
	unsigned room = t->item == 0 ? FIRST_ROOM : t->room + 1U;
	struct state larger = *t;
	uint32_t end = t->data.log.end;
	void *block = room > ROOM_MAX ? NULL : states_block(&d->states, t,
	    room, DETECT_LOG_ITEM);

	if (block == NULL) {
		d->truncated++;
		return false;
	}
	if (t->item == 0)
		end = larger.head = 0;
	larger.room = room & 63;
	larger.data.block = block;
	rebuild(&larger, t->data.log.seen, end);
	states_swap(&d->states, t, block, room, DETECT_LOG_ITEM);
	t->head = 0;
	t->data.log.end = larger.data.log.end;
	return true;
}

/* Makes room for a sighting; false only if the state has no block. */
static bool
make_room(struct detect *d, struct state *t)
{
	if (t->item != 0 && t->data.log.end < (uint32_t)1 << t->room)
		return true;
	if ((t->item == 0 || t->used > (uint32_t)1 << (t->room - 1)) &&
	    grow(d, t))
		return true;
	if (t->item == 0)
		return false;
	if (t->used == (uint32_t)1 << t->room)
		detect_values_drop_oldest(t);
	detect_values_compact(t);
	return true;
}

/* The place of a sighting that is late: after those that are not newer. */
static uint32_t
late_place(const struct state *t, int64_t ns)
{
	const struct state_seen *all = t->data.log.seen;
	uint32_t i, at = t->data.log.end;

	for (i = at; i > t->head && (all[i - 1].ns == STALE ||
	    all[i - 1].ns > ns); i--)
		if (all[i - 1].ns != STALE)
			at = i - 1;
	return at;
}

/* Adds a value that is not there, in order of time; there is room. */
static void
insert(struct state *t, struct state_seen value)
{
	struct state_seen *all = t->data.log.seen;
	uint32_t i, at = value.ns < t->newest_ns ?
	    late_place(t, value.ns) : t->data.log.end;

	for (i = t->data.log.end++; i > at; i--) {
		if (all[i - 1].ns != STALE)
			buckets(t)[find_bucket(t, all[i - 1].value)] =
			    (uint16_t)(i + 1);
		all[i] = all[i - 1];
	}
	buckets(t)[find_bucket(t, value.value)] = (uint16_t)(at + 1);
	all[at] = value;
	t->used++;
}

/*
 * The same as detect_values_see, in a block that has the value's bucket.  Most
 * sightings are the newest, and the log has room: the bucket stays.
 */
static bool
see_in(struct detect *d, struct state *t, uint16_t *bucket,
    struct state_seen value)
{
	struct state_seen *all = t->data.log.seen, *old = NULL;

	value.ns += value.ns == STALE;
	if (*bucket != 0) {
		old = &all[*bucket - 1];
		if (old->ns >= value.ns)
			return false;
		if (*bucket == t->data.log.end) {
			old->ns = value.ns;
			return false;
		}
	}
	if (t->data.log.end < (uint32_t)1 << t->room &&
	    value.ns >= t->newest_ns) {
		if (old != NULL)
			old->ns = STALE;
		else
			t->used++;
		all[t->data.log.end++] = value;
		*bucket = (uint16_t)t->data.log.end;
		return old == NULL;
	}
	if (old != NULL)
		drop(t, old);
	make_room(d, t);
	insert(t, value);
	return old == NULL;
}

bool
detect_values_see(struct detect *d, struct state *t, struct state_seen value)
{
	if (t->item == 0 && !make_room(d, t))
		return true;
	return see_in(d, t, &buckets(t)[find_bucket(t, value.value)], value);
}

bool
detect_values_again(struct detect *d, struct state *t, struct state_seen value)
{
	uint16_t *bucket;

	if (t->item == 0)
		return false;
	bucket = &buckets(t)[find_bucket(t, value.value)];
	if (*bucket == 0)
		return false;
	see_in(d, t, bucket, value);
	return true;
}
