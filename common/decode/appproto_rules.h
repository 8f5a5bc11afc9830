/*
 * appproto_rules - what the parts of appproto share
 *
 * A rule answers whether a payload's first bytes can be its protocol's.  It
 * never reads past the captured bytes, and a payload that the snaplen cut is
 * judged by what is there.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef APPPROTO_RULES_H
#define APPPROTO_RULES_H

#include <string.h>

#include "base/bytes.h"
#include "decode/appproto.h"

/* A payload: n bytes captured of len on the wire, and where it was seen. */
struct look {
	const uint8_t	*at;
	uint32_t	 n;
	uint32_t	 len;
	uint16_t	 sport;
	uint16_t	 dport;
	uint16_t	 server;	/* the listening end's, 0: unknown */
	bool		 tcp;		/* else UDP */
	enum protocol	 flow;		/* shown by the connection so far */
};

/* Whether the payload has these n bytes at this offset. */
static inline bool
has_at(const struct look *l, size_t off, const void *bytes, size_t n)
{
	return l->n >= off + n && memcmp(l->at + off, bytes, n) == 0;
}

/* Whether it starts with a string literal. */
#define STARTS(l, literal)	has_at((l), 0, (literal), sizeof(literal) - 1)

/* Whether the port is one of the packet's two. */
static inline bool
on_port(const struct look *l, uint16_t port)
{
	return l->sport == port || l->dport == port;
}

/* A yes-or-no rule, and one that chooses within a family (or PROTO_NONE). */
typedef bool		fits_rule(const struct look *);
typedef enum protocol	which_rule(const struct look *);

/*
 * What is assigned to the ports: the lower has the first word, the other the
 * second, as long as the bytes do not contradict.
 */
which_rule	ports_which;

/* What the bytes alone show on any port. */
which_rule	anywhere_tcp, anywhere_udp;

/* Text: lines of words (appproto_text.c). */
which_rule	which_http;
fits_rule	is_http, is_websocket_reply, is_sip, is_rtsp, is_mgcp,
		is_megaco;


/* Encryption (appproto_crypto.c). */
fits_rule	is_tls, is_dtls, is_wireguard, is_isakmp;
which_rule	which_quic, which_udpencap;

/* Windows and ONC networks (appproto_office.c). */
fits_rule	is_dcerpc, is_rpc, is_krb5, is_ldap;
which_rule	which_nbss, which_tpkt, which_tpkt_anywhere;

/* Names, addresses, management (appproto_net.c). */
fits_rule	is_dns, is_dns_anywhere, is_xmpp, is_dhcp, is_snmp, is_radius;
fits_rule	is_diameter, is_tftp, is_tftp_request, is_pcp, is_tacacs;

/* Routers and tunnels (appproto_route.c). */
fits_rule	is_ldp, is_bfd, is_gtp, is_l2tp, is_pptp;
fits_rule	is_openflow, is_openflow_hello, is_netflow, is_sflow,
		is_babel, is_rip;

/* Data bases, queues, caches (appproto_store.c). */
fits_rule	is_tds, is_tds_anywhere, is_mongo, is_cql, is_pgsql;

/* Calls and media (appproto_media.c). */
fits_rule	is_stun, is_classic_stun, is_rtcp_anywhere;
fits_rule	is_skinny, is_vnc_banner;
which_rule	which_media, which_stun;

/* Machines (appproto_plant.c). */
fits_rule	is_modbus, is_dnp3, is_enip, is_bacnet, is_iec104;

/* Peers (appproto_peer.c). */
fits_rule	is_bittorrent, is_bt_dht, is_bitcoin, is_raknet;

#endif
