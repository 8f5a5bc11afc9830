/*
 * filekind - archives, spreadsheets and other captures, by their bytes
 *
 * Sources: the formats' own specifications; what editcap 4.0, tar, zip and xxd
 * write.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/filekind.h"
#include "tap.h"

static char path[] = "/tmp/pktpipe-filekind." "XX" "XX" "XX";

/* What is said of a file of n bytes; "" if nothing. */
static const char *
explains(const void *bytes, size_t n, enum filekind_want want)
{
	static char *operands[] = { path, NULL };
	static char text[512];
	struct stream in;
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, bytes, n) != (ssize_t)n || close(fd) == -1)
		err(1, "%s", path);
	stream_init(&in, operands, NULL);
	stream_next(&in);
	if (!filekind_explain(&in, want, text, sizeof(text)))
		text[0] = '\0';
	/* Lets the stream close the operand. */
	(void)stream_next(&in);
	stream_finish(&in);
	return text;
}

/* Whether a file of these bytes is called this, for both kinds of program. */
static void
is(const void *bytes, size_t n, const char *name, const char *how)
{
	char want[512];
	const char *said = explains(bytes, n, FILEKIND_CAPTURE);

	snprintf(want, sizeof(want), "%s, want pcap or pcapng: ", name);
	ok(strncmp(said, want, strlen(want)) == 0 &&
	    strstr(said, how) != NULL, "%s", said);
	said = explains(bytes, n, FILEKIND_CSV);
	snprintf(want, sizeof(want), "%s, want CSV: ", name);
	ok(strncmp(said, want, strlen(want)) == 0 &&
	    strstr(said, how) != NULL, "%s", said);
}

#define IS(bytes, name, how)	is((bytes), sizeof(bytes) - 1, (name), (how))

static void
test_magic(void)
{
	IS("PK\3\4\x14\0\0\0", "a zip archive", "unzip -p ");
	IS("PK\3\4\x14\0\0\0 [Content_Types].xml",
	    "a workbook (xlsx or ods)", "as CSV");
	IS("PK\3\4 mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
	    "a workbook (xlsx or ods)", "as CSV");
	IS("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
	    "a workbook of Excel (xls)", "as CSV");
	IS("7z\xbc\xaf\x27\x1c\0\4", "a 7z archive", "7z x -so ");
	IS("snoop\0\0\0\0\0\0\2\0\0\0\4", "a capture of snoop",
	    "editcap -F pcapng ");
	IS("RTSS\1\1\1\0", "a capture of Network Monitor 1", "editcap ");
	IS("GMBU\0\2\1\0", "a capture of Network Monitor 2", "editcap ");
	IS("btsnoop\0\0\0\0\1\0\0\3\xea", "a Bluetooth capture (btsnoop)",
	    "editcap ");
	IS("iptrace 2.0\0\0\0", "a capture of iptrace", "editcap ");
	IS("1MOyoQIABAAAAAAA", "a capture in base64", "base64 -d ");
	IS("00000000: d4c3 b2a1 0200 0400", "a hex dump of xxd", "xxd -r ");
	IS("\0\0\0\0\0\0\0\0", "zeros", "nothing can be read");
}

static void
put32(uint8_t *p, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

/* An ERF record of n bytes of Ethernet (type 2) at this second. */
static void
erf_record(uint8_t *p, uint32_t s, uint8_t n)
{
	memset(p, 0x11, n);
	put32(p + 4, s);
	p[8] = 2;
	p[9] = 4;
	p[10] = 0;
	p[11] = n;
}

static void
test_layout(void)
{
	uint8_t file[1024] = "capture/a.pcap";
	unsigned sum = 8 * ' ', i;

	/* A tar header of version 7: a name, a mode, a size, a checksum. */
	memcpy(file + 100, "000644 \0", 8);
	memcpy(file + 124, "00000001000 ", 12);
	for (i = 0; i < 512; i++)
		sum += file[i];
	snprintf((char *)file + 148, 8, "%06o", sum);
	is(file, sizeof(file), "a tar archive", "tar -xOf ");
	file[0]++;
	same_text(explains(file, sizeof(file), FILEKIND_CSV), 0, "",
	    "another checksum is no tar archive's");

	memset(file, 0, sizeof(file));
	erf_record(file, 1704067200, 80);
	erf_record(file + 80, 1704067201, 96);
	is(file, 176, "a capture of Endace (ERF)", "editcap ");
	is(file, 80, "a capture of Endace (ERF)", "editcap ");
	file[80 + 8] = 0;
	ok(*explains(file, 176, FILEKIND_CSV) == '\0',
	    "a record of no type is none");

	/* The first buffer of an event trace: 64 KiB each. */
	memset(file, 0, sizeof(file));
	put32(file, 65536);
	put32(file + 0x48, 0xc0020002);
	put32(file + 0x68, 65536);
	is(file, sizeof(file), "an event trace of Windows (ETL)",
	    "pktmon etl2pcap");
}

static void
test_text(void)
{
	static const char *const rows[] = {
		"time,src,dst,proto,len\n", "", "1", "PK,RTSS,GMBU\n",
		"14:02:44.202345 UTC,192.0.2.1,192.0.2.2,TCP,66\n",
		"\"No.\",\"Time\",\"Source\"\n\"1\",\"0.0\",\"192.0.2.1\"\n",
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ok(*explains(rows[i], strlen(rows[i]), FILEKIND_CSV) == '\0',
		    "a table is none of these: %.12s", rows[i]);
}

#define MANGLED	"a capture that was converted as if it were text " \
		"(PowerShell's > does that)"

static void
test_conversions(void)
{
	static const char want[] = "text in UTF-16, want pcap or pcapng: "
	    "csvclean reads tables in it";
	static const char *const texts[] = { "\xff\xfet\0i\0m\0e\0",
	    "\xfe\xff\0t\0i\0m\0e", "t\0i\0m\0e\0,\0" };
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		same_text(explains(texts[i], 10, FILEKIND_CAPTURE),
		    strlen(want), want, "UTF-16 is no capture");
		ok(*explains(texts[i], 10, FILEKIND_CSV) == '\0',
		    "but may be a table");
	}
	/* d4 c3 b2 a1 02 00 in code page 437 as UTF-16, and as UTF-8. */
	IS("\xff\xfe\x58\x25\x1c\x25\x93\x25\xed\0\2\0\0\0", MANGLED,
	    "capture again with -w FILE");
	IS("\xe2\x95\x98\xe2\x94\x9c\xe2\x96\x93\xc3\xad\2\0\4\0", MANGLED,
	    "-w FILE");
	IS("\xc3\x94\xc3\x83\xc2\xb2\xc2\xa1\2\0\4\0", MANGLED, "-w FILE");
	IS("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\2\0\4\0", MANGLED,
	    "-w FILE");
	IS("\r\n\r\r\r\n\x6c\0\0\0", MANGLED, "-w FILE");
}

static void
test_commands(void)
{
	char want[256];

	snprintf(want, sizeof(want), "a zip archive, want CSV: unzip -p %s | "
	    "filekind", path);
	same_text(explains("PK\3\4", 4, FILEKIND_CSV), strlen(want), want,
	    "an archive's contents go to the program itself");
	snprintf(want, sizeof(want), "a capture of snoop, want CSV: editcap "
	    "-F pcapng %s - | pcap2csv | filekind", path);
	same_text(explains("snoop\0\0\0", 8, FILEKIND_CSV), strlen(want),
	    want, "a capture's packets by way of pcap2csv");
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	test_magic();
	test_layout();
	test_text();
	test_conversions();
	test_commands();
	unlink(path);
	return tap_done();
}
