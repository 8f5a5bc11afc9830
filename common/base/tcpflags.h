/*
 * tcpflags - the flags of TCP, and their letters
 *
 * The bits are those of byte 13 of a TCP header (RFC 9293, 3.1).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TCPFLAGS_H
#define TCPFLAGS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/bytes.h"
#include "base/slice.h"

enum {
	TCP_FIN = 0x01, TCP_SYN = 0x02, TCP_RST = 0x04, TCP_PSH = 0x08,
	TCP_ACK = 0x10, TCP_URG = 0x20, TCP_ECE = 0x40, TCP_CWR = 0x80
};

#define TCPFLAGS_CONGESTION	(TCP_ECE | TCP_CWR)	/* its control */
#define TCPFLAGS_LETTERS	"FSRPAUEC"	/* the lowest bit first */
#define TCPFLAGS_TEXT_MAX	8
#define TCPFLAGS_PLACES		64

/* What was written and read lately, for the functions below. */
extern struct tcpflags_text {
	char		text[TCPFLAGS_TEXT_MAX];
	uint8_t		len;		/* 0: none, or not yet made */
} tcpflags_text[UINT8_MAX + 1];
extern struct tcpflags_memo {
	uint64_t	letters;	/* the first in the lowest byte */
	uint8_t		flags;		/* 0: a free place */
} tcpflags_memo[TCPFLAGS_PLACES];

/* The flag of a letter, or 0. */
uint8_t	tcpflags_bit(char letter);

/* What these do for flags, or letters, that are not in their memory. */
void	tcpflags_make(uint8_t flags);
bool	tcpflags_read_slow(struct slice, uint8_t *flags);

/*
 * Writes the letters of flags, in the order of their bits; out has room for
 * TCPFLAGS_TEXT_MAX bytes.  Returns their number.
 */
static inline size_t
tcpflags_put(char *out, uint8_t flags)
{
	const struct tcpflags_text *t = &tcpflags_text[flags];

	if (t->len == 0 && flags != 0)
		tcpflags_make(flags);
	memcpy(out, t->text, sizeof(t->text));
	return t->len;
}

static inline struct tcpflags_memo *
tcpflags_place(uint64_t letters)
{
	return &tcpflags_memo[letters * 0x9e3779b97f4a7c15u >> 58];
}

/*
 * Reads letters in any order as flags, none as 0; false: one is of no flag.
 * Eight bytes from the first are readable, as in a cell.  Up to eight letters
 * are one number and found in a memo, without a branch on how many they are.
 */
static inline bool
tcpflags_read(struct slice s, uint8_t *flags)
{
	const struct tcpflags_memo *m;
	uint64_t letters;

	if (s.len - 1 > 7) {
		*flags = 0;
		return s.len == 0 || tcpflags_read_slow(s, flags);
	}
	letters = le64(s.at) & UINT64_MAX >> (64 - 8 * s.len);
	m = tcpflags_place(letters);
	if (m->letters != letters || m->flags == 0)
		return tcpflags_read_slow(s, flags);
	*flags = m->flags;
	return true;
}

#endif
