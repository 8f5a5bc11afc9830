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

void
addrmemo_init(struct addrmemo *m)
{
	memset(m, 0, sizeof(*m));
	hash_seed();
	m->place = xcalloc(ADDRMEMO_PLACES, sizeof(*m->place));
}

void
addrmemo_release(struct addrmemo *m)
{
	free(m->place);
}

/*
 * The first of the two places of a text, by a hash of its first 16 bytes,
 * which are put in word, and of its last 8.
 */
static inline struct addrmemo_entry *
place_of(const struct addrmemo *m, struct slice text, uint64_t word[2])
{
	uint64_t last = 0;

	memcpy(word, text.at, 2 * sizeof(word[0]));
	word[0] = first_bytes(word[0], text.len);
	word[1] = text.len > 8 ?
	    first_bytes(word[1], text.len - 8) : 0;
	if (text.len > 16)
		memcpy(&last, text.at + text.len - 8, sizeof(last));
	return &m->place[(size_t)((word[0] ^ word[1] << 29 ^ word[1] >> 35 ^
	    last * 31) * 0x9e3779b97f4a7c15u >> 52) & ~(size_t)1];
}

static inline bool
is_text(const struct addrmemo_entry *e, struct slice text,
    const uint64_t word[2])
{
	return e->len == text.len && e->word[0] == word[0] &&
	    e->word[1] == word[1] && (text.len <= 16 ||
	    memcmp(e->text + 16, text.at + 16, text.len - 16) == 0);
}

/* Reads a text into the first place; the entry there moves to the second. */
static const struct addrmemo_entry *
read_into(struct addrmemo_entry *e, struct slice text, const uint64_t word[2])
{
	e[1] = e[0];
	e->len = 0;
	memset(&e->ip, 0, sizeof(e->ip));
	if (!ipaddr_parse_cell(&e->ip, text.at, text.len))
		return NULL;
	e->hash = hash_bytes(&e->ip, sizeof(e->ip));
	memcpy(e->text, text.at, text.len);
	e->len = (uint8_t)text.len;
	e->word[0] = word[0];
	e->word[1] = word[1];
	return e;
}

const struct addrmemo_entry *
addrmemo_get(struct addrmemo *m, struct slice text)
{
	struct addrmemo_entry *e;
	uint64_t word[2];

	if (text.len == 0)
		return &m->none;
	if (text.len > IPADDR_TEXT_MAX)
		return NULL;
	e = place_of(m, text, word);
	if (is_text(e, text, word))
		return e;
	if (is_text(e + 1, text, word))
		return e + 1;
	return read_into(e, text, word);
}
