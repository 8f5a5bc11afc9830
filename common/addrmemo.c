/*
 * addrmemo - addresses read from text, the recent ones at once
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "addrmemo.h"
#include "hash.h"
#include "tally.h"
#include "xalloc.h"

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

/* A place from the first bytes of a text and its last ones. */
static size_t
place_of(struct slice text)
{
	uint64_t word[2], last = 0;

	memcpy(word, text.at, sizeof(word));
	word[0] = tally_first_bytes(word[0], text.len);
	word[1] = text.len > 8 ? tally_first_bytes(word[1], text.len - 8) : 0;
	if (text.len > 16)
		memcpy(&last, text.at + text.len - 8, sizeof(last));
	return (size_t)((word[0] ^ word[1] << 29 ^ word[1] >> 35 ^
	    last * 31) * 0x9e3779b97f4a7c15u >> 52);
}

const struct addrmemo_entry *
addrmemo_get(struct addrmemo *m, struct slice text)
{
	struct addrmemo_entry *e;

	if (text.len == 0)
		return &m->none;
	if (text.len > IPADDR_TEXT_MAX)
		return NULL;
	e = &m->place[place_of(text)];
	if (e->len == text.len && memcmp(e->text, text.at, text.len) == 0)
		return e;
	e->len = 0;
	memset(&e->ip, 0, sizeof(e->ip));
	if (!ipaddr_parse(&e->ip, text.at, text.len))
		return NULL;
	e->hash = hash_bytes(&e->ip, sizeof(e->ip));
	memcpy(e->text, text.at, text.len);
	e->len = (uint8_t)text.len;
	return e;
}
