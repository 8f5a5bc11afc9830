/*
 * keyfacts - what else is known of the keys of a tally
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "tally/keyfacts.h"

#define TIME_DIGITS	6

void
keyfacts_init(struct keyfacts *f, size_t max, size_t max_bytes)
{
	memset(f, 0, sizeof(*f));
	keytable_init(&f->number, KEYTABLE_MAX);
	keytable_init(&f->values, max);
	f->values.max_bytes = max_bytes;
	f->values.prefix = sizeof(uint32_t);
	output_init(&f->text, -1, "value");
}

void
keyfacts_release(struct keyfacts *f)
{
	keytable_release(&f->number);
	keytable_release(&f->values);
	free(f->fact);
	free(f->text.buf);
}

/* An entry stays where it is: its address is its key. */
static struct slice
key_of(char key[sizeof(void *) + SLICE_SLACK], const struct keytable_entry *e)
{
	memset(key, 0, sizeof(void *) + SLICE_SLACK);
	memcpy(key, &e, sizeof(void *));
	return (struct slice){ key, sizeof(void *) };
}

struct keyfact *
keyfacts_of(struct keyfacts *f, const struct keytable_entry *e)
{
	char text[sizeof(void *) + SLICE_SLACK];
	struct slice key = key_of(text, e);
	size_t known = f->number.used;
	size_t number = keytable_number(&f->number, key.at, key.len);

	f->fact = xgrow(f->fact, number, &f->cap, sizeof(*f->fact));
	if (number == known)
		f->fact[number] = (struct keyfact){ .timed = false };
	return &f->fact[number];
}

const struct keyfact *
keyfacts_find(struct keyfacts *f, const struct keytable_entry *e)
{
	char text[sizeof(void *) + SLICE_SLACK];
	struct slice key = key_of(text, e);
	const struct keytable_entry *found = keytable_find(&f->number, key.at,
	    key.len);

	return found == NULL ? NULL : &f->fact[found->number];
}

void
keyfact_time(struct keyfact *fact, int64_t first_ns, int64_t last_ns)
{
	if (!fact->timed || first_ns < fact->first_ns)
		fact->first_ns = first_ns;
	if (!fact->timed || last_ns > fact->last_ns)
		fact->last_ns = last_ns;
	fact->timed = true;
}

void
keyfact_merge_times(struct keyfact *fact, const struct keyfact *other)
{
	if (other != NULL && other->timed)
		keyfact_time(fact, other->first_ns, other->last_ns);
}

void
keyfacts_value(struct keyfacts *f, struct keyfact *fact, struct slice value)
{
	uint32_t number = (uint32_t)(fact - f->fact);
	size_t before = f->values.used;

	if (value.len == 0)
		return;
	if (slice_is(value, "REST")) {
		fact->more = true;
		return;
	}
	f->text.used = 0;
	output_bytes(&f->text, (const char *)&number, sizeof(number));
	output_bytes(&f->text, value.at, value.len);
	memset(output_room(&f->text, SLICE_SLACK), 0, SLICE_SLACK);
	/* Short values repeat, and are found among the recent ones. */
	if (f->text.used <= TEXTKEY_BYTES && keytable_find(&f->values,
	    f->text.buf, f->text.used) != NULL)
		return;
	if (keytable_insert(&f->values, f->text.buf, f->text.used) == NULL) {
		fact->more = true;
		f->lost++;
	}
	fact->values += f->values.used - before;
}

void
keyfact_write_times(struct output *o, const struct keyfact *fact,
    enum timestamp_format format)
{
	output_char(o, ',');
	if (fact != NULL && fact->timed)
		output_time(o, fact->first_ns, format, TIME_DIGITS);
	output_char(o, ',');
	if (fact != NULL && fact->timed)
		output_time(o, fact->last_ns, format, TIME_DIGITS);
}

void
keyfact_write_values(struct output *o, const struct keyfact *fact)
{
	output_char(o, ',');
	output_u64(o, fact != NULL ? fact->values : 0);
	if (fact != NULL && fact->more)
		output_char(o, '+');
}
