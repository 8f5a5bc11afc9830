/*
 * dialect - headers of several programs, and what is none
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/delimiter.h"
#include "clean/dialect.h"
#include "tap.h"

static struct csv header;

/* Splits at commas into the header's cells. */
static void
set_header(const char *text)
{
	header.cells = 0;
	for (;; text++) {
		size_t n = strcspn(text, ",");

		header.cell[header.cells].at = text;
		header.cell[header.cells++].len = n;
		text += n;
		if (*text == '\0')
			break;
	}
}

/* The first column of each of the five roles, as "1 2 3 4 5". */
static void
maps(const char *text, const char *want)
{
	struct dialect d = { .columns = 0 };
	char got[64];

	set_header(text);
	if (!ok(dialect_read(&d, &header), "a header: %s", text))
		return;
	snprintf(got, sizeof(got), "%d %d %d %d %d",
	    d.sources[0] ? d.source[0][0] : -1,
	    d.sources[1] ? d.source[1][0] : -1,
	    d.sources[2] ? d.source[2][0] : -1,
	    d.sources[3] ? d.source[3][0] : -1,
	    d.sources[4] ? d.source[4][0] : -1);
	same_text(got, strlen(got), want, "its columns are %s", want);
}

static void
test_headers(void)
{
	maps("time,src,dst,proto,len", "0 1 2 3 4");
	maps("len,x,proto,dst,src,time", "5 4 3 2 0");
	maps("No.,Time,Source,Destination,Protocol,Length,Info", "1 2 3 4 5");
	maps("frame.time_epoch,ip.src,ip.dst,_ws.col.Protocol,frame.len",
	    "0 1 2 3 4");
	maps(",Time,Source IP,Destination IP,Protocol,Length", "1 2 3 4 5");
	maps("Timestamp,SRC_IP,dst ip,Protocol,packet_length", "0 1 2 3 4");
	maps("timestamp,ip_src,ip_dst,protocol,size", "0 1 2 3 4");
	maps("sniff_timestamp,source ip,destination_ip,highest_layer,length",
	    "0 1 2 3 4");
	maps("ip.src,_ws.col.Source,_ws.col.Destination,frame.len,"
	    "_ws.col.Protocol,frame.time", "5 1 2 4 3");
	maps("time,proto", "0 -1 -1 1 -1");
	maps("ts_ms,src,dst,proto,length", "0 1 2 3 4");
	maps("Timestamp (us),Source IP,dst,proto,length", "0 1 2 3 4");
}

static void
test_sources(void)
{
	struct dialect d = { .columns = 0 };

	set_header("ip.src,eth.src,ipv6.src,frame.time_epoch,frame.len");
	dialect_read(&d, &header);
	same_int((int)d.sources[ROLE_SRC], 3, "three columns may be src");
	ok(d.source[ROLE_SRC][0] == 2 && d.source[ROLE_SRC][1] == 0 &&
	    d.source[ROLE_SRC][2] == 1, "IPv6 counts first, Ethernet last");
	ok(d.fields && d.relative == -1 && !d.ours, "it is tshark's");
	set_header("epoch_ns,ts,timestamp_millis,time [us],proto,length");
	dialect_read(&d, &header);
	ok(d.sources[ROLE_TIME] == 4, "four columns may be the time");
	ok(d.time_unit[0] == TIMECELL_US && d.time_unit[1] == TIMECELL_MS &&
	    d.time_unit[2] == TIMECELL_ANY && d.time_unit[3] == TIMECELL_NS,
	    "three of them name their unit");
	set_header("No.,Time,Source,Destination,Protocol,Length,Info");
	dialect_read(&d, &header);
	same_int(d.relative, 1, "Wireshark's Time may be relative");
	set_header("time,src,dst,proto,len,Info");
	dialect_read(&d, &header);
	ok(d.ours && d.relative == -1, "our time is not");
	same_int(dialect_role(&d, &header, 5), ROLE_EXTRA,
	    "beside our names any other is extra");
}

/* The columns of packets and bytes, or of their ways: "10|11", "1+2|3+4". */
static void
sums(const char *text, bool ours, const char *want)
{
	struct dialect d = { .columns = 0 };
	char got[128] = "";
	size_t i, n = 0;
	int role;

	set_header(text);
	ok(dialect_read(&d, &header) && d.tally, "a tally: %s", text);
	ok(d.ours == ours, "%s", ours ? "of ours" : "of others");
	for (role = ROLE_PACKETS; role <= ROLE_BYTES; role++) {
		int from = d.sources[role] > 0 ? role :
		    role == ROLE_PACKETS ? ROLE_PACKETS_WAY : ROLE_BYTES_WAY;

		if (role == ROLE_BYTES)
			n += (size_t)snprintf(got + n, sizeof(got) - n, "|");
		for (i = 0; i < d.sources[from]; i++)
			n += (size_t)snprintf(got + n, sizeof(got) - n,
			    "%s%d", i > 0 ? "+" : "", d.source[from][i]);
	}
	same_text(got, n, want, "its sums are %s", want);
}

