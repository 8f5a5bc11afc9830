/*
 * ipaddr_cell - addresses in cells, their digits read side by side
 *
 * There is no branch on a digit, which no processor predicts.
 *
 * Every x86-64 processor since 2006 has SSSE3; where there is none,
 * ipaddr_parse reads cells as well.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/bytes.h"
#include "base/ipaddr.h"

#ifdef __x86_64__
#include <tmmintrin.h>

/* A multiplier, found by trial, that gives each pattern of dots a place. */
#define PLACE_OF(dots)	((uint32_t)(dots) * UINT32_C(0x2acc2673) >> 24)

/* How the digits between dots at these places are read. */
static struct pattern {
	uint8_t		 from[16];	/* of each number: three digits, none */
	int32_t		 least[4];	/* that so many digits may be */
	uint32_t	 dots;		/* bit i: byte i, and where it ends */
} patterns[256];

static bool	has_ssse3;

/* The pattern of four numbers of so many digits. */
static void
add_pattern(const unsigned *len)
{
	static const int32_t least[] = { 0, 0, 10, 100 };
	struct pattern p = { .dots = 0 };
	unsigned at = 0, i, digit;

	for (i = 0; i < 4; i++) {
		p.least[i] = least[len[i]];
		for (digit = 0; digit < 4; digit++)
			p.from[4 * i + digit] = digit == 3 ||
			    digit + len[i] < 3 ? 0x80 :
			    (uint8_t)(at + digit + len[i] - 3);
		at += len[i];
		p.dots |= 1U << at++;
	}
	patterns[PLACE_OF(p.dots)] = p;
}

/* Runs before main, so that no reader asks whether there are patterns. */
__attribute__((constructor))
static void
add_patterns(void)
{
	unsigned len[4], i;

	__builtin_cpu_init();
	has_ssse3 = __builtin_cpu_supports("ssse3") != 0;
	for (i = 0; i < 81; i++) {
		len[0] = i / 27 + 1;
		len[1] = i / 9 % 3 + 1;
		len[2] = i / 3 % 3 + 1;
		len[3] = i % 3 + 1;
		add_pattern(len);
	}
}

#define CELL_6_MAX	39	/* bytes of eight groups */

/* The bytes of a text that are hex digits, with their values, and colons. */
struct groups {
	uint8_t		 digit[4 + 48];	/* four zeros before the first */
	uint64_t	 digits;	/* bit i: byte i is one */
	uint64_t	 colons;
};

/* Finds them in 16 bytes. */
static inline void
find_groups(struct groups *g, const char *at, unsigned i)
{
	const __m128i five = _mm_set1_epi8(5), nine = _mm_set1_epi8(9);
	__m128i text = _mm_loadu_si128((const __m128i *)(const void *)(at +
	    i));
	__m128i digit = _mm_sub_epi8(text, _mm_set1_epi8('0'));
	__m128i letter = _mm_sub_epi8(_mm_or_si128(text, _mm_set1_epi8(0x20)),
	    _mm_set1_epi8('a'));
	__m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, nine), digit);
	__m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, five), letter);
	__m128i colon = _mm_cmpeq_epi8(text, _mm_set1_epi8(':'));

	g->digits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(
	    is_digit, is_letter)) << i;
	g->colons |= (uint64_t)(unsigned)_mm_movemask_epi8(colon) << i;
	_mm_storeu_si128((__m128i *)(void *)(g->digit + 4 + i), _mm_or_si128(
	    _mm_and_si128(digit, is_digit), _mm_and_si128(_mm_add_epi8(letter,
	    _mm_set1_epi8(10)), is_letter)));
}

/*
 * Reads the groups from one byte to another, at most max.  Returns how many, or
 * more than max if there is something else.
 */
static inline unsigned
read_groups(const struct groups *g, unsigned from, unsigned to, uint8_t *byte,
    unsigned max)
{
	uint64_t ends = (g->colons | UINT64_C(1) << to) &
	    ((UINT64_C(2) << to) - (UINT64_C(1) << from));
	unsigned n, end, unused;
	uint32_t four;

	if (from == to)
		return 0;
	for (n = 0; ends != 0; n++, from = end + 1, ends &= ends - 1) {
		end = (unsigned)__builtin_ctzll(ends);
		unused = 8 * (4 - (end - from));
		if (n == max || unused > 24)
			return max + 1;
		/* The last digit is in the highest byte. */
		four = le32(g->digit + end) >> unused << unused;
		four = (four << 4 | four >> 8) & 0x00ff00ff;
		byte[2 * n] = (uint8_t)four;
		byte[2 * n + 1] = (uint8_t)(four >> 16);
	}
	return n;
}

