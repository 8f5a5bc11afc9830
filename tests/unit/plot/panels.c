/*
 * panels - unit test of the panels with data, drawn on pixels and on cells
 *
 * The box is 1000 wide and 400 high, a letter 10 and a line 20, so that what
 * is expected is arithmetic: the rate's plot is from (110, 52) to (990, 322).
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/timestamp.h"
#include "plot/panels.h"
#include "tap.h"

static struct output out;

/* What drawing has written so far, once. */
static const char *
written(void)
{
	output_char(&out, '\0');
	out.used = out.whole = 0;
	return out.buf;
}

/* One result: whether the text has a part, and nothing infinite. */
static void
says(const char *text, const char *part, const char *what)
{
	bool sound = strstr(text, "nan") == NULL &&
	    strstr(text, "inf") == NULL;

	ok(sound && strstr(text, part) != NULL, "%s", what);
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

static void
start(struct canvas *c)
{
	*c = (struct canvas){ .out = &out, .line = 20, .letter = 10 };
	canvas_start(c, 1000, 400);
	written();
}

static const struct panel_box box = { 10, 20, 990, 390 };

/* Five bins of a second from 1000 s on; the third is a spike. */
static void
rate(const uint64_t bytes[5], struct canvas *c)
{
	struct snapshot_bin bin[5];
	struct snapshot snap = { .started = true, .bin_ns = NS_PER_S,
	    .bin = bin, .bins = 5, .spike = 3000 };
	size_t i;

	for (i = 0; i < 5; i++) {
		bin[i] = (struct snapshot_bin){ .bytes = bytes[i],
		    .start_ns = (1000 + (int64_t)i) * NS_PER_S,
		    .spike = bytes[i] > 3000,
		    .red = bytes[i] > 3000 };
		if (bytes[i] > snap.peak)
			snap.peak = bytes[i];
	}
	panel_rate.draw(c, &snap, box);
}

static void
draws_rate(void)
{
	static const uint64_t busy[] = { 0, 1000, 4000, 2000, 500 };
	struct canvas c;
	const char *said;

	start(&c);
	rate(busy, &c);
	said = written();
	/* Up from 354: 4000 of 4000 are 302 high, every bin 880 / 4 wide. */
	says(said, "\n110 354 354 0x4477AA NaN\n", "nothing is at the bottom");
	says(said, "\n330 278.5 354 0x4477AA NaN\n", "a quarter");
	says(said, "\n550 52 354 0xCC3311 52\n", "the peak is at the top, red");
	says(said, "\n990 316.25 354 0x4477AA NaN\n", "an eighth at the end");
	says(said, "'4 kB/s' at 100,52 right", "the axis ends with its label");
	says(said, "'1 kB/s' at 100,278.5 right", "and has steps of 1000");
	says(said, "from 110,127.5 to 990,127.5 nohead back lw 1",
	    "the limit is a line at three quarters");
	says(said, "'00:16:40' at 110,372 center",
	    "the first second has its time");
	same_int((int64_t)count(said, "372 center"), 4, "one a second");
	ok(strstr(said, "00:16:44") == NULL, "the last would be cut");
	canvas_end(&c);
	says(written(), "plot $rate using 1:2:3 with filledcurves",
	    "the data block is plotted");
}

/* Of five bins the first, and the third or the last two, have no data. */
static void
draws_gaps(void)
{
	struct snapshot_bin bin[5] = { { .gap = true }, { .bytes = 1000 },
	    { .gap = true }, { .bytes = 1000 }, { .bytes = 500 } };
	struct snapshot snap = { .started = true, .bin_ns = NS_PER_S,
	    .bin = bin, .bins = 5, .spike = 3000, .peak = 1000 };
	struct canvas c;
	const char *said;

	start(&c);
	panel_rate.draw(&c, &snap, box);
	said = written();
	says(said, "rect from 110,52 to 330,354 fc rgb 0xDDDDDD fs "
	    "transparent pattern 4", "a gap at the start is a hatched box");
	says(said, "rect from 330,52 to 770,354", "and so is one inside");
	says(said, "'no data' at 185,203", "that says so in its middle");
	says(said, "EOD\n\n220 52 354 0x4477AA NaN\n440 52 354 0x4477AA NaN\n\n"
	    "770 52 354", "a bin between gaps is a piece of its width");
	bin[3].gap = bin[4].gap = true;
	panel_rate.draw(&c, &snap, box);
	says(written(), "rect from 330,52 to 990,354",
	    "one at the end ends there");
	start(&c);
	bin[1].gap = true;
	panel_rate.draw(&c, &snap, box);
	canvas_end(&c);
	says(written(), "plot NaN notitle", "without data there is no curve");
}

/* The axis has 4 steps at most, of 1, 2 or 5 times a power of ten. */
static void
steps_nicely(void)
{
	static const struct {
		uint64_t	 peak;
		const char	*top;
	} want[] = {
		{ 1, "'1 B/s' at 100,52" }, { 7, "'8 B/s' at 100,52" },
		{ 999, "'1 kB/s' at 100,52" }, { 1001, "'1.5 kB/s' at 100,52" },
		{ 4000, "'4 kB/s' at 100,52" }, { 4100, "'6 kB/s' at 100,52" },
		{ 12000, "'15 kB/s' at 100,52" },
		{ INT64_MAX, "'10 EB/s' at 100,52" }
	};
	struct canvas c;
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		start(&c);
		rate((uint64_t[5]){ want[i].peak }, &c);
		says(written(), want[i].top, "the top of the axis");
	}
}

