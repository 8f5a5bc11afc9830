/*
 * labelmemo - what is written beside an address, through a cache
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "label/labelmemo.h"

_Static_assert(sizeof(struct labelmemo_entry) == 64, "one cache line");
_Static_assert(IPADDR_TEXT_MAX - TEXTKEY_BYTES <= LABELMEMO_TEXT,
    "room for a text");

/* Joins cells by commas in an entry; its more is there if it needs one. */
static void
join(struct labelmemo_entry *e, const struct slice *cell, size_t n)
{
	char *p = e->cells > LABELMEMO_HERE ? e->more + LABELMEMO_TEXT :
	    e->here;
	size_t i;

	for (i = 0; i < n; i++) {
		if (i > 0)
			*p++ = ',';
		memcpy(p, cell[i].at, cell[i].len);
		p += cell[i].len;
	}
}

/* Makes an entry of a text and its cells. */
static void
fill(struct labelmemo_entry *e, struct slice text, const struct slice *cell,
    size_t n)
{
	size_t i, cells = n > 0 ? n - 1 : 0;

	for (i = 0; i < n; i++)
		cells += cell[i].len;
	free(e->more);
	e->more = NULL;
	e->cells = (uint16_t)cells;
	e->len = (uint8_t)text.len;
	if (text.len > TEXTKEY_BYTES || cells > LABELMEMO_HERE)
		e->more = xmalloc(LABELMEMO_TEXT + cells);
	if (text.len > TEXTKEY_BYTES)
		memcpy(e->more, text.at + TEXTKEY_BYTES,
		    text.len - TEXTKEY_BYTES);
	join(e, cell, n);
}

static void
set_none(struct labelmemo *m)
{
	struct slice cell[LABELS_MAX];
	size_t i;

	for (i = 0; i < m->labels->columns; i++)
		cell[i] = (struct slice){ "", 0 };
	fill(&m->none, (struct slice){ "", 0 }, cell, m->labels->columns);
}

void
labelmemo_init(struct labelmemo *m, const struct labels *labels)
{
	*m = (struct labelmemo){ .labels = labels };
	m->place = xlarge_zeros(LABELMEMO_PLACES * sizeof(m->place[0]),
	    &m->memory);
	set_none(m);
}

#define BLOCK_PLACES	(LABELMEMO_PLACES / LABELMEMO_BLOCKS)

/* The first place from i on in a block that is in use, or LABELMEMO_PLACES. */
static size_t
next_used(const struct labelmemo *m, size_t i)
{
	while (i < LABELMEMO_PLACES && !m->used[i / BLOCK_PLACES])
		i = (i / BLOCK_PLACES + 1) * BLOCK_PLACES;
	return i;
}

void
labelmemo_release(struct labelmemo *m)
{
	size_t i;

	for (i = next_used(m, 0); i < LABELMEMO_PLACES;
	    i = next_used(m, i + 1))
		free(m->place[i].more);
	free(m->memory);
	free(m->none.more);
}

void
labelmemo_forget(struct labelmemo *m)
{
	size_t i;

	for (i = next_used(m, 0); i < LABELMEMO_PLACES;
	    i = next_used(m, i + 1))
		m->place[i].len = 0;
	set_none(m);
}

static inline bool
starts(const struct labelmemo_entry *e, struct slice text, struct textkey key)
{
	return textkey_same(e->text, key) & (e->len == text.len);
}

static inline bool
is_text(const struct labelmemo_entry *e, struct slice text, struct textkey key)
{
	return starts(e, text, key) && (text.len <= TEXTKEY_BYTES ||
	    memcmp(e->more, text.at + TEXTKEY_BYTES,
	    text.len - TEXTKEY_BYTES) == 0);
}

/* Reads a text into the first place; the entry there moves to the second. */
static __attribute__((noinline)) const struct labelmemo_entry *
read_into(struct labelmemo *m, struct labelmemo_entry *e, struct slice text,
    struct textkey key)
{
	struct slice cell[LABELS_MAX];
	struct labelmemo_entry first = e[0];
	struct ipaddr a;

	if (!ipaddr_parse_cell(&a, text.at, text.len))
		return &m->none;
	if (++m->misses == XLARGE_WARM)
		xlarge_warm(m->place, LABELMEMO_PLACES * sizeof(m->place[0]));
	e[0] = e[1];
	e[1] = first;
	m->used[(size_t)(e - m->place) / BLOCK_PLACES] = true;
	labels_find(m->labels, &a, cell);
	fill(e, text, cell, m->labels->columns);
	e->known = true;
	e->local = netset_has(&m->labels->local, &a);
	e->text = key;
	return e;
}

/*
 * Which of its two places has a text is unpredictable, and so found without a
 * branch: measured, iplabel takes 7 to 11 % less time.
 */
const struct labelmemo_entry *
labelmemo_get(struct labelmemo *m, struct slice text)
{
	struct labelmemo_entry *first, *e;
	struct textkey key;

	if (text.len == 0 || text.len > IPADDR_TEXT_MAX)
		return &m->none;
	key = textkey_of(text);
	first = &m->place[(size_t)(textkey_hash(key, text) >>
	    (64 - LABELMEMO_BITS)) & ~(size_t)1];
	e = first + !starts(first, text, key);
	/* Long texts may start alike in both. */
	if (is_text(e, text, key) || is_text(e = first + 1, text, key))
		return e;
	return read_into(m, first, text, key);
}
