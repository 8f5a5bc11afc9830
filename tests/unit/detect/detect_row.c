/*
 * detect_row - unit test of CSV rows read as rows for rules
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "detect/detect_row.h"
#include "tap.h"

#define SRC	(1U << RULES_COLUMN_SRC)
#define DST	(1U << RULES_COLUMN_DST)
#define FLAGS	(1U << RULES_COLUMN_FLAGS)
#define DPORT	(1U << RULES_COLUMN_DPORT)

static char path[] = "/tmp/pktpipe-detect-row." "XX" "XX" "XX";
static struct detect_row got[8];	/* the rows that were read */
static size_t count;
static uint64_t bad[RULES_COLUMNS];
static int status;

static void
write_file(const char *text)
{
	ssize_t n = (ssize_t)strlen(text);
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd == -1 || write(fd, text, (size_t)n) != n || close(fd) == -1)
		err(1, "%s", path);
}

/* Reads text as rows, into got; what is wrong is not shown. */
static void
read_text(const char *text)
{
	static char *operands[] = { path, NULL };
	int saved = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
	struct detect_row_reader reader;
	struct row_reader rows;
	struct detect detect;
	struct rules rules;
	struct stream in;
	const struct row *row;

	/* It needs every column. */
	static const char need[] = "rule r track=by_both flags=S packets=1 "
	    "unique=dport seconds=1";

	write_file(text);
	dup2(nowhere, STDERR_FILENO);
	rules_init(&rules);
	rules_parse(&rules, need, sizeof(need) - 1);
	detect_init(&detect, &rules, 16, NULL, NULL);
	stream_init(&in, operands, NULL);
	row_init(&rows, &in);
	detect_row_init(&reader, &rows, &detect);
	for (count = 0; count < 8 && (row = row_next(&rows)) != NULL; count++)
		detect_row_read(&reader, row, &got[count]);
	memcpy(bad, reader.bad, sizeof(bad));
	detect_row_release(&reader);
	row_release(&rows);
	status = stream_finish(&in);
	detect_release(&detect);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(nowhere);
}

static void
test_whole(void)
{
	read_text("time,src,dst,proto,len,dport,flags\n"
	    "1.5,10.0.0.1,2001:db8::1,TCP,60,443,SAEC\n"
	    "2,,,TCP,60,0,\n");
	ok(count == 2 && status == 0, "two rows");
	ok(got[0].time_ns == 1500000000 && got[0].packets == 1 &&
	    got[0].bytes == 60, "time, packets and bytes");
	ok(got[0].src.ip.family == 4 && got[0].dst.ip.family == 6 &&
	    got[0].src.ip.byte[3] == 1, "both addresses");
	same_int(got[0].number[RULES_COLUMN_DPORT], 443, "the port");
	same_int(got[0].number[RULES_COLUMN_FLAGS],
	    2 + 16 + 64 + 128, "flags with those of congestion");
	same_int(got[0].present, SRC | DST | FLAGS | DPORT,
	    "which are all there");
	ok(got[1].proto == got[0].proto, "a protocol keeps its number");
	same_int(got[1].present, FLAGS | DPORT, "empty cells are not there, 0 "
	    "is, nor are no flags of TCP nothing");
	ok(got[1].number[RULES_COLUMN_FLAGS] == 0, "nor are those before");
}

static void
test_tally(void)
{
	read_text("time,src,packets,bytes\n1,REST,7,700\n");
	ok(count == 1 && got[0].packets == 7 && got[0].bytes == 700,
	    "a tally row counts all its packets");
	same_int(got[0].present, 0, "REST is no address");
	read_text("time,src,dst,proto,len\n1,REST,10.0.0.1,TCP,60\n");
	same_int((int64_t)bad[RULES_COLUMN_SRC], 1,
	    "in a packet row it is a bad cell");
	same_int(got[0].present, DST, "and no address either");
	read_text("time,src,dst,proto,packets,bytes,dport,flags\n"
	    "1,10.0.0.1,10.0.0.2,TCP,3,192,53,\n"
	    "1,10.0.0.1,10.0.0.2,TCP,3,195,53,\n");
	ok(count == 2 && got[0].present & FLAGS && !(got[1].present & FLAGS),
	    "no flags are none if there are no data, and else not known");
}

static void
test_bad(void)
{
	static const struct {
		const char	*cells;
		enum rules_column column;
	} row[] = { { "x,10.0.0.2,S,1", RULES_COLUMN_SRC },
	    { "10.0.0.1,10.0.0.256,S,1", RULES_COLUMN_DST },
	    { "10.0.0.1,10.0.0.2,S+,1", RULES_COLUMN_FLAGS },
	    { "10.0.0.1,10.0.0.2,S,65536", RULES_COLUMN_DPORT },
	    { "10.0.0.1,10.0.0.2,S,-1", RULES_COLUMN_DPORT } };
	char text[128];
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		snprintf(text, sizeof(text), "time,len,src,dst,flags,dport\n"
		    "1,60,%s\n", row[i].cells);
		read_text(text);
		ok(count == 1 && status == 1 && bad[row[i].column] == 1,
		    "a bad cell of %s is counted", row[i].cells);
		same_int(got[0].present, (SRC | DST | FLAGS | DPORT) &
		    ~(1U << row[i].column), "and only it is not there");
	}
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1 || close(fd) == -1)
		err(1, "%s", path);
	hash_set_seed(9, 10);
	test_whole();
	test_tally();
	test_bad();
	unlink(path);
	return tap_done();
}
