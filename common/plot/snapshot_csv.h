/*
 * snapshot_csv - a snapshot's totals and its panels' tables as CSV
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SNAPSHOT_CSV_H
#define SNAPSHOT_CSV_H

#include "base/output.h"
#include "plot/snapshot.h"

/* What is not in a snapshot. */
struct snapshot_times {
	int64_t		 newest_ns;	/* of the newest row */
	int64_t		 age_ns;	/* of that, by the system's clock */
	int64_t		 idle_ns;	/* since it came */
};

/*
 * Writes the commands that print the table of totals and that of each panel,
 * lists of at most top rows.
 */
void	 snapshot_csv_write(struct output *, const struct snapshot *,
	    const struct snapshot_times *, size_t top);

#endif
