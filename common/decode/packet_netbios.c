/*
 * packet_netbios - what NetBIOS carries over LLC and IPX
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

#define IPX_HEADER	30
#define NBF_HEADER_LEAST 14
#define SMB_HEADER	32
#define SMB_TRANSACTION	0x25

/* Whether n bytes hold this text. */
static bool
holds(const uint8_t *at, uint32_t n, const char *text)
{
	return memmem(at, n, text, strlen(text)) != NULL;
}

/*
 * MS-CIFS, 2.2.3.1: four bytes of magic.  A transaction over a mailslot is a
 * datagram: browsing and logging on, that is.
 */
static void
name_smb(struct packet *p, struct span s)
{
	if (s.caplen < 5 || memcmp(s.at, "\xffSMB", 4) != 0)
		return;
	p->protocol = PROTO_SMB;
	if (s.at[4] == SMB_TRANSACTION && s.caplen > SMB_HEADER &&
	    holds(s.at + SMB_HEADER, s.caplen - SMB_HEADER, "\\MAILSLOT\\"))
		p->protocol = PROTO_NBDS;
}

/*
 * NetBIOS frames (IBM LAN technical reference, chapter 5): the length of the
 * header, a delimiter, a command of which three carry data.
 */
void
walk_netbeui(struct packet *p, struct span s)
{
	unsigned command;

	if (s.caplen < NBF_HEADER_LEAST || be16(s.at + 2) != 0xffef)
		return;
	command = s.at[4];
	if ((command == 0x08 || command == 0x15 || command == 0x16) &&
	    span_skip(&s, le16(s.at)))
		name_smb(p, s);
}

/* SMB may come directly over the sockets 0x0550 to 0x0553 of IPX. */
void
walk_ipx(struct packet *p, struct span s)
{
	unsigned to, from;

	walk_enter(p);
	p->protocol = PROTO_IPX;
	if (s.caplen < IPX_HEADER)
		return;
	to = be16(s.at + 16);
	from = be16(s.at + 28);
	span_skip(&s, IPX_HEADER);
	if ((to & ~3U) == 0x0550 || (from & ~3U) == 0x0550)
		name_smb(p, s);
}
