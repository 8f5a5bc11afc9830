/*
 * packet_walk - the steps from the link layer to the transport
 *
 * Private to packet*.c.  Each walk_ function takes the bytes from its header
 * on and goes on to the next layer.  It first sets p->protocol to its own
 * name, so that what the layers above cannot name keeps the last one known.
 *
 * The packet_*.c files call each other in a circle, on purpose: protocols nest
 * (Ethernet in GRE in IP in MPLS in Ethernet), and this header says who may
 * carry whom.  walk_deeper bounds the recursion.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKET_WALK_H
#define PACKET_WALK_H

#include <string.h>

#include "base/bytes.h"
#include "decode/packet.h"

/* No real packet nests deeper; a made one must not exhaust the stack. */
#define WALK_DEPTH_MAX	200

/*
 * Some bytes of the packet: caplen of them are there, len were sent.  In
 * 16 bytes, which a call passes in registers.
 */
struct span {
	const uint8_t	*at;
	uint32_t	 caplen;
	uint32_t	 len;
};

/* Counts another header; false if there were too many. */
static inline bool
walk_deeper(struct packet *p)
{
	if (p->depth == WALK_DEPTH_MAX)
		return false;
	p->depth++;
	return true;
}

/* Passes over n bytes; false, and nothing done, if they are not all there. */
static inline bool
span_skip(struct span *s, uint32_t n)
{
	if (s->caplen < n)
		return false;
	s->at += n;
	s->caplen -= n;
	s->len -= s->len < n ? s->len : n;
	return true;
}

/* Cuts what comes after the first n bytes on the wire. */
static inline void
span_trim(struct span *s, uint32_t n)
{
	if (n < s->len)
		s->len = n;
	if (n < s->caplen)
		s->caplen = n;
}

/* Whether an IP header could start here. */
static inline bool
looks_like_ip(const struct span *s)
{
	if (s->caplen < 1)
		return false;
	return s->at[0] >> 4 == 6 || (s->at[0] >> 4 == 4 &&
	    (s->at[0] & 15) >= 5);
}

/* Forgets the transport of the packet that carries the one that follows. */
static inline void
walk_enter(struct packet *p)
{
	p->has_ports = p->has_tcp = p->has_ip = false;
	p->payload = NULL;
	p->payload_caplen = p->payload_len = 0;
}

/* Names what follows, which has no transport. */
static inline void
walk_name(struct packet *p, enum protocol protocol)
{
	walk_enter(p);
	p->protocol = protocol;
}

/* packet_eap.c: what IEEE 802.1X and PPP carry. */
void	walk_eap(struct packet *, struct span);

/* packet_ether.c: IEEE 802.3, 802.1Q and what they carry. */
void	walk_ethernet(struct packet *, struct span);
void	walk_ethertype(struct packet *, struct span, unsigned type);
void	walk_nsh(struct packet *, struct span);
void	walk_nsh_next(struct packet *, struct span, unsigned next);

/* packet_llc.c: IEEE 802.2, and the numbers of OSI. */
void	walk_llc(struct packet *, struct span);
void	walk_nlpid(struct packet *, struct span);	/* ISO/IEC TR 9577 */

/*
 * packet_link.c: the other link types; false if it knows none such.  Those
 * that borrow the types of Ethernet name an unknown one ETH.
 */
bool	walk_link(struct packet *, struct span, uint32_t linktype);

/* packet_lan.c: local networks other than Ethernet, and ATM. */
void	walk_token_ring(struct packet *, struct span);
void	walk_fddi(struct packet *, struct span);
void	walk_sunatm(struct packet *, struct span);
void	walk_arcnet(struct packet *, struct span, uint32_t protocol_at);
void	walk_ax25(struct packet *, struct span);

/*
 * packet_netbios.c: what NetBIOS carries over LLC and IPX.  Each names the
 * packet; the bytes are those after the LLC or IPX header.
 */
void	walk_netbeui(struct packet *, struct span);
void	walk_ipx(struct packet *, struct span);		/* from its header on */

/* packet_juniper.c: a header with a magic number, then what is named. */
void	walk_juniper_ether(struct packet *, struct span);
void	walk_juniper_ppp(struct packet *, struct span);
void	walk_juniper_chdlc(struct packet *, struct span);
void	walk_juniper_frame_relay(struct packet *, struct span);

/* packet_wlan.c: IEEE 802.11 and the headers that drivers put before it. */
void	walk_wlan(struct packet *, struct span);
void	walk_wlan_swapped(struct packet *, struct span);
void	walk_radiotap(struct packet *, struct span);
void	walk_ppi(struct packet *, struct span);
void	walk_prism(struct packet *, struct span);
void	walk_avs(struct packet *, struct span);

/* packet_wpan.c: IEEE 802.15.4 and 6LoWPAN. */
void	walk_wpan(struct packet *, struct span);
void	walk_wpan_fcs(struct packet *, struct span);
void	walk_wpan_tap(struct packet *, struct span);

/*
 * packet_ip.c: IPv4 and IPv6.  walk_ip keeps the packet's name if the version
 * is neither; walk_as_ip4 and walk_as_ip6 are for a layer that announces the
 * version, and name the packet even if its version is another.
 */
void	walk_ip(struct packet *, struct span);		/* of either version */
void	walk_ip6_only(struct packet *, struct span);	/* nothing but 6 */
void	walk_as_ip4(struct packet *, struct span);
void	walk_as_ip6(struct packet *, struct span);
void	walk_vj(struct packet *, struct span);		/* RFC 1144 */
void	walk_ip_protocol(struct packet *, struct span, unsigned protocol);
bool	walk_knows_ip_protocol(unsigned protocol);	/* 0 to 255 */
void	walk_ip6_payload(struct packet *, struct span, unsigned next);

/* packet_transport.c: what IP carries, and LINKTYPE_SCTP. */
void	walk_tcp(struct packet *, struct span);
void	walk_udp(struct packet *, struct span);
void	walk_udplite(struct packet *, struct span);
void	walk_sctp(struct packet *, struct span);
void	walk_dccp(struct packet *, struct span);
void	walk_pgm(struct packet *, struct span);

/* packet_ppp.c: PPP, PPPoE, L2TP, frame relay, Cisco HDLC. */
void	walk_ppp(struct packet *, struct span);		/* address optional */
void	walk_pppoe(struct packet *, struct span, bool session);
void	walk_chdlc(struct packet *, struct span);
void	walk_frame_relay(struct packet *, struct span);

/* packet_tunnel.c: MPLS and GRE. */
void	walk_mpls(struct packet *, struct span);
void	walk_gre(struct packet *, struct span);
void	walk_gre_payload(struct packet *, struct span, unsigned type,
	    bool sequence);

/* packet_tunnel_wlan.c: false, and nothing done, if it is none of these. */
bool	walk_capwap(struct packet *, struct span);	/* its data */
bool	walk_capwap_dtls(struct packet *, struct span);	/* of both channels */
bool	walk_lwapp(struct packet *, struct span);
bool	walk_tzsp(struct packet *, struct span);

/*
 * packet_tunnel_udp.c: goes on into what a UDP datagram to or from a tunnel's
 * port carries.  False, and nothing done, if it is none.
 */
bool	walk_udp_tunnel(struct packet *, struct span);

#endif
