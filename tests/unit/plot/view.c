/*
 * view - unit test of a window on rows that can be changed
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plot/snapshot.h"
#include "plot/view.h"
#include "tap.h"

#define S	INT64_C(1000000000)

static struct protoset all;
static const struct window_options options = { .bin_ns = S, .window_ns = 3 * S,
    .lateness_ns = S, .protos_max = 8, .sources_max = 8, .spike = 100,
    .talkers = TALKERS_SOURCES, .chosen = &all };
static char path[] = "/tmp/view.XXXXXX";

/* Two hosts, a packet a second each, in a table with a column of its own. */
static void
write_table(void)
{
	FILE *f = fdopen(mkstemp(path), "w");
	int i;

	fputs("time,src,dst,proto,len,site\n", f);
	for (i = 0; i < 10; i++)
		fprintf(f, "%d.1,10.0.0.1,10.0.0.9,TLS,100,a\n"
		    "%d.2,10.0.0.2,10.0.0.8,DNS,7,b\n", i, i);
	fclose(f);
}

/* One result: packets, bytes, the first talker of what the last bin ends. */
static void
same_view(struct view *v, int64_t last, const char *want, const char *what)
{
	struct snapshot snap;
	char got[128], name[104] = "-";
	int n;

	snapshot_take(&v->window, last, &snap);
	if (snap.talkers.sums > 0)
		talkers_name(snap.talkers.sum[0].key, name, sizeof(name));
	n = snprintf(got, sizeof(got), "%d/%d %s", (int)snap.packets,
	    (int)snap.bytes, name);
	snapshot_release(&snap);
	same_text(got, (size_t)n, want, "%s", what);
}

static void
read_rows(struct view *v, struct row_reader *rows, int n)
{
	const struct row *row;

	while (n-- > 0 && (row = row_next(rows)) != NULL)
		view_add(v, row);
}

static void
changes(struct view *v, struct row_reader *rows)
{
	struct control c = { .window_ns = 3 * S, .talkers = TALKERS_SOURCES };

	read_rows(v, rows, 10);
	same_view(v, 4, "6/321 10.0.0.1", "the last three seconds");
	snprintf(c.where, sizeof(c.where), "site = b");
	view_change(v, &c);
	same_view(v, 4, "3/21 10.0.0.2", "a condition, for rows that came too");
	snprintf(c.where, sizeof(c.where), "nonesuch = b");
	view_change(v, &c);
	same_text(v->problem, strlen(v->problem), "bad condition: no column "
	    "\"nonesuch\"", "a column that lacks is a problem");
	snprintf(c.where, sizeof(c.where), "site =");
	view_change(v, &c);
	ok(strncmp(v->problem, "bad condition: at 7: ", 21) == 0,
	    "so is bad syntax");
	same_view(v, 4, "3/21 10.0.0.2", "and changes nothing");
	c.where[0] = '\0';
	c.window_ns = 5 * S;
	view_change(v, &c);
	ok(v->problem[0] == '\0', "it is over");
	same_view(v, 4, "10/535 10.0.0.1", "a longer window has earlier rows");
	snprintf(c.proto, sizeof(c.proto), "DNS");
	c.talkers = TALKERS_CONVERSATIONS;
	view_change(v, &c);
	same_view(v, 4, "5/35 10.0.0.2 - 10.0.0.8", "protocols, conversations");
	c.talkers = TALKERS_DESTINATIONS;
	view_change(v, &c);
	same_view(v, 4, "5/35 10.0.0.8", "talkers alone");
	snprintf(c.proto, sizeof(c.proto), "TLS,,DNS");
	view_change(v, &c);
	same_text(v->problem, strlen(v->problem), "bad protocols "
	    "\"TLS,,DNS\", want names separated by commas",
	    "a list with nothing between commas is a problem");
	same_view(v, 4, "5/35 10.0.0.8", "and changes nothing");
	c.window_ns = S / 2;
	view_change(v, &c);
	same_int(v->options.window_ns, 5 * S, "a window has whole bins");
}

/* Before a table is read, a condition may have any columns, up to a number. */
static void
asks(struct view *v, struct row_reader *rows)
{
	struct control c = { .window_ns = 3 * S, .talkers = TALKERS_SOURCES };
	int i, j, n;

	for (i = 0; i < 8; i++) {
		for (n = j = 0; j < CONDITION_COLUMNS_MAX; j++)
			n += snprintf(c.where + n, sizeof(c.where) - (size_t)n,
			    "%sc%d = 1", j > 0 ? " or " : "", i * 100 + j);
		view_change(v, &c);
		if (i == 0)
			ok(v->problem[0] == '\0', "a condition before rows");
	}
	ok(v->problem[0] != '\0' && rows->wants == ROW_CELLS_MAX,
	    "more columns than a row has cells are a problem");
	c.where[0] = '\0';
	view_change(v, &c);
}

static void
pauses(struct view *v, struct row_reader *rows)
{
	struct control c = { .window_ns = 3 * S, .talkers = TALKERS_SOURCES,
	    .paused = true };

	view_change(v, &c);
	read_rows(v, rows, 4);
	same_view(v, 4, "6/321 10.0.0.1", "paused: rows that come are not in");
	c.talkers = TALKERS_DESTINATIONS;
	view_change(v, &c);
	same_view(v, 4, "6/321 10.0.0.9", "nor by a change");
	c.paused = false;
	view_change(v, &c);
	same_view(v, 6, "6/321 10.0.0.9", "then they are");
}

/* Tests a view of the table from its start. */
static void
with_view(void (*test)(struct view *, struct row_reader *))
{
	char *files[] = { path, NULL };
	struct window_options bins = options;
	struct output out;
	struct stream in;
	struct row_reader rows;
	struct view v;

	output_init(&out, -1, "view");
	stream_init(&in, files, &out);
	row_init(&rows, &in);
	window_set_bins(&bins);
	view_init(&v, &rows, &bins, &(struct view_files){ NULL, NULL }, NULL,
	    VIEW_KEEPS);
	test(&v, &rows);
	view_release(&v);
	row_release(&rows);
	stream_finish(&in);
	free(out.buf);
}

static void
changes_and_pauses(struct view *v, struct row_reader *rows)
{
	changes(v, rows);
	pauses(v, rows);
}

int
main(void)
{
	write_table();
	with_view(asks);
	with_view(changes_and_pauses);
	unlink(path);
	return tap_done();
}
