/*
 * snapshot_csv - a snapshot's totals and its panels' tables as CSV
 *
 * SPDX-License-Identifier: ISC
 */
#include <time.h>

#include "base/timestamp.h"
#include "base/wide.h"
#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/snapshot_csv.h"
#include "plot/units.h"

/* Before the first row there are no times, but empty cells. */
static void
put_times(struct output *o, bool started, int64_t first_ns, int64_t second_ns)
{
	if (started) {
		gpprint_time(o, first_ns);
		gpprint_time(o, second_ns);
	} else {
		gpprint_text(o, "");
		gpprint_text(o, "");
	}
}

/*
 * Which part of the window the figures cover, the zone of the pictures, and
 * which figures are lower bounds.
 */
static void
write_limits(struct output *o, const struct snapshot *snap)
{
	char clock[UNITS_CLOCK_MAX], zone[UNITS_CLOCK_MAX];
	int64_t east = units_clock(snap->started ? snap->to_ns :
	    timestamp_now(CLOCK_REALTIME), clock, zone);

	if (snap->started)
		gpprint_time(o, snap->window->begin_ns);
	else
		gpprint_text(o, "");
	gpprint_time(o, snap->covered_ns);
	gpprint_text(o, zone);
	gpprint_time(o, east * NS_PER_S);
	gpprint_number(o, snap->flagged_rows);
	gpprint_number(o, snap->sources_capped);
	gpprint_number(o, snap->flagged_capped);
}

static void
write_totals(struct output *o, const struct snapshot *snap,
    const struct snapshot_times *t)
{
	gpprint_table(o, "totals", "from,to,packets,bytes,rate,peak,sources,"
	    "flagged,newest,age,idle,begin,covered,zone,east,flagged_rows,"
	    "sources_capped,flagged_capped");
	gpprint_row(o);
	put_times(o, snap->started, snap->bin[0].start_ns, snap->to_ns);
	gpprint_number(o, snap->packets);
	gpprint_number(o, snap->bytes);
	if (snap->bin[snap->bins - 1].gap && snap->started)
		gpprint_text(o, "");
	else
		gpprint_number(o, snap->rate);
	gpprint_number(o, wide_scale(snap->peak, NS_PER_S,
	    (uint64_t)snap->bin_ns));
	gpprint_number(o, snap->sources);
	gpprint_number(o, snap->flagged_sources);
	put_times(o, snap->started, t->newest_ns, t->age_ns);
	gpprint_time(o, t->idle_ns);
	write_limits(o, snap);
	gpprint_row_end(o);
	gpprint_table_end(o);
}

void
snapshot_csv_write(struct output *o, const struct snapshot *snap,
    const struct snapshot_times *t, size_t top)
{
	size_t i;

	write_totals(o, snap, t);
	for (i = 0; i < PANELS; i++) {
		const struct panel *p = panel_table[i];

		if (!panel_is_given(p, snap))
			continue;
		gpprint_table(o, p->name, p->columns);
		p->print(o, snap, top);
		gpprint_table_end(o);
	}
}
