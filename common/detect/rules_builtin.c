/*
 * rules_builtin - the built-in sets of rules
 *
 * To add a set: its text, and a line in each of the two tables at the end.
 * home, office and server have the rules of one table, with thresholds of each;
 * pktpipe-rules(5) has its reason and source.
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
#define UDP_BUT_QUIC "proto=UDP,DNS,NTP,SSDP,SNMP,MEMCACHE,DTLS,STUN,RTP," \
    "RTCP,SIP,TFTP,CLDAP,COAP,ISAKMP,RADIUS,SYSLOG,RIP,NBNS,MDNS,LLMNR," \
    "BITTORRENT,OPENVPN,WIREGUARD,L2TP,SRVLOC,WSD,RPC,RDP,RAKNET,BACNET"
#define ANY_UDP UDP_BUT_QUIC ",QUIC,ESP "

/*
 * Services that do not answer: SNMP traps, syslog, NetFlow, IPFIX, sFlow,
 * StatsD, GELF, Graphite; and TFTP, which another port answers.
 */
#define NOT_COLLECTORS "dport=!69,!162,!514,!2003,!2055,!4739,!6343,!8125," \
    "!9995-9996,!12201"

/*
 * UDP services that answer more than they are asked, names apart, and not to
 * ports whose clients have the same one.  BRIEF_: without tunnels, relays of
 * calls, desktops and games, which may send much.  NOT_: those above 1023.
 */
#define AMPLIFIERS ANY_UDP "sport=7,17,19,69,111,123,137,161,177,389,427," \
    "500,520,623,1194,1434,1604,1701,1900,2362,3283,3389,3478,3702,4500,5060," \
    "5093,5353,5683,7001,7547,9987,10001,10074,11211,17185,20800,20811," \
    "26000,27015-27030,27960,30120,30718,32414,33848,37810,41794,47808 " \
    "dport=80,443,1024-,!1194,!1701,!3478,!4500,!5060,!5683," \
    "!7000-7005,!27015-27030 "
#define BRIEF_AMPLIFIERS ANY_UDP "sport=7,17,19,69,111,123,137,161,177," \
    "389,427,500,520,623,1434,1604,1900,2362,3283,3702,5060,5093,5353,5683," \
    "7547,10001,11211,17185,30718,32414,33848,37810,41794,47808 " \
    "dport=80,443,1024- "
#define NOT_AMPLIFIERS "sport=1024-,!1194,!1434,!1604,!1701,!1900,!2362," \
    "!3283,!3389,!3478,!3702,!4500,!5060,!5093,!5353,!5683,!7001,!7547," \
    "!9987,!10001,!10074,!11211,!17185,!20800,!20811,!26000," \
    "!27015-27030,!27960,!30120,!30718,!32414,!33848,!37810,!41794,!47808 "

/* Not what a service or a tunnel sends, as a server of QUIC or WireGuard. */
#define CLIENT_PORT "sport=1024-,!1194,!1701,!3478,!4500,!51820 "

/*
 * A scan's datagrams are no stream of sound or pictures, whatever the ports,
 * nor the errors of a TFTP server, each from a port of its own.
 */
#define SCAN_UDP "proto=UDP,DNS,NTP,SSDP,SNMP,MEMCACHE,QUIC,DTLS,STUN,SIP," \
    "CLDAP,COAP,ISAKMP,RADIUS,SYSLOG,RIP,NBNS,MDNS,LLMNR"

/*
 * Not the ports of programs whose peers come and go: Direct Connect, Kazaa,
 * Soulseek, IPFS, eDonkey, Gnutella, WinMX, BitTorrent, Zcash, Bitcoin, Tor,
 * Litecoin, Monero, Ethereum.
 */
#define NOT_PEERS "dport=!411-412,!1214,!2234,!4001,!4662,!6346-6347,!6699," \
    "!6881-6889,!8233,!8333,!9001,!9333,!18080,!30303,!51413"

/* Logins with a password for a whole session. */
#define LOGINS "proto=SSH,TELNET,FTP,RDP,VNC,RLOGIN"
#define LOGINS_FROM "track=by_both unique=sport"

/*
 * Not the ports of services that programs poll: SSH (git), mail, names, XMPP,
 * MQTT, push messages of Apple and Google.
 */
