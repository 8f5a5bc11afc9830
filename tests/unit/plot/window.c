/*
 * window - unit test of the sliding window and its snapshot
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/snapshot.h"
#include "plot/suspicious.h"
#include "tap.h"

#define S	INT64_C(1000000000)

static struct protoset all;

static struct window_options
options(const struct protoset *chosen)
{
	return (struct window_options){ .bin_ns = S, .bins = 3, .open_bins = 2,
	    .protos_max = 2, .sources_max = 8, .spike = 100,
	    .chosen = chosen };
}

/* Adds a row; its cells have readable bytes after them. */
static bool
add_tagged(struct window *w, int64_t ns, const char *proto, const char *src,
    uint64_t bytes, const char *alert)
{
	static char room[3][64];
	struct slice cell[WINDOW_DST + 1];
	struct row row = { .time_ns = ns, .timed = true, .packets = 1,
	    .bytes = bytes, .cell = cell };
	size_t i;

	strncpy(room[0], proto, 63);
	strncpy(room[1], src, 63);
	strncpy(room[2], alert, 63);
	for (i = 0; i <= WINDOW_ALERT; i++)
		row.cell[i] = (struct slice){ "", 0 };
	row.cell[WINDOW_PROTO] = (struct slice){ room[0], strlen(proto) };
	row.cell[WINDOW_SRC] = (struct slice){ room[1], strlen(src) };
	row.cell[WINDOW_ALERT] = (struct slice){ room[2], strlen(alert) };
	return window_add(w, &row);
}

static bool
add(struct window *w, int64_t ns, const char *proto, const char *src,
    uint64_t bytes)
{
	return add_tagged(w, ns, proto, src, bytes, "");
}

/*
 * One result: a snapshot as "bytes of each bin, ! for spikes; proto=packets
 * ..., - for hidden; packets/bytes, rate, sources".
 */
static void
same_view(struct window *w, int64_t last, const char *want, const char *what)
{
	char got[512];
	struct snapshot v;
	size_t i, n = 0;

	snapshot_take(w, last, &v);
	for (i = 0; i < v.bins; i++)
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%d%s ",
		    (int)v.bin[i].bytes, v.bin[i].spike ? "!" : "");
	for (i = 0; i < v.protos; i++)
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%s=%d ",
		    v.proto[i].shown ? "" : "-", v.proto[i].name,
		    (int)v.proto[i].packets);
	n += (size_t)snprintf(got + n, sizeof(got) - n, "%d/%d %d %d",
	    (int)v.packets, (int)v.bytes, (int)v.rate, (int)v.sources);
	snapshot_release(&v);
	same_text(got, n, want, "%s", what);
}

static void
slides(void)
{
	const struct window_options o = options(&all);
	struct window w;

	window_init(&w, &o);
	same_view(&w, 0, "0 0 0 0/0 0 0", "it starts empty");
	add(&w, 10 * S, "TLS", "a", 60);
	add(&w, 10 * S + 1, "TLS", "b", 41);
	add(&w, 11 * S, "DNS", "a", 7);
	add(&w, 12 * S - 1, "TLS", "", 5);
	same_view(&w, 12, "101! 12 0 TLS=3 DNS=1 4/113 0 2",
	    "bins, protocols, spikes, sources");
	same_view(&w, 11, "0 101! 12 TLS=3 DNS=1 4/113 12 2",
	    "an earlier window; the rate is the last bin's");
	add(&w, 14 * S, "DNS", "c", 1);
	add(&w, 10 * S + 5, "DNS", "c", 100);
	same_view(&w, 12, "201! 12 0 TLS=3 DNS=2 5/213 0 3",
	    "late rows of a bin that is kept count");
	add(&w, 15 * S, "SSH", "c", 9);
	same_view(&w, 15, "0 1 9 DNS=1 REST=1 2/10 9 1",
	    "further protocols are REST, and what is old is gone");
	add(&w, 10 * S, "TLS", "a", 60);
	ok(w.late == 1 && w.folded == 1, "rows too late are counted");
	same_view(&w, 90, "0 0 0 0/0 0 0", "it may slide without rows");
	window_release(&w);
}

static void
jumps(void)
{
	const struct window_options o = options(&all);
	struct window w;
	int i;

	window_init(&w, &o);
	add(&w, 10 * S, "TLS", "a", 60);
	for (i = 0; i < 15; i++)
		add(&w, 100000 * S, "TLS", "a", 1);
	same_view(&w, 10, "0 0 60 TLS=1 1/60 60 1",
	    "rows from far away are not counted");
	ok(w.stray == 15, "but their number is");
	add(&w, 100000 * S, "TLS", "b", 2);
	same_view(&w, 100000, "0 0 2 TLS=1 1/2 2 1",
	    "until the clock follows them");
	for (i = 0; i < 16; i++)
		add(&w, -S / 2, "DNS", "c", 1);
	same_view(&w, -1, "0 0 1 DNS=1 1/1 1 1", "also back, before 1970");
	add(&w, INT64_MIN, "DNS", "c", 1);
	add(&w, INT64_MAX, "DNS", "c", 1);
	same_view(&w, -1, "0 0 1 DNS=1 1/1 1 1", "the ends of time are far");
	window_release(&w);
}

/* One result: the bins that are gaps, as - or ., and the seconds covered. */
static void
same_gaps(struct window *w, int64_t last, const char *want, const char *what)
{
	char got[64];
	struct snapshot v;
	size_t i;

	snapshot_take(w, last, &v);
	for (i = 0; i < v.bins; i++)
		got[i] = v.bin[i].gap ? '-' : '.';
	i += (size_t)snprintf(got + i, sizeof(got) - i, " %g",
	    (double)v.covered_ns / (double)S);
	snapshot_release(&v);
	same_text(got, i, want, "%s", what);
}

