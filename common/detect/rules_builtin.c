/*
 * rules_builtin - the built-in sets of rules
 *
 * To add a set: its text, and a line in each of the two tables at the end.
 * home, office and server are the same rules with thresholds of their own;
 * pktpipe-rules(5) has the reason and the source of each.
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

/* What random bytes over UDP may be taken for, too. */
#define ANY_UDP "proto=UDP,DNS,NTP,SSDP,SNMP,MEMCACHE,QUIC,DTLS,STUN,RTP," \
    "RTCP,SIP,TFTP,CLDAP,COAP,ISAKMP,RADIUS,SYSLOG,RIP,NBNS,MDNS,LLMNR "

/* UDP services that answer more than they are asked. */
#define AMPLIFIERS "sport=17,19,53,69,111,123,137,161,389,427,500,520,623," \
    "1434,1604,1900,2362,3283,3389,3478,3702,4500,5060,5093,5353,5683," \
    "7547,10001,11211,17185,20800,26000,27015-27030,30718,32414,33848," \
    "37810 dport=1024- "

/* Floods, with what a set adds to the rule. */
#define SYN_FLOOD(limits) "rule syn-flood severity=high flags=S " \
    "completed=no track=by_dst_dport " limits " seconds=1m " \
    "part-of=syn-flood\n"
#define SYN_FLOOD_MANY(limits) "rule syn-flood-many severity=high flags=S " \
    "completed=no track=by_dst unique=src " limits " seconds=10 " \
    "part-of=syn-flood\n"
#define TCP_FLOOD(limits) "rule tcp-flood severity=high flags=!S new=yes " \
    "track=by_dst " limits " seconds=10 " \
    "part-of=reflection\n"
#define ICMP_FLOOD(limits) "rule icmp-flood severity=high " \
    "proto=ICMP,ICMPV6 asked=no dst=!$MULTICAST track=by_both " limits \
    " seconds=1 " \
    "part-of=icmp-flood\n"
#define ICMP_FLOOD_MANY(limits) "rule icmp-flood-many severity=high " \
    "proto=ICMP,ICMPV6 asked=no dst=!$MULTICAST track=by_dst unique=src " \
    limits " seconds=1 " \
    "part-of=icmp-flood\n"
#define UDP_FLOOD(limits) "rule udp-flood severity=high " ANY_UDP \
    "new=yes dst=!$MULTICAST track=by_dst " limits " seconds=1 " \
    "part-of=udp-flood\n"
#define UDP_FLOOD_DEAF(limits) "rule udp-flood-deaf severity=high " ANY_UDP \
    "answered=no dst=!$MULTICAST track=by_dst " limits " seconds=10 " \
    "part-of=udp-flood\n"
#define UDP_FLOOD_ONE(limits) "rule udp-flood-one severity=high " ANY_UDP \
    "oneway=yes dst=!$MULTICAST track=by_both " limits " seconds=10 " \
    "part-of=udp-flood\n"
#define OTHER_FLOOD(limits) "rule other-flood severity=high " \
    "proto=IPV4,IPV6,GRE,ESP,IGMP,OTHER asked=no dst=!$MULTICAST " \
    "track=by_dst unique=src " limits " seconds=10\n"

/* Replies that nobody asked for. */
#define REFLECTION(limits) "rule reflection severity=high flags=SA asked=no " \
    "track=by_dst unique=src " limits " seconds=10 " \
    "part-of=reflection\n" \
    "rule reflection-rst severity=high flags=*R new=yes track=by_dst " \
    "unique=src " limits " seconds=10 " \
    "part-of=reflection\n"
#define AMPLIFICATION(limits) "rule amplification severity=high " \
    AMPLIFIERS "asked=no dst=!$MULTICAST track=by_dst unique=src " limits \
    " seconds=10 " \
    "part-of=udp-flood\n"
#define AMPLIFICATION_FEW(limits) "rule amplification-few severity=high " \
    AMPLIFIERS "oneway=yes dst=!$MULTICAST track=by_dst " limits \
    " seconds=10 " \
    "part-of=udp-flood\n"

/* Scans and sweeps. */
#define PORT_SCAN(limits) "rule port-scan flags=S answered=no " \
    "track=by_both unique=dport " limits " seconds=1h cooldown=10m\n"
