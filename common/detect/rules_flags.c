/*
 * rules_flags - the condition on TCP flags, as Suricata writes it
 *
 * [!|*|+]FLAGS[,IGNORED]: exactly these flags, none of them, any of them, or
 * all of them and perhaps others.  1 and C are the congestion window reduced
 * flag, 2 and E the ECN echo; 0 is none.  Flags of congestion control are
 * ignored unless FLAGS name them: a SYN that offers ECN is a SYN.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/rules_private.h"

static const char modes[] = "!*+";

/* Reads letters; false: one is no flag, or there is none. */
static bool
read_letters(struct slice s, uint8_t *flags)
{
	uint8_t bit;
	size_t i;

	*flags = 0;
	if (slice_is(s, "0"))
		return true;
	for (i = 0; i < s.len; i++) {
		bit = s.at[i] == '1' ? TCP_CWR : s.at[i] == '2' ? TCP_ECE :
		    tcpflags_bit(s.at[i]);
		if (bit == 0)
			return false;
		*flags |= bit;
	}
	return s.len > 0;
}

bool
rules_read_flags(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	struct slice flags = s, ignored = { NULL, 0 };
	const char *comma = memchr(s.at, ',', s.len);
	const char *mode;
	uint8_t bits = 0;

	if (comma != NULL) {
		flags.len = (size_t)(comma - s.at);
		ignored.at = comma + 1;
		ignored.len = s.len - flags.len - 1;
	}
	mode = flags.len == 0 ? NULL :
	    memchr(modes, flags.at[0], sizeof(modes) - 1);
	r->flags_mode = mode == NULL ? 0 : *mode;
	flags.at += mode != NULL;
	flags.len -= mode != NULL;
	if (!read_letters(flags, &r->flags) || (comma != NULL &&
	    (!read_letters(ignored, &bits) || bits == 0 || bits & r->flags)) ||
	    (mode != NULL && r->flags == 0))
		return rules_bad(p, key->word, s, "letters of " TCPFLAGS_LETTERS
		    " or 0, as S, +SA or S,12");
	r->flags_ignored = (uint8_t)(bits | (TCPFLAGS_CONGESTION & ~r->flags));
	return true;
}

static void
write_letters(struct output *o, unsigned flags)
{
	if (flags == 0)
		output_char(o, '0');
	else
		o->used += tcpflags_put(output_room(o, TCPFLAGS_TEXT_MAX),
		    (uint8_t)flags);
}

void
rules_write_flags(struct output *o, const struct rule *r)
{
	unsigned others = r->flags_ignored & ~(TCPFLAGS_CONGESTION & ~r->flags);

	if (r->flags_mode != 0)
		output_char(o, r->flags_mode);
	write_letters(o, r->flags);
	if (others != 0) {
		output_char(o, ',');
		write_letters(o, others);
	}
}

bool
rules_allow_flags(const struct rule *r, unsigned flags)
{
	flags &= ~(unsigned)r->flags_ignored;
	switch (r->flags_mode) {
	case '!':
		return (flags & r->flags) == 0;
	case '*':
		return (flags & r->flags) != 0;
	case '+':
		return (flags & r->flags) == r->flags;
	default:
		return flags == r->flags;
	}
}
