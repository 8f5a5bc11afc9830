/*
 * appproto_ports - what the ports are assigned to
 *
 * The numbers are IANA's (Service Name and Transport Protocol Port Number
 * Registry), or else their protocols' documented defaults, as Wireshark has
 * them.  A protocol whose messages can be told from others has a rule beside
 * its port; the others take any payload that nothing else claims.
 *
 * For some protocols a second rule says how a connection starts.  It is asked
 * instead where the SYN was seen: a port names the middle of a connection,
 * where any bytes may be, but not a start that is not its protocol's.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

#define SYSTEM_PORTS	1024	/* those below (RFC 6335, 6) */

struct port_rule {
	uint16_t	 first, last;
	enum protocol	 protocol;
	match_fn	*fits;		/* NULL: any payload */
	classify_fn	*which;		/* not NULL: it answers */
};

static const struct port_rule tcp_rules[] = {
	{ 20, 20, PROTO_FTP_DATA, NULL, NULL },
	{ 21, 21, PROTO_FTP, NULL, NULL },
	{ 22, 22, PROTO_SSH, NULL, NULL },
	{ 23, 23, PROTO_TELNET, NULL, NULL },
	{ 25, 25, PROTO_SMTP, NULL, NULL },
	{ 43, 43, PROTO_WHOIS, NULL, NULL },
	{ 49, 49, PROTO_TACACS, is_tacacs, NULL },
	{ 53, 53, PROTO_DNS, is_dns, NULL },
	{ 79, 79, PROTO_FINGER, NULL, NULL },
	{ 80, 80, PROTO_HTTP, NULL, which_http },
	{ 88, 88, PROTO_KRB5, is_krb5, NULL },
	{ 102, 102, PROTO_RDP, NULL, which_tpkt },
	{ 110, 110, PROTO_POP, NULL, NULL },
	{ 111, 111, PROTO_RPC, NULL, NULL },
	{ 119, 119, PROTO_NNTP, NULL, NULL },
	{ 123, 123, PROTO_NTP, NULL, NULL },
	{ 139, 139, PROTO_NBSS, NULL, which_nbss },
	{ 143, 143, PROTO_IMAP, NULL, NULL },
	{ 161, 162, PROTO_SNMP, is_snmp, NULL },
	{ 179, 179, PROTO_BGP, NULL, NULL },
	{ 324, 324, PROTO_TLS, may_be_encrypted, NULL },
	{ 389, 389, PROTO_LDAP, is_ldap, NULL },
	{ 427, 427, PROTO_SRVLOC, is_srvloc, NULL },
	{ 443, 443, PROTO_TLS, may_be_encrypted, NULL },
	{ 445, 445, PROTO_NBSS, NULL, which_nbss },
	{ 464, 464, PROTO_KRB5, NULL, NULL },
	{ 465, 465, PROTO_TLS, may_be_encrypted, NULL },
	{ 500, 500, PROTO_ISAKMP, NULL, NULL },
	{ 502, 502, PROTO_MODBUS, is_modbus, NULL },
	{ 513, 513, PROTO_RLOGIN, NULL, NULL },
	{ 524, 524, PROTO_IPX, NULL, NULL },
	{ 547, 547, PROTO_DHCPV6, NULL, NULL },
	{ 554, 554, PROTO_RTSP, NULL, NULL },
	{ 587, 587, PROTO_SMTP, NULL, NULL },
	{ 631, 631, PROTO_HTTP, NULL, which_http },
	{ 636, 636, PROTO_TLS, may_be_encrypted, NULL },
	{ 646, 646, PROTO_LDP, is_ldp, NULL },
	{ 802, 802, PROTO_TLS, may_be_encrypted, NULL },
	{ 853, 853, PROTO_TLS, may_be_encrypted, NULL },
	{ 873, 873, PROTO_RSYNC, NULL, NULL },
	{ 993, 993, PROTO_TLS, may_be_encrypted, NULL },
	{ 995, 995, PROTO_TLS, may_be_encrypted, NULL },
	{ 1080, 1080, PROTO_SOCKS, NULL, NULL },
	{ 1194, 1194, PROTO_OPENVPN, is_openvpn_tcp, NULL },
	{ 1300, 1300, PROTO_TLS, may_be_encrypted, NULL },
	{ 1433, 1433, PROTO_TDS, is_tds, NULL },
	{ 1521, 1521, PROTO_TNS, is_tns, NULL },
	{ 1723, 1723, PROTO_PPTP, NULL, NULL },
	{ 1883, 1883, PROTO_MQTT, is_mqtt, NULL },
	{ 1900, 1900, PROTO_SSDP, is_ssdp, NULL },
	{ 1935, 1935, PROTO_RTMP, NULL, NULL },
	{ 2000, 2000, PROTO_SKINNY, is_skinny, NULL },
	{ 2123, 2123, PROTO_GTP, is_gtp, NULL },
	{ 2152, 2152, PROTO_GTP, is_gtp, NULL },
	{ 2221, 2221, PROTO_TLS, may_be_encrypted, NULL },
	{ 2404, 2404, PROTO_IEC104, may_be_encrypted, NULL },
	{ 2427, 2427, PROTO_MGCP, is_mgcp, NULL },
	{ 2433, 2433, PROTO_TDS, is_tds, NULL },
	{ 2443, 2443, PROTO_TLS, may_be_encrypted, NULL },
	{ 2710, 2710, PROTO_HTTP, NULL, which_http },
	{ 2727, 2727, PROTO_MGCP, is_mgcp, NULL },
	{ 2869, 2869, PROTO_HTTP, NULL, which_http },
	{ 2944, 2944, PROTO_MEGACO, is_megaco, NULL },
	{ 3128, 3128, PROTO_HTTP, NULL, which_http },
	{ 3132, 3132, PROTO_HTTP, NULL, which_http },
	{ 3249, 3252, PROTO_TLS, may_be_encrypted, NULL },
	{ 3268, 3268, PROTO_LDAP, is_ldap, NULL },
	{ 3269, 3269, PROTO_TLS, may_be_encrypted, NULL },
	{ 3306, 3306, PROTO_MYSQL, is_mysql, NULL },
	{ 3386, 3386, PROTO_GTP, is_gtp, NULL },
	{ 3389, 3389, PROTO_RDP, NULL, which_tpkt },
	{ 3478, 3478, PROTO_STUN, NULL, which_stun },
	{ 3496, 3496, PROTO_TLS, may_be_encrypted, NULL },
	{ 3689, 3689, PROTO_HTTP, NULL, which_http },
	{ 3868, 3868, PROTO_DIAMETER, NULL, NULL },
	{ 4739, 4739, PROTO_NETFLOW, is_netflow, NULL },
	{ 5060, 5060, PROTO_SIP, is_sip_text, NULL },
	{ 5061, 5061, PROTO_TLS, may_be_encrypted, NULL },
	{ 5222, 5222, PROTO_XMPP, is_xmpp, NULL },
	{ 5353, 5353, PROTO_DNS, is_dns, NULL },
	{ 5432, 5432, PROTO_PGSQL, is_pgsql, NULL },
	{ 5500, 5501, PROTO_VNC, NULL, NULL },
	{ 5671, 5671, PROTO_TLS, may_be_encrypted, NULL },
	{ 5672, 5672, PROTO_AMQP, NULL, NULL },
	{ 5683, 5683, PROTO_COAP, NULL, NULL },
	{ 5684, 5684, PROTO_TLS, may_be_encrypted, NULL },
	{ 5868, 5868, PROTO_TLS, may_be_encrypted, NULL },
	{ 5900, 5901, PROTO_VNC, NULL, NULL },
	{ 5985, 5985, PROTO_HTTP, NULL, which_http },
	{ 6000, 6063, PROTO_X11, NULL, NULL },
	{ 6379, 6379, PROTO_RESP, is_resp, NULL },
	{ 6633, 6633, PROTO_OPENFLOW, is_openflow, NULL },
	{ 6653, 6653, PROTO_OPENFLOW, is_openflow, NULL },
	{ 6667, 6667, PROTO_IRC, NULL, NULL },
	{ 6881, 6889, PROTO_BITTORRENT, NULL, NULL },
	{ 7236, 7236, PROTO_RTSP, NULL, NULL },
	{ 8080, 8080, PROTO_HTTP, NULL, which_http },
	{ 8088, 8088, PROTO_HTTP, NULL, which_http },
	{ 8554, 8554, PROTO_RTSP, NULL, NULL },
	{ 8883, 8883, PROTO_TLS, may_be_encrypted, NULL },
	{ 9042, 9042, PROTO_CQL, is_cql, NULL },
	{ 9092, 9092, PROTO_KAFKA, is_kafka, NULL },
	{ 9418, 9418, PROTO_GIT, NULL, NULL },
	{ 11207, 11207, PROTO_TLS, may_be_encrypted, NULL },
	{ 11211, 11211, PROTO_MEMCACHE, NULL, NULL },
	{ 11371, 11371, PROTO_HTTP, NULL, which_http },
	{ 17500, 17500, PROTO_DB_LSP, NULL, NULL },
	{ 19999, 19999, PROTO_TLS, may_be_encrypted, NULL },
	{ 20000, 20000, PROTO_DNP3, is_dnp3, NULL },
	{ 27017, 27017, PROTO_MONGO, is_mongo, NULL },
	{ 29418, 29418, PROTO_SSH, NULL, NULL },
	{ 44818, 44818, PROTO_ENIP, is_enip, NULL },
	{ 57000, 57000, PROTO_IRC, NULL, NULL },
};

