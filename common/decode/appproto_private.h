/*
 * appproto_private - what the parts of appproto share
 *
 * A rule answers whether a payload's first bytes can be its protocol's.  It
 * never reads past the captured bytes, and a payload that the snaplen cut is
 * judged by what is there.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef APPPROTO_PRIVATE_H
#define APPPROTO_PRIVATE_H

#include <string.h>

#include "base/bytes.h"
#include "decode/appproto.h"

/* A payload: n bytes captured of len on the wire, and where it was seen. */
struct payload {
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
has_at(const struct payload *l, size_t off, const void *bytes, size_t n)
{
	return l->n >= off + n && memcmp(l->at + off, bytes, n) == 0;
}

/* Whether it starts with a string literal. */
#define STARTS(l, literal)	has_at((l), 0, (literal), sizeof(literal) - 1)

/* Whether the port is one of the packet's two. */
static inline bool
on_port(const struct payload *l, uint16_t port)
{
	return l->sport == port || l->dport == port;
}

/* A yes-or-no rule, and one that chooses within a family (or PROTO_NONE). */
typedef bool		match_fn(const struct payload *);
typedef enum protocol	classify_fn(const struct payload *);

/*
 * What is assigned to the ports: the lower has the first word, the other the
 * second, as long as the bytes do not contradict.
 */
classify_fn	ports_which;

/* What the bytes prove, whatever the ports (appproto_proof.c). */
classify_fn	proof_tcp, proof_udp;
match_fn	is_ssh_banner;

/* What the bytes alone show on any port. */
classify_fn	heuristic_tcp, heuristic_udp;

/* Text: lines of words (appproto_text.c). */
classify_fn	which_http, which_line;
match_fn	is_text, is_http, is_ssdp, is_websocket_reply, has_body;
match_fn	is_sip, is_sip_text, is_sip_alive, is_sip_start, is_mgcp,
		is_megaco, is_xmpp, is_xmpp_start, is_git_start;

/* Encryption (appproto_secure.c). */
match_fn	is_tls, is_dtls, is_srtp_hello, is_wireguard, is_openvpn_tcp;
match_fn	may_be_encrypted, may_be_dtls, is_quic_short;
classify_fn	which_quic, which_dns_secure, which_udpencap;

/* Windows and ONC networks (appproto_windows.c). */
match_fn	is_dcerpc, is_rpc, is_krb5, is_ldap;
classify_fn	which_nbss, which_tpkt, which_tpkt_anywhere;

/* Names, addresses, management (appproto_infra.c). */
match_fn	is_dns, is_dns_start, is_dns_anywhere, is_dhcp, is_snmp;
match_fn	is_radius, is_diameter, is_tftp_request, is_pcp;
match_fn	is_tacacs, is_ptp, is_srvloc;
match_fn	is_socks_start, is_mqtt, is_amqp_start;

/* Routers and tunnels (appproto_routing.c). */
match_fn	is_bgp, is_lsp_ping, is_ldp, is_hsrp, is_gtp, is_l2tp, is_pptp;
match_fn	is_openflow, is_netflow, is_sflow, is_babel;

/* Databases (appproto_database.c). */
match_fn	is_tds, is_tds_prelogin, is_mysql, is_mysql_start, is_mongo;
match_fn	is_cql, is_pgsql, is_pgsql_start, is_tns, is_resp, is_kafka;

/* Calls and media (appproto_media.c). */
match_fn	is_stun, is_classic_stun, is_rtcp_anywhere, is_mpeg_ts;
match_fn	is_skinny, is_vnc_banner, is_x11_start, is_rtmp_start;
classify_fn	which_media, which_stun;

/* Industrial control and buildings (appproto_ics.c). */
match_fn	is_modbus, is_dnp3, is_enip, is_bacnet, is_iec104;

/* Peers (appproto_p2p.c). */
match_fn	is_bittorrent_handshake, is_bt_dht, is_bitcoin, is_raknet;

#endif
