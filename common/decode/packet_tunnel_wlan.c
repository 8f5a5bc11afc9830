/*
 * packet_tunnel_wlan - the tunnels of access points and sniffers over UDP
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/packet_walk.h"

/*
 * CAPWAP's preamble of version 0 (RFC 5415, 4.1 and 4.2): type 1 has three
 * bytes more, then a DTLS record.
 */
bool
walk_capwap_dtls(struct packet *p, struct span s)
{
	if (s.caplen < 7 || s.at[0] != 1 || s.at[4] < 20 || s.at[4] > 26 ||
	    s.at[5] != 0xfe)
		return false;
	p->protocol = PROTO_DTLS;
	return true;
}

/*
 * RFC 5415, 4.3: with T set the binding says which frame it is, 1 for 802.11,
 * else it is 802.3.  Fragments and what keeps a session alive (F and K) carry
 * none.  Some access points swap the two bytes of frame control, of which the
 * first has the version, 0, in its lower bits (IEEE 802.11-2020, 9.2.4.1.2).
 */
bool
walk_capwap(struct packet *p, struct span s)
{
	uint32_t bits;

	if (s.caplen < 8 || s.at[0] != 0)
		return walk_capwap_dtls(p, s);
	bits = be32(s.at);
	if (bits & 0x88 || be16(s.at + 6) & 0xfff8)
		return false;
	if (!span_skip(&s, (bits >> 19 & 0x1fU) * 4))
		return false;
	if ((bits & 0x100) == 0) {
		walk_ethernet(p, s);
		return true;
	}
	if ((bits >> 9 & 0x1f) != 1 || s.caplen < 2)
		return false;
	if ((s.at[0] & 3) != 0 && (s.at[1] & 3) == 0)
		walk_wlan_swapped(p, s);
	else
		walk_wlan(p, s);
	return true;
}

/* TaZmen sniffer protocol: tags up to one of type 1, then a frame. */
bool
walk_tzsp(struct packet *p, struct span s)
{
	unsigned link;

	if (s.caplen < 5 || s.at[0] != 1 || s.at[1] > 1)
		return false;
	link = be16(s.at + 2);
	span_skip(&s, 4);
	while (s.caplen >= 1 && s.at[0] != 1)
		if (s.at[0] == 0)
			span_skip(&s, 1);
		else if (s.caplen < 2 || !span_skip(&s, 2U + s.at[1]))
			return false;
	if (!span_skip(&s, 1))
		return false;
	if (link == 1)
		walk_ethernet(p, s);
	else if (link == 18)
		walk_wlan(p, s);
	else
		return false;
	return true;
}

/* RFC 5412, 4.1: six bytes, then 802.11 with its first bytes swapped. */
bool
walk_lwapp(struct packet *p, struct span s)
{
	if (s.caplen < 6)
		return false;
	if (s.at[0] & 0x04) {		/* control */
		p->protocol = PROTO_IEEE80211;
		return true;
	}
	span_skip(&s, 6);
	walk_wlan_swapped(p, s);
	return true;
}