#define UDP_SCAN(limits) "rule udp-scan " ANY_UDP "answered=no " \
    "sport=1024- dport=!33434-33534 dst=!$MULTICAST track=by_both " \
    "unique=dport " limits " seconds=10m cooldown=10m\n"
#define ODD_SCANS(limits) \
    "rule fin-scan " limits " flags=F dport=-1023 track=by_both " \
    "packets=5 unique=dport seconds=5m\n" \
    "rule null-scan " limits " flags=0 dport=-1023 track=by_both " \
    "packets=5 unique=dport seconds=5m\n" \
    "rule xmas-scan " limits " flags=FPU dport=-1023 track=by_both " \
    "packets=5 unique=dport seconds=5m\n" \
    "rule ack-scan " limits " flags=A new=yes dport=-1023 track=by_both " \
    "packets=20 unique=dport seconds=5m\n"
#define HOST_SWEEP(limits) "rule host-sweep flags=S answered=no " \
    "track=by_src_dport unique=dst " limits " seconds=60 cooldown=10m " \
    "part-of=sweep\n"
#define SERVICE_SWEEP(limits) "rule service-sweep flags=S answered=no " \
    "dport=21-23,135,139,445,1433,2323,3306,3389,5432,5555,5900,6379,7547," \
    "8291 track=by_src_dport unique=dst " limits " seconds=5m " \
    "cooldown=10m " \
    "part-of=sweep\n"
#define UDP_SWEEP(limits) "rule udp-sweep " ANY_UDP "answered=no " \
    "sport=1024- dport=-52,54-122,124-1023,1434,1900,3702,5060,5683,11211 " \
    "dst=!$MULTICAST track=by_src_dport unique=dst " limits \
    " seconds=5m cooldown=10m\n"
#define PING_SWEEP(limits) "rule ping-sweep proto=ICMP,ICMPV6 len=-60 " \
    "asked=no dst=!$MULTICAST track=by_src unique=dst " limits \
    " seconds=60 cooldown=10m " \
    "part-of=ping-sweep\n"
#define PING_SWEEP_WIDE(limits) "rule ping-sweep-wide proto=ICMP " \
    "answered=no dst=!$MULTICAST track=by_src unique=dst " limits \
    " seconds=5m cooldown=10m " \
    "part-of=ping-sweep\n"
#define ARP_SWEEP(limits) "rule arp-sweep proto=ARP answered=no " \
    "track=by_src unique=dst " limits " seconds=1 cooldown=10m\n"

/* What one host does with another. */
#define BRUTE_FORCE(limits) "rule brute-force " \
    "proto=SSH,TELNET,FTP,RDP,VNC,POP,IMAP,RLOGIN,SMB track=by_both " \
    "unique=sport " limits " seconds=5m cooldown=10m\n"
#define DNS_TUNNEL(limits) "rule dns-tunnel proto=DNS dport=53 len=130- " \
    "track=by_both " limits " seconds=1m cooldown=10m\n"
#define BEACON(limits) "rule beacon flags=S dst=!$HOME,!$MULTICAST " \
    "track=by_both_dport regular=33% " limits " seconds=4h cooldown=1h\n"

/* How much, and what; a policy. */
#define SRC_RATE(limits) "rule src-rate severity=low track=by_src " limits \
    " seconds=10 cooldown=5m\n"
#define UNKNOWN_PROTO(limits) "rule unknown-proto severity=low " \
    "proto=OTHER,ETH,IPV4,IPV6 track=by_proto " limits " seconds=1m " \
    "cooldown=1h\n"
#define CLEARTEXT_LOGIN(limits) "rule cleartext-login " limits \
    " proto=FTP,TELNET,RLOGIN,POP,IMAP asked=no track=by_both packets=1 " \
    "seconds=60 cooldown=1h\n"

static const char home[] =
"# home: a household behind one router.\n"
"\n"
"# Floods: handshakes that never end, segments of no connection, pings,\n"
"# datagrams.\n"
    SYN_FLOOD("packets=250") SYN_FLOOD_MANY("packets=250")
    TCP_FLOOD("packets=500") ICMP_FLOOD("packets=80")
    ICMP_FLOOD_MANY("packets=80") UDP_FLOOD("packets=1500")
    UDP_FLOOD_DEAF("packets=1000") UDP_FLOOD_ONE("packets=30000")
    OTHER_FLOOD("packets=100")