#define NOT_POLLED "dport=!22,!25,!53,!110,!143,!465,!587,!853,!993,!995," \
    "!1883,!5222,!5223,!5228-5230,!8883,!9418 "

/* The flags of a row of a tally are those of all its packets. */
#define SEGMENT		"len=0- "

#define ABROAD		"src=!$HOME "
#define TO_ONE		"dst=!$MULTICAST "
#define PINGS		"proto=ICMP,ICMPV6 asked=no " TO_ONE

/*
 * The rules of home, office and server: what a rule counts, its limits in the
 * three sets, and what follows them.  NOTE writes a comment.
 */
#define RULES(NOTE, RULE) \
NOTE("Floods: handshakes that never end, segments of no connection, pings,") \
NOTE("datagrams.  Floods over networks wait longer, so that one of a host is") \
NOTE("named first.") \
RULE("syn-flood severity=high flags=S completed=no repeated=no " \
    "track=by_dst_dport", \
    "packets=250", "packets=500", "packets=4000", \
    "seconds=1m part-of=syn-flood") \
RULE("syn-flood-many severity=high flags=S answered=seldom repeated=no " \
    "track=by_dst unique=src", \
    "packets=250", "packets=500", "packets=1000", \
    "seconds=10 part-of=syn-flood") \
RULE("syn-flood-refused severity=high flags=S answered=no repeated=no " \
    "track=by_dst_dport", \
    "packets=2000", "packets=4000", "packets=20000", \
    "seconds=10 part-of=syn-flood") \
RULE("syn-flood-wide severity=high flags=S completed=no repeated=no " \
    "track=by_dst_net unique=src", \
    "packets=500", "packets=1000", "packets=1000", \
    "within=3 seconds=10 part-of=syn-flood") \
RULE("mac-flood severity=high proto=TCP len=-60 answered=seldom " \
    "track=by_rule unique=src", \
    "packets=1000", "packets=1000", "packets=1000", \
    "within=3 seconds=10 part-of=syn-flood") \
RULE("tcp-flood severity=high flags=!S answered=no track=by_dst", \
    "packets=500", "packets=1000", "packets=5000", \
    "seconds=10 part-of=reflection") \
RULE("tcp-flood-one severity=high flags=R asked=yes track=by_both", \
    "packets=5000", "packets=5000", "packets=10000", \
    "seconds=10 part-of=reflection") \
RULE("tcp-flood-odd severity=high flags=+SF " SEGMENT "track=by_dst", \
    "packets=100", "packets=100", "packets=100", \
    "seconds=10 part-of=reflection,odd-scan") \
RULE("tcp-flood-null severity=high flags=0 new=yes " SEGMENT \
    "track=by_dst", \
    "packets=200", "packets=500", "packets=2000", \
    "seconds=10 part-of=reflection,odd-scan") \
RULE("tcp-flood-wide severity=high flags=!S answered=no track=by_dst_net " \
    "unique=src", \
    "packets=1000", "packets=1000", "packets=1000", \
    "within=3 seconds=10 part-of=reflection") \
RULE("icmp-flood severity=high " PINGS "track=by_both", \
    "packets=80", "packets=100", "packets=200", \
    "seconds=1 part-of=icmp-flood,flood-many") \
RULE("icmp-flood-many severity=high " PINGS "track=by_dst unique=src", \
    "packets=80", "packets=100", "packets=200", \
    "seconds=1 part-of=icmp-flood,reflection,udp-flood,syn-flood,flood-many") \
RULE("icmp-flood-wide severity=high " PINGS "track=by_dst_net unique=src", \
    "packets=500", "packets=500", "packets=1000", \
    "seconds=10 part-of=icmp-flood,reflection,udp-flood,syn-flood") \
RULE("udp-flood severity=high " ANY_UDP "new=yes track=by_dst", \
    "packets=1500", "packets=3000", "packets=20000", \
    "seconds=1 part-of=udp-flood") \
RULE("udp-flood-deaf severity=high " ANY_UDP "answered=no " TO_ONE \
    "track=by_dst", \
    NOT_COLLECTORS ",!53 packets=1000", NOT_COLLECTORS ",!53 packets=2000", \
    NOT_COLLECTORS " packets=10000", "seconds=10 part-of=udp-flood") \
