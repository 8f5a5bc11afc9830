/*
 * protocol - the fixed table of protocol names
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/protocol.h"

/*
 * Each protocol with the names of Wireshark's Protocol column that count as
 * it, separated by commas; the name itself need not be repeated.
 */
static const struct {
	const char	*name;
	const char	*folds;
} protocols[PROTO_COUNT] = {
	[PROTO_NONE] = { "", "" },
	[PROTO_ARP] = { "ARP", "RARP,DRARP,Inverse ARP,ATMARP" },
	[PROTO_STP] = { "STP", "" },
	[PROTO_LLDP] = { "LLDP", "" },
	[PROTO_CDP] = { "CDP", "" },
	[PROTO_LACP] = { "LACP", "Marker,SLOW,ESMC,OAM PDU" },
	[PROTO_EAPOL] = { "EAPOL", "EAP,WSC" },
	[PROTO_IEEE80211] = { "802.11",
	    "LWAPP,MGMT,TDLS,wlan,radiotap,wlan_radio" },
	[PROTO_LLC] = { "LLC", "XID,SNAP" },
	[PROTO_PPPOE] = { "PPPOE", "PPPoED,PPPoES" },
	[PROTO_PPP] = { "PPP",
	    "PPP LCP,PPP IPCP,PPP IPV6CP,PPP PAP,PPP CHAP,PPP CCP,"
	    "PPP Comp,PPP MP,PPP MPLSCP,PPP OSINLCP,PPP BCP,PPP ECP,"
	    "PPP CBCP,PPP VSNCP,lcp,ipcp,ipv6cp,pap,chap" },
	[PROTO_LOOP] = { "LOOP", "" },
	[PROTO_ETH] = { "ETH", "Ethernet,Ethernet II" },
	[PROTO_MPLS] = { "MPLS", "MPLS ECHO,PW Ethernet" },
	[PROTO_ISIS] = { "ISIS",
	    "ISIS HELLO,ISIS LSP,ISIS CSNP,ISIS PSNP,ISO10589" },
	[PROTO_IPX] = { "IPX", "IPX SAP,IPX RIP,NBIPX,NCP,SPX,NMPI,IPX MSG" },
	[PROTO_IPV4] = { "IPV4", "IP" },
	[PROTO_IPV6] = { "IPV6", "" },
	[PROTO_ICMP] = { "ICMP", "" },
	[PROTO_ICMPV6] = { "ICMPV6", "RPL" },
	[PROTO_IGMP] = { "IGMP",
	    "IGMPv0,IGMPv1,IGMPv2,IGMPv3,RGMP,DVMRP,MRDISC,IGAP" },
	[PROTO_OSPF] = { "OSPF", "" },
	[PROTO_EIGRP] = { "EIGRP", "" },
	[PROTO_PIM] = { "PIM", "PIMv0,PIMv1,PIMv2" },
	[PROTO_VRRP] = { "VRRP", "CARP" },
	[PROTO_HSRP] = { "HSRP", "HSRPv2" },
	[PROTO_RSVP] = { "RSVP", "" },
	[PROTO_GRE] = { "GRE", "NHRP" },
	[PROTO_ESP] = { "ESP", "UDPENCAP" },
	[PROTO_AH] = { "AH", "" },
	[PROTO_SCTP] = { "SCTP", "" },
	[PROTO_DCCP] = { "DCCP", "" },
	[PROTO_PGM] = { "PGM", "" },
	[PROTO_UDP] = { "UDP", "UDP-Lite" },
	[PROTO_TCP] = { "TCP", "MPTCP" },
	[PROTO_TLS] = { "TLS",
	    "TLSv1,TLSv1.0,TLSv1.1,TLSv1.2,TLSv1.3,SSL,SSLv2,SSLv3,PCT,"
	    "x509sat,x509ce,x509af,pkix1explicit,pkix1implicit" },
	[PROTO_DTLS] = { "DTLS",
	    "DTLSv1.0,DTLSv1.2,DTLSv1.3,"
	    "DTLS 1.0 (OpenSSL pre 0.9.8f)" },
	[PROTO_QUIC] = { "QUIC", "GQUIC,HTTP3" },
	[PROTO_HTTP] = { "HTTP", "OCSP,IPP,ICY,MP4" },
	[PROTO_HTTP2] = { "HTTP2", "GRPC,DoH" },
	[PROTO_WEBSOCKET] = { "WEBSOCKET", "" },
	[PROTO_SSDP] = { "SSDP", "" },
	[PROTO_DNS] = { "DNS", "" },
	[PROTO_MDNS] = { "MDNS", "" },
	[PROTO_LLMNR] = { "LLMNR", "" },
	[PROTO_NBNS] = { "NBNS", "" },
	[PROTO_NBDS] = { "NBDS", "BROWSER,SMB_NETLOGON,MAILSLOT,nbdgm" },
	[PROTO_NBSS] = { "NBSS", "" },
	[PROTO_DHCP] = { "DHCP", "BOOTP,PROXYDHCP" },
	[PROTO_DHCPV6] = { "DHCPV6", "" },
	[PROTO_NTP] = { "NTP", "" },
	[PROTO_PTP] = { "PTP", "PTPv1,PTPv2" },
	[PROTO_SNMP] = { "SNMP", "" },
	[PROTO_SYSLOG] = { "SYSLOG", "" },
	[PROTO_SSH] = { "SSH", "SSHv1,SSHv2" },
	[PROTO_TELNET] = { "TELNET", "TN3270,TN5250" },
	[PROTO_RLOGIN] = { "RLOGIN", "" },
	[PROTO_FTP] = { "FTP", "" },
	[PROTO_FTP_DATA] = { "FTP-DATA", "" },
	[PROTO_TFTP] = { "TFTP", "" },
	[PROTO_SMTP] = { "SMTP", "IMF" },
	[PROTO_POP] = { "POP", "" },
	[PROTO_IMAP] = { "IMAP", "" },
	[PROTO_NNTP] = { "NNTP", "" },
	[PROTO_IRC] = { "IRC", "" },
	[PROTO_XMPP] = { "XMPP", "" },
	[PROTO_SMB] = { "SMB",
	    "SMB2,SMB Pipe,LANMAN,SMB Mailslot,RAP,SMB Direct" },
	[PROTO_DCERPC] = { "DCERPC", "EPM,CONV" },
	[PROTO_LDAP] = { "LDAP", "CLDAP" },
	[PROTO_KRB5] = { "KRB5", "KRB4,KPASSWD,KINK,Kerberos" },
	[PROTO_RPC] = { "RPC",
	    "Portmap,NFS,MOUNT,NLM,STAT,NFS CB,YPSERV,YPBIND,NFSACL,"
	    "RQUOTA,BOOTPARAMS,KLM" },
	[PROTO_RDP] = { "RDP", "TPKT,COTP,T.125,RDPUDP,RDPUDP2,CredSSP,T.124" },
	[PROTO_VNC] = { "VNC", "" },
	[PROTO_X11] = { "X11", "" },
	[PROTO_MYSQL] = { "MYSQL", "" },
	[PROTO_PGSQL] = { "PGSQL", "PostgreSQL" },
	[PROTO_TDS] = { "TDS", "" },
	[PROTO_TNS] = { "TNS", "" },
	[PROTO_RESP] = { "RESP", "Redis" },
	[PROTO_MONGO] = { "MONGO", "MongoDB" },
	[PROTO_MEMCACHE] = { "MEMCACHE", "" },
	[PROTO_CQL] = { "CQL", "" },
	[PROTO_KAFKA] = { "KAFKA", "" },
	[PROTO_MQTT] = { "MQTT", "MQTT-SN" },
	[PROTO_AMQP] = { "AMQP", "" },
	[PROTO_COAP] = { "COAP", "" },
	[PROTO_MODBUS] = { "MODBUS",
	    "Modbus/TCP,Modbus/UDP,mbtcp,mbudp,mbrtu" },
	[PROTO_DNP3] = { "DNP3", "DNP 3.0" },
	[PROTO_ENIP] = { "ENIP", "CIP,CIP I/O,CIP CM,CIPCLS" },
	[PROTO_BACNET] = { "BACNET", "BACnet-APDU,BACnet-NPDU,BVLC,bacapp" },
	[PROTO_S7COMM] = { "S7COMM", "S7COMM-PLUS" },
	[PROTO_IEC104] = { "IEC104",
	    "IEC 60870-5-104,IEC 60870-5 ASDU,104APCI,104ASDU,"
	    "iec60870_104,iec60870_asdu" },
	[PROTO_SIP] = { "SIP", "" },
	[PROTO_RTP] = { "RTP",
	    "RTP EVENT,SRTP,RFC 2190,H.263,H.264,MPEG TS,T.38" },
	[PROTO_RTCP] = { "RTCP", "SRTCP" },
	[PROTO_RTSP] = { "RTSP", "" },
	[PROTO_RTMP] = { "RTMP", "RTMPT" },
	[PROTO_STUN] = { "STUN", "CLASSIC-STUN" },
	[PROTO_MGCP] = { "MGCP", "" },
	[PROTO_H323] = { "H323", "H.225.0,H.245,CS : H.225.0,h225,h245" },
	[PROTO_SKINNY] = { "SKINNY", "" },
	[PROTO_MEGACO] = { "MEGACO", "" },
	[PROTO_IAX2] = { "IAX2", "Mini packet" },
	[PROTO_RADIUS] = { "RADIUS", "" },
	[PROTO_DIAMETER] = { "DIAMETER", "" },
	[PROTO_TACACS] = { "TACACS", "TACACS+,tacplus" },
	[PROTO_SOCKS] = { "SOCKS", "" },
	[PROTO_ISAKMP] = { "ISAKMP", "" },
	[PROTO_OPENVPN] = { "OPENVPN", "" },
	[PROTO_WIREGUARD] = { "WIREGUARD", "WG" },
	[PROTO_L2TP] = { "L2TP", "L2TPv3" },
	[PROTO_PPTP] = { "PPTP", "" },
	[PROTO_GTP] = { "GTP", "GTPv2,GTP',GTP Prime,gtpprime" },
	[PROTO_VXLAN] = { "VXLAN", "" },
	[PROTO_TEREDO] = { "TEREDO", "" },
	[PROTO_BGP] = { "BGP", "" },
	[PROTO_RIP] = { "RIP", "RIPv1,RIPv2,RIPng" },
	[PROTO_LDP] = { "LDP", "" },
	[PROTO_BFD] = { "BFD", "BFD Control,BFD Echo" },
	[PROTO_SFLOW] = { "SFLOW", "" },
	[PROTO_NETFLOW] = { "NETFLOW", "CFLOW,IPFIX" },
	[PROTO_OPENFLOW] = { "OPENFLOW",
	    "openflow_v1,openflow_v4,openflow_v5,openflow_v6" },
	[PROTO_SRVLOC] = { "SRVLOC", "" },
	[PROTO_BABEL] = { "BABEL", "" },
	[PROTO_LISP] = { "LISP", "LISP-CTRL" },
	[PROTO_BITTORRENT] = { "BITTORRENT", "BT-DHT,BT-uTP,BT-Tracker" },
	[PROTO_DB_LSP] = { "DB-LSP", "DB-LSP-DISC" },
	[PROTO_NAT_PMP] = { "NAT-PMP", "PCP v1,PCP v2,Portcontrol" },
	[PROTO_WHOIS] = { "WHOIS", "" },
	[PROTO_WSD] = { "WSD", "UDP/XML" },
	[PROTO_GIT] = { "GIT", "" },
	[PROTO_RSYNC] = { "RSYNC", "" },
	[PROTO_BITCOIN] = { "BITCOIN", "" },
	[PROTO_RAKNET] = { "RAKNET", "" },
	[PROTO_FINGER] = { "FINGER", "" },
	[PROTO_OTHER] = { "OTHER", "" },
};