static const struct port_rule udp_rules[] = {
	{ 49, 49, PROTO_TACACS, NULL, NULL },
	{ 53, 53, PROTO_DNS, NULL, NULL },
	{ 67, 68, PROTO_DHCP, NULL, NULL },
	{ 69, 69, PROTO_TFTP, NULL, NULL },
	{ 88, 88, PROTO_KRB5, is_krb5, NULL },
	{ 111, 111, PROTO_RPC, NULL, NULL },
	{ 123, 123, PROTO_NTP, NULL, NULL },
	{ 137, 137, PROTO_NBNS, NULL, NULL },
	{ 138, 138, PROTO_NBDS, NULL, NULL },
	{ 161, 162, PROTO_SNMP, is_snmp, NULL },
	{ 213, 213, PROTO_IPX, NULL, NULL },
	{ 319, 320, PROTO_PTP, is_ptp, NULL },
	{ 389, 389, PROTO_LDAP, NULL, NULL },
	{ 427, 427, PROTO_SRVLOC, NULL, NULL },
	{ 443, 443, PROTO_QUIC, is_quic_short, NULL },
	{ 464, 464, PROTO_KRB5, NULL, NULL },
	{ 500, 500, PROTO_ISAKMP, NULL, NULL },
	{ 502, 502, PROTO_MODBUS, is_modbus, NULL },
	{ 514, 514, PROTO_SYSLOG, NULL, NULL },
	{ 520, 521, PROTO_RIP, NULL, NULL },
	{ 524, 524, PROTO_IPX, NULL, NULL },
	{ 546, 547, PROTO_DHCPV6, NULL, NULL },
	{ 631, 631, PROTO_UDP, NULL, NULL },
	{ 646, 646, PROTO_LDP, is_ldp, NULL },
	{ 750, 750, PROTO_KRB5, is_krb5, NULL },
	{ 853, 853, PROTO_DTLS, NULL, which_dns_secure },
	{ 910, 910, PROTO_KRB5, NULL, NULL },
	{ 1194, 1194, PROTO_OPENVPN, NULL, NULL },
	{ 1645, 1646, PROTO_RADIUS, is_radius, NULL },
	{ 1700, 1700, PROTO_RADIUS, is_radius, NULL },
	{ 1701, 1701, PROTO_L2TP, is_l2tp, NULL },
	{ 1718, 1719, PROTO_H323, NULL, NULL },
	{ 1812, 1813, PROTO_RADIUS, is_radius, NULL },
	{ 1900, 1900, PROTO_SSDP, is_ssdp, NULL },
	{ 1985, 1985, PROTO_HSRP, is_hsrp, NULL },
	{ 2029, 2029, PROTO_HSRP, is_hsrp, NULL },
	{ 2055, 2055, PROTO_NETFLOW, is_netflow, NULL },
	{ 2123, 2123, PROTO_GTP, is_gtp, NULL },
	{ 2152, 2152, PROTO_GTP, is_gtp, NULL },
	{ 2221, 2221, PROTO_DTLS, may_be_dtls, NULL },
	{ 2222, 2222, PROTO_ENIP, NULL, NULL },
	{ 2427, 2427, PROTO_MGCP, is_mgcp, NULL },
	{ 2727, 2727, PROTO_MGCP, is_mgcp, NULL },
	{ 2944, 2944, PROTO_MEGACO, is_megaco, NULL },
	{ 3386, 3386, PROTO_GTP, is_gtp, NULL },
	{ 3389, 3389, PROTO_RDP, NULL, NULL },
	{ 3455, 3455, PROTO_RSVP, NULL, NULL },
	{ 3478, 3478, PROTO_STUN, NULL, which_stun },
	{ 3503, 3503, PROTO_MPLS, is_lsp_ping, NULL },
	{ 3544, 3544, PROTO_TEREDO, NULL, NULL },
	{ 3784, 3785, PROTO_BFD, NULL, NULL },
	{ 3799, 3799, PROTO_RADIUS, is_radius, NULL },
	{ 4011, 4011, PROTO_DHCP, is_dhcp, NULL },
	{ 4341, 4342, PROTO_LISP, NULL, NULL },
	{ 4500, 4500, PROTO_ESP, NULL, which_udpencap },
	{ 4569, 4569, PROTO_IAX2, NULL, NULL },
	{ 4739, 4739, PROTO_NETFLOW, is_netflow, NULL },
	{ 4784, 4784, PROTO_BFD, NULL, NULL },
	{ 4789, 4790, PROTO_VXLAN, NULL, NULL },
	{ 5060, 5060, PROTO_SIP, is_sip, NULL },
	{ 5350, 5351, PROTO_NAT_PMP, is_pcp, NULL },
	{ 5353, 5353, PROTO_MDNS, NULL, NULL },
	{ 5355, 5355, PROTO_LLMNR, NULL, NULL },
	{ 5683, 5683, PROTO_COAP, NULL, NULL },
	{ 5684, 5684, PROTO_DTLS, may_be_dtls, NULL },
	{ 5868, 5868, PROTO_DTLS, may_be_dtls, NULL },
	{ 6343, 6343, PROTO_SFLOW, is_sflow, NULL },
	{ 6696, 6696, PROTO_BABEL, is_babel, NULL },
	{ 6784, 6784, PROTO_BFD, NULL, NULL },
	{ 7784, 7784, PROTO_BFD, NULL, NULL },
	{ 9996, 9996, PROTO_NETFLOW, is_netflow, NULL },
	{ 11211, 11211, PROTO_MEMCACHE, NULL, NULL },
	{ 17500, 17500, PROTO_DB_LSP, NULL, NULL },
	{ 19132, 19132, PROTO_RAKNET, NULL, NULL },
	{ 20000, 20000, PROTO_DNP3, is_dnp3, NULL },
	{ 44818, 44818, PROTO_ENIP, is_enip, NULL },
	{ 47808, 47808, PROTO_BACNET, is_bacnet, NULL },
};

