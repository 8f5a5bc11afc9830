/*
 * rules_numbers - conditions on ports, lengths and types: 22,80-89,1024-
 *
 * A list becomes ascending ranges.  A list that starts with a negated part
 * starts from all numbers.
 *
 * SPDX-License-Identifier: ISC
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

#include "base/number.h"
#include "detect/rules_private.h"

#define WORD_BITS	64
#define WORDS		((UINT16_MAX + 1) / WORD_BITS)

/* Whether numbers of a column are ports, which have names. */
static bool
are_ports(enum rules_column column)
{
	return column == RULES_COLUMN_SPORT || column == RULES_COLUMN_DPORT;
}

/* The greatest number of a column. */
static uint64_t
greatest(enum rules_column column)
{
	return column == RULES_COLUMN_ICMP ? UINT8_MAX : UINT16_MAX;
}

/* Reads the name of a service of /etc/services. */
static bool
read_service(struct slice s, uint64_t *port)
{
	const struct servent *found;
	char name[64];

	if (s.len >= sizeof(name))
		return false;
	memcpy(name, s.at, s.len);
	name[s.len] = '\0';
	found = getservbyname(name, NULL);
	if (found == NULL)
		return false;
	*port = ntohs((uint16_t)found->s_port);
	return true;
}

/* A name has a letter; it is looked up in a file, which takes 1 ms. */
static bool
is_name(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if ((s.at[i] < '0' || s.at[i] > '9') && s.at[i] != '-')
			return true;
	return false;
}

/* Reads N, N-M, N-, -M or a name. */
static bool
read_range(struct slice s, enum rules_column column, uint64_t *from,
    uint64_t *to)
{
	uint64_t most = greatest(column);
	const char *dash = memchr(s.at, '-', s.len);
	struct slice end;

	if (are_ports(column) && is_name(s) && read_service(s, from)) {
		*to = *from;
		return true;
	}
	if (dash == NULL) {
		if (!number_parse(s.at, s.len, most, from))
			return false;
		*to = *from;
		return true;
	}
	end.at = dash + 1;
	end.len = s.len - (size_t)(end.at - s.at);
	s.len = (size_t)(dash - s.at);
	*from = 0;
	*to = most;
	return s.len + end.len > 0 &&
	    (s.len == 0 || number_parse(s.at, s.len, most, from)) &&
	    (end.len == 0 || number_parse(end.at, end.len, most, to)) &&
	    *from <= *to;
}

static void
set_bits(uint64_t *word, uint64_t from, uint64_t to, bool on)
{
	size_t first = from / WORD_BITS, last = to / WORD_BITS;
	uint64_t bits = UINT64_MAX << from % WORD_BITS;

	if (first < last) {
		word[first] = on ? word[first] | bits : word[first] & ~bits;
		memset(word + first + 1, on ? 0xff : 0,
		    (last - first - 1) * sizeof(*word));
		bits = UINT64_MAX;
	}
	bits &= UINT64_MAX >> (WORD_BITS - 1 - to % WORD_BITS);
	word[last] = on ? word[last] | bits : word[last] & ~bits;
}

/* The first number from i up to most whose bit is on; most + 1: none. */
static uint64_t
find_bit(const uint64_t *word, uint64_t i, uint64_t most, bool on)
{
	const uint64_t off = on ? 0 : UINT64_MAX;
	uint64_t bits;
	size_t at = i / WORD_BITS, last = most / WORD_BITS;

	if (i > most)
		return most + 1;
	bits = (word[at] ^ off) & UINT64_MAX << i % WORD_BITS;
	while (bits == 0 && at < last)
		bits = word[++at] ^ off;
	if (bits == 0)
		return most + 1;
	i = at * WORD_BITS + (uint64_t)__builtin_ctzll(bits);
	return i <= most ? i : most + 1;
}

/*
 * Turns the bits that are set, none after most, into ranges; false if there are
 * too many, or none.
 */
static bool
to_ranges(struct rules_numbers *n, const uint64_t *word, uint64_t most)
{
	uint64_t from = find_bit(word, 0, most, true), end;

	n->ranges = 0;
	for (; from <= most; from = find_bit(word, end, most, true)) {
		if (n->ranges == RULES_RANGES_MAX)
			return false;
		end = find_bit(word, from, most, false);
		n->range[n->ranges].from = (uint16_t)from;
		n->range[n->ranges++].to = (uint16_t)(end - 1);
	}
	return n->ranges > 0;
}

bool
rules_read_numbers(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice list)
{
	struct slice part, whole = list;
	uint64_t word[WORDS] = { 0 }, from, to, last = 0;
	uint64_t most = greatest(key->column);
	bool first = true, negated;

	for (; rules_next_part(&list, &part, &negated); first = false) {
		if (!read_range(part, key->column, &from, &to))
			return rules_bad(p, key->word, part,
			    are_ports(key->column) ? "ports such as 22, "
			    "80-89, 1024- or https" : "numbers such as 8, "
			    "100-200 or 150-");
		if (first && negated) {
			memset(word, 0xff, (most + 1) / 8);
			last = most;
		}
		if (to > last)
			last = to;
		set_bits(word, from, to, !negated);
	}
	memset(rules_numbers_of(r, key->column), 0,
	    sizeof(struct rules_numbers));
	return to_ranges(rules_numbers_of(r, key->column), word, last) ||
	    rules_bad(p, key->word, whole, "1 to " RULES_TEXT(RULES_RANGES_MAX)
	    " ranges");
}

static void
write_numbers(struct output *o, const struct rule *r,
    enum rules_column column)
{
	const struct rules_numbers *n = &r->numbers[column -
	    RULES_COLUMN_DPORT];
	size_t i;

	for (i = 0; i < n->ranges; i++) {
		if (i > 0)
			output_char(o, ',');
		output_u64(o, n->range[i].from);
		if (n->range[i].to == n->range[i].from)
			continue;
		output_char(o, '-');
		if (n->range[i].to < greatest(column))
			output_u64(o, n->range[i].to);
	}
}

void
rules_write_sport(struct output *o, const struct rule *r)
{
	write_numbers(o, r, RULES_COLUMN_SPORT);
}

void
rules_write_dport(struct output *o, const struct rule *r)
{
	write_numbers(o, r, RULES_COLUMN_DPORT);
}

void
rules_write_icmp(struct output *o, const struct rule *r)
{
	write_numbers(o, r, RULES_COLUMN_ICMP);
}

void
rules_write_len(struct output *o, const struct rule *r)
{
	write_numbers(o, r, RULES_COLUMN_LEN);
}