const char *
protocol_name(enum protocol p)
{
	return protocols[p].name;
}

size_t
protocol_name_len(enum protocol p)
{
	return strlen(protocols[p].name);
}

/* Names and what they stand for, hashed by length, first and last letter. */
#define SLOTS	1024

static struct {
	const char	*at;
	size_t		 len;
	enum protocol	 protocol;
} slots[SLOTS];

static size_t
slot_of(const char *at, size_t len)
{
	/* Clearing bit 5 folds the case of letters. */
	size_t a = (unsigned char)at[0] & 0xdf;
	size_t m = (unsigned char)at[len / 2] & 0xdf;
	size_t z = (unsigned char)at[len - 1] & 0xdf;

	return (len * 131 + a * 31 + m * 7 + z * 257) % SLOTS;
}

/* Where the name stands, or the free slot where it would. */
static size_t
find_slot(const char *at, size_t len)
{
	size_t i = slot_of(at, len);

	while (slots[i].at != NULL && (slots[i].len != len ||
	    strncasecmp(slots[i].at, at, len) != 0))
		i = (i + 1) % SLOTS;
	return i;
}

static void
add_name(const char *at, size_t len, enum protocol p)
{
	size_t i = find_slot(at, len);

	slots[i].at = at;
	slots[i].len = len;
	slots[i].protocol = p;
}

