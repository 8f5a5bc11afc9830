/*
 * ipaddr - IP addresses as text and bytes
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef IPADDR_H
#define IPADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define IPADDR_TEXT_MAX	45	/* bytes of the longest text, no NUL */

struct ipaddr {
	uint8_t	family;		/* 4 or 6 */
	uint8_t	byte[16];	/* network byte order; 4 or 16 used */
};

/* Each value of a byte as text and a dot, and the length of that text. */
extern const char ipaddr_decimal[256][4];
extern const uint8_t ipaddr_decimal_len[256];

/* Writes an IPv4 or an IPv6 address; see ipaddr_format. */
size_t	ipaddr_format_6(char *out, const uint8_t *byte);

static inline char *
ipaddr_put_decimal(char *p, uint8_t byte)
{
	memcpy(p, ipaddr_decimal[byte], 4);
	return p + ipaddr_decimal_len[byte];
}

/* Not a loop, which gcc leaves one: 2.5 % fewer instructions of pcap2csv. */
static inline size_t
ipaddr_format_4(char *out, const uint8_t *byte)
{
	char *p = ipaddr_put_decimal(out, byte[0]);

	p = ipaddr_put_decimal(p, byte[1]);
	p = ipaddr_put_decimal(p, byte[2]);
	p = ipaddr_put_decimal(p, byte[3]);
	return (size_t)(p - 1 - out);
}

/*
 * Writes the address of 4 (family 4) or 16 bytes (family 6) at byte as text:
 * dotted decimal, or the form of RFC 5952.  out has room for IPADDR_TEXT_MAX
 * bytes; no NUL is written.  Returns the number of bytes written.
 */
static inline size_t
ipaddr_format(char *out, uint8_t family, const uint8_t *byte)
{
	return family == 4 ? ipaddr_format_4(out, byte) :
	    ipaddr_format_6(out, byte);
}

/*
 * Reads all n bytes of a text: dotted IPv4, or IPv6 in any form of RFC 4291,
 * 2.2.  False if it is neither.
 */
bool	ipaddr_parse(struct ipaddr *, const char *, size_t n);

/*
 * The same where 48 bytes from the first are readable, as in the cell of a
 * record.  Where the processor has SSSE3, an IPv4 address is read without a
 * branch on its digits, in 55 instructions instead of about 130.
 */
bool	ipaddr_parse_cell(struct ipaddr *, const char *, size_t n);

/*
 * Whether n bytes are an IPv4 address, dotted, without leading zeros, as
 * ipaddr_format writes it.  16 bytes from the first are readable.
 */
bool	ipaddr_is_dotted(const char *, size_t n);

/*
 * Keeps the first keep4 (0-32) or keep6 (0-128) bits of an address and clears
 * the others: what remains is its network.  An IPv4 address embedded in an
 * IPv6 one keeps at most keep4 bits, and what follows it is cleared: mapped and
 * translated addresses, NAT64's with a prefix of RFC 6052 or 8215, 6to4,
 * Teredo, ISATAP.
 */
void	ipaddr_truncate(struct ipaddr *, unsigned keep4, unsigned keep6);

#endif
