/*
 * packetrow - rows of packets made here, column by column
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/packetrow.h"
#include "tap.h"

static uint8_t addrs[][16] = { { 192, 0, 2, 1 }, { 198, 51, 100, 2 },
	{ 0x20, 1, 0xd, 0xb8, [15] = 1 }, { 0xfd, [15] = 2 } };

/* A segment in IPv6 in IPv4, of two VLANs. */
static struct packet segment = {
	.outer = { addrs[0], addrs[1], 4 }, .inner = { addrs[2], addrs[3], 6 },
	.protocol = PROTO_TCP, .has_ports = true, .sport = 50000, .dport = 443,
	.has_tcp = true, .tcp_flags = TCP_SYN | TCP_ACK | TCP_ECE | TCP_CWR,
	.has_ip = true, .ttl = 64, .ip_protocol = 6, .vlans = 2,
	.vlan = { 100, 5 }, .payload_len = 7,
};

static struct captured captured = {
	.time_ns = 1700000000123456789, .timed = true, .caplen = 96,
	.len = 1514, .linktype = 113, .iface = "eth0",
};

static FILE *file;
static struct output out;

static void
start(struct packetrow *r)
{
	packetrow_init(r);
	file = tmpfile();
	if (file == NULL)
		err(1, "tmpfile");
	output_init(&out, dup(fileno(file)), "file");
}

/* What was written since start is this. */
static void
wrote(const char *want, const char *what)
{
	char got[4096];
	ssize_t n;

	output_close(&out);
	n = pread(fileno(file), got, sizeof(got), 0);
	same_text(got, n > 0 ? (size_t)n : 0, want, "%s", what);
	fclose(file);
}

/* The row of the captured packet with these fields is this. */
static void
row_is(const char *fields, const struct packet *p, const char *want,
    const char *what)
{
	struct packetrow r;

	start(&r);
	if (fields != NULL)
		packetrow_fields(&r, fields);
	packetrow_write(&r, &out, &captured, p, PROTO_TLS);
	wrote(want, what);
}

#define FIRST	"1700000000.123456,2001:db8::1,fd00::2,TLS,1514"

static void
test_fields(void)
{
	static const struct packet bare = { .protocol = PROTO_OTHER };
	struct packet echo = { .inner = segment.inner, .has_icmp = true,
	    .has_ip = true, .ttl = 9 };

	row_is(NULL, &segment, FIRST "\n", "the five columns");
	row_is("time,src,dst,proto,len", &segment, FIRST "\n",
	    "naming them changes nothing");
	row_is("dport,sport,dport", &segment, FIRST ",443,50000\n",
	    "more fields come in their order, each once");
	row_is("flags", &segment, FIRST ",SAEC\n", "flags are letters");
	row_is("vlan", &segment, FIRST ",100.5\n", "tags, the outer first");
	row_is("outer_src,outer_dst", &segment,
	    FIRST ",192.0.2.1,198.51.100.2\n", "the outermost addresses");
	row_is("iface,linktype,caplen", &segment, FIRST ",eth0,113,96\n",
	    "what the capture says");
	row_is("ttl,ip_proto,payload", &segment, FIRST ",64,6,7\n",
	    "what the headers say");
	row_is("sport,dport,flags,vlan,ttl,ip_proto,payload,outer_src,sensor",
	    &bare, "1700000000.123456,,,TLS,1514,,,,,,,0,,\n",
	    "what is not there is empty");
	row_is("icmp_type", &echo, FIRST ",0\n", "the type 0 is a type");
	row_is("ttl,ids", &echo, FIRST ",9,,,,0\n", "what rules need");
	captured.iface = "=cmd|'/c' \"a,b\"";
	row_is("iface", &segment, FIRST ",\"'=cmd|'/c' \"\"a,b\"\"\"\n",
	    "an interface's name is no formula, and quoted");
	captured.iface = "eth0";
}

static void
test_header(void)
{
	struct packetrow r;

	start(&r);
	packetrow_header(&r, &out);
	wrote("time,src,dst,proto,len\n", "the header");
	start(&r);
	packetrow_fields(&r, "ttl,vlan");
	packetrow_sensor(&r, "-edge");
	packetrow_header(&r, &out);
	packetrow_write(&r, &out, &captured, &segment, PROTO_DNS);
	wrote("time,src,dst,proto,len,ttl,vlan,sensor\n"
	    "1700000000.123456,2001:db8::1,fd00::2,DNS,1514,64,100.5,'-edge\n",
	    "the header of more fields, and the sensor's name");
	start(&r);
	r.outer = true;
	packetrow_write(&r, &out, &captured, &segment, PROTO_DNS);
	wrote("1700000000.123456,192.0.2.1,198.51.100.2,DNS,1514\n",
	    "the outermost addresses in their place");
}

