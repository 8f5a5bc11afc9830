/*
 * packet_eap - EAP (RFC 3748), upon IEEE 802.1X and PPP
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/bytes.h"
#include "decode/packet_walk.h"

/*
 * The methods that carry TLS (RFC 5216, 3; EAP-TTLS, PEAP, EAP-FAST, TEAP) show
 * it where the last fragment is: flags without more fragments (0x40) or a start
 * (0x20), and data after a length (0x80).
 */
void
walk_eap(struct packet *p, struct span s)
{
	unsigned type, flags;

	p->protocol = PROTO_EAPOL;
	if (s.caplen < 6 || (s.at[0] != 1 && s.at[0] != 2))
		return;
	type = s.at[4];
	flags = s.at[5];
	if ((type == 13 || type == 21 || type == 25 || type == 43 ||
	    type == 55) && (flags & 0x60) == 0 &&
	    be16(s.at + 2) > (flags & 0x80 ? 10 : 6))
		p->protocol = PROTO_TLS;
}