static void
fill_slots(void)
{
	const char *at;
	size_t len;
	int p;

	for (p = PROTO_NONE + 1; p < PROTO_COUNT; p++) {
		at = protocols[p].folds;
		for (; *at != '\0'; at += len + (at[len] == ',')) {
			len = strcspn(at, ",");
			add_name(at, len, (enum protocol)p);
		}
		at = protocols[p].name;
		add_name(at, strlen(at), (enum protocol)p);
	}
}

enum protocol
protocol_find(const char *at, size_t n)
{
	static bool filled;
	const char *slash;
	size_t i;

	if (!filled)
		fill_slots();
	filled = true;
	if (n == 0)
		return PROTO_NONE;
	i = find_slot(at, n);
	if (slots[i].at != NULL)
		return slots[i].protocol;
	slash = memchr(at, '/', n);
	if (slash == NULL)
		return PROTO_NONE;
	return protocol_find(at, (size_t)(slash - at));
}

/*
 * The names of up to 8 bytes in a hash table of their own, as csvclean looks
 * one up for every row: a multiplication and a comparison.  By callgrind on
 * rows in order, csvclean takes 69 M instructions, and 87 M with protocol_find.
 */
#define NAME_SLOTS	2048

static uint64_t		name_key[NAME_SLOTS];
static enum protocol	name_protocol[NAME_SLOTS];