static void
has_gaps(void)
{
	struct captured captured = { .off = { { 11 * S, 13 * S },
	    { 14 * S, INT64_MAX } }, .offs = 2 };
	struct window_options o = options(&all);
	int64_t begin = 9 * S;
	struct window w;
	int i;

	o.bins = 5;
	window_init(&w, &o);
	same_gaps(&w, 5, "----- 0", "without rows there is nothing");
	add(&w, 12 * S + S / 2, "TLS", "a", 1);
	same_gaps(&w, 13, "---.. 1.5", "the data begin with the first row");
	same_gaps(&w, 11, "----- 0", "which may be newer than the window");
	add(&w, 11 * S + S / 2, "TLS", "a", 1);
	same_gaps(&w, 13, "--... 2.5", "a row before it was later read");
	for (i = 0; i < CLOCK_AGREE; i++)
		add(&w, 9000 * S, "TLS", "a", 1);
	same_gaps(&w, 9001, "---.. 2", "after a jump they begin anew");
	window_release(&w);

	o.begin_ns = &begin;
	o.captured = &captured;
	window_init(&w, &o);
	add(&w, 10 * S, "TLS", "a", 1);
	same_gaps(&w, 12, "-..-- 2", "they may begin before the first row");
	same_gaps(&w, 15, "--.-- 1", "the capture did not run at 11, 12, 14");
	add(&w, 14 * S, "TLS", "a", 1);
	same_gaps(&w, 15, "--..- 1", "a bin with a row is no gap");
	window_release(&w);
}

/* The cap of 8 sources counts in the windows that it was reached in. */
static void
is_capped(void)
{
	const struct window_options o = options(&all);
	struct snapshot v;
	struct window w;
	char name[4];
	int i;

	window_init(&w, &o);
	for (i = 0; i < 8; i++) {
		snprintf(name, sizeof(name), "a%u", (unsigned)i % 10);
		add_tagged(&w, 10 * S, "TLS", name, 1, "x");
	}
	snapshot_take(&w, 10, &v);
	ok(!v.sources_capped && !v.flagged_capped, "8 of 8 are all");
	snapshot_release(&v);
	add_tagged(&w, 10 * S, "TLS", "b", 1, "x");
	snapshot_take(&w, 10, &v);
	ok(v.sources == 8 && v.sources_capped && v.flagged_capped,
	    "a ninth makes it 8 and more");
	snapshot_release(&v);
	add(&w, 14 * S, "TLS", "c", 1);
	snapshot_take(&w, 14, &v);
	ok(v.sources == 1 && !v.sources_capped && !v.flagged_capped,
	    "until it has left the window");
	snapshot_release(&v);
	window_release(&w);
}

/* A window that shows the protocols of a list alone. */
static void
start_chosen(struct window *w, const char *list)
{
	static struct protoset chosen;
	struct window_options o;

	protoset_parse(&chosen, list);
	o = options(&chosen);
	window_init(w, &o);
}

static void
chooses(void)
{
	struct snapshot v;
	struct window w;

	start_chosen(&w, "tls,NTP");
	add(&w, 10 * S, "TLS", "a", 60);
	add(&w, 10 * S, "DNS", "b", 500);
	add(&w, 10 * S, "SSH", "b", 1);
	same_view(&w, 10,
	    "0 0 60 -DNS=1 -SSH=1 TLS=1 NTP=0 1/60 60 1",
	    "only chosen protocols count, all are listed, also without rows");
	ok(add(&w, 10 * S, "TLS", "a", INT64_MAX - 60) &&
	    !add(&w, 10 * S, "TLS", "a", 1), "a sum past 2^63 - 1 is told");
	add(&w, 11 * S, "TLS", "a", INT64_MAX);
	ok(!snapshot_take(&w, 11, &v), "one of the window too");
	snapshot_release(&v);
	window_release(&w);
}

/* What is suspicious does not depend on the protocols shown. */
static void
lists_hidden(void)
{
	const struct flagged_source *s;
	struct snapshot v;
	struct window w;

	start_chosen(&w, "TLS");
	add(&w, 10 * S, "TLS", "a", 60);
	add_tagged(&w, 10 * S, "ICMP", "b", 500, "flood");
	same_view(&w, 10, "0 0 60 -ICMP=1 TLS=1 1/60 60 1",
	    "a hidden protocol's source is not counted as active");
	snapshot_take(&w, 10, &v);
	s = v.flagged_rows == 1 ? v.flagged[0] : NULL;
	ok(s != NULL && v.flagged_sources == 1 && strcmp(s->src, "b") == 0,
	    "but listed if it is flagged");
	snapshot_release(&v);
	window_release(&w);
}

static void
suspects(void)
{
	ok(suspicious_why("TELNET", 1, 1000) != NULL, "clear text is always");
	ok(suspicious_why("TELNET", 0, 1000) == NULL, "unless there is none");
	ok(suspicious_why("ICMP", 10, 100) == NULL, "a tenth of ICMP is not");
	ok(suspicious_why("ICMP", 11, 100) != NULL, "more is");
	ok(suspicious_why("TLS", 100, 100) == NULL, "TLS never is");
}

int
main(void)
{
	slides();
	has_gaps();
	is_capped();
	jumps();
	chooses();
	lists_hidden();
	suspects();
	return tap_done();
}
