/*
 * capfile_joined - captures joined end to end, and files that end in zeros
 *
 * Sources: draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <unistd.h>

#include "capture/capfile.h"
#include "decode.h"

/* File headers: version, zone, accuracy, snaplen, link type 1 or 101. */
#define VERSION_LE	"0200 0400 {8} 00000400 "
#define VERSION_BE	"0002 0004 {8} 00040000 "
#define US_LE		"d4c3b2a1 " VERSION_LE "01000000 "
#define US_BE		"a1b2c3d4 " VERSION_BE "00000065 "
#define NS_LE		"4d3cb2a1 " VERSION_LE "65000000 "
#define KUZNETZOV	"34cdb2a1 " VERSION_LE "01000000 "
#define IXIA_BE		"1c0001ac " VERSION_BE "00000001 {4} "
#define DIGITAL		"a1b2c3d4 021f 0000 {8} 00040000 00000001 "
#define ZONE_LE		"d4c3b2a1 0200 0400 100e0000 {4} 00000400 01000000 "

/* Records at N s and 1, 2 or 3 units: 2 bytes captured of 60, or of 61. */
#define LE(s)		s "000000 01000000 02000000 3c000000 aaaa "
#define BE(s)		"000000" s " 00000002 00000002 0000003d bbbb "
#define LE_LONG(s)	s "000000 01000000 02000000 3c000000 {8} aaaa "
#define BE_SWAPPED(s)	"000000" s " 00000002 0000003d 00000002 bbbb "

/* A section, an interface of raw IP, a packet at N us: little-endian. */
#define SECTION		"0a0d0d0a 1c000000 4d3c2b1a 01000000 {8} 1c000000 "
#define SECTION_BE	"0a0d0d0a 0000001c 1a2b3c4d 00010000 {8} 0000001c "
#define IFACE		"01000000 14000000 65000000 00000000 14000000 "
#define NG(us)		"06000000 24000000 {8} " us "000000 02000000 " \
			"3e000000 cccc{2} 24000000 "

static char path[] = "/tmp/pktpipe-joined." "XX" "XX" "XX";

/*
 * Reads a file of these bytes.  What is found, as text: "time/len/linktype "
 * a packet, "@offset why " damage.
 */
static const char *
found(const char *text)
{
	static char *operands[] = { path, NULL };
	static char all[1024];
	static uint8_t bytes[PACKET_MAX];
	size_t n = make_packet(bytes, text), used = 0;
	enum capfile_result result;
	struct captured k;
	struct capfile *c;
	struct stream in;
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, bytes, n) != (ssize_t)n || close(fd) == -1)
		err(1, "%s", path);
	stream_init(&in, operands, NULL);
	c = capfile_new(&in);
	all[0] = '\0';
	stream_next(&in);
	capfile_start(c);
	while ((result = capfile_next(c, &k)) != CAPFILE_END &&
	    result != CAPFILE_UNKNOWN) {
		if (result == CAPFILE_AGAIN)
			continue;
		if (result == CAPFILE_PACKET)
			used += (size_t)snprintf(all + used,
			    sizeof(all) - used, "%jd/%u/%u ",
			    (intmax_t)k.time_ns, k.len, k.linktype);
		else
			used += (size_t)snprintf(all + used,
			    sizeof(all) - used, "@%ju %s ",
			    (uintmax_t)capfile_offset(c), capfile_why(c));
	}
	if (result == CAPFILE_UNKNOWN)
		snprintf(all + used, sizeof(all) - used, "unknown");
	capfile_free(c);
	stream_finish(&in);
	return all;
}

static void
finds(const char *text, const char *want, const char *title)
{
	const char *got = found(text);

	same_text(got, strlen(got), want, "%s", title);
}

#define FIRST	"7000001000/60/1 "	/* LE("07") after US_LE */
#define IN_BE	"8000002000/61/101 "	/* BE("08") after US_BE */
#define ZEROS	"zeros instead of a packet, as a killed writer or a power " \
		"failure leaves them"

static void
test_joined(void)
{
	finds(US_LE LE("07") US_LE LE("09"), FIRST "9000001000/60/1 ",
	    "two files of one kind");
	finds(US_LE LE("07") US_BE BE("08") NS_LE LE("09"),
	    FIRST IN_BE "9000000001/60/101 ",
	    "byte order, resolution and link type are each file's own");
	finds(US_LE LE("07") KUZNETZOV LE_LONG("08") IXIA_BE BE("09"),
	    FIRST "8000001000/60/1 9000000002/61/1 ",
	    "longer headers of records and of files");
	finds(US_LE LE("07") DIGITAL BE_SWAPPED("08") US_LE LE("07"),
	    FIRST "8000002000/61/1 " FIRST, "swapped lengths");
	finds(US_BE BE("08") ZONE_LE LE("07"), IN_BE FIRST,
	    "a time zone in the header");
	finds(US_LE US_LE US_BE BE("08") US_LE, IN_BE,
	    "files without packets");
	finds(US_LE LE("07") SECTION IFACE NG("05") US_BE BE("08"),
	    FIRST "5000/62/101 " IN_BE, "pcapng after pcap, and before it");
	finds(SECTION IFACE NG("05") US_LE LE("07") SECTION_BE,
	    "5000/62/101 " FIRST, "pcap after pcapng");
	finds(SECTION_BE US_BE BE("08") US_LE LE("07"), IN_BE FIRST,
	    "both of big-endian numbers");
}

