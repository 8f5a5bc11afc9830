/*
 * addrmemo - addresses read from text, through a cache
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "detect/addrmemo.h"

_Static_assert(sizeof(struct addrmemo_entry) == 32, "half a cache line");
_Static_assert(sizeof(struct addrmemo_more) == 64, "one cache line");
_Static_assert(IPADDR_TEXT_MAX - TEXTKEY_BYTES <= ADDRMEMO_REST,
    "room for a text");

#define BYTES	\
    (ADDRMEMO_PLACES * (sizeof(struct addrmemo_entry) + \
    sizeof(struct addrmemo_more)))

void
addrmemo_init(struct addrmemo *m)
{
	memset(m, 0, sizeof(*m));
	hash_seed();
	m->place = xlarge_zeros(BYTES, &m->memory);
	m->more = (struct addrmemo_more *)(void *)(m->place + ADDRMEMO_PLACES);
}

void
addrmemo_release(struct addrmemo *m)
{
	free(m->memory);
}

/* Reads a text into the first place; the entry there moves to the second. */
static bool
read_into(struct addrmemo *m, const struct addrmemo_look *l, struct ipaddr *ip,
    uint64_t *hash)
{
	struct addrmemo_entry *e = l->place;
	struct addrmemo_more *more = addrmemo_more_of(m, e);
	struct slice text = l->text;

	if (++m->misses == XLARGE_WARM)
		xlarge_warm(m->place, BYTES);
	if (e->start[0] == 6)
		more[1] = more[0];
	e[1] = e[0];
	e->len = 0;
	memset(ip, 0, sizeof(*ip));
	if (!ipaddr_parse_cell(ip, text.at, text.len))
		return false;
	*hash = e->hash = hash_bytes(ip, sizeof(*ip));
	memcpy(e->start, ip, sizeof(e->start));
	if (ip->family == 6) {
		memcpy(more->byte, ip->byte, sizeof(more->byte));
		memcpy(more->text, text.at + TEXTKEY_BYTES, ADDRMEMO_REST);
	}
	e->len = (uint8_t)text.len;
	e->text = l->key;
	return true;
}

bool
addrmemo_read(struct addrmemo *m, const struct addrmemo_look *l,
    struct ipaddr *ip, uint64_t *hash)
{
	if (l->text.len > 0)
		return l->text.len <= IPADDR_TEXT_MAX &&
		    read_into(m, l, ip, hash);
	*hash = 0;
	memset(ip, 0, sizeof(*ip));
	return true;
}
