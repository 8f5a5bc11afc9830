/*
 * rules_builtin - the built-in sets of rules
 *
 * To add a set: its text, and a line in each of the two tables at the end.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "detect/rules.h"

/* The protocols of UDP floods: plain UDP, and the amplifiers. */
#define UDP_PROTOS	"proto=UDP,DNS,NTP,SSDP,SNMP,MEMCACHE "

static const char demo[] =
"# demo: thresholds so low that any web page trips the first two.\n"
"\n"
"# More than 50 packets in any 10 s from one source.\n"
"rule src-rate severity=medium track=by_src packets=50 seconds=10\n"
"# More than 2000 bytes in a second of the clock, all packets "
    "together.\n"
"rule bw-spike severity=low track=by_rule bytes=2000 seconds=1 "
    "cooldown=10\n"
"\n"
"# Floods, named by their victim.\n"
"rule icmp-flood severity=high proto=ICMP,ICMPV6 track=by_dst "
    "packets=50 seconds=1\n"
"rule udp-flood severity=high " UDP_PROTOS
    "track=by_dst packets=500 seconds=1\n"
"rule syn-flood severity=high flags=S track=by_dst packets=100 "
    "seconds=1\n"
"\n"
"# Scans: many ports of one host, one port of many hosts, unanswered.\n"
"rule port-scan severity=medium flags=S answered=no track=by_both "
    "packets=15 unique=dport seconds=60\n"
"rule host-sweep severity=medium flags=S answered=no track=by_src_dport "
    "packets=25 unique=dst seconds=60\n"
"\n"
"# Protocols that should be a small part of the traffic.\n"
"rule proto-share severity=low proto=ARP,ICMP,ICMPV6,IGMP,DNS,MDNS,"
    "LLMNR,NBNS,SSDP,DHCP,NTP,SNMP track=by_proto packets=100 "
    "share=50% seconds=10\n"
"# Protocols that nothing here knows.\n"
"rule unknown-proto severity=low proto=OTHER,ETH,IPV4,IPV6 "
    "track=by_proto packets=20 seconds=60\n"
"# Passwords that anybody on the way can read.\n"
"rule cleartext-login severity=medium proto=FTP,TELNET,RLOGIN,POP,"
    "IMAP track=by_both packets=0 seconds=60 cooldown=10m\n";

static const char home[] =
"# home: a household behind one router.\n"
"\n"
"rule src-rate severity=low track=by_src packets=100000 seconds=10 "
    "cooldown=5m\n"
"rule bw-spike severity=low track=by_rule bytes=100000000 seconds=1 "
    "cooldown=5m\n"
"# A sweep by fping, a packet each 10 ms, brings 100 replies a second.\n"
"rule icmp-flood severity=high proto=ICMP,ICMPV6 track=by_dst "
    "packets=120 seconds=1\n"
"rule udp-flood severity=high " UDP_PROTOS
    "track=by_dst packets=20000 seconds=1\n"
"rule syn-flood severity=high flags=S track=by_dst packets=2000 "
    "seconds=10\n"
"rule port-scan severity=medium flags=S answered=no track=by_both "
    "packets=20 unique=dport seconds=60 cooldown=10m\n"
"rule host-sweep severity=medium flags=S answered=no track=by_src_dport "
    "packets=150 unique=dst seconds=60 cooldown=10m\n"
"rule proto-share severity=low proto=ARP,ICMP,ICMPV6,IGMP,DNS,MDNS,"
    "LLMNR,NBNS,SSDP,DHCP,NTP,SNMP track=by_proto packets=1000 "
    "share=50% seconds=1m cooldown=10m\n"
"rule unknown-proto severity=low proto=OTHER,ETH,IPV4,IPV6 "
    "track=by_proto packets=100 seconds=1m cooldown=1h\n"
"rule cleartext-login severity=medium proto=FTP,TELNET,RLOGIN,POP,"
    "IMAP track=by_both packets=0 seconds=60 cooldown=1h\n";

static const char office[] =
"# office: some hundred hosts, seen at their way out.\n"
"\n"
"rule src-rate severity=low track=by_src packets=300000 seconds=10 "
    "cooldown=5m\n"
"rule bw-spike severity=low track=by_rule bytes=500000000 seconds=1 "
    "cooldown=5m\n"
"rule icmp-flood severity=high proto=ICMP,ICMPV6 track=by_dst "
    "packets=500 seconds=1\n"
"rule udp-flood severity=high " UDP_PROTOS
    "track=by_dst packets=50000 seconds=1\n"
"rule syn-flood severity=high flags=S track=by_dst packets=10000 "
    "seconds=10\n"
"rule port-scan severity=medium flags=S answered=no track=by_both "
    "packets=30 unique=dport seconds=60 cooldown=10m\n"
"rule host-sweep severity=medium flags=S answered=no track=by_src_dport "
    "packets=300 unique=dst seconds=60 cooldown=10m\n"
"rule proto-share severity=low proto=ARP,ICMP,ICMPV6,IGMP,DNS,MDNS,"
    "LLMNR,NBNS,SSDP,DHCP,NTP,SNMP track=by_proto packets=10000 "
    "share=50% seconds=1m cooldown=10m\n"
"rule unknown-proto severity=low proto=OTHER,ETH,IPV4,IPV6 "
    "track=by_proto packets=1000 seconds=1m cooldown=1h\n"
"rule cleartext-login severity=medium proto=FTP,TELNET,RLOGIN,POP,"
    "IMAP track=by_both packets=0 seconds=60 cooldown=1h\n";

static const char server[] =
"# server: one machine with services for the whole Internet.\n"
"\n"
"rule src-rate severity=medium track=by_src packets=500000 seconds=10 "
    "cooldown=5m\n"
"rule bw-spike severity=low track=by_rule bytes=1000000000 seconds=1 "
    "cooldown=5m\n"
"rule icmp-flood severity=high proto=ICMP,ICMPV6 track=by_dst "
    "packets=1000 seconds=1\n"
"rule udp-flood severity=high " UDP_PROTOS
    "track=by_dst packets=100000 seconds=1\n"
"rule syn-flood severity=high flags=S track=by_dst packets=50000 "
    "seconds=10\n"
"rule port-scan severity=low flags=S answered=no track=by_both "
    "packets=15 unique=dport seconds=60 cooldown=1h\n"
"rule host-sweep severity=high flags=S answered=no track=by_src_dport "
    "packets=100 unique=dst seconds=60 cooldown=10m\n"
"rule proto-share severity=medium proto=ARP,ICMP,ICMPV6,IGMP,DNS,MDNS,"
    "LLMNR,NBNS,SSDP,DHCP,NTP,SNMP track=by_proto packets=10000 "
    "share=50% seconds=1m cooldown=10m\n"
"rule unknown-proto severity=low proto=OTHER,ETH,IPV4,IPV6 "
    "track=by_proto packets=1000 seconds=1m cooldown=1h\n"
"rule cleartext-login severity=high proto=FTP,TELNET,RLOGIN,POP,IMAP "
    "track=by_both packets=0 seconds=60 cooldown=1h\n";

const char *const rules_builtin_names[] = { "demo", "home", "office",
    "server", NULL };
static const char *const texts[] = { demo, home, office, server };

const char *
rules_builtin(const char *name)
{
	size_t i;

	for (i = 0; rules_builtin_names[i] != NULL; i++)
		if (strcmp(name, rules_builtin_names[i]) == 0)
			return texts[i];
	return NULL;
}