RULE("udp-flood-one severity=high " ANY_UDP CLIENT_PORT NOT_COLLECTORS \
    " len=-150 oneway=yes " TO_ONE "track=by_both", \
    "packets=4000 seconds=1", "packets=4000 seconds=1", \
    "packets=100000 seconds=10", "part-of=udp-flood,flood-many") \
RULE("udp-flood-volume severity=high " ANY_UDP CLIENT_PORT "oneway=yes " \
    TO_ONE "track=by_both", \
    "packets=10000 seconds=1", "packets=10000 seconds=1", \
    "packets=200000 seconds=10", "part-of=udp-flood,flood-many") \
RULE("udp-flood-wide severity=high " ANY_UDP "answered=seldom " TO_ONE \
    "track=by_dst_net unique=src", \
    "packets=1000", "packets=1000", "packets=1000", \
    "within=3 seconds=10 part-of=udp-flood") \
RULE("dns-flood severity=high proto=DNS dport=53 " TO_ONE "track=by_dst", \
    "packets=20000", "packets=30000", "packets=100000", \
    "seconds=10 part-of=udp-flood") \
RULE("sip-flood severity=high proto=SIP asked=no " TO_ONE "track=by_both", \
    "packets=400", "packets=400", "packets=3000", \
    "seconds=10 part-of=udp-flood,flood-many") \
RULE("other-flood severity=high proto=IPV4,IPV6,GRE,ESP,IGMP,OTHER " \
    "answered=seldom " TO_ONE "track=by_dst unique=src", \
    "packets=100", "packets=200", "packets=500", \
    "seconds=10 part-of=other-flood,udp-flood,lan-flood") \
RULE("other-flood-one severity=high proto=IPV4,IPV6,IGMP,SCTP,OTHER " \
    "oneway=yes " TO_ONE "track=by_both", \
    "packets=8200", "packets=10000", "packets=20000", \
    "seconds=1 part-of=other-flood,flood-many") \
RULE("flood-many severity=high of=icmp-flood,udp-flood-one,udp-flood-volume," \
    "sip-flood,other-flood-one track=by_dst unique=src", \
    "packets=2", "packets=2", "packets=2", \
    "seconds=1m part-of=flood-many") \
RULE("ra-flood severity=high proto=ICMPV6 dst=ff02::/16 track=by_dst", \
    "packets=500", "packets=1000", "packets=1000", \
    "seconds=10") \
RULE("dhcp-flood severity=high proto=DHCP,DHCPV6 dport=67,547 track=by_dst", \
    "packets=200", "packets=1500", "packets=1500", \
    "seconds=30") \
RULE("lan-flood severity=high proto=ARP,IGMP,OSPF,EIGRP,PIM,VRRP,HSRP," \
    "MDNS,LLMNR,SSDP,NBNS asked=no track=by_dst", \
    "packets=5000", "packets=10000", "packets=10000", \
    "seconds=10 part-of=lan-flood,udp-flood,other-flood") \
RULE("lan-flood-link severity=high proto=ARP,STP,CDP,LLDP,LACP,EAPOL,PPPOE," \
    "LOOP,LLC track=by_rule", \
    "packets=10000", "packets=20000", "packets=20000", \
    "seconds=10 part-of=lan-flood,arp-sweep") \
NOTE("Replies that nobody asked for.") \
RULE("reflection severity=high flags=SA answered=no track=by_dst unique=src", \
    "packets=50", "packets=100", "packets=200", \
    "seconds=10 part-of=reflection") \
RULE("reflection-few severity=high flags=SA answered=no track=by_dst", \
    "packets=500", "packets=1000", "packets=5000", \
    "seconds=10 part-of=reflection") \
RULE("reflection-rst severity=high flags=*R new=yes " SEGMENT \
    "track=by_dst unique=src", \
    "packets=500", "packets=500", "packets=1000", \
    "seconds=10 part-of=reflection") \
RULE("amplification severity=high " ABROAD AMPLIFIERS "asked=no " TO_ONE \
    "track=by_dst unique=src", \
    "packets=30", "packets=50", "packets=50", \
    "seconds=10 part-of=udp-flood") \
RULE("amplification-wide severity=high " ABROAD AMPLIFIERS "asked=no " TO_ONE \
    "track=by_dst_net unique=src", \
    "packets=100", "packets=200", "packets=200", \
    "seconds=10 part-of=udp-flood") \