static void
test_tallies(void)
{
	sums("time,packets,bytes", true, "1|2");
	sums("vlan,packets,bytes", true, "1|2");
	sums("src/24,proto,packets,bytes,first,last", true, "2|3");
	sums("time,src,dst,proto,len,packets,bytes", true, "5|6");
	sums("time,end,src,dst,proto,ip_proto,sport,dport,flags,flags_back,"
	    "packets,bytes,packets_back,bytes_back", true, "10|11");
	sums("firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,"
	    "packets,bytes,bps,bpp,flows", false, "7|8");
	sums("StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,"
	    "sTos,dTos,TotPkts,TotBytes,SrcBytes,Label", false, "11|12");
	sums("StartTime,Proto,SrcAddr,DstAddr,SrcPkts,DstPkts,SrcBytes,"
	    "DstBytes", false, "4+5|6+7");
	sums("ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt,opkt,obyt", false,
	    "9+11|10+12");
	sums("ts,id.orig_h,id.resp_h,proto,service,orig_bytes,orig_pkts,"
	    "orig_ip_bytes,resp_pkts,resp_ip_bytes", false, "6+8|7+9");
	sums("flow:start,src_ip,dest_ip,flow:pkts_toserver,"
	    "flow:pkts_toclient,flow:bytes_toserver,flow:bytes_toclient",
	    false, "3+4|5+6");
	sums("IPV4_SRC_ADDR,IPV4_DST_ADDR,PROTOCOL,IN_BYTES,IN_PKTS,"
	    "OUT_BYTES,OUT_PKTS,FIRST_SWITCHED", false, "4+6|3+5");
	sums("version,srcaddr,dstaddr,srcport,dstport,protocol,packets,bytes,"
	    "start,end,action", false, "6|7");
	sums("flowStartMilliseconds,sourceIPv4Address,protocolIdentifier,"
	    "packetDeltaCount,octetDeltaCount", false, "3|4");
}

static void
test_no_headers(void)
{
	static const char *const none[] = { "1.5,10.0.0.1,10.0.0.2,TCP,66",
	    "foo,bar,baz", "", "1.5,src,dst,proto,66", "time", "a,time",
	    "flows,bytes,packets,avg_bps,avg_pps,avg_bpp", "packets,bytes",
	    "1,packets,bytes" };
	struct dialect d = { .columns = 0 };
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		set_header(none[i]);
		ok(!dialect_read(&d, &header), "no header: %s", none[i]);
	}
}

static void
test_delimiters(void)
{
	same_int(delimiter_of("a,b;c,d\n;;;;", 12), ',', "comma");
	same_int(delimiter_of("a;b;c\n,,,,,", 11), ';', "semicolon");
	same_int(delimiter_of("a\t1,2\t3,4\tb", 11), '\t', "tab");
	same_int(delimiter_of("\";;;;\",b,c", 10), ',',
	    "what is quoted does not count");
	same_int(delimiter_of("", 0), ',', "a comma if there is none");
	same_int(delimiter_of("1.5|a|b|TCP|60\n", 15), '|', "a vertical bar");
	same_int(delimiter_of("time,src,dst,proto,len,a;b;c;d;e;f\n", 36), ',',
	    "names count for more than delimiters");
	same_int(delimiter_of("\"Time\"|\"Source\"|a,b,c,d\r\n", 25), '|',
	    "quoted names, too");
	same_int(delimiter_of("time src dst proto len\n", 23), ' ',
	    "a blank between names");
	same_int(delimiter_of("1.5 192.0.2.1 192.0.2.2 TCP 60\n", 31), ' ',
	    "and between five cells without names");
	same_int(delimiter_of("time src\n", 9), ',', "but not of two names");
	same_int(delimiter_of("time src dst,len\n", 17), ',',
	    "nor if there is a comma");
	same_int(delimiter_foreign("time:src:dst:proto:len\n", 23), ':',
	    "a colon is found but not taken");
	same_int(delimiter_foreign("time,src,dst,proto,len\n", 23), '\0',
	    "a comma is not foreign");
}

int
main(void)
{
	test_headers();
	test_sources();
	test_tallies();
	test_no_headers();
	test_delimiters();
	return tap_done();
}
