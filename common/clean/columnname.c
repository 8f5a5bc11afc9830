/*
 * columnname - what a column is for, by the names that other programs give it
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/packetcolumns.h"
#include "clean/columnname.h"

/*
 * Folded names: lower case, no blanks, underscores, hyphens or number signs.
 * In a list the earlier names count first.  Wireshark's own columns show the
 * innermost address.  Where a frame has both, IPv6 is nearly always the inner
 * one (6in4, Teredo, GTP).  Ethernet's come last: they are addresses of no IP.
 */
static const char *const names[ROLE_COUNT] = {
	[ROLE_TIME] = "frame.timeepoch,frametimeepoch,timeepoch,"
	    "epocharrivaltime,time,"
	    "timestamp,ts,epoch,datetime,frame.timeutc,frame.time,frametime,"
	    "snifftimestamp,snifftime,packettime,capturetime,arrivaltime,"
	    "utcarrivaltime,"
	    "timestampepoch,epochtime,unixtime,timeutc,utctime,"
	    "frame.timerelative,ws.col.absdatetime,ws.col.utctime,"
	    "ws.col.time,date,",
	[ROLE_SRC] = "ws.col.source,ws.col.defsrc,ws.col.unresnetsrc,src,"
	    "source,sourceip,srcip,ipsrc,sourceaddress,srcaddress,srcaddr,"
	    "sourceipaddress,sourceaddr,ipv6.src,ip.src,ipv6src,saddr,"
	    "arp.src.protoipv4,ethsrc,eth.src,",
	[ROLE_DST] = "ws.col.destination,ws.col.defdst,ws.col.unresnetdst,dst,"
	    "destination,destinationip,dstip,ipdst,destip,destinationaddress,"
	    "dstaddress,dstaddr,destaddress,destaddr,destinationipaddress,"
	    "dest,destinationaddr,ipv6.dst,ip.dst,ipv6dst,daddr,"
	    "arp.dst.protoipv4,ethdst,eth.dst,",
	[ROLE_PROTO] = "ws.col.protocol,highestlayer,proto,protocol,"
	    "protocolname,protoname,",
	[ROLE_LEN] = "frame.len,framelen,len,length,packetlength,packetlen,"
	    "pktlength,pktlen,framelength,packetsize,pktsize,framesize,size,"
	    "lengthbytes,sizebytes,length(bytes),size(bytes),ws.col.length,"
	    "ws.col.packetlength,framelengthonthewire,",
	[ROLE_SPORT] = "sport,srcport,sourceport,tcp.srcport,udp.srcport,"
	    "sctp.srcport,tcpsrcport,udpsrcport,",
	[ROLE_DPORT] = "dport,dstport,destport,destinationport,tcp.dstport,"
	    "udp.dstport,sctp.dstport,tcpdstport,udpdstport,",
	[ROLE_FLAGS] = "flags,tcp.flags,tcp.flags.str,tcpflags,tcpflagsstr,",
};

/* What tells the highest protocol comes first. */
static const char layers[] = "frame.protocols,frameprotocols,protocolsinframe,"
    "transportlayer,"
    "transport,transportprotocol,l4proto,l4protocol,ip.proto,ipv6.nxt,ipproto,"
    "ipprotocol,ipv6nxt,nextheader,protocolnumber,protonumber,protocolnum,"
    "protonum,protocolid,protoid,ipprotocolnumber,protocolidentifier,";

static const char omitted[] = "no.,no,nr.,number,index,unnamed.0,level0,"
    "frame.number,framenumber,packetnumber,info,ws.col.info,ws.col.no.,"
    "ws.col.number,";

/*
 * In tables of flows: Zeek's conn.log, nfdump -o csv, SiLK's rwcut, Argus' ra,
 * Suricata's flow records, CICFlowMeter, nProbe, IPFIX, cloud providers.  A
 * flow record of Suricata has the time of its writing, too: the flow's start
 * comes first.  So does what tells the highest protocol.
 */