RULE("amplification-few severity=high " BRIEF_AMPLIFIERS "oneway=yes " \
    TO_ONE "track=by_dst", \
    "packets=500", "packets=500", "packets=2000", \
    "seconds=10 part-of=udp-flood") \
RULE("amplification-dns severity=high " ABROAD "proto=DNS sport=53 len=1000- " \
    "oneway=yes " TO_ONE "track=by_dst unique=src", \
    "packets=20", "packets=30", "packets=50", \
    "seconds=10 part-of=udp-flood") \
RULE("amplification-dns-few severity=high proto=DNS sport=53 len=600-1499 " \
    "oneway=yes " TO_ONE "track=by_both", \
    "packets=500", "packets=1000", "packets=2000", \
    "seconds=10 part-of=udp-flood") \
RULE("amplification-large severity=high " ABROAD UDP_BUT_QUIC " sport=!53 " \
    "len=400- " \
    "answered=seldom " TO_ONE "track=by_dst unique=src", \
    "packets=100", "packets=200", "packets=500", \
    "seconds=10 part-of=udp-flood") \
NOTE("Services here that answer forged requests with much.") \
RULE("reflector severity=high proto=UDP,NTP,SSDP,MEMCACHE,CLDAP,LDAP,NBNS," \
    "RPC,SRVLOC,RIP,WSD,MDNS sport=17,19,111,123,137,389,427,520,1434,1900," \
    "3283,3702,5353,11211,32414,37810 " \
    "dst=!$HOME,!$MULTICAST len=200- track=by_both", \
    "packets=100", "packets=100", "packets=100", \
    "seconds=10 part-of=reflector") \
RULE("reflector-dns severity=high proto=DNS sport=53 dst=!$HOME len=1000- " \
    "track=by_both", \
    "packets=200", "packets=300", "packets=1000", \
    "seconds=10 part-of=dns-tunnel") \
NOTE("Scans of a host, sweeps over hosts.") \
RULE("port-scan flags=S answered=no served=no track=by_both unique=dport", \
    "packets=15", "packets=16", "severity=low packets=15", \
    "seconds=1h cooldown=10m part-of=scan,scan-many,scan-decoys,sweep") \
RULE("udp-scan " SCAN_UDP " answered=no len=-300 " NOT_AMPLIFIERS \
    "dport=!33000-34999 " TO_ONE "track=by_both unique=dport", \
    "packets=25", "packets=30", "severity=low packets=30", \
    "seconds=10m cooldown=10m part-of=scan,scan-many,scan-decoys,sweep," \
    "udp-flood") \
RULE("udp-scan-source proto=UDP answered=no sport=-1023 len=-60 " \
    TO_ONE "track=by_both unique=dport", \
    "packets=25", "packets=30", "severity=low packets=30", \
    "seconds=10m cooldown=10m part-of=scan,scan-many,scan-decoys,sweep," \
    "udp-flood") \
RULE("scan-many of=port-scan,udp-scan,udp-scan-source track=by_src " \
    "unique=dst", \
    "packets=1", "packets=1", "severity=low packets=1", \
    "seconds=1h cooldown=10m part-of=scan-many,sweep") \
RULE("scan-decoys of=port-scan,udp-scan,udp-scan-source track=by_dst " \
    "unique=src", \
    "packets=2", "packets=2", "severity=low packets=2", \
    "seconds=1h cooldown=10m part-of=scan-decoys") \
RULE("fin-scan flags=F dport=-1023 track=by_both unique=dport", \
    "packets=5", "packets=5", "packets=15", \
    "seconds=5m part-of=odd-scan") \
RULE("null-scan flags=0 dport=-1023 track=by_both unique=dport", \
    "packets=5", "packets=5", "packets=15", \
    "seconds=5m part-of=odd-scan") \
RULE("xmas-scan flags=FPU dport=-1023 track=by_both unique=dport", \
    "packets=5", "packets=5", "packets=15", \
    "seconds=5m part-of=odd-scan") \
RULE("synfin-scan flags=+SF " SEGMENT "track=by_both unique=dport", \
    "packets=5", "packets=5", "packets=15", \
    "seconds=5m part-of=odd-scan") \
RULE("ack-scan flags=!S new=yes dport=-1023 track=by_both unique=dport", \
    "packets=20", "packets=20", "packets=20", \
    "seconds=5m part-of=odd-scan") \
