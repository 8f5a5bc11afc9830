/*
 * cleanrow - cells of several dialects in the form that pktpipe-csv(5) asks
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "clean/cleanrow.h"
#include "tap.h"

#define OURS		"time,src,dst,proto,len"
#define WIRESHARK	"No.,Time,Source,Destination,Protocol,Length"
#define FIELDS		"frame.time_epoch,ip.src,ipv6.src,ip.dst," \
			"_ws.col.Protocol,frame.len"

static struct cleanrow_settings settings;

/* Splits text at "|" or, without one, at commas; it has a record's slack. */
static void
set_record(struct csv *c, const char *text)
{
	static char room[2][512 + SLICE_SLACK];
	static int which;
	char *at = room[which ^= 1];
	const char *delimiter = strchr(text, '|') == NULL ? "," : "|";

	memset(at, 'x', sizeof(room[0]));
	memcpy(at, text, strlen(text) + 1);
	for (c->cells = 0;; at++) {
		size_t n = strcspn(at, delimiter);

		c->cell[c->cells].at = at;
		c->cell[c->cells++].len = n;
		at += n;
		if (*at == '\0')
			break;
	}
}

static bool
same_cells(const struct cleanrow *a, const struct cleanrow *b)
{
	size_t i;

	for (i = 0; i < ROLES_REQUIRED; i++)
		if (a->cell[i].len != b->cell[i].len || memcmp(a->cell[i].at,
		    b->cell[i].at, a->cell[i].len) != 0)
			return false;
	return a->protocol == b->protocol;
}

static unsigned copied, copied_otherwise;

/* The short way, after a row that showed no dates of a spreadsheet. */
static void
copy_row(struct dialect d, const struct csv *c, enum cleanrow_reason reason,
    const struct cleanrow *want)
{
	struct cleanrow row;

	d.days = DAYS_NO;
	if (!cleanrow_may_copy(&d, &settings) ||
	    !cleanrow_copy(&row, &d, c, &settings))
		return;
	copied++;
	copied_otherwise += reason != CLEAN_GOOD || !same_cells(&row, want);
}

/* Reads a row below a header; the text of what it gives, or the reason. */
static const char *
read_row(const char *header, const char *row, struct cleanrow *out)
{
	static struct csv names, cells;
	static char text[512];
	enum cleanrow_reason reason;
	struct dialect d = { .columns = 0 };
	size_t i, n = 0;

	set_record(&names, header);
	if (!dialect_read(&d, &names))
		return "no header";
	set_record(&cells, row);
	reason = cleanrow_read(out, &d, &cells, &settings);
	copy_row(d, &cells, reason, out);
	if (reason != CLEAN_GOOD)
		return cleanrow_reason(reason);
	for (i = 0; i < ROLES_REQUIRED; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%.*s",
		    i > 0 ? "," : "", (int)out->cell[i].len, out->cell[i].at);
	return text;
}

static void
becomes(const char *header, const char *row, const char *want,
    const char *title)
{
	struct cleanrow out;
	const char *got = read_row(header, row, &out);

	same_text(got, strlen(got), want, "%s", title);
}

static void
test_time(void)
{
	becomes(OURS, "1.5,,,TCP,66", "1.500000,,,TCP,66",
	    "a time gets six digits");
	becomes(OURS, "1.1234567899,,,TCP,66", "1.123456,,,TCP,66",
	    "further digits are cut, not rounded");
	becomes(OURS, "-0.5,,,TCP,66", "-0.500000,,,TCP,66",
	    "a time may be before 1970");
	/* date -u -d 2024-01-01 +%s */
	becomes(OURS, "2024-01-01T00:00:00.25Z,,,TCP,66",
	    "1704067200.250000,,,TCP,66", "ISO 8601 is read");
	becomes(OURS, ",,,TCP,66", ",,,TCP,66", "an empty time stays so");
	becomes(OURS, "1e9,,,TCP,66", "1000000000.000000,,,TCP,66",
	    "an exponent is read");
	settings.digits = 9;
	becomes(OURS, "1.000000001,,,TCP,66", "1.000000001,,,TCP,66",
	    "nine digits on request");
	settings.digits = 6;
	settings.format = TIMESTAMP_ISO;
	becomes(OURS, "1704067200.25,,,TCP,66",
	    "2024-01-01T00:00:00.250000Z,,,TCP,66", "ISO 8601 on request");
	settings.format = TIMESTAMP_EPOCH;
}