/* n protocols P0, P1 ... with ever fewer packets; one of them is suspicious. */
static void
protocols(size_t n, size_t suspicious, struct canvas *c)
{
	struct snapshot_proto proto[40];
	char name[40][24];
	struct snapshot snap = { .started = true, .proto = proto,
	    .protos = n };
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(name[i], sizeof(name[i]), "P%zu", i);
		proto[i] = (struct snapshot_proto){ .name = name[i],
		    .packets = 100 - i, .shown = true,
		    .red = i == suspicious };
		snap.packets += 100 - i;
	}
	panel_protocols.draw(c, &snap, box);
}

static void
draws_protocols(void)
{
	struct canvas c;
	const char *said;

	start(&c);
	protocols(2, 1, &c);
	said = written();
	/* 4 letters of 13.5 and a gap of 10: bars start at 74, end at 830. */
	says(said, "rect from 74,", "bars start after the names");
	says(said, " to 830,", "the longest ends before its number");
	says(said, " to 822.44,", "99 of 100 are as much shorter");
	says(said, "'100  50.3 %'", "100 of 199 packets");
	/* A line 34 lower than the first, whose middle is at 62. */
	says(said, "'P1' at 64,96 right tc rgb 0xCC3311",
	    "a suspicious one is red");
	start(&c);
	protocols(40, 39, &c);
	said = written();
	/* 16 lines fit below the title: 15 bars and how many more there are. */
	same_int((int64_t)count(said, "set object"), 15, "bars that fit");
	says(said, "'25 more'", "the others are counted");
	says(said, "'P39'", "the suspicious one is shown, though last");
	says(said, "'P13'", "and the largest");
	ok(strstr(said, "'P14'") == NULL, "as far as there is room");
}

static void
lists_panels(void)
{
	const struct panel *list[PANELS];
	size_t i;

	same_int((int64_t)panels_in((1u << PANELS) - 1, list), (int64_t)PANELS,
	    "all panels are listed");
	ok(list[0] == &panel_rate, "the left one first");
	same_int((int64_t)panels_in(0, list), 0, "none if none is wanted");
	for (i = 0; i < PANELS; i++)
		same_text(panel_table[i]->name, strlen(panel_table[i]->name),
		    panel_names[i], "names are in the table's order");
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	tzset();
	output_init(&out, -1, "panels");
	draws_rate();
	draws_gaps();
	steps_nicely();
	draws_protocols();
	lists_panels();
	free(out.buf);
	return tap_done();
}