RULE("sctp-scan proto=SCTP new=yes track=by_both unique=dport", \
    "packets=10", "packets=10", "severity=low packets=10", \
    "seconds=5m cooldown=10m") \
RULE("protocol-scan proto=IPV4,IPV6,IGMP,GRE,ESP,AH,EIGRP,OSPF,PIM,VRRP," \
    "RSVP,L2TP,SCTP,DCCP,MPLS,ISIS,IPX,ETH track=by_both unique=proto", \
    "packets=6", "packets=6", "severity=low packets=6", \
    "seconds=10m cooldown=10m") \
RULE("host-sweep flags=S answered=seldom repeated=no served=no " \
    "dst=0.0.0.0/0 " NOT_PEERS " track=by_src_dport unique=dst", \
    "packets=80", "packets=120", "severity=high packets=80", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("host-sweep-wide flags=S answered=seldom served=no dst=0.0.0.0/0 " \
    NOT_PEERS ",!80,!443 track=by_src_dport unique=dst", \
    "packets=200", "packets=240", "severity=high packets=200", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("service-sweep flags=S answered=seldom served=no " \
    "dport=21-23,102,135,139,445,502,1433,2222-2223,2323,2375,3306,3389," \
    "4786,5358,5432,5555,5900,5984,6379,7001,7547,8291,8728,9200,9530," \
    "27017,37215,44818,52869,60001 " \
    "track=by_src_dport unique=dst", \
    "packets=20", "packets=25", "severity=high packets=20", \
    "seconds=5m cooldown=10m part-of=sweep,scan-many") \
RULE("udp-sweep " SCAN_UDP ",TFTP answered=seldom " \
    "sport=1024-,!5060 " \
    "dport=-52,54-122,124-442,444-1023,1434,1900,3283,3702,5060,5683,10001," \
    "11211,37810,47808 " TO_ONE \
    "track=by_src_dport unique=dst", \
    "packets=30", "packets=50", "severity=high packets=30", \
    "seconds=5m cooldown=10m part-of=sweep,scan-many") \
RULE("udp-sweep-sip proto=SIP sport=5060 dport=5060 len=80- " \
    "answered=seldom " TO_ONE "track=by_src_dport unique=dst", \
    "packets=30", "packets=50", "severity=high packets=30", \
    "seconds=5m cooldown=10m part-of=sweep,scan-many") \
RULE("udp-sweep-port proto=NBNS,ISAKMP sport=137,500 dport=137,500 " \
    "answered=seldom " TO_ONE "track=by_src_dport unique=dst", \
    "packets=80", "packets=100", "severity=high packets=80", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("udp-sweep-time proto=NTP sport=1024- dport=123 answered=seldom " \
    TO_ONE "track=by_src_dport unique=dst", \
    "packets=80", "packets=120", "severity=high packets=80", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("udp-sweep-names proto=UDP,DNS sport=1024- dport=53 len=-72 " \
    "answered=seldom " TO_ONE "track=by_src_dport unique=dst", \
    "packets=80", "packets=120", "severity=high packets=80", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("udp-sweep-empty proto=UDP " CLIENT_PORT "len=-60 answered=seldom " \
    "dport=1024-,!2055,!2123,!2152,!5060,!9995-9996 " TO_ONE \
    "track=by_src_dport unique=dst", \
    "packets=80", "packets=120", "severity=high packets=80", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("ack-sweep flags=!S answered=seldom len=-60 sport=1024- " \
    "dport=-442,444-992,994-1023,3389,8080 " \
    "track=by_src_dport unique=dst", \
    "packets=80", "packets=120", "severity=high packets=80", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("sctp-sweep proto=SCTP len=64-70 answered=seldom " \
    "track=by_src_dport unique=dst", \
    "packets=30", "packets=50", "severity=high packets=30", \
    "seconds=60 cooldown=10m part-of=sweep,scan-many") \
RULE("ping-sweep proto=ICMP len=-60 asked=no " TO_ONE \
    "track=by_src unique=dst", \
    "packets=15", "packets=15", "packets=15", \
    "seconds=60 cooldown=10m part-of=ping-sweep") \
RULE("ping-sweep-6 proto=ICMPV6 len=-68 asked=no " TO_ONE \
    "track=by_src unique=dst", \
    "packets=15", "packets=15", "packets=15", \
    "seconds=60 cooldown=10m part-of=ping-sweep") \
RULE("ping-sweep-wide proto=ICMP answered=seldom " TO_ONE \
    "track=by_src unique=dst", \
    "packets=300", "packets=300", "packets=300", \
    "seconds=5m cooldown=10m part-of=ping-sweep") \
RULE("arp-sweep proto=ARP answered=no track=by_src unique=dst", \
    "packets=120", "packets=150", "packets=150", \
    "seconds=1 cooldown=10m part-of=arp-sweep") \
RULE("nd-sweep proto=ICMPV6 src=!::/128 dst=ff02::1:ff00:0/104 " \
    "track=by_src unique=dst", \
    "packets=120", "packets=250", "packets=120", \
    "seconds=10 cooldown=10m") \
NOTE("Guessed passwords, data in names and pings, starved servers, calls at") \
NOTE("regular times.") \
RULE("brute-force proto=SSH,RDP,VNC " LOGINS_FROM, \
    "packets=30", "packets=35", "packets=30", \
    "seconds=3m cooldown=10m part-of=brute-force") \
RULE("brute-force-clear proto=TELNET,RLOGIN,FTP track=by_both unique=sport", \
    "packets=20", "packets=20", "packets=20", \
    "seconds=1m cooldown=10m part-of=brute-force") \
RULE("brute-force-abroad " ABROAD LOGINS ",SMB " LOGINS_FROM, \
    "packets=20", "packets=20", "packets=20", \
    "seconds=5m cooldown=10m part-of=brute-force") \
RULE("brute-force-slow " ABROAD LOGINS ",SMB " LOGINS_FROM, \
    "packets=35", "packets=35", "packets=35", \
    "seconds=30m cooldown=1h part-of=brute-force") \
RULE("brute-force-polled proto=POP,IMAP,SMTP,SMB dport=!25 track=by_both " \
    "unique=sport", \
    "packets=100", "packets=100", "packets=100", \
    "seconds=1m cooldown=10m part-of=brute-force") \
RULE("brute-force-tries proto=SSH len=110-185 refused=yes track=by_both", \
    "packets=12", "packets=12", "packets=12", \
    "seconds=5m cooldown=10m part-of=brute-force") \
RULE("brute-force-domain proto=KRB5 track=by_both unique=sport", \
    "packets=500", "packets=500", "packets=500", \
    "seconds=1m cooldown=10m part-of=brute-force") \
RULE("brute-force-database proto=MYSQL,PGSQL,TDS,TNS,RESP,MONGO " \
    ABROAD "track=by_both unique=sport", \
    "packets=100", "packets=100", "packets=100", \
    "seconds=5m cooldown=10m part-of=brute-force") \
RULE("brute-force-many proto=SSH,TELNET,RDP,VNC " ABROAD "asked=no " \
    "sport=1024-,!3389,!5900 " \
    "track=by_dst unique=src", \
    "packets=30", "packets=50", "severity=low packets=100", \
    "seconds=10m cooldown=10m part-of=brute-force") \
RULE("brute-force-community proto=SNMP dport=161 oneway=yes new=no " \
    TO_ONE "track=by_both", \
    "packets=60", "packets=60", "packets=60", \
    "seconds=10 cooldown=10m part-of=brute-force") \
RULE("dns-tunnel proto=DNS dport=53 len=160- track=by_both", \
    "packets=60", "packets=150", "packets=600", \
    "seconds=1m cooldown=10m part-of=dns-tunnel") \
RULE("dns-tunnel-down proto=DNS sport=53 len=600-1499 track=by_both", \
    "packets=600", "packets=1500", "packets=6000", \
    "seconds=1m cooldown=10m part-of=dns-tunnel,udp-flood") \
RULE("icmp-tunnel len=128- " PINGS "track=by_both", \
    "packets=150", "packets=150", "packets=150", \
    "seconds=15 cooldown=10m part-of=icmp-flood") \
RULE("icmp-tunnel-down proto=ICMP len=600- asked=yes track=by_both", \
    "packets=150", "packets=150", "packets=150", \
    "seconds=15 cooldown=10m part-of=icmp-flood") \
RULE("slowloris proto=HTTP,TCP flags=PA len=-90 dport=80,8000,8008," \
    "8080-8081,8088,8888 " \
    "asked=no answered=no track=by_both_dport unique=sport", \
    "packets=50", "packets=50", "packets=50", \
    "seconds=30 cooldown=10m") \
RULE("beacon flags=S dst=!$HOME,!$MULTICAST " NOT_POLLED \
    "track=by_both_dport regular=33%", \
    "packets=15", "packets=15", "packets=15", \
    "seconds=4h cooldown=1h part-of=beacon,beacon-many") \
RULE("beacon-many severity=low of=beacon track=by_dst unique=src", \
    "packets=1", "packets=1", "packets=1", \
    "seconds=4h cooldown=1h part-of=beacon-many") \
NOTE("Much, unknown, or readable by anybody on the way.") \
RULE("src-rate severity=low track=by_src", \
    "packets=1000000", "packets=1000000", "packets=1000000", \
    "seconds=10 cooldown=5m") \
RULE("unknown-proto severity=low proto=OTHER,ETH,IPV4,IPV6 track=by_proto", \
    "packets=100", "packets=1000", "packets=1000", \
    "seconds=1m cooldown=1h") \
RULE("cleartext-login proto=FTP,TELNET,RLOGIN,POP,IMAP asked=no " \
    "track=by_both packets=1", \
    "severity=low", "severity=low", "severity=medium", \
    "encrypted=no within=3 seconds=60 cooldown=1h") \
NOTE("Own addresses that are not in the file of --known; off without one.") \
RULE("new-talker severity=low src=$HOME known=no track=by_src", \
    "packets=2", "packets=2", "packets=2", \
    "seconds=1m cooldown=30d")

/* Of one host, with less packets than other floods need there. */
#define MORE_OF_OFFICE(NOTE, RULE) \
NOTE("Floods from so many forged sources are not of a network.") \
RULE("udp-flood-many severity=high " ANY_UDP "answered=seldom dport=!69 " \
    TO_ONE "track=by_dst unique=src", \
    "", "packets=1000", "packets=1000", \
    "seconds=10 part-of=udp-flood")

/* Scans that are aimed at a server; others of it never stop. */
#define MORE_OF_SERVER(NOTE, RULE) \
RULE("syn-flood-forged severity=high flags=S completed=no repeated=no " \
    "track=by_dst unique=src", \
    "", "", "packets=1000", \
    "seconds=10 part-of=syn-flood") \
RULE("tcp-flood-many severity=high flags=!S answered=no track=by_dst " \
    "unique=src", \
    "", "", "packets=1000", \
    "seconds=10 part-of=reflection") \
NOTE("Scans of so many ports are aimed at this server.") \
RULE("port-scan-full flags=S answered=no served=no track=by_both " \
    "unique=dport", \
    "", "", "packets=100", "seconds=1h cooldown=10m part-of=scan-full") \
RULE("udp-scan-full " SCAN_UDP " answered=no len=-300 " NOT_AMPLIFIERS \
    "dport=!33000-34999 " TO_ONE "track=by_both unique=dport", \
    "", "", "packets=100", "seconds=10m cooldown=10m part-of=scan-full")

#define NOTE(text)	"# " text "\n"
#define HOME(what, home, office, server, more) \
    "rule " what " " home " " more "\n"
#define OFFICE(what, home, office, server, more) \
    "rule " what " " office " " more "\n"
#define SERVER(what, home, office, server, more) \
    "rule " what " " server " " more "\n"

static const char home[] =
"# home: a household behind one router.\n"
"\n"
    RULES(NOTE, HOME);

static const char office[] =
"# office: some hundred hosts, seen at their way out.\n"
"\n"
    RULES(NOTE, OFFICE)
    MORE_OF_OFFICE(NOTE, OFFICE);

static const char server[] =
"# server: one machine with services for the whole Internet, which scans it\n"
"# all the time.  It sweeps over no hosts itself.\n"
"\n"
    RULES(NOTE, SERVER)
    MORE_OF_OFFICE(NOTE, SERVER)
    MORE_OF_SERVER(NOTE, SERVER);

const char *const rules_builtin_names[] = { "home", "office", "server",
    "demo", NULL };
static const char *const texts[] = { home, office, server, demo };

const char *
rules_builtin(const char *name)
{
	size_t i;

	for (i = 0; rules_builtin_names[i] != NULL; i++)
		if (strcmp(name, rules_builtin_names[i]) == 0)
			return texts[i];
	return NULL;
}
