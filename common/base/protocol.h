/*
 * protocol - the fixed table of protocol names
 *
 * A name is one upper-case token.  Wireshark's Protocol column has many more;
 * protocol_find folds those that are versions, parts or carriers of ours.
 *
 * To add a protocol: a line here, one in protocol.c with the names it folds,
 * and a rule in appproto (or packet, if a header's field decides).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stddef.h>

#include "base/slice.h"

enum protocol {
	PROTO_NONE,		/* nothing recognised; has no name */
	PROTO_ARP,
	PROTO_STP,
	PROTO_LLDP,
	PROTO_CDP,
	PROTO_LACP,
	PROTO_EAPOL,
	PROTO_IEEE80211,
	PROTO_LLC,
	PROTO_PPPOE,
	PROTO_PPP,
	PROTO_LOOP,
	PROTO_ETH,
	PROTO_MPLS,
	PROTO_ISIS,
	PROTO_IPX,
	PROTO_IPV4,
	PROTO_IPV6,
	PROTO_ICMP,
	PROTO_ICMPV6,
	PROTO_IGMP,
	PROTO_OSPF,
	PROTO_EIGRP,
	PROTO_PIM,
	PROTO_VRRP,
	PROTO_HSRP,
	PROTO_RSVP,
	PROTO_GRE,
	PROTO_ESP,
	PROTO_AH,
	PROTO_SCTP,
	PROTO_DCCP,
	PROTO_PGM,
	PROTO_UDP,
	PROTO_TCP,
	PROTO_TLS,
	PROTO_DTLS,
	PROTO_QUIC,
	PROTO_HTTP,
	PROTO_HTTP2,
	PROTO_WEBSOCKET,
	PROTO_SSDP,
	PROTO_DNS,
	PROTO_MDNS,
	PROTO_LLMNR,
	PROTO_NBNS,
	PROTO_NBDS,
	PROTO_NBSS,
	PROTO_DHCP,
	PROTO_DHCPV6,
	PROTO_NTP,
	PROTO_PTP,
	PROTO_SNMP,
	PROTO_SYSLOG,
	PROTO_SSH,
	PROTO_TELNET,
	PROTO_RLOGIN,
	PROTO_FTP,
	PROTO_FTP_DATA,
	PROTO_TFTP,
	PROTO_SMTP,
	PROTO_POP,
	PROTO_IMAP,
	PROTO_NNTP,
	PROTO_IRC,
	PROTO_XMPP,
	PROTO_SMB,
	PROTO_DCERPC,
	PROTO_LDAP,
	PROTO_KRB5,
	PROTO_RPC,
	PROTO_RDP,
	PROTO_VNC,
	PROTO_X11,
	PROTO_MYSQL,
	PROTO_PGSQL,
	PROTO_TDS,
	PROTO_TNS,
	PROTO_RESP,
	PROTO_MONGO,
	PROTO_MEMCACHE,
	PROTO_CQL,
	PROTO_KAFKA,
	PROTO_MQTT,
	PROTO_AMQP,
	PROTO_COAP,
	PROTO_MODBUS,
	PROTO_DNP3,
	PROTO_ENIP,
	PROTO_BACNET,
	PROTO_S7COMM,
	PROTO_IEC104,
	PROTO_SIP,
	PROTO_RTP,
	PROTO_RTCP,
	PROTO_RTSP,
	PROTO_RTMP,
	PROTO_STUN,
	PROTO_MGCP,
	PROTO_H323,
	PROTO_SKINNY,
	PROTO_MEGACO,
	PROTO_IAX2,
	PROTO_RADIUS,
	PROTO_DIAMETER,
	PROTO_TACACS,
	PROTO_SOCKS,
	PROTO_ISAKMP,
	PROTO_OPENVPN,
	PROTO_WIREGUARD,
	PROTO_L2TP,
	PROTO_PPTP,
	PROTO_GTP,
	PROTO_VXLAN,
	PROTO_TEREDO,
	PROTO_BGP,
	PROTO_RIP,
	PROTO_LDP,
	PROTO_BFD,
	PROTO_SFLOW,
	PROTO_NETFLOW,
	PROTO_OPENFLOW,
	PROTO_SRVLOC,
	PROTO_BABEL,
	PROTO_LISP,
	PROTO_BITTORRENT,
	PROTO_DB_LSP,
	PROTO_NAT_PMP,
	PROTO_WHOIS,
	PROTO_WSD,
	PROTO_GIT,
	PROTO_RSYNC,
	PROTO_BITCOIN,
	PROTO_RAKNET,
	PROTO_FINGER,
	PROTO_OTHER,
	PROTO_COUNT
};

/* The name, such as "TLS"; "" for PROTO_NONE. */
const char	*protocol_name(enum protocol);

/* The name's length in bytes. */
size_t		 protocol_name_len(enum protocol);

/*
 * The protocol that n bytes of text name, case ignored: a name of the table,
 * a name that Wireshark prints and the table folds ("TLSv1.3" is TLS), or
 * such a name before a slash ("HTTP/XML" is HTTP).  PROTO_NONE: unknown.
 */
enum protocol	 protocol_find(const char *, size_t n);

/*
 * The protocol of a number of IANA's list of IP protocols: 6 is TCP.
 * PROTO_NONE if the table has no name for it.
 */
enum protocol	 protocol_of_number(unsigned);

/* The protocol whose name is just this cell's text, or PROTO_NONE. */
enum protocol	 protocol_exact(struct slice cell);

#endif
