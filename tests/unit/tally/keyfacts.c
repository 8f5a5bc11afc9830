/*
 * keyfacts - unit test of times and distinct values of keys
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>

#include "tally/keyfacts.h"
#include "tap.h"

static struct keytable_entry entry[3];

static void
add(struct keyfacts *f, size_t i, const char *value)
{
	keyfacts_value(f, keyfacts_of(f, &entry[i]),
	    (struct slice){ value, strlen(value) });
}

/* One result: the cells of an entry. */
static void
writes(struct keyfacts *f, size_t i, const char *want, const char *title)
{
	const struct keyfact *fact = keyfacts_find(f, &entry[i]);
	struct output o;

	output_init(&o, -1, "nothing");
	keyfact_write_times(&o, fact, TIMESTAMP_EPOCH);
	keyfact_write_values(&o, fact);
	same_text(o.buf, o.used, want, "%s", title);
	free(o.buf);
}

static void
test_times(void)
{
	struct keyfact other = { .timed = false };
	struct keyfacts f;

	keyfacts_init(&f, 4, SIZE_MAX);
	writes(&f, 0, ",,,0", "a key without facts");
	keyfact_time(keyfacts_of(&f, &entry[0]), 5000000000, 6000000000);
	writes(&f, 0, ",5.000000,6.000000,0", "the first times");
	keyfact_time(keyfacts_of(&f, &entry[0]), 7500000000, 7500000000);
	keyfact_time(keyfacts_of(&f, &entry[0]), -500000000, 1000000000);
	writes(&f, 0, ",-0.500000,7.500000,0", "the earliest and the latest");
	keyfact_merge_times(keyfacts_of(&f, &entry[1]), &other);
	writes(&f, 1, ",,,0", "none of one that has none");
	keyfact_merge_times(keyfacts_of(&f, &entry[1]),
	    keyfacts_find(&f, &entry[0]));
	writes(&f, 1, ",-0.500000,7.500000,0", "those of another");
	keyfacts_release(&f);
}

static void
test_values(void)
{
	struct keyfacts f;

	keyfacts_init(&f, 4, SIZE_MAX);
	add(&f, 0, "80");
	add(&f, 0, "443");
	add(&f, 0, "80");
	add(&f, 0, "");
	add(&f, 1, "80");
	writes(&f, 0, ",,,2", "each value counts once, an empty one never");
	writes(&f, 1, ",,,1", "keys have values of their own");
	add(&f, 2, "2001:db8:1234:5678:9abc:def0:1234:5678");
	add(&f, 2, "2001:db8:1234:5678:9abc:def0:1234:5678");
	writes(&f, 2, ",,,1", "long values");
	add(&f, 2, "REST");
	writes(&f, 2, ",,,1+", "REST is any number of values");
	same_int((int64_t)f.lost, 0, "no value was lost");
	add(&f, 0, "80");
	add(&f, 0, "22");
	writes(&f, 0, ",,,2+", "a value past the most allowed");
	same_int((int64_t)f.lost, 1, "it is reported");
	keyfacts_release(&f);
}

static void
test_many(void)
{
	struct keytable_entry *many = calloc(5000, sizeof(*many));
	struct keyfacts f;
	char text[16];
	size_t i;
	bool good = many != NULL;

	keyfacts_init(&f, 100000, SIZE_MAX);
	for (i = 0; good && i < 20000; i++) {
		snprintf(text, sizeof(text), "%zu", i / 5000);
		keyfacts_value(&f, keyfacts_of(&f, &many[i % 5000]),
		    (struct slice){ text, strlen(text) });
	}
	for (i = 0; good && i < 5000; i++)
		good = keyfacts_find(&f, &many[i])->values == 4;
	ok(good, "5000 keys of 4 values");
	keyfacts_release(&f);
	free(many);
}

int
main(void)
{
	test_times();
	test_values();
	test_many();
	return tap_done();
}