/* How a connection of these protocols starts. */
static match_fn *const tcp_starts[PROTO_COUNT] = {
	[PROTO_AMQP] = is_amqp_start,
	[PROTO_BGP] = is_bgp,
	[PROTO_BITTORRENT] = is_bittorrent_handshake,
	[PROTO_DIAMETER] = is_diameter,
	[PROTO_DNS] = is_dns_start,
	[PROTO_FINGER] = is_text,
	[PROTO_GIT] = is_git_start,
	[PROTO_IEC104] = is_iec104,
	[PROTO_MQTT] = is_mqtt,
	[PROTO_MYSQL] = is_mysql_start,
	[PROTO_PGSQL] = is_pgsql_start,
	[PROTO_PPTP] = is_pptp,
	[PROTO_RTMP] = is_rtmp_start,
	[PROTO_SIP] = is_sip_start,
	[PROTO_SMTP] = is_text,
	[PROTO_SOCKS] = is_socks_start,
	[PROTO_TLS] = is_tls,
	[PROTO_VNC] = is_vnc_banner,
	[PROTO_WHOIS] = is_text,
	[PROTO_X11] = is_x11_start,
	[PROTO_XMPP] = is_xmpp_start
};

/*
 * The number of a port's rule, from 1; 0 is none.  64 KiB each, of which a
 * capture touches a few cache lines.  pcap2csv takes 3.2 % fewer instructions
 * on the packets of the bench than with a binary search of the rules
 * (callgrind).
 */
