/*
 * filekind - names files that are neither captures nor text, by their contents
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/filekind.h"

#define TAR_BLOCK	512
#define TEXT_SEEN	1024	/* bytes of text that are looked at */

/* What follows the name of a kind in a message. */
enum way {
	UNPACK,		/* a command whose output the program reads */
	TO_PCAP,	/* a command whose output pcap2csv reads */
	PCAP_FIRST,	/* what to do to get a capture */
	ADVICE		/* what else to do */
};

/* In way, %s is the operand. */
struct kind {
	const char	*magic;
	size_t		 len;
	const char	*name;
	enum way	 way;
	const char	*how;
};

#define MAGIC(bytes)	(bytes), sizeof(bytes) - 1
#define EDITCAP		TO_PCAP, "editcap -F pcapng %s -"
#define SAVE_AS_CSV	ADVICE, "save its table as CSV"

/* Wireshark's wiretap/ and file(1)'s magic have the bytes. */
static const struct kind kinds[] = {
	{ MAGIC("PK\3\4"), "a zip archive", UNPACK, "unzip -p %s" },
	{ MAGIC("PK\5\6"), "an empty zip archive", ADVICE, "it has no files" },
	{ MAGIC("7z\xbc\xaf\x27\x1c"), "a 7z archive", UNPACK, "7z x -so %s" },
	{ MAGIC("Rar!\x1a\7"), "a RAR archive", UNPACK, "unrar p -inul %s" },
	{ MAGIC("\x1f\x9d"), "compressed by compress", UNPACK, "zcat %s" },
	{ MAGIC("\x1f\x8b"), "compressed twice", UNPACK, "zcat %s" },
	{ MAGIC("\x28\xb5\x2f\xfd"), "compressed twice", UNPACK,
	    "zstdcat %s" },
	{ MAGIC("\xfd" "7zXZ"), "compressed twice", UNPACK, "xzcat %s" },
	{ MAGIC("BZh"), "compressed twice", UNPACK, "bzcat %s" },
	{ MAGIC("LZIP\1"), "compressed by lzip", UNPACK, "lzip -dc %s" },
	{ MAGIC("snoop\0\0\0"), "a capture of snoop", EDITCAP },
	{ MAGIC("RTSS\0"), "a capture of Network Monitor 1", EDITCAP },
	{ MAGIC("RTSS\1"), "a capture of Network Monitor 1", EDITCAP },
	{ MAGIC("GMBU\0"), "a capture of Network Monitor 2", EDITCAP },
	{ MAGIC("GMBU\1"), "a capture of Network Monitor 2", EDITCAP },
	{ MAGIC("GMBU\2"), "a capture of Network Monitor 2", EDITCAP },
	{ MAGIC("GMBU\3"), "a capture of Network Monitor 2", EDITCAP },
	{ MAGIC("btsnoop\0"), "a Bluetooth capture (btsnoop)", EDITCAP },
	{ MAGIC("iptrace 1.0"), "a capture of iptrace", EDITCAP },
	{ MAGIC("iptrace 2.0"), "a capture of iptrace", EDITCAP },
	{ MAGIC("TRSNIFF data    \x1a"), "a capture of Sniffer", EDITCAP },
	{ MAGIC("XCP\0"), "a capture of Sniffer or NetXRay", EDITCAP },
	{ MAGIC("ObserverPktBuffer"), "a capture of Observer", EDITCAP },
	{ MAGIC("\5VNF"), "a capture of Visual Networks", EDITCAP },
	{ MAGIC("\xaa\xaa\xaa\xaa \0"), "a capture of 5View", EDITCAP },
	{ MAGIC("\1\x10L\0\1"), "a capture of LANalyzer", EDITCAP },
	{ MAGIC("TR\0d\0"), "a capture of nettl", EDITCAP },
	{ MAGIC("+---------+---------------+----------+"),
	    "a capture of K12 as text", EDITCAP },
	{ MAGIC("1MOyoQ"), "a capture in base64", TO_PCAP, "base64 -d %s" },
	{ MAGIC("obLD1A"), "a capture in base64", TO_PCAP, "base64 -d %s" },
	{ MAGIC("TTyyoQ"), "a capture in base64", TO_PCAP, "base64 -d %s" },
	{ MAGIC("Cg0NCg"), "a capture in base64", TO_PCAP, "base64 -d %s" },
	{ MAGIC("00000000: "), "a hex dump of xxd", UNPACK, "xxd -r %s" },
	{ MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	    "a workbook of Excel (xls)", SAVE_AS_CSV },
	{ MAGIC("PAR1\x15"), "a Parquet file", SAVE_AS_CSV },
	{ MAGIC("SQLite format 3\0"), "a database of SQLite", SAVE_AS_CSV }
};