static void
test_relative(void)
{
	struct cleanrow out;

	becomes(WIRESHARK, "1,2.5,10.0.0.1,10.0.0.2,TCP,66",
	    "2.500000,10.0.0.1,10.0.0.2,TCP,66",
	    "Wireshark's relative time stays without a base");
	read_row(WIRESHARK, "1,2.5,10.0.0.1,10.0.0.2,TCP,66", &out);
	ok(out.relative, "and is known to be relative");
	read_row(WIRESHARK, "1,1704067200,10.0.0.1,10.0.0.2,TCP,66", &out);
	ok(!out.relative, "a number past three years is not relative");
	read_row(OURS, "2.5,,,TCP,66", &out);
	ok(!out.relative, "our own time never is");
	settings.has_base = true;
	settings.base_ns = 1000 * NS_PER_S;
	becomes(WIRESHARK, "1,2.5,10.0.0.1,10.0.0.2,TCP,66",
	    "1002.500000,10.0.0.1,10.0.0.2,TCP,66",
	    "the base is added to a relative time");
	becomes(OURS, "2.5,,,TCP,66", "2.500000,,,TCP,66",
	    "and to no other");
	settings.base_ns = INT64_MAX;
	becomes(WIRESHARK, "1,2.5,10.0.0.1,10.0.0.2,TCP,66", "bad time",
	    "a sum past 2262 is refused");
	settings.has_base = false;
}

static void
test_addresses(void)
{
	becomes(OURS, "1.000000,2001:DB8::0:1, 10.0.0.1 ,TCP,66",
	    "1.000000,2001:db8::1,10.0.0.1,TCP,66",
	    "addresses as RFC 5952 writes them, without blanks");
	becomes(OURS, "1.000000,010.0.0.1,,TCP,66", "bad src",
	    "a leading zero is no address");
	becomes(OURS, "1.000000,,host,TCP,66", "bad dst", "nor is a name");
	becomes(OURS, "1.000000,00:11:22:33:44:55,0011.2233.4455,ARP,60",
	    "1.000000,,,ARP,60", "a MAC address becomes empty");
	becomes(WIRESHARK, "1|1700000000|Dell_33:44:55|Broadcast|ARP|60",
	    "1700000000.000000,,,ARP,60", "and one that Wireshark resolved");
	becomes(OURS, "1.000000,Dell_33:44:55,,ARP,60", "bad src",
	    "but not in our own table");
	becomes(FIELDS, "1|10.0.0.1,10.0.0.2||10.0.0.3|TCP|60",
	    "1.000000,10.0.0.2,10.0.0.3,TCP,60",
	    "of tshark's list the last, innermost address");
	becomes(FIELDS, "1|10.0.0.1|2001:db8::1|10.0.0.3|TCP|60",
	    "1.000000,2001:db8::1,10.0.0.3,TCP,60",
	    "of tshark's two columns the one of IPv6");
	settings.anonymize = true;
	settings.keep4 = 24;
	settings.keep6 = 32;
	becomes(OURS, "1.000000,10.0.0.1,2001:db8:1::1,TCP,66",
	    "1.000000,10.0.0.0,2001:db8::,TCP,66", "networks on request");
	settings.anonymize = false;
}

