/*
 * connkey - what tells connections apart: two ends and what they speak
 *
 * Both directions of a connection have the same key: the lower of its two ends
 * is end 0, the higher one end 1.  An end is an address and, where the row has
 * one, a port.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONNKEY_H
#define CONNKEY_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/output.h"
#include "base/slice.h"

/* What an address cell holds. */
enum connkey_family { CONNKEY_NONE, CONNKEY_V4, CONNKEY_V6, CONNKEY_TEXT };

/* The bits of kind above the families of end 0 (2 bits) and end 1 (2 bits). */
enum {
	CONNKEY_PORT = 16,		/* end 0 has a port; twice: end 1 */
	CONNKEY_PORTS = 48,
	CONNKEY_IP_PROTO = 64,		/* the row gives ip_proto */
	CONNKEY_UNTIMED = 128		/* the row has no time */
};

/*
 * Unused bytes are zero, so that keys compare as bytes, apart from texts: where
 * a cell is neither empty nor an address (such as REST), both are texts, one
 * after the other.
 */
struct connkey {
	union {
		uint8_t		 addr[2][16];
		struct {
			char		*at;
			uint32_t	 len[2];
		} text;
	};
	uint16_t	 port[2];
	uint16_t	 proto;		/* without ports: see connproto */
	uint8_t		 ip_proto;
	uint8_t		 kind;
};

static_assert(sizeof(struct connkey) == 40, "hash_40 hashes a key");

/* What the address of an end holds, and whether the end has a port. */
static inline enum connkey_family
connkey_family(const struct connkey *k, unsigned end)
{
	return (enum connkey_family)(k->kind >> (2 * end) & 3);
}

static inline bool
connkey_has_port(const struct connkey *k, unsigned end)
{
	return (k->kind & CONNKEY_PORT << end) != 0;
}

/* What a key is made of. */
struct connkey_parts {
	struct slice	 src;
	struct slice	 dst;
	int32_t		 sport;		/* -1: none */
	int32_t		 dport;
	int32_t		 ip_proto;	/* -1: not given */
	bool		 tcp;		/* the row has TCP flags */
	bool		 timed;
	uint16_t	 proto;
};

/* The texts of one key, and how many texts were too long. */
struct connkey_texts {
	struct output	 text;		/* of the two ends */
	uint64_t	 cut;
};

/*
 * Makes a key.  Returns which end src is: 0 or 1.  The texts are the caller's,
 * with a buffer that output_init prepared; a key with texts points into it,
 * until it is used again.  A text of over KEYTABLE_KEY_MAX bytes is REST.
 */
unsigned connkey_set(struct connkey *, const struct connkey_parts *,
	    struct connkey_texts *);

/* The memory of a key's own copy of its texts, in bytes. */
static inline size_t
connkey_bytes(const struct connkey *k)
{
	return connkey_family(k, 0) != CONNKEY_TEXT ? 0 :
	    (size_t)k->text.len[0] + k->text.len[1] + 16;
}

/* Gives a key its own copy of its texts; connkey_release frees it. */
void	 connkey_own(struct connkey *);
void	 connkey_release(struct connkey *);

/* A hash of a key, with a secret seed. */
uint32_t connkey_hash(const struct connkey *);

/* What connkey_same does for keys with texts. */
bool	 connkey_same_text(const struct connkey *, const struct connkey *);

/* Whether two keys are the same. */
static inline bool
connkey_same(const struct connkey *a, const struct connkey *b)
{
	if ((a->kind & 3) == CONNKEY_TEXT)
		return connkey_same_text(a, b);
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* An order of keys that is the same in every run: <0, 0 or >0. */
int	 connkey_compare(const struct connkey *, const struct connkey *);

/* Writes the address of an end as a cell. */
void	 connkey_write_address(const struct connkey *, unsigned end,
	    struct output *);

#endif