/* At most 8 bytes as one number, the first lowest, the rest zero. */
static inline uint64_t
key_of(const char *p, size_t n)
{
	return le64(p) & (UINT64_MAX >> (64 - 8 * n));
}

static inline size_t
exact_slot(uint64_t key)
{
	return (key * UINT64_C(0x9e3779b97f4a7c15)) >> 53;
}

/* Not inline: it would have each look-up save registers. */
static __attribute__((noinline)) void
fill_exact(void)
{
	char name[8] = "";
	size_t i, n;
	int p;

	for (p = PROTO_NONE + 1; p < PROTO_COUNT; p++) {
		n = protocol_name_len((enum protocol)p);
		if (n > 8)
			continue;
		memcpy(name, protocol_name((enum protocol)p), n);
		i = exact_slot(key_of(name, n));
		while (name_key[i] != 0)
			i = (i + 1) % NAME_SLOTS;
		name_key[i] = key_of(name, n);
		name_protocol[i] = (enum protocol)p;
	}
}

static __attribute__((noinline)) enum protocol
find_long(struct slice s)
{
	enum protocol p = protocol_find(s.at, s.len);

	return slice_is(s, protocol_name(p)) ? p : PROTO_NONE;
}

enum protocol
protocol_exact(struct slice s)
{
	static bool filled;
	uint64_t key;
	size_t i;

	if (!filled)
		fill_exact();
	filled = true;
	if (s.len == 0)
		return PROTO_NONE;
	if (s.len > 8)
		return find_long(s);
	key = key_of(s.at, s.len);
	for (i = exact_slot(key); name_key[i] != 0; i = (i + 1) % NAME_SLOTS)
		if (name_key[i] == key)
			return name_protocol[i];
	return PROTO_NONE;
}
