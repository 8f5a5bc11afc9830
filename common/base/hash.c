/*
 * hash - a fast 64-bit hash of short keys, with a secret seed
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/random.h>

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/timestamp.h"

/* "somepseudorandomlygeneratedbytes", the paper's starting state. */
#define START0	0x736f6d6570736575u
#define START1	0x646f72616e646f6du
#define START2	0x6c7967656e657261u
#define START3	0x7465646279746573u

static uint64_t	seed[2];
static bool	seeded;

struct sip_state {
	uint64_t	a, b, c, d;
};

void
hash_set_seed(uint64_t k0, uint64_t k1)
{
	seed[0] = k0;
	seed[1] = k1;
	seeded = true;
}

void
hash_get_seed(uint64_t k[2])
{
	memcpy(k, seed, sizeof(seed));
}

void
hash_seed(void)
{
	uint64_t k[2];

	if (seeded)
		return;
	if (getrandom(k, sizeof k, 0) != (ssize_t)sizeof k) {
		/* Only kernels before 3.17: time and identity must do. */
		k[0] = (uint64_t)timestamp_now(CLOCK_REALTIME);
		k[1] = (uint64_t)getpid() << 32 ^ (uint64_t)(uintptr_t)&k;
	}
	hash_set_seed(k[0], k[1]);
}

static inline uint64_t
rotate(uint64_t v, int bits)
{
	return v << bits | v >> (64 - bits);
}

static inline void
sip_round(struct sip_state *s)
{
	s->a += s->b;
	s->b = rotate(s->b, 13) ^ s->a;
	s->a = rotate(s->a, 32);
	s->c += s->d;
	s->d = rotate(s->d, 16) ^ s->c;
	s->a += s->d;
	s->d = rotate(s->d, 21) ^ s->a;
	s->c += s->b;
	s->b = rotate(s->b, 17) ^ s->c;
	s->c = rotate(s->c, 32);
}

static inline void
sip_word(struct sip_state *s, uint64_t word)
{
	s->d ^= word;
	sip_round(s);
	s->a ^= word;
}

static inline struct sip_state
sip_start(void)
{
	return (struct sip_state){ seed[0] ^ START0, seed[1] ^ START1,
	    seed[0] ^ START2, seed[1] ^ START3 };
}

static inline uint64_t
sip_end(struct sip_state *s)
{
	s->c ^= 0xff;
	sip_round(s);
	sip_round(s);
	sip_round(s);
	return s->a ^ s->b ^ s->c ^ s->d;
}

/*
 * The n last bytes, under 8, and the length's low byte on top.  Of a longer
 * text, the last eight are loaded at once.
 */
static inline uint64_t
load_tail(const unsigned char *p, size_t n, size_t len)
{
	uint64_t word = (uint64_t)len << 56;
	size_t i;

	if (n > 0 && len >= 8)
		return word | le64(p + n - 8) >> 8 * (8 - n);
	for (i = 0; i < n; i++)
		word |= (uint64_t)p[i] << (8 * i);
	return word;
}

/* Inlined, so that a length known to the caller costs no loops. */
static inline uint64_t
sip(const void *bytes, size_t n)
{
	struct sip_state s = sip_start();
	const unsigned char *p = bytes;
	size_t left;

	for (left = n; left >= 8; left -= 8, p += 8)
		sip_word(&s, le64(p));
	sip_word(&s, load_tail(p, left, n));
	return sip_end(&s);
}

uint64_t
hash_bytes(const void *bytes, size_t n)
{
	return sip(bytes, n);
}

uint64_t
hash_16(const void *bytes)
{
	return sip(bytes, 16);
}

uint64_t
hash_15(uint64_t first, uint64_t second)
{
	struct sip_state s = sip_start();

	sip_word(&s, first);
	sip_word(&s, (second & UINT64_MAX >> 8) | UINT64_C(15) << 56);
	return sip_end(&s);
}

uint64_t
hash_40(const void *bytes)
{
	return sip(bytes, 40);
}
