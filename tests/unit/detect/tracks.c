/*
 * tracks - unit test of the states and who gives way
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/hash.h"
#include "detect/tracks.h"
#include "tap.h"

static struct tracks tracks;
static const int64_t keep_ns[1] = { 1000 };

static struct track_key
key_of(uint32_t n)
{
	struct track_key key = { .src.family = 4 };

	memcpy(key.src.byte, &n, sizeof(n));
	return key;
}

static struct track *
look(uint32_t n)
{
	struct track_key key = key_of(n);

	return tracks_look(&tracks, &key,
	    (uint32_t)hash_bytes(&key, sizeof(key)));
}

static struct track *
get(uint32_t n, int64_t ns)
{
	struct track_key key = key_of(n);
	struct track *t;

	tracks.now_ns = ns;
	t = tracks_get(&tracks, &key, (uint32_t)hash_bytes(&key, sizeof(key)));
	t->newest_ns = ns;
	return t;
}

static void
test_table(void)
{
	uint32_t i, found = 0;

	tracks_init(&tracks, 5000, 1 << 20, keep_ns);
	for (i = 0; i < 5000; i++)
		get(i, 0)->used = i;
	for (i = 0; i < 5000; i++)
		found += look(i) != NULL && look(i)->used == i;
	same_int(found, 5000, "5000 states are found again");
	ok(look(5000) == NULL && tracks.evicted == 0, "others are not");
	for (; i < 25000; i++)
		get(i, 0)->used = i;
	for (i = found = 0; i < 25000; i++)
		found += look(i) != NULL && look(i)->used == i;
	ok(found == 5000 && look(24999) != NULL,
	    "as many stay when 20000 more come");
	same_int((int64_t)tracks.evicted, 20000, "and the others are counted");
	tracks_clear(&tracks);
	ok(look(24999) == NULL && tracks.used == 0, "none after a clear");
	tracks_release(&tracks);
}

static void
test_idle(void)
{
	uint32_t i, steady = 0;

	tracks_init(&tracks, 100, 1 << 20, keep_ns);
	for (i = 1; i < 10000; i++) {
		get(i, 0);
		if (i % 50 == 0)
			get(1000000, 0)->used++;
	}
	steady = look(1000000) == NULL ? 0 : look(1000000)->used;
	same_int(steady, 199, "one that keeps sending outlives a flood");
	tracks.evicted = 0;
	for (i = 20000; i < 20100; i++)
		get(i, 2000);
	same_int((int64_t)tracks.evicted, 0,
	    "states past their window are no loss");
	tracks_release(&tracks);
}

static int	left;

static void
leaves(void *arg, struct track *t)
{
	(void)arg;
	t->incident = 0;
	left++;
}

static void
test_blocks(void)
{
	struct track *t;
	void *block;
	uint32_t i;

	tracks_init(&tracks, 100, 10000, keep_ns);
	tracks.leaves = leaves;
	for (i = 0; i < 9; i++) {
		t = get(i, 0);
		block = tracks_block(&tracks, t, 7, 8);
		tracks_swap(&tracks, t, block, 7, 8);
	}
	ok(tracks.block_bytes == 9 * 1040 && tracks.evicted == 0,
	    "nine blocks of 1024 bytes fit in 10000");
	look(0)->incident = 7;
	t = get(100, 0);
	block = tracks_block(&tracks, t, 7, 8);
	tracks_swap(&tracks, t, block, 7, 8);
	ok(tracks.evicted == 1 && look(0)->item == 0 && look(0)->used == 0 &&
	    left == 1, "the tenth takes the place of an idle one, who is told");
	ok(tracks_block(&tracks, t, 11, 8) == NULL,
	    "one that is too large is refused");
	ok(t->item == 8, "and what its owner has stays");
	tracks_release(&tracks);
	same_int((int64_t)tracks.block_bytes, 0, "all bytes come back");
}

int
main(void)
{
	hash_set_seed(1, 2);
	test_table();
	test_idle();
	test_blocks();
	return tap_done();
}