static const char *const flow_names[ROLE_COUNT] = {
	[ROLE_TIME] = "flow.start,flowstart,starttime,stime,start,firstseen,"
	    "firstswitched,timestampstart,timestart,startts,begintime,first,",
	[ROLE_SRC] = "id.origh,sa,sip,ipv4srcaddr,ipv6srcaddr,"
	    "sourceipv4address,sourceipv6address,origh,",
	[ROLE_DST] = "id.resph,da,dip,ipv4dstaddr,ipv6dstaddr,"
	    "destinationipv4address,destinationipv6address,resph,",
	[ROLE_PROTO] = "service,appproto,l7protoname,l7proto,proto,protocol,"
	    "pr,pro,prot,",
	[ROLE_SPORT] = "id.origp,sp,l4srcport,sourcetransportport,origp,"
	    "sourceport,",
	[ROLE_DPORT] = "id.respp,dp,l4dstport,destinationtransportport,respp,"
	    "destinationport,",
	[ROLE_FLAGS] = "flg,tcpcontrolbits,",
	[ROLE_END] = "flow.end,flowend,endtime,etime,end,te,lasttime,lastseen,"
	    "lastswitched,timestampend,timeend,endts,stoptime,last,",
	[ROLE_PACKETS] = "packets,pkts,totpkts,totalpackets,totalpkts,"
	    "packetcount,numpackets,npackets,",
	[ROLE_BYTES] = "bytes,totbytes,totalbytes,octets,bytecount,numbytes,"
	    "nbytes,",
	[ROLE_PACKETS_WAY] = "origpkts,resppkts,ipkt,opkt,srcpkts,dstpkts,"
	    "spkts,dpkts,flow.pktstoserver,flow.pktstoclient,pktstoserver,"
	    "pktstoclient,totfwdpkts,totbwdpkts,totalfwdpackets,"
	    "totalfwdpacket,totalbwdpackets,totalbackwardpackets,inpkts,"
	    "outpkts,inpackets,outpackets,packetdeltacount,packettotalcount,"
	    "reversepacketdeltacount,reversepackettotalcount,",
	[ROLE_BYTES_WAY] = "origipbytes,respipbytes,ibyt,obyt,srcbytes,"
	    "dstbytes,sbytes,dbytes,flow.bytestoserver,flow.bytestoclient,"
	    "bytestoserver,bytestoclient,totlenfwdpkts,totlenbwdpkts,"
	    "totallengthoffwdpackets,totallengthoffwdpacket,"
	    "totallengthofbwdpackets,totallengthofbwdpacket,inbytes,outbytes,"
	    "octetdeltacount,octettotalcount,reverseoctetdeltacount,"
	    "reverseoctettotalcount,",
	[ROLE_DURATION] = "duration,dur,td,",
};

/* What the name of a column of times may end with. */
static const struct {
	const char		*suffix;
	enum timecell_unit	 unit;
} units[] = {
	{ "(ms)", TIMECELL_MS }, { "[ms]", TIMECELL_MS },
	{ "milliseconds", TIMECELL_MS }, { "millis", TIMECELL_MS },
	{ "msec", TIMECELL_MS }, { "(us)", TIMECELL_US },
	{ "[us]", TIMECELL_US }, { "(\xc2\xb5s)", TIMECELL_US },
	{ "microseconds", TIMECELL_US }, { "micros", TIMECELL_US },
	{ "usec", TIMECELL_US }, { "(ns)", TIMECELL_NS },
	{ "[ns]", TIMECELL_NS }, { "nanoseconds", TIMECELL_NS },
	{ "nanos", TIMECELL_NS }, { "nsec", TIMECELL_NS },
	{ "(s)", TIMECELL_S }, { "[s]", TIMECELL_S },
	{ "seconds", TIMECELL_S }, { "sec", TIMECELL_S },
	{ "ms", TIMECELL_MS }, { "us", TIMECELL_US }, { "ns", TIMECELL_NS },
};

#define FOLDED_MAX	32
#define FLOW_PLACES	4096	/* more than bytes of a list */

const char *
columnname_of(enum dialect_role role)
{
	static const char *const ours[ROLES_NAMED] = {
		PACKETCOLUMNS, "sport", "dport", "flags", "end", "packets",
		"bytes"
	};

	return ours[role];
}

enum dialect_role
columnname_role_of(const char *ours)
{
	int role;

	for (role = 0; role < ROLES_NAMED; role++)
		if (strcmp(ours, columnname_of((enum dialect_role)role)) == 0)
			return (enum dialect_role)role;
	return ROLE_EXTRA;
}

