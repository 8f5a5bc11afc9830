/*
 * addrmemo - addresses read from text, through a cache
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/xalloc.h"
#include "detect/addrmemo.h"

_Static_assert(sizeof(struct addrmemo_entry) == 64, "one cache line");
_Static_assert(IPADDR_TEXT_MAX - 16 <= ADDRMEMO_REST, "room for a text");

void
addrmemo_init(struct addrmemo *m)
{
	memset(m, 0, sizeof(*m));
	hash_seed();
	m->place = xlarge_zeros(ADDRMEMO_PLACES * sizeof(*m->place),
	    &m->memory);
	m->rest = xcalloc(ADDRMEMO_PLACES, sizeof(*m->rest));
}

void
addrmemo_release(struct addrmemo *m)
{
	free(m->memory);
	free(m->rest);
}

/* The places are chosen by a hash of the first 16 bytes and the last 8. */
void
addrmemo_fetch(const struct addrmemo *m, struct slice text,
    struct addrmemo_look *l)
{
	uint64_t word[2], last = 0;

	memcpy(word, text.at, sizeof(word));
	word[0] = first_bytes(word[0], text.len);
	word[1] = text.len > 8 ? first_bytes(word[1], text.len - 8) : 0;
	*l = (struct addrmemo_look){ text, { word[0], word[1] }, NULL };
	if (text.len > 16)
		memcpy(&last, text.at + text.len - 8, sizeof(last));
	l->at = &m->place[(size_t)((word[0] ^ word[1] << 29 ^ word[1] >> 35 ^
	    last * 31) * 0x9e3779b97f4a7c15u >> (64 - ADDRMEMO_BITS)) &
	    ~(size_t)1];
	__builtin_prefetch(l->at);
	__builtin_prefetch(l->at + 1);
}

static inline bool
is_text(const struct addrmemo *m, const struct addrmemo_entry *e,
    const struct addrmemo_look *l)
{
	size_t n = l->text.len;

	return e->len == n && e->word[0] == l->word[0] &&
	    e->word[1] == l->word[1] && (n <= 16 ||
	    memcmp(m->rest[e - m->place], l->text.at + 16, n - 16) == 0);
}

/* Reads a text into the first place; the entry there moves to the second. */
static __attribute__((noinline)) const struct addrmemo_entry *
read_into(struct addrmemo *m, const struct addrmemo_look *l)
{
	struct addrmemo_entry *e = l->at;
	size_t i = (size_t)(e - m->place);
	struct slice text = l->text;

	if (++m->misses == XLARGE_WARM)
		xlarge_warm(m->place, ADDRMEMO_PLACES * sizeof(*m->place));
	e[1] = e[0];
	memcpy(m->rest[i + 1], m->rest[i], ADDRMEMO_REST);
	e->len = 0;
	memset(&e->ip, 0, sizeof(e->ip));
	if (!ipaddr_parse_cell(&e->ip, text.at, text.len))
		return NULL;
	e->hash = hash_bytes(&e->ip, sizeof(e->ip));
	if (text.len > 16)
		memcpy(m->rest[i], text.at + 16, ADDRMEMO_REST);
	e->len = (uint8_t)text.len;
	memcpy(e->word, l->word, sizeof(e->word));
	return e;
}

const struct addrmemo_entry *
addrmemo_get(struct addrmemo *m, const struct addrmemo_look *l)
{
	if (l->text.len == 0)
		return &m->none;
	if (l->text.len > IPADDR_TEXT_MAX)
		return NULL;
	if (is_text(m, l->at, l))
		return l->at;
	if (is_text(m, l->at + 1, l))
		return l->at + 1;
	return read_into(m, l);
}
