/*
 * snapshot_csv - a snapshot's totals and its panels' tables as CSV
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/timestamp.h"
#include "plot/gpprint.h"
#include "plot/panels.h"
#include "plot/snapshot_csv.h"

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

static void
write_totals(struct output *o, const struct snapshot *snap,
    const struct snapshot_times *t)
{
	gpprint_table(o, "totals", "from,to,packets,bytes,rate,peak,sources,"
	    "flagged,newest,age,idle");
	gpprint_row(o);
	put_times(o, snap->started, snap->bin[0].start_ns, snap->to_ns);
	gpprint_number(o, snap->packets);
	gpprint_number(o, snap->bytes);
	gpprint_number(o, snap->rate);
	gpprint_number(o, (uint64_t)((unsigned __int128)snap->peak *
	    NS_PER_S / (uint64_t)snap->bin_ns));
	gpprint_number(o, snap->sources);
	gpprint_number(o, snap->flagged_sources);
	put_times(o, snap->started, t->newest_ns, t->age_ns);
	gpprint_time(o, t->idle_ns);
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

		gpprint_table(o, p->name, p->columns);
		p->print(o, snap, top);
		gpprint_table_end(o);
	}
}
