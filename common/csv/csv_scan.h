/*
 * csv_scan - the special bytes of a block of 64, as one bit each
 *
 * Special are the delimiter, the newline, the quote, the carriage return and
 * NUL.  range_of finds any other bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CSV_SCAN_H
#define CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CSV_BLOCK	64	/* bytes of a block */

#ifdef __SSE2__
static inline __m128i
load(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint64_t
marks_of_16(const char *p, char delimiter)
{
	__m128i v = load(p), m = _mm_cmpeq_epi8(v, _mm_setzero_si128());

	m = _mm_or_si128(m, _mm_or_si128(
	    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(delimiter)),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))),
	    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')))));
	return (uint64_t)(unsigned)_mm_movemask_epi8(m);
}

static inline uint64_t
low_of_16(const char *p)
{
	__m128i v = load(p);

	v = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(',')), v);
	return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}
#else
static inline uint64_t
marks_of_16(const char *p, char delimiter)
{
	uint64_t marks = 0;
	unsigned i;

	for (i = 0; i < 16; i++)
		marks |= (uint64_t)(p[i] == delimiter || p[i] == '\n' ||
		    p[i] == '"' || p[i] == '\r' || p[i] == '\0') << i;
	return marks;
}

static inline uint64_t
low_of_16(const char *p)
{
	uint64_t marks = 0;
	unsigned i;

	for (i = 0; i < 16; i++)
		marks |= (uint64_t)((unsigned char)p[i] <= ',') << i;
	return marks;
}
#endif

/* Which of 16 bytes are from lo to lo + span. */
static inline uint64_t
range_of_16(const char *p, unsigned char lo, unsigned char span)
{
#ifdef __SSE2__
	__m128i v = load(p);

	v = _mm_sub_epi8(v, _mm_set1_epi8((char)lo));
	v = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8((char)span)), v);
	return (uint64_t)(unsigned)_mm_movemask_epi8(v);
#else
	uint64_t mask = 0;
	unsigned i;

	for (i = 0; i < 16; i++)
		mask |= (uint64_t)((unsigned char)(p[i] - lo) <= span) << i;
	return mask;
#endif
}

/* Which bytes of a block are from lo to lo + span. */
static inline uint64_t
range_of(const char *p, unsigned char lo, unsigned char span)
{
	return range_of_16(p, lo, span) |
	    range_of_16(p + 16, lo, span) << 16 |
	    range_of_16(p + 32, lo, span) << 32 |
	    range_of_16(p + 48, lo, span) << 48;
}

/* The special bytes of a block: bit i is byte i. */
static inline uint64_t
marks_of(const char *p, char delimiter)
{
	return marks_of_16(p, delimiter) |
	    marks_of_16(p + 16, delimiter) << 16 |
	    marks_of_16(p + 32, delimiter) << 32 |
	    marks_of_16(p + 48, delimiter) << 48;
}

/* Of a block in a record whose cells are all in quotes. */
struct csv_quotes {
	uint64_t	between;	/* quotes before a delimiter, a quote */
	uint64_t	special;	/* quotes, and bytes up to CR */
};

#ifdef __SSE2__
static inline struct csv_quotes
quotes_of_16(const char *p, char delimiter)
{
	__m128i v = load(p), quote = _mm_set1_epi8('"');
	__m128i is_quote = _mm_cmpeq_epi8(v, quote);
	__m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8('\r')), v);
	__m128i ends = _mm_and_si128(_mm_cmpeq_epi8(load(p + 1),
	    _mm_set1_epi8(delimiter)), _mm_cmpeq_epi8(load(p + 2), quote));

	return (struct csv_quotes){
		(uint64_t)(unsigned)_mm_movemask_epi8(_mm_and_si128(is_quote,
		    ends)),
		(uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(is_quote,
		    low))
	};
}
#else
static inline struct csv_quotes
quotes_of_16(const char *p, char delimiter)
{
	uint64_t quotes = range_of_16(p, '"', 0);

	return (struct csv_quotes){
		quotes & range_of_16(p + 1, (unsigned char)delimiter, 0) &
		    range_of_16(p + 2, '"', 0),
		quotes | range_of_16(p, 0, '\r')
	};
}
#endif

/* Two bytes after the block are read, too. */
static inline struct csv_quotes
quotes_of(const char *p, char delimiter)
{
	struct csv_quotes part, all = { 0, 0 };
	unsigned i;

	for (i = 0; i < CSV_BLOCK; i += 16) {
		part = quotes_of_16(p + i, delimiter);
		all.between |= part.between << i;
		all.special |= part.special << i;
	}
	return all;
}

/*
 * All bytes up to the comma, in one comparison: among them are the comma, all
 * special bytes and the blank.
 */
static inline uint64_t
low_of(const char *p)
{
	return low_of_16(p) | low_of_16(p + 16) << 16 |
	    low_of_16(p + 32) << 32 | low_of_16(p + 48) << 48;
}

/* Clears the marks of bytes that are not among the left ones. */
static inline uint64_t
before_end(uint64_t marks, size_t left)
{
	return left < CSV_BLOCK ? marks & (((uint64_t)1 << left) - 1) : marks;
}

#endif