"# Replies that nobody asked for.\n"
    REFLECTION("packets=50") AMPLIFICATION("packets=30")
    AMPLIFICATION_FEW("packets=1000")
"# Scans of a host, sweeps over hosts.\n"
    PORT_SCAN("packets=15") UDP_SCAN("packets=25")
    ODD_SCANS("severity=medium") HOST_SWEEP("packets=100")
    SERVICE_SWEEP("packets=20") UDP_SWEEP("packets=30")
    PING_SWEEP("packets=15") PING_SWEEP_WIDE("packets=300")
    ARP_SWEEP("packets=120")
"# Guessed passwords, names that carry data, calls at regular times.\n"
    BRUTE_FORCE("packets=20") DNS_TUNNEL("packets=120")
    BEACON("packets=15")
"# Much, unknown, or readable by anybody on the way.\n"
    SRC_RATE("packets=1000000") UNKNOWN_PROTO("packets=100")
    CLEARTEXT_LOGIN("severity=low");

static const char office[] =
"# office: some hundred hosts, seen at their way out.\n"
"\n"
"# Floods: handshakes that never end, segments of no connection, pings,\n"
"# datagrams.\n"
    SYN_FLOOD("packets=500") SYN_FLOOD_MANY("packets=500")
    TCP_FLOOD("packets=1000") ICMP_FLOOD("packets=100")
    ICMP_FLOOD_MANY("packets=100") UDP_FLOOD("packets=3000")
    UDP_FLOOD_DEAF("packets=2000") UDP_FLOOD_ONE("packets=30000")
    OTHER_FLOOD("packets=200")
"# Replies that nobody asked for.\n"
    REFLECTION("packets=100") AMPLIFICATION("packets=50")
    AMPLIFICATION_FEW("packets=1000")
"# Scans of a host, sweeps over hosts.\n"
    PORT_SCAN("packets=20") UDP_SCAN("packets=30")
    ODD_SCANS("severity=medium") HOST_SWEEP("packets=200")
    SERVICE_SWEEP("packets=25") UDP_SWEEP("packets=50")
    PING_SWEEP("packets=15") PING_SWEEP_WIDE("packets=300")
    ARP_SWEEP("packets=150")
"# Guessed passwords, names that carry data, calls at regular times.\n"
    BRUTE_FORCE("packets=20") DNS_TUNNEL("packets=150")
    BEACON("packets=15")
"# Much, unknown, or readable by anybody on the way.\n"
    SRC_RATE("packets=1000000") UNKNOWN_PROTO("packets=1000")
    CLEARTEXT_LOGIN("severity=low");

static const char server[] =
"# server: one machine with services for the whole Internet, which scans it\n"
"# all the time.\n"
"\n"
"# Floods: handshakes that never end, segments of no connection, pings,\n"
"# datagrams.\n"
    SYN_FLOOD("packets=4000") SYN_FLOOD_MANY("packets=1000")
    TCP_FLOOD("packets=5000") ICMP_FLOOD("packets=200")
    ICMP_FLOOD_MANY("packets=200") UDP_FLOOD("packets=20000")
    UDP_FLOOD_DEAF("packets=10000") UDP_FLOOD_ONE("packets=100000")
    OTHER_FLOOD("packets=500")
"# Replies that nobody asked for.\n"
    REFLECTION("packets=200") AMPLIFICATION("packets=100")
    AMPLIFICATION_FEW("packets=5000")
"# Scans of a host, sweeps over hosts: it sweeps none itself.\n"
    PORT_SCAN("severity=low packets=15") UDP_SCAN("severity=low packets=30")
    ODD_SCANS("severity=low")
    HOST_SWEEP("severity=high packets=100")
    SERVICE_SWEEP("severity=high packets=20")
    UDP_SWEEP("severity=high packets=30") PING_SWEEP("packets=15")
    PING_SWEEP_WIDE("packets=300") ARP_SWEEP("packets=150")
"# Guessed passwords, names that carry data, calls at regular times.\n"
    BRUTE_FORCE("packets=20") DNS_TUNNEL("packets=600")
    BEACON("packets=15")
"# Much, unknown, or readable by anybody on the way.\n"
    SRC_RATE("packets=1000000") UNKNOWN_PROTO("packets=1000")
    CLEARTEXT_LOGIN("severity=medium");

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