static const struct kind workbook = { NULL, 0, "a workbook (xlsx or ods)",
	SAVE_AS_CSV };
static const struct kind tar = { NULL, 0, "a tar archive", UNPACK,
	"tar -xOf %s" };
static const struct kind endace = { NULL, 0, "a capture of Endace (ERF)",
	EDITCAP };
static const struct kind etl = { NULL, 0, "an event trace of Windows (ETL)",
	PCAP_FIRST, "convert it with pktmon etl2pcap" };
static const struct kind zeros = { NULL, 0, "zeros", ADVICE, "a killed "
	"writer or a power failure left them, nothing can be read" };
static const struct kind mangled = { NULL, 0, "a capture that was converted "
	"as if it were text (PowerShell's > does that)", PCAP_FIRST,
	"it cannot be restored, capture again with -w FILE" };
static const struct kind utf16 = { NULL, 0, "text in UTF-16", ADVICE,
	"csvclean reads tables in it" };

const char *
filekind_operand(const struct stream *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+=:@%-";

	if (strcmp(s->name, "stdin") == 0 || s->name[0] == '-' ||
	    s->name[strspn(s->name, plain)] != '\0')
		return "FILE";
	return s->name;
}

static bool
contains(const uint8_t *p, size_t n, const char *text)
{
	return memmem(p, n, text, strlen(text)) != NULL;
}

/*
 * The checksum of a tar header is the sum of its bytes, its own eight taken as
 * blanks (POSIX.1, pax, "ustar Interchange Format").
 */
static bool
is_tar(const uint8_t *p, size_t n)
{
	unsigned sum = 8 * ' ';
	char digits[9] = "";
	size_t i;

	if (n < TAR_BLOCK || p[0] == '\0')
		return false;
	for (i = 0; i < TAR_BLOCK; i++)
		if (i < 148 || i >= 156)
			sum += p[i];
	memcpy(digits, p + 148, 8);
	return strtoul(digits, NULL, 8) == sum;
}

/*
 * Records of 16 bytes and more: a time of 8 bytes, little-endian, a type,
 * flags, the length of the record (ERF types reference guide, EDM11-01).  The
 * first must be followed by another, or end the file.
 */
static bool
is_erf_record(const uint8_t *p, size_t n, uint32_t *s)
{
	*s = n >= 16 ? le32(p + 4) : 0;
	return n >= 16 && (p[8] & 0x7f) >= 1 && (p[8] & 0x7f) <= 48 &&
	    be16(p + 10) >= 16;
}

static bool
is_erf(const uint8_t *p, size_t n)
{
	uint32_t first, second;
	size_t len;

	if (!is_erf_record(p, n, &first) || first < 315532800)
		return false;
	len = be16(p + 10);
	return len == n || (len < n && is_erf_record(p + len, n - len,
	    &second) && second - first + 86400 <= 2 * 86400);
}

/*
 * A buffer's header of 72 bytes, a system event's of 32 and the log's own:
 * the first and the last start with the size of a buffer (evntrace.h).
 */
static bool
is_etl(const uint8_t *p, size_t n)
{
	uint32_t size = n >= 0x6c ? le32(p) : 0;

	return size >= 1024 && size % 1024 == 0 && size <= 16 * 1024 * 1024 &&
	    le32(p + 0x68) == size && (p[0x4b] & 0xc0) == 0xc0;
}

static bool
is_zeros(const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return n >= 4;
}

/* Kinds without bytes that all their files start with. */
static const struct kind *
find_binary(const uint8_t *p, size_t n)
{
	return is_zeros(p, n) ? &zeros : is_tar(p, n) ? &tar :
	    is_etl(p, n) ? &etl : is_erf(p, n) ? &endace : NULL;
}