_Static_assert(sizeof(tcp_rules) / sizeof(tcp_rules[0]) <= UINT8_MAX &&
    sizeof(udp_rules) / sizeof(udp_rules[0]) <= UINT8_MAX,
    "a rule's number must fit a byte of the index");

static uint8_t	tcp_index[65536], udp_index[65536];
static bool	indexed;

static void
fill_index(uint8_t *index, const struct port_rule *rules, size_t n)
{
	uint32_t port;
	size_t i;

	for (i = 0; i < n; i++)
		for (port = rules[i].first; port <= rules[i].last; port++)
			index[port] = (uint8_t)(i + 1);
}

/* A start is judged if at least 8 bytes of it, or all, were captured. */
static enum protocol
ask(const struct payload *l, const struct port_rule *r)
{
	match_fn *starts = l->server != 0 ? tcp_starts[r->protocol] : NULL;

	if (starts != NULL && (l->n >= 8 || l->n == l->len))
		return starts(l) ? r->protocol : PROTO_NONE;
	if (r->which != NULL)
		return r->which(l);
	if (r->fits != NULL && !r->fits(l))
		return PROTO_NONE;
	return r->protocol;
}

static enum protocol
ask_port(const struct payload *l, uint16_t port)
{
	const struct port_rule *rules = l->tcp ? tcp_rules : udp_rules;
	uint8_t i = l->tcp ? tcp_index[port] : udp_index[port];

	return i == 0 ? PROTO_NONE : ask(l, &rules[i - 1]);
}

enum protocol
ports_which(const struct payload *l)
{
	uint16_t low = l->sport < l->dport ? l->sport : l->dport;
	uint16_t high = l->sport < l->dport ? l->dport : l->sport;
	enum protocol found = PROTO_NONE;

	if (!indexed) {
		fill_index(tcp_index, tcp_rules,
		    sizeof tcp_rules / sizeof tcp_rules[0]);
		fill_index(udp_index, udp_rules,
		    sizeof udp_rules / sizeof udp_rules[0]);
		indexed = true;
	}
	if (l->server != 0) {
		found = ask_port(l, l->server);
		/* A client's own port is any, but for FTP-DATA's and such. */
		if (found != PROTO_NONE || low >= SYSTEM_PORTS)
			return found;
	}
	if (found == PROTO_NONE)
		found = ask_port(l, low);
	if (found == PROTO_NONE)
		found = ask_port(l, high);
	return found;
}
