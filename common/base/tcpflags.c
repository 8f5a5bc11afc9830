/*
 * tcpflags - the flags of TCP, and their letters
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/tcpflags.h"

struct tcpflags_text tcpflags_text[UINT8_MAX + 1];
struct tcpflags_memo tcpflags_memo[TCPFLAGS_PLACES];

uint8_t
tcpflags_bit(char letter)
{
	static const uint8_t bit_of[UINT8_MAX + 1] = {
		['F'] = TCP_FIN, ['S'] = TCP_SYN, ['R'] = TCP_RST,
		['P'] = TCP_PSH, ['A'] = TCP_ACK, ['U'] = TCP_URG,
		['E'] = TCP_ECE, ['C'] = TCP_CWR
	};

	return bit_of[(unsigned char)letter];
}

void
tcpflags_make(uint8_t flags)
{
	struct tcpflags_text *t = &tcpflags_text[flags];
	unsigned bit;

	for (bit = 0; bit < TCPFLAGS_TEXT_MAX; bit++)
		if (flags >> bit & 1)
			t->text[t->len++] = TCPFLAGS_LETTERS[bit];
}

bool
tcpflags_read_slow(struct slice s, uint8_t *flags)
{
	struct tcpflags_memo m = { 0, 0 };
	uint8_t bit;
	size_t i;

	for (i = 0; i < s.len; i++) {
		bit = tcpflags_bit(s.at[i]);
		if (bit == 0)
			return false;
		m.flags |= bit;
		if (i < sizeof(m.letters))
			m.letters |= (uint64_t)s.at[i] << 8 * i;
	}
	*flags = m.flags;
	if (s.len <= sizeof(m.letters))
		*tcpflags_place(m.letters) = m;
	return true;
}