static void
test_protocol(void)
{
	becomes(OURS, "1.000000,,,TLSv1.3,66", "1.000000,,,TLS,66",
	    "Wireshark's names are folded");
	becomes(OURS, "1.000000,,,tcp,66", "1.000000,,,TCP,66",
	    "in any case");
	becomes(OURS, "1.000000,,,NoSuch,66", "unknown proto",
	    "a name that the table lacks is refused");
	becomes(OURS, "1.000000,,,,66", "no proto", "an empty one, too");
	settings.any_proto = true;
	becomes(OURS, "1.000000,,,no-such_1.2,66",
	    "1.000000,,,NO-SUCH_1.2,66", "unless any are asked for");
	becomes(OURS, "1.000000,,,abcdefghijklmnop,66",
	    "1.000000,,,ABCDEFGHIJKLMNOP,66", "16 letters are a name");
	becomes(OURS, "1.000000,,,abcdefghijklmnopq,66", "unknown proto",
	    "17 are none");
	becomes(OURS, "1.000000,,,a b,66", "unknown proto",
	    "nor is one with a blank");
	settings.any_proto = false;
}

static void
test_len(void)
{
	becomes(OURS, "1.000000,,,TCP,4294967295",
	    "1.000000,,,TCP,4294967295", "a length up to 2^32 - 1");
	becomes(OURS, "1.000000,,,TCP,4294967296", "bad len", "not above");
	becomes(OURS, "1.000000,,,TCP,66.00", "1.000000,,,TCP,66",
	    "a fraction of zeros is cut");
	becomes(OURS, "1.000000,,,TCP,66.5", "bad len", "no other fraction");
	becomes(OURS, "1.000000,,,TCP,0066", "1.000000,,,TCP,66",
	    "leading zeros are cut");
	becomes(OURS, "1.000000,,,TCP,00", "1.000000,,,TCP,0",
	    "all but the last");
	becomes(OURS, "1.000000,,,TCP,100", "1.000000,,,TCP,100",
	    "zeros at the end are not");
	becomes(OURS, "1.000000,,,TCP,", "no len", "a length must be there");
	becomes(OURS, "1.000000,,,TCP,.0", "bad len", "with a digit");
}

static void
test_cells(void)
{
	struct cleanrow out;

	becomes(OURS, "1.000000,,,TCP", "wrong number of cells",
	    "a row with a cell less");
	becomes(OURS, "1.000000,,,TCP,66,7", "wrong number of cells",
	    "and one with a cell more");
	read_row(OURS, "1.000000,,host,TCP,66", &out);
	same_text(out.bad.at, out.bad.len, "host", "the bad cell is shown");
}

static void
copies(const char *row, const char *want, unsigned times, const char *title)
{
	unsigned before = copied;

	becomes(WIRESHARK, row, want, title);
	same_int(copied - before, times, "%s: %s", title, times > 0 ?
	    "by the short way" : "not by the short way");
}

static void
test_copies(void)
{
	copies("1,1704067200.000001,10.0.0.1,2001:db8::1,TLS,66",
	    "1704067200.000001,10.0.0.1,2001:db8::1,TLS,66", 1,
	    "a row in our form");
	copies("1,1704067200.000001,,,STP,60",
	    "1704067200.000001,,,STP,60", 1, "no addresses");
	copies("1,0.000001,10.0.0.1,::1,TLS,66",
	    "0.000001,10.0.0.1,::1,TLS,66", 0, "a relative time");
	copies("1,45292.5,10.0.0.1,::1,TLS,66", "bad time", 0,
	    "a spreadsheet's");
	copies("1,1704067200.000001,10.0.0.1,::1,TLSv1.3,66",
	    "1704067200.000001,10.0.0.1,::1,TLS,66", 0, "a name to fold");
	copies("1,1704067200.000001,10.0.0.1,0::1,TLS,066",
	    "1704067200.000001,10.0.0.1,::1,TLS,66", 0, "zeros");
	same_int(copied_otherwise, 0, "the short way gives what the long does");
}

int
main(void)
{
	settings.digits = 6;
	test_time();
	test_relative();
	test_addresses();
	test_protocol();
	test_len();
	test_cells();
	test_copies();
	return tap_done();
}
