/*
 * bytes - whole numbers from bytes in either order, at any address
 *
 * be: the network's order, the highest byte first; le: the lowest first.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t
be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t
be24(const uint8_t *p)
{
	return (uint32_t)p[0] << 16 | be16(p + 1);
}

static inline uint32_t
be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static inline uint32_t
le16(const uint8_t *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t
le32(const uint8_t *p)
{
	return le16(p + 2) << 16 | le16(p);
}

/* Of text as well as of bytes: a word for several digits at once. */
static inline uint64_t
le64(const void *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Clears all bytes of a word but the n first ones in memory. */
static inline uint64_t
first_bytes(uint64_t word, size_t n)
{
	if (n >= 8)
		return word;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return word & ~(UINT64_MAX << (8 * n));
#else
	return word & ~(UINT64_MAX >> (8 * n));
#endif
}

#endif
