/*
 * beaconrows - rows in, alerts about beacons out
 *
 * A row is a connection: a flow, or a packet with SYN and without ACK.  Alerts
 * are written with the columns of those about rates, and dport after them.
 * It reports rows that it skipped.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BEACONROWS_H
#define BEACONROWS_H

#include <stdbool.h>

#include "base/output.h"
#include "base/stream.h"
#include "baseline/beacon.h"
#include "baseline/polling.h"

struct beaconrows {
	struct beacons	 beacons;	/* its options are the caller's */
	struct polling_list allowed;
	/* The rest is the module's own. */
	struct output	*out;
	struct output	*lines;		/* sentences, too; or NULL */
	uint64_t	 connections, expected, untimed, incidents;
};

/* Prepares with the defaults of beacons_init; beaconrows_release frees. */
void	beaconrows_init(struct beaconrows *);
void	beaconrows_release(struct beaconrows *);

/* Reads all rows of the stream and writes the alerts. */
void	beaconrows_run(struct beaconrows *, struct stream *,
	    struct output *out, struct output *lines);

/* Prints warnings, and counts if verbose. */
void	beaconrows_report(const struct beaconrows *, struct stream *,
	    bool verbose);

#endif
