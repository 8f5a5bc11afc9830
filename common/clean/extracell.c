/*
 * extracell - ports and TCP flags of any origin in the contract's form
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
#include "base/tcpflags.h"
#include "clean/extracell.h"
#include "clean/novalue.h"
#include "clean/numbercell.h"

_Static_assert(EXTRACELL_TEXT_MAX >= TCPFLAGS_TEXT_MAX, "room for letters");

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '"' || c == '\'';
}

static struct slice
trim(struct slice s)
{
	for (; s.len > 0 && is_blank(s.at[0]); s.at++)
		s.len--;
	while (s.len > 0 && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

/* Whether a byte is no separator: tshark -E aggregator= takes any character. */
static bool
is_of_value(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || c == '.' || c == '*' || c == '-' ||
	    (unsigned char)c >= 0x80;
}

/* The last of a list's values, which the innermost header gave. */
static struct slice
last_of(struct slice s)
{
	size_t i = s.len;

	while (i > 0 && is_of_value(s.at[i - 1]))
		i--;
	return trim((struct slice){ s.at + i, s.len - i });
}

/*
 * Reads tcp.flags.str, one character a flag, the lowest last: its letter, or a
 * dot, an asterisk or a middle dot (of two bytes) if it is not set.
 */
static bool
read_places(struct slice s, uint64_t *flags)
{
	static const char place[] = "FSRPAUECNRRR";
	size_t bit = 0, i = s.len;
	bool unset = false;

	for (*flags = 0; i > 0; i--, bit++) {
		if (bit == sizeof(place) - 1)
			return false;
		if (s.at[i - 1] == place[bit] ||
		    (bit == 8 && s.at[i - 1] == 'A'))
			*flags |= (uint64_t)1 << bit;
		else if (i > 1 && memcmp(s.at + i - 2, "\xc2\xb7", 2) == 0)
			unset = i--;
		else if (s.at[i - 1] == '.' || s.at[i - 1] == '*')
			unset = true;
		else
			return false;
	}
	return unset || bit == sizeof(place) - 1;
}

/* Reads letters in any order, or names: "SA", "[SYN, ACK]", "PSH|ACK". */
static bool
read_words(struct slice s, uint64_t *flags)
{
	static const char names[] = "FINSYNRSTPSHACKURGECECWR";
	const char *at = s.at, *end = s.at + s.len, *word;
	uint8_t bit;
	int i;

	for (*flags = 0; at < end;) {
		if (strchr(" ,|[]()+/", *at) != NULL) {
			at++;
			continue;
		}
		for (word = at; at < end && (*at | 0x20) >= 'a' &&
		    (*at | 0x20) <= 'z'; at++)
			continue;
		for (i = 0; i < TCPFLAGS_TEXT_MAX && at - word == 3; i++)
			if ((word[0] & ~0x20) == names[3 * i] &&
			    (word[1] & ~0x20) == names[3 * i + 1] &&
			    (word[2] & ~0x20) == names[3 * i + 2])
				break;
		if (at - word == 3 && i < TCPFLAGS_TEXT_MAX) {
			*flags |= (uint64_t)1 << i;
			continue;
		}
		if (word == at)
			return false;
		for (; word < at; word++) {
			bit = tcpflags_bit(*word);
			if (bit == 0)
				return false;
			*flags |= bit;
		}
	}
	return true;
}

static bool
read_flags(struct slice s, uint64_t *flags)
{
	struct slice last = last_of(s);

	return numbercell_code(last, 0xfff, flags) ||
	    read_places(last, flags) || read_words(s, flags);
}

/* Letters in the order of their bits, none twice: no name of a flag is so. */
static bool
are_letters(struct slice s)
{
	static const uint8_t place[256] = {
		['F'] = 1, ['S'] = 2, ['R'] = 3, ['P'] = 4,
		['A'] = 5, ['U'] = 6, ['E'] = 7, ['C'] = 8
	};
	unsigned last = 0, next;
	size_t i;

	for (i = 0; i < s.len; i++, last = next) {
		next = place[(unsigned char)s.at[i]];
		if (next <= last)
			return false;
	}
	return true;
}

bool
extracell_is_canonical(enum dialect_role role, struct slice s)
{
	uint64_t value;

	if (role == ROLE_FLAGS)
		return are_letters(s);
	return s.len == 0 || ((s.at[0] != '0' || s.len == 1) &&
	    number_parse_cell(s.at, s.len, UINT16_MAX, &value));
}

bool
extracell_read(enum dialect_role role, struct slice *s,
    char text[EXTRACELL_TEXT_MAX])
{
	struct slice trimmed = trim(*s);
	uint64_t value;

	if (trimmed.len == 0) {
		*s = trimmed;
		return true;
	}
	if (role == ROLE_FLAGS && read_flags(trimmed, &value)) {
		*s = (struct slice){ text, tcpflags_put(text, (uint8_t)value) };
		return true;
	}
	if (role != ROLE_FLAGS &&
	    numbercell_code(last_of(trimmed), UINT16_MAX, &value)) {
		s->at = text;
		s->len = number_put(text, value);
		return true;
	}
	if (!novalue(trimmed))
		return false;
	s->len = 0;
	return true;
}
