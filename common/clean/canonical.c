/*
 * canonical - quick proof that a cell is already as the contract writes it
 *
 * Bit i of a mask is about byte i.  The parts of addresses differ in length, so
 * a loop over bytes has branches that the processor mispredicts; masks have
 * none, and a row takes about a third of the time of such a loop.
 *
 * SPDX-License-Identifier: ISC
 */

#include "base/ipaddr.h"
#include "base/number.h"
#include "clean/canonical.h"
#include "csv/csv_scan.h"

static inline uint64_t
range_of_48(const char *p, unsigned char lo, unsigned char span)
{
	return range_of_16(p, lo, span) | range_of_16(p + 16, lo, span) << 16 |
	    range_of_16(p + 32, lo, span) << 32;
}

static inline uint64_t
first_bits(size_t n)
{
	return ((uint64_t)1 << n) - 1;
}

/* Inline for canonical_row: 4 % fewer instructions of csvclean. */
inline bool
is_canonical_time(struct slice s, unsigned digits)
{
	uint64_t found;
	size_t whole;

	/* Up to ten digits of seconds; more, or 9 in front, overflows ns. */
	if (s.len < digits + 2 || s.len > digits + 11)
		return false;
	whole = s.len - digits - 1;
	if (s.at[whole] != '.' || (s.at[0] == '0' && whole > 1) ||
	    (s.at[0] == '9' && whole == 10))
		return false;
	found = range_of_16(s.at, '0', 9) |
	    range_of_16(s.at + 16, '0', 9) << 16;
	found |= (uint64_t)1 << whole;
	return (found & first_bits(s.len)) == first_bits(s.len);
}

/*
 * RFC 5952, 4: lower case, no leading zeros, the longest run of zero groups
 * shortened.  Not proven: two or more zero groups running that are written
 * out, and what may have to end in a dotted IPv4 address.
 */
static bool
colons(const char *p, size_t n)
{
	uint64_t all = first_bits(n), colon = range_of_48(p, ':', 0) & all;
	uint64_t hex = (range_of_48(p, '0', 9) | range_of_48(p, 'a', 5)) & all;
	uint64_t zero = range_of_48(p, '0', 0) & all;
	uint64_t starts = hex & ~(hex << 1), gap = colon & colon >> 1;
	uint64_t zeros = zero & starts & ~(hex >> 1);
	uint64_t last = (uint64_t)1 << (n - 1);
	int groups = __builtin_popcountll(starts);

	if ((hex | colon) != all || (gap & (gap - 1)) != 0)
		return false;
	if ((colon & 1 & ~gap) != 0 || (colon & last & ~(gap << 1)) != 0)
		return false;
	if ((hex & hex >> 1 & hex >> 2 & hex >> 3 & hex >> 4) != 0 ||
	    (zero & starts & hex >> 1) != 0)
		return false;
	if ((zeros & colon >> 1 & zeros >> 2) != 0)
		return false;
	if (gap == 0)
		return groups == 8;
	if ((zeros & (gap >> 1 | gap << 2)) != 0)
		return false;
	return groups <= 6 && ((gap & 1) == 0 || groups > 3 || n <= 3);
}

inline bool
is_canonical_address(struct slice s)
{
	if (s.len < 2 || s.len > 39)
		return false;
	if (s.len <= 15 && range_of_16(s.at, '.', 0) & first_bits(s.len))
		return ipaddr_is_dotted(s.at, s.len);
	return colons(s.at, s.len);
}

inline bool
is_canonical_len(struct slice s)
{
	uint64_t value;

	if (s.len == 0 || s.len > 10 || (s.at[0] == '0' && s.len > 1))
		return false;
	if (s.len == 10)
		return number_parse(s.at, s.len, UINT32_MAX, &value);
	return (range_of_16(s.at, '0', 9) & first_bits(s.len)) ==
	    first_bits(s.len);
}

enum protocol
canonical_row(const struct slice *cell, unsigned digits)
{
	if (!is_canonical_time(cell[0], digits) ||
	    (cell[1].len > 0 && !is_canonical_address(cell[1])) ||
	    (cell[2].len > 0 && !is_canonical_address(cell[2])) ||
	    !is_canonical_len(cell[4]))
		return PROTO_NONE;
	return protocol_exact(cell[3]);
}
