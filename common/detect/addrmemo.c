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

_Static_assert(sizeof(struct addrmemo_entry) == 32, "half a cache line");
_Static_assert(sizeof(struct addrmemo_more) == 64, "one cache line");
_Static_assert(IPADDR_TEXT_MAX - 16 <= ADDRMEMO_REST, "room for a text");

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

/* The places are chosen by a hash of the first 16 bytes and the last 8. */
void
addrmemo_fetch(const struct addrmemo *m, struct slice text,
    struct addrmemo_look *l)
{
	uint64_t word[2], last = 0;

	memcpy(word, text.at, sizeof(word));
	word[0] = first_bytes(word[0], text.len);
	word[1] = text.len > 8 ? first_bytes(word[1], text.len - 8) : 0;
	*l = (struct addrmemo_look){ text, { word[0], word[1] }, 0 };
	if (text.len > 16)
		memcpy(&last, text.at + text.len - 8, sizeof(last));
	l->at = (size_t)((word[0] ^ word[1] << 29 ^ word[1] >> 35 ^
	    last * 31) * 0x9e3779b97f4a7c15u >> (64 - ADDRMEMO_BITS)) &
	    ~(size_t)1;
	__builtin_prefetch(&m->place[l->at]);
	if (text.len > 16)
		__builtin_prefetch(&m->more[l->at]);
}

static inline bool
is_text(const struct addrmemo *m, size_t at, const struct addrmemo_look *l)
{
	const struct addrmemo_entry *e = &m->place[at];
	size_t n = l->text.len;

	return e->len == n && e->word[0] == l->word[0] &&
	    e->word[1] == l->word[1] && (n <= 16 ||
	    memcmp(m->more[at].text, l->text.at + 16, n - 16) == 0);
}

/* Reads a text into the first place; the entry there moves to the second. */
static __attribute__((noinline)) bool
read_into(struct addrmemo *m, const struct addrmemo_look *l, struct ipaddr *ip,
    uint64_t *hash)
{
	struct addrmemo_entry *e = &m->place[l->at];
	struct addrmemo_more *more = &m->more[l->at];
	struct slice text = l->text;

	if (++m->misses == XLARGE_WARM)
		xlarge_warm(m->place, BYTES);
	if (e->family == 6)
		more[1] = more[0];
	e[1] = e[0];
	e->len = 0;
	memset(ip, 0, sizeof(*ip));
	if (!ipaddr_parse_cell(ip, text.at, text.len))
		return false;
	*hash = e->hash = hash_bytes(ip, sizeof(*ip));
	e->family = ip->family;
	memcpy(e->byte, ip->byte, sizeof(e->byte));
	if (ip->family == 6) {
		memcpy(more->byte, ip->byte, sizeof(more->byte));
		memcpy(more->text, text.at + 16, ADDRMEMO_REST);
	}
	e->len = (uint8_t)text.len;
	memcpy(e->word, l->word, sizeof(e->word));
	return true;
}

bool
addrmemo_get(struct addrmemo *m, const struct addrmemo_look *l,
    struct ipaddr *ip, uint64_t *hash)
{
	const struct addrmemo_entry *e;
	size_t at = l->at;

	if (l->text.len == 0) {
		*hash = 0;
		memset(ip, 0, sizeof(*ip));
		return true;
	}
	if (l->text.len > IPADDR_TEXT_MAX)
		return false;
	if (!is_text(m, at, l) && !is_text(m, ++at, l))
		return read_into(m, l, ip, hash);
	e = &m->place[at];
	*hash = e->hash;
	memset(ip, 0, sizeof(*ip));
	ip->family = e->family;
	if (e->family == 6)
		memcpy(ip->byte, m->more[at].byte, sizeof(ip->byte));
	else
		memcpy(ip->byte, e->byte, sizeof(e->byte));
	return true;
}