/*
 * Reads IPv6 addresses of groups and at most one "::"; ipaddr_parse reads what
 * this does not.  It mispredicts a fifth of the branches that ipaddr_parse
 * does, at the same number of instructions (callgrind --branch-sim=yes).
 */
static bool
parse_6(struct ipaddr *a, const char *at, size_t n)
{
	uint8_t left[16] = { 0 }, right[32] = { 0 };
	unsigned used, more = 0, gap = (unsigned)n, i;
	struct groups g = { .digits = 0 };
	uint64_t twice;

	if (n - 2 > CELL_6_MAX - 2)
		return ipaddr_parse(a, at, n);
	for (i = 0; i < n; i += 16)
		find_groups(&g, at, i);
	g.colons &= (UINT64_C(1) << n) - 1;
	twice = g.colons & g.colons >> 1;
	if (~(g.digits | g.colons) << (64 - n) != 0 ||
	    (twice & (twice - 1)) != 0)
		return ipaddr_parse(a, at, n);
	if (twice != 0) {
		gap = (unsigned)__builtin_ctzll(twice);
		more = read_groups(&g, gap + 2, (unsigned)n, right + 16, 7);
	}
	used = read_groups(&g, 0, gap, left, 8);
	if (twice != 0 ? used + more > 7 : used != 8)
		return ipaddr_parse(a, at, n);
	a->family = 6;
	_mm_storeu_si128((__m128i *)(void *)a->byte, _mm_or_si128(
	    _mm_loadu_si128((const __m128i *)(const void *)left),
	    _mm_loadu_si128((const __m128i *)(const void *)(right +
	    2 * more))));
	return true;
}

/*
 * Reads the digits of a text as the pattern of its dots says, all four numbers
 * side by side, in the first byte of each.  False if it is no such text: with
 * another number of digits, a leading zero, more than 255.
 */
__attribute__((target("ssse3")))
static inline bool
read_dotted(const char *at, size_t n, __m128i *value)
{
	const __m128i text = _mm_loadu_si128((const __m128i *)(const void *)at);
	const __m128i nine = _mm_set1_epi8(9);
	const uint32_t end = UINT32_C(1) << n;
	const uint32_t dots = ((uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text,
	    _mm_set1_epi8('.'))) & (end - 1)) | end;
	const struct pattern *p = &patterns[PLACE_OF(dots)];
	__m128i digits, good, bad;

	if (p->dots != dots)
		return false;
	digits = _mm_shuffle_epi8(_mm_sub_epi8(text, _mm_set1_epi8('0')),
	    _mm_loadu_si128((const __m128i *)(const void *)p->from));
	*value = _mm_madd_epi16(_mm_maddubs_epi16(digits,
	    _mm_set1_epi32(0x00010a64)), _mm_set1_epi16(1));
	good = _mm_cmpeq_epi8(_mm_min_epu8(digits, nine), digits);
	bad = _mm_or_si128(_mm_cmpgt_epi32(*value, _mm_set1_epi32(255)),
	    _mm_cmpgt_epi32(_mm_loadu_si128((const __m128i *)(const void *)
	    p->least), *value));
	return _mm_movemask_epi8(_mm_andnot_si128(bad, good)) == 0xffff;
}

/* What is no such text may still be an address: "::1.2.3.4". */
__attribute__((target("ssse3")))
static bool
parse_7_to_15(struct ipaddr *a, const char *at, size_t n)
{
	__m128i value;

	if (!read_dotted(at, n, &value))
		return parse_6(a, at, n);
	value = _mm_packs_epi32(value, _mm_setzero_si128());
	value = _mm_packus_epi16(value, _mm_setzero_si128());
	a->family = 4;
	_mm_storeu_si128((__m128i *)(void *)a->byte, value);
	return true;
}

__attribute__((target("ssse3")))
static bool
is_dotted(const char *at, size_t n)
{
	__m128i value;

	return read_dotted(at, n, &value);
}

bool
ipaddr_parse_cell(struct ipaddr *a, const char *p, size_t n)
{
	return n - 7 <= 8 && has_ssse3 ? parse_7_to_15(a, p, n) :
	    parse_6(a, p, n);
}

bool
ipaddr_is_dotted(const char *p, size_t n)
{
	struct ipaddr a;

	return n - 7 <= 8 && (has_ssse3 ? is_dotted(p, n) :
	    ipaddr_parse(&a, p, n) && a.family == 4);
}
#else
bool
ipaddr_parse_cell(struct ipaddr *a, const char *p, size_t n)
{
	return ipaddr_parse(a, p, n);
}

bool
ipaddr_is_dotted(const char *p, size_t n)
{
	struct ipaddr a;

	return ipaddr_parse(&a, p, n) && a.family == 4;
}
#endif