/* UTF-16 of text, with a byte order mark or without, or of a capture. */
static const struct kind *
find_utf16(const uint8_t *p, size_t n)
{
	bool big = n >= 2 && p[0] == 0xfe && p[1] == 0xff;
	bool marked = big || (n >= 2 && p[0] == 0xff && p[1] == 0xfe);
	size_t i;
	uint32_t c;

	for (i = marked ? 2 : 0; i + 2 <= n && i < TEXT_SEEN; i += 2) {
		c = big ? be16(p + i) : le16(p + i);
		if (!marked && c > '~')
			return NULL;
		if (c < ' ' && c != '\t' && c != '\r' && c != '\n')
			return marked ? &mangled : NULL;
	}
	return marked || i >= 4 ? &utf16 : NULL;
}

/*
 * Whether half of a pcap file's magic number is there as UTF-8 of Latin-1 or of
 * code page 437, U+FFFD in place of bytes that are no UTF-8, or pcapng's with
 * the line ends of DOS.
 */
static bool
is_mangled(const uint8_t *p, size_t n)
{
	size_t head = n < 12 ? n : 12;

	return contains(p, head, "\xc2\xb2\xc2\xa1") ||
	    contains(p, head, "\xc2\xa1\xc2\xb2") ||
	    contains(p, head, "\xe2\x96\x93\xc3\xad") ||
	    contains(p, head, "\xc3\xad\xe2\x96\x93") ||
	    contains(p, head, "\r\n\r\r\r\n") ||
	    (contains(p, head, "\xef\xbf\xbd") && memchr(p, 0, n) != NULL);
}

static const struct kind *
find_magic(const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (n >= kinds[i].len &&
		    memcmp(p, kinds[i].magic, kinds[i].len) == 0)
			break;
	if (i == sizeof(kinds) / sizeof(kinds[0]))
		return NULL;
	/* Workbooks are zip archives whose first names are these. */
	if (i == 0 && (contains(p, n, "[Content_Types].xml") ||
	    contains(p, n, "opendocument.spreadsheet")))
		return &workbook;
	return &kinds[i];
}

static const struct kind *
find(struct stream *s)
{
	const uint8_t *p;
	const struct kind *k;
	size_t n;
	bool binary;

	(void)stream_need(s, 4);
	p = (const uint8_t *)s->buf + s->start;
	n = s->end - s->start;
	/* Text of which nothing may be read before it is converted. */
	if ((k = find_utf16(p, n)) != NULL)
		return k;
	binary = memchr(p, 0, n < TAR_BLOCK ? n : TAR_BLOCK) != NULL;
	if (binary && n < TAR_BLOCK) {
		(void)stream_need(s, TAR_BLOCK);
		p = (const uint8_t *)s->buf + s->start;
		n = s->end - s->start;
	}
	n = n < 64 * TEXT_SEEN ? n : 64 * TEXT_SEEN;
	if ((k = find_magic(p, n)) != NULL)
		return k;
	if (is_mangled(p, n))
		return &mangled;
	return binary ? find_binary(p, n) : NULL;
}

/* The command with the operand in the place of %s. */
static void
put_command(char *text, size_t size, const char *command, const char *file)
{
	const char *at = strstr(command, "%s");

	snprintf(text, size, "%.*s%s%s", (int)(at - command), command, file,
	    at + 2);
}

bool
filekind_explain(struct stream *s, enum filekind_want want, char *text,
    size_t size)
{
	static const char *const tails[][2] = {
		[UNPACK] = { " | ", " | " },
		[TO_PCAP] = { " | pcap2csv", " | pcap2csv | " },
		[PCAP_FIRST] = { "", ", then pcap2csv FILE | " },
		[ADVICE] = { "", "" }
	};
	const struct kind *k = find(s);
	const char *tail;
	char how[256];

	/* Programs of rows convert this. */
	if (k == NULL || (k == &utf16 && want == FILEKIND_CSV))
		return false;
	if (k->way == PCAP_FIRST || k->way == ADVICE)
		snprintf(how, sizeof(how), "%s", k->how);
	else
		put_command(how, sizeof(how), k->how, filekind_operand(s));
	tail = tails[k->way][want];
	snprintf(text, size, "%s, want %s: %s%s%s", k->name,
	    want == FILEKIND_CSV ? "CSV" : "pcap or pcapng", how, tail,
	    tail[0] != '\0' && tail[strlen(tail) - 1] == ' ' ?
	    program_invocation_short_name : "");
	return true;
}