static void
test_cut_header(void)
{
	finds(US_LE LE("07") "d4c3b2a1 0200 0400 {8} 00000400",
	    FIRST "@42 pcap header cut short: 20 bytes, want 24 ",
	    "a header that is cut is no record");
	finds(US_LE LE("07") "0a0d0d0a 1c000000 4d3c2b1a 01000000",
	    FIRST "@42 section header cut short: 16 bytes, want 28 ",
	    "nor is a section's");
	/* 1a b2 c3 d4 is the time of a packet of 2055. */
	finds(US_LE "d4c3b2a1 02000400 02000000 3c000000 aaaa",
	    "2712847316262146000/60/1 ", "a packet at that time is one");
	finds(US_LE "d4c3b2a1 03000000 {8}", "2712847316000003000/0/1 ",
	    "also without bytes, if the version is none");
}

/*
 * A file cut by any number of bytes up to its last packet's 60: no row is made
 * of the packet, nor of the next file's header and records.
 */
static void
swallows(void)
{
	char text[PACKET_MAX], want[256];
	int n;

	for (n = 1; n <= 60; n++) {
		snprintf(text, sizeof(text), US_LE "80009265 01000000 "
		    "3c000000 3c000000 {%d} " US_LE
		    "00a39365 47000000 47000000 48000000 {71} "
		    "01a39365 47000000 47000000 48000000 {71} ", 60 - n);
		snprintf(want, sizeof(want), "@24 packet cut short: %d "
		    "bytes, want 60; another capture starts at offset %d "
		    "%s/72/1 %s/72/1 ",
		    60 - n, 100 - n, "1704174336000071000",
		    "1704174337000071000");
		finds(text, want, "a packet without its last bytes");
	}
}

static void
test_cut_before(void)
{
	finds(US_LE "07000000 01000000 20000000 3c000000 aaaa "
	    US_LE LE("09") LE("08"), "@24 packet cut short: "
	    "2 bytes, want 32; another capture starts at offset 42 "
	    "9000001000/60/1 8000001000/60/1 ",
	    "a packet that was cut ends where the next file starts");
	finds(US_LE LE("07") "07000000 01000000 00010000 00010000 aaaa "
	    US_BE BE("08"), FIRST "@42 packet cut short: 44 bytes, want 256; "
	    "another capture starts at offset 60 " IN_BE,
	    "the next file may be shorter than what is missing");
	swallows();
	finds(SECTION IFACE "06000000 24000000 {8} 05000000 02000000 "
	    US_LE LE("07"), "@48 block length 36 at its start, 0 at its "
	    "end; another capture starts at offset 72 " FIRST,
	    "a block that was cut gives no packet");
	finds(SECTION IFACE NG("05") "05000000 44000000 {8} "
	    SECTION IFACE NG("06"), "5000/62/101 @84 block length 68 at its "
	    "start, 6 at its end; another capture starts at offset "
	    "100 6000/62/101 ", "nor does one of another type");
}

static void
test_zeros(void)
{
	finds(US_LE LE("07") "{64}", FIRST "@42 " ZEROS " ",
	    "records of zeros are no packets");
	finds(US_LE LE("07") "{16}", FIRST "@42 " ZEROS " ", "nor is one");
	finds(KUZNETZOV LE_LONG("07") "{99}", FIRST "@50 " ZEROS " ",
	    "nor are longer ones");
	finds(US_LE LE("07") "{9}", FIRST "@42 record header cut short: "
	    "9 bytes, want 16 ", "fewer are a record that was cut");
	finds(US_LE "{99}", "@24 " ZEROS " ", "a header and zeros");
	finds(US_LE LE("07") "{55}" US_BE BE("08"), FIRST "@42 " ZEROS
	    "; another capture starts at offset 97 " IN_BE,
	    "a file joined to one that ends in zeros");
	finds(US_LE "{4} 01000000 {8}" "{8} 02000000 3c000000 aaaa",
	    "1000/0/1 0/60/1 ", "a packet of 1970, and one without bytes");
	finds(SECTION IFACE NG("05") "{64}", "5000/62/101 @84 " ZEROS " ",
	    "zeros after a pcapng file's blocks");
	finds(SECTION IFACE NG("05") "{20}" US_LE LE("07"), "5000/62/101 @84 "
	    ZEROS "; another capture starts at offset 104 " FIRST,
	    "and a file joined to them");
	finds(US_LE "07000000 01000000 20000000 3c000000 aaaa{31}" US_BE
	    BE("08"), FIRST "@72 " ZEROS "; another capture starts at offset "
	    "73 " IN_BE, "fewer zeros than a record has, and a file");
	finds(US_LE "80009265 01000000 02000000 3c000000 aaaa {12}" SECTION
	    IFACE NG("05"), "1704067200000001000/60/1 @42 " ZEROS
	    "; another capture starts at offset 54 5000/62/101 ",
	    "the same before pcapng");
	finds(SECTION IFACE "06000000 24000000 {60}" US_LE LE("07"),
	    "@48 block length 36 at its start, 0 at its end; another capture "
	    "starts at offset 116 " FIRST, "a block cut short and zeros");
	finds("{64}", "unknown", "zeros alone are no capture");
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	test_joined();
	test_cut_header();
	test_cut_before();
	test_zeros();
	unlink(path);
	return tap_done();
}
