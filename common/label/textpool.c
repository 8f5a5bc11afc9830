/*
 * textpool - texts that are kept once, known by a number
 *
 * The number is where the length of the text stands, with its bytes after.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "label/textpool.h"

#define HEAD	sizeof(uint32_t)	/* the length; also 0 is no number */

void
textpool_release(struct textpool *p)
{
	free(p->bytes);
	free(p->slot);
	*p = (struct textpool){ 0 };
}

struct slice
textpool_get(const struct textpool *p, uint32_t number)
{
	uint32_t n;

	memcpy(&n, p->bytes + number, sizeof(n));
	return (struct slice){ p->bytes + number + HEAD, n };
}

/* The slot of a text, which is 0 if it is new. */
static uint32_t *
find(const struct textpool *p, struct slice text)
{
	size_t i = (size_t)hash_bytes(text.at, text.len);

	for (;; i++) {
		i &= p->slots - 1;
		if (p->slot[i] == 0 ||
		    slice_same(textpool_get(p, p->slot[i]), text))
			return &p->slot[i];
	}
}

/* At most three quarters of the slots are taken. */
static void
grow_slots(struct textpool *p)
{
	uint32_t *old = p->slot;
	size_t i, slots = p->slots;

	if ((p->texts + 1) * 4 <= slots * 3)
		return;
	p->slots = slots == 0 ? 64 : slots * 2;
	p->slot = xcalloc(p->slots, sizeof(p->slot[0]));
	for (i = 0; i < slots; i++)
		if (old[i] != 0)
			*find(p, textpool_get(p, old[i])) = old[i];
	free(old);
}

uint32_t
textpool_add(struct textpool *p, const char *at, size_t n)
{
	uint32_t *slot, len = (uint32_t)n;

	hash_seed();
	grow_slots(p);
	slot = find(p, (struct slice){ at, n });
	if (*slot != 0)
		return *slot;
	if (p->used == 0)
		p->used = HEAD;
	if (n > UINT32_MAX - HEAD - p->used)
		return 0;
	if (p->room - p->used < HEAD + n || p->room == 0) {
		p->room = p->room * 2 + HEAD + n + 4096;
		p->bytes = xreallocarray(p->bytes, p->room, 1);
	}
	*slot = (uint32_t)p->used;
	memcpy(p->bytes + p->used, &len, HEAD);
	memcpy(p->bytes + p->used + HEAD, at, n);
	p->used += HEAD + n;
	p->texts++;
	return *slot;
}
