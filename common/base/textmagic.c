/*
 * textmagic - text that other programs print for people
 *
 * SPDX-License-Identifier: ISC
 */
#include <ctype.h>

#include "base/textmagic.h"

#define LINE_MAX_BYTES	4096
#define FIELDS "tshark -T fields -E header=y -e frame.time_epoch -e ip.src " \
	    "-e ip.dst -e _ws.col.Protocol -e frame.len"

enum { TCPDUMP, TSHARK, PLAIN, HEX, JSON, XML, ZEEK };

static const struct textmagic kinds[] = {
	[TCPDUMP] = { "text that tcpdump printed",
	    "capture with tcpdump -w FILE, then pcap2csv FILE",
	    "capture with tcpdump -w FILE" },
	[TSHARK] = { "text that tshark printed", FIELDS,
	    "capture with tshark -w FILE" },
	[PLAIN] = { "Wireshark's plain text",
	    "export the packet dissections as CSV", "save as pcapng" },
	[HEX] = { "a hex dump", "text2pcap makes a capture of it",
	    "text2pcap makes one of it" },
	[JSON] = { "JSON", "mlr --ijson --ocsv unsparsify FILE | csvclean for "
	    "flows; for the packets of a capture, " FIELDS,
	    "tshark -w FILE writes one" },
	[XML] = { "XML or HTML", "for the packets of a capture, " FIELDS,
	    "tshark -w FILE writes one" },
	[ZEEK] = { "a Zeek log", "csvclean reads conn.log",
	    "take the one that Zeek read" },
};

/* The first line of the text that is not blank, as a string. */
static size_t
copy_line(char line[LINE_MAX_BYTES], const char *at, size_t n)
{
	size_t i = 0, len = 0;

	while (i < n && isspace((unsigned char)at[i]))
		i++;
	for (; i < n && at[i] != '\n' && len < LINE_MAX_BYTES - 1; i++)
		line[len++] = at[i] == '\0' ? ' ' : at[i];
	line[len] = '\0';
	return i;
}

static bool
starts(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

/*
 * Passes over a time of tcpdump and a blank: "14:02:44.202345",
 * "1704067200.202345", "2024-01-01 14:02:44.202345".  NULL if there is none.
 */
static const char *
skip_time(const char *line)
{
	size_t n = strspn(line, "0123456789-");

	if (n == 10 && line[4] == '-' && line[n] == ' ')
		line += n + 1;
	n = strspn(line, "0123456789:");
	if (n == 0 || line[n] != '.')
		return NULL;
	line += n + 1;
	n = strspn(line, "0123456789");
	return n > 0 && line[n] == ' ' ? line + n + 1 : NULL;
}

static bool
is_tcpdump(const char *line)
{
	static const char *const packets[] = { "IP ", "IP6 ", "ARP, ", "STP ",
	    "LLDP, ", "CDPv" };
	const char *rest = skip_time(line);
	size_t i;

	if (starts(line, "tcpdump: ") || starts(line, "reading from file "))
		return true;
	if (rest == NULL)
		return (starts(line, "IP ") || starts(line, "IP6 ")) &&
		    strstr(line, " > ") != NULL;
	for (i = 0; i < sizeof(packets) / sizeof(packets[0]); i++)
		if (starts(rest, packets[i]))
			return true;
	return strstr(rest, " > ") != NULL || strstr(rest, " ARP, ") != NULL;
}

/* "    1   0.000000 192.0.2.1 -> 192.0.2.2 TCP 74 ...", or with an arrow. */
static bool
is_tshark(const char *line)
{
	size_t n = strspn(line, "0123456789");

	if (starts(line, "Capturing on '"))
		return true;
	return n > 0 && (line[n] == ' ' || line[n] == '\t') &&
	    (strstr(line, " -> ") != NULL ||
	    strstr(line, "\xe2\x86\x92") != NULL);
}

/* "0000  00 11 22 33", "0x0000:  4500 0054", "00000000  00 11 22". */
static bool
is_hex_dump(const char *line)
{
	size_t n;

	line += starts(line, "0x") ? 2 : 0;
	n = strspn(line, "0");
	if (n < 4 || n > 8)
		return false;
	line += n;
	line += *line == ':';
	n = strspn(line, " ");
	return n > 0 && strspn(line + n, "0123456789abcdefABCDEF") >= 2 &&
	    strpbrk(line, ",;|\t") == NULL;
}

static bool
is_json(const char *line, const char *rest, const char *end)
{
	char next[LINE_MAX_BYTES];

	if (*line != '{' && *line != '[')
		return false;
	if (line[1] == '\0' || (line[1] == '\r' && line[2] == '\0')) {
		copy_line(next, rest, (size_t)(end - rest));
		return *next == '\0' || strchr("{[\"}]", *next) != NULL;
	}
	line += 1 + strspn(line + 1, " \t");
	return *line != '\0' && strchr("{[\"}]", *line) != NULL;
}

const struct textmagic *
textmagic_of(const char *at, size_t n)
{
	char line[LINE_MAX_BYTES];
	size_t used = copy_line(line, at, n);

	if (is_json(line, at + used, at + n))
		return &kinds[JSON];
	if (starts(line, "<?xml") || starts(line, "<!") ||
	    starts(line, "<html") || starts(line, "<p"))
		return &kinds[XML];
	if (starts(line, "#separator ") || starts(line, "#fields\t"))
		return &kinds[ZEEK];
	if (starts(line, "No.     Time ") || starts(line, "Frame 1: "))
		return &kinds[PLAIN];
	if (is_tcpdump(line))
		return &kinds[TCPDUMP];
	if (is_tshark(line))
		return &kinds[TSHARK];
	return is_hex_dump(line) ? &kinds[HEX] : NULL;
}

/* Whether lines end with CR alone, as those of old Macs, and none with LF. */
static bool
has_cr_lines(const char *at, size_t n)
{
	const char *cr = memchr(at, '\r', n);

	return cr != NULL && cr + 1 < at + n && memchr(at, '\n', n) == NULL &&
	    memchr(at, '"', (size_t)(cr - at)) == NULL;
}

bool
textmagic_refuse(struct stream *s, bool reads_zeek)
{
	const struct textmagic *kind;

	while (s->end - s->start < LINE_MAX_BYTES &&
	    memchr(s->buf + s->start, '\n', s->end - s->start) == NULL &&
	    stream_fill(s))
		continue;
	if (has_cr_lines(s->buf + s->start, s->end - s->start)) {
		stream_warn(s, STATUS_FAILED, "lines end with CR alone, want "
		    "LF: tr '\\r' '\\n' <FILE");
		return true;
	}
	kind = textmagic_of(s->buf + s->start, s->end - s->start);
	if (kind == &kinds[ZEEK] && reads_zeek)
		return false;
	if (kind != NULL)
		stream_warn(s, STATUS_FAILED, "this is %s, want CSV: %s",
		    kind->what, kind->csv);
	return kind != NULL;
}