/* The buffer has to grow in the middle of the row. */
static void
test_long_text(void)
{
	struct packetrow r;
	char name[OUTPUT_BYTES + 5000], got[sizeof(name) + 100];
	char want[] = ",443\n";
	ssize_t n;

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	start(&r);
	captured.iface = name;
	packetrow_fields(&r, "iface,dport");
	packetrow_write(&r, &out, &captured, &segment, PROTO_TLS);
	output_close(&out);
	captured.iface = "eth0";
	n = pread(fileno(file), got, sizeof(got), 0);
	fclose(file);
	same_int((int)n, (int)(strlen(FIRST ",") + strlen(name) +
	    strlen(want)), "a name longer than the buffer is written whole");
	same_text(got + n - strlen(want), strlen(want), want,
	    "and the field after it");
}

/* Rows of one table whose times come in this order. */
static void
test_times(void)
{
	static const int64_t ns[] = { 0, 999999999, 1000000000, 999000,
	    1700000000000000999, 1700000001000000000, -1, -1500000000,
	    INT64_MAX, INT64_MIN };
	struct packetrow r;
	struct captured k = { .timed = true };
	static const struct packet bare = { .protocol = PROTO_OTHER };
	size_t i;

	start(&r);
	for (i = 0; i < sizeof(ns) / sizeof(ns[0]); i++) {
		k.time_ns = ns[i];
		packetrow_write(&r, &out, &k, &bare, PROTO_ARP);
	}
	k.timed = false;
	packetrow_write(&r, &out, &k, &bare, PROTO_ARP);
	wrote("0.000000,,,ARP,0\n" "0.999999,,,ARP,0\n" "1.000000,,,ARP,0\n"
	    "0.000999,,,ARP,0\n" "1700000000.000000,,,ARP,0\n"
	    "1700000001.000000,,,ARP,0\n" "0.000000,,,ARP,0\n"
	    "-1.500000,,,ARP,0\n" "9223372036.854775,,,ARP,0\n"
	    "-9223372036.854775,,,ARP,0\n" ",,,ARP,0\n",
	    "times are cut to microseconds, none is an empty cell");
	start(&r);
	r.digits = 9;
	packetrow_write(&r, &out, &captured, &bare, PROTO_ARP);
	r.digits = 0;
	packetrow_write(&r, &out, &captured, &bare, PROTO_ARP);
	r.time = TIMESTAMP_ISO;
	packetrow_write(&r, &out, &captured, &bare, PROTO_ARP);
	wrote("1700000000.123456789,,,ARP,1514\n1700000000,,,ARP,1514\n"
	    "2023-11-14T22:13:20Z,,,ARP,1514\n", "digits and form of times");
}

/* Gaps between packets whose times are these; INT64_MAX stands for none. */
static void
test_gaps(void)
{
	static const int64_t ns[] = { 5000000000, 5000001000, INT64_MAX,
	    5000001999, 4999999999, INT64_MIN, 7000000000 };
	static const struct packet bare = { .protocol = PROTO_ARP };
	struct flow_table *flows = flow_new(8);
	struct flow_key key = { 0 };
	struct captured k = { .timed = true };
	struct packetrow r;
	size_t i;

	start(&r);
	packetrow_fields(&r, "gap");
	for (i = 0; i < sizeof(ns) / sizeof(ns[0]); i++) {
		k.time_ns = ns[i];
		k.timed = ns[i] != INT64_MAX;
		packetrow_put(&r, &out, &k, &bare, flows, &key);
	}
	wrote("5.000000,,,ARP,0,\n5.000001,,,ARP,0,0.000001\n"
	    ",,,ARP,0,\n5.000001,,,ARP,0,0.000000\n"
	    "4.999999,,,ARP,0,-0.000002\n-9223372036.854775,,,ARP,0,\n"
	    "7.000000,,,ARP,0,\n", "seconds since the packet before");
	flow_free(flows);
}

static void
test_lengths(void)
{
	static const uint32_t lens[] = { 0, 9, 10, 99, 100, 999, 1000, 9999,
	    10000, 65535, 4294967295 };
	static const struct packet bare = { .protocol = PROTO_OTHER };
	struct captured k = { .timed = false };
	struct packetrow r;
	char want[512] = "";
	size_t i, n = 0;

	start(&r);
	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		k.len = lens[i];
		packetrow_write(&r, &out, &k, &bare, PROTO_OTHER);
		n += (size_t)snprintf(want + n, sizeof(want) - n,
		    ",,,OTHER,%" PRIu32 "\n", lens[i]);
	}
	wrote(want, "lengths of every width");
}

/* An unknown field ends the program with status 2. */
static void
test_unknown(void)
{
	static const char *const lists[] = { "sport,nonsense", "", "sport,,",
	    "Sport" };
	struct packetrow r;
	size_t i;
	int status;
	pid_t child;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		child = fork();
		if (child == 0) {
			if (freopen("/dev/null", "w", stderr) == NULL)
				_exit(1);
			packetrow_init(&r);
			packetrow_fields(&r, lists[i]);
			_exit(0);
		}
		if (child == -1 || waitpid(child, &status, 0) == -1)
			err(1, "fork");
		ok(WIFEXITED(status) && WEXITSTATUS(status) == 2,
		    "the list of fields \"%s\" is refused", lists[i]);
	}
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	test_fields();
	test_header();
	test_long_text();
	test_times();
	test_gaps();
	test_lengths();
	test_unknown();
	return tap_done();
}
