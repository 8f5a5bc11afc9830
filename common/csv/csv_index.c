/*
 * csv_index - where cells and lines end, a few KiB at a time
 *
 * SPDX-License-Identifier: ISC
 */
#include "csv/csv_index.h"
#include "csv/csv_scan.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

static void
index_any(struct csv_index *x, const char *p, size_t n, char delimiter)
{
	size_t i, at, used = 0, lines = 0;
	uint64_t marks;
	bool odd = false;

	for (i = 0; i < n && !odd; i += CSV_BLOCK) {
		marks = before_end(marks_of(p + i, delimiter), n - i);
		for (; marks != 0 && !odd; marks &= marks - 1) {
			at = i + (unsigned)__builtin_ctzll(marks);
			odd = p[at] != delimiter && p[at] != '\n';
			x->mark[1 + used] = (uint16_t)at;
			x->line[lines] = (uint16_t)used++;
			lines += p[at] == '\n';
		}
	}
	x->lines = lines;
}

#ifdef __x86_64__
/* The marks of a block, and those of them that are special in some way. */
struct block {
	uint64_t	marks;		/* delimiters and newlines */
	uint64_t	lines;		/* newlines */
	uint64_t	odd;		/* quotes, carriage returns, NULs */
};

/* Leaves what is among the n bytes, and before what is odd. */
static inline __attribute__((always_inline)) void
cut(struct block *b, size_t n)
{
	uint64_t kept = before_end(UINT64_MAX, n);

	b->odd &= kept;
	if (b->odd != 0)
		kept &= (b->odd & -b->odd) - 1;
	b->marks &= kept;
	b->lines &= kept;
}

#define BMI	__attribute__((target("avx2,bmi,bmi2,popcnt")))

static inline BMI uint64_t
find_32(__m256i v, char c)
{
	return (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v,
	    _mm256_set1_epi8(c)));
}

static inline BMI struct block
block_32(const char *p, char delimiter)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i odd = _mm256_or_si256(_mm256_cmpeq_epi8(v,
	    _mm256_setzero_si256()), _mm256_or_si256(
	    _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')),
	    _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'))));
	uint64_t lines = find_32(v, '\n');

	return (struct block){ lines | find_32(v, delimiter), lines,
	    (uint64_t)(unsigned)_mm256_movemask_epi8(odd) };
}

static inline BMI struct block
block_64(const char *p, char delimiter)
{
	struct block a = block_32(p, delimiter);
	struct block b = block_32(p + 32, delimiter);

	return (struct block){ a.marks | b.marks << 32,
	    a.lines | b.lines << 32, a.odd | b.odd << 32 };
}

/* Writes base + a bit's number, and returns the bits after it. */
static inline BMI uint64_t
put(uint16_t *to, size_t base, uint64_t bits)
{
	*to = (uint16_t)(base + _tzcnt_u64(bits));
	return _blsr_u64(bits);
}

/* The same for four bits, whether or not there are so many. */
static inline BMI uint64_t
put_4(uint16_t *to, size_t base, uint64_t bits)
{
	bits = put(to, base, bits);
	bits = put(to + 1, base, bits);
	bits = put(to + 2, base, bits);
	return put(to + 3, base, bits);
}

/*
 * Eight marks at a time and four lines: a branch for each would be mispredicted
 * once in each block.
 */
static BMI void
index_avx2(struct csv_index *x, const char *p, size_t n, char delimiter)
{
	uint16_t *to = x->mark + 1, *line = x->line;
	struct block b = { 0, 0, 0 };
	size_t i, k, count;
	uint64_t ordinals;

	for (i = 0; i < n && b.odd == 0; i += CSV_BLOCK) {
		b = block_64(p + i, delimiter);
		cut(&b, n - i);
		ordinals = _pext_u64(b.lines, b.marks);
		count = (size_t)__builtin_popcountll(b.lines);
		for (k = 0; k < count; k += 4)
			ordinals = put_4(line + k, (size_t)(to - x->mark - 1),
			    ordinals);
		line += count;
		count = (size_t)__builtin_popcountll(b.marks);
		for (k = 0; k < count; k += 8) {
			b.marks = put_4(to + k, i, b.marks);
			b.marks = put_4(to + k + 4, i, b.marks);
		}
		to += count;
	}
	x->lines = (size_t)(line - x->line);
}

#define VBMI	__attribute__((target("avx512bw,avx512vbmi2,bmi2,popcnt")))

/*
 * Writes base + the number of each bit of a word, and bytes after them.  Mostly
 * there are few: half a cache line is written faster than one across two.
 */
static inline VBMI size_t
put_all(uint16_t *to, size_t base, uint64_t bits, __m512i numbers)
{
	const __m512i some = _mm512_maskz_compress_epi8(bits, numbers);
	const __m512i first = _mm512_set1_epi16((short)base);
	size_t count = (size_t)__builtin_popcountll(bits);

	_mm256_storeu_si256((__m256i *)(void *)to, _mm256_add_epi16(
	    _mm512_castsi512_si256(first),
	    _mm256_cvtepu8_epi16(_mm512_castsi512_si128(some))));
	if (count > 16) {
		_mm512_storeu_si512(to, _mm512_add_epi16(first,
		    _mm512_cvtepu8_epi16(_mm512_castsi512_si256(some))));
		_mm512_storeu_si512(to + 32, _mm512_add_epi16(first,
		    _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(some, 1))));
	}
	return count;
}

static inline VBMI struct block
block_512(const char *p, char delimiter)
{
	__m512i v = _mm512_loadu_si512(p);
	uint64_t lines = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'));

	return (struct block){
		lines | _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(delimiter)),
		lines,
		_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')) |
		    _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r')) |
		    _mm512_testn_epi8_mask(v, v)
	};
}

static VBMI void
index_avx512(struct csv_index *x, const char *p, size_t n, char delimiter)
{
	const __m512i numbers = _mm512_set_epi64(0x3f3e3d3c3b3a3938,
	    0x3736353433323130, 0x2f2e2d2c2b2a2928, 0x2726252423222120,
	    0x1f1e1d1c1b1a1918, 0x1716151413121110, 0x0f0e0d0c0b0a0908,
	    0x0706050403020100);
	uint16_t *to = x->mark + 1, *line = x->line;
	struct block b = { 0, 0, 0 };
	size_t i;

	for (i = 0; i < n && b.odd == 0; i += CSV_BLOCK) {
		b = block_512(p + i, delimiter);
		cut(&b, n - i);
		line += put_all(line, (size_t)(to - x->mark - 1),
		    _pext_u64(b.lines, b.marks), numbers);
		to += put_all(to, i, b.marks, numbers);
	}
	x->lines = (size_t)(line - x->line);
}
#endif

csv_indexer *
csv_index_by(enum csv_index_way way)
{
#ifdef __x86_64__
	if (way == CSV_INDEX_AVX2)
		return __builtin_cpu_supports("avx2") &&
		    __builtin_cpu_supports("bmi2") ? index_avx2 : NULL;
	if (way == CSV_INDEX_AVX512)
		return __builtin_cpu_supports("avx512bw") &&
		    __builtin_cpu_supports("avx512vbmi2") ? index_avx512 :
		    NULL;
#endif
	return way == CSV_INDEX_ANY ? index_any : NULL;
}

csv_indexer *
csv_index_choose(void)
{
	unsigned way = CSV_INDEX_WAYS;
	csv_indexer *found = NULL;

	while (found == NULL)
		found = csv_index_by((enum csv_index_way)--way);
	return found;
}