/* Folds a name and ends it with a comma; returns 0 if it is too long. */
static size_t
fold(char out[FOLDED_MAX + 2], struct slice name)
{
	size_t i, n = 0;

	for (i = 0; i < name.len; i++) {
		char c = name.at[i];

		if (c == ' ' || c == '_' || c == '-' || c == '\t' || c == '#')
			continue;
		if (n == FOLDED_MAX || c == ',' || c == '\0')
			return 0;
		/* Miller's flow:start. */
		c = c == ':' ? '.' : c;
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	out[n] = ',';
	out[n + 1] = '\0';
	return n + 1;
}

/* Where the folded name is in the list: its offset, or -1. */
static int
place_in(const char *list, const char *folded)
{
	const char *p = list;
	size_t n = strlen(folded);

	while ((p = strstr(p, folded)) != NULL) {
		if (p == list || p[-1] == ',')
			return (int)(p - list);
		p += n;
	}
	return -1;
}

static bool
is_time(int role)
{
	return role == ROLE_TIME || role == ROLE_END;
}

/*
 * Cuts the unit off the folded name of a column of times, such as "tsms," or
 * "time(us),".  TIMECELL_ANY if it has none.
 */
static enum timecell_unit
cut_unit(char *folded)
{
	size_t i, n = strlen(folded) - 1, len;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		len = strlen(units[i].suffix);
		if (n <= len || memcmp(folded + n - len, units[i].suffix,
		    len) != 0)
			continue;
		memcpy(folded + n - len, ",", 2);
		return units[i].unit;
	}
	return TIMECELL_ANY;
}

/* The role of a folded name, and its place; ROLE_COUNT if it has none. */
static int
find_in(const char *const *lists, const char *folded, int *place)
{
	int role;

	for (role = 0; role < ROLE_COUNT; role++) {
		*place = lists[role] == NULL ? -1 :
		    place_in(lists[role], folded);
		if (*place != -1)
			break;
	}
	return role;
}

enum dialect_role
columnname_role(struct slice name, bool flows, int *place)
{
	char folded[FOLDED_MAX + 2];
	int role;

	*place = -1;
	if (fold(folded, name) == 0)
		return ROLE_EXTRA;
	/* pandas writes its row numbers below an empty name. */
	if (folded[0] == ',' || place_in(omitted, folded) != -1)
		return ROLE_OMIT;
	if (flows && (role = find_in(flow_names, folded, place)) < ROLE_COUNT)
		return (enum dialect_role)role;
	role = find_in(names, folded, place);
	if (role < ROLE_COUNT) {
		*place += FLOW_PLACES;
		return (enum dialect_role)role;
	}
	*place = place_in(layers, folded);
	if (*place != -1)
		return ROLE_LAYER;
	if (cut_unit(folded) == TIMECELL_ANY)
		return ROLE_EXTRA;
	if (flows && (role = find_in(flow_names, folded, place)) < ROLE_COUNT)
		return is_time(role) ? (enum dialect_role)role : ROLE_EXTRA;
	*place = place_in(names[ROLE_TIME], folded);
	if (*place == -1)
		return ROLE_EXTRA;
	*place += FLOW_PLACES;
	return ROLE_TIME;
}

enum timecell_unit
columnname_unit(struct slice name)
{
	char folded[FOLDED_MAX + 2];

	enum timecell_unit unit;
	int place;

	if (fold(folded, name) == 0 ||
	    place_in(names[ROLE_TIME], folded) != -1)
		return TIMECELL_ANY;
	unit = cut_unit(folded);
	return place_in(names[ROLE_TIME], folded) != -1 ||
	    is_time(find_in(flow_names, folded, &place)) ? unit : TIMECELL_ANY;
}

bool
columnname_is(struct slice name, const char *other)
{
	char folded[FOLDED_MAX + 2];
	size_t n = fold(folded, name);

	return n == strlen(other) + 1 && memcmp(folded, other, n - 1) == 0;
}

bool
columnname_starts(struct slice name, const char *start)
{
	char folded[FOLDED_MAX + 2];
	size_t n = strlen(start);

	return fold(folded, name) > n + 1 && memcmp(folded, start, n) == 0;
}
