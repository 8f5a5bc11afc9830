/*
 * beaconrows - rows in, alerts about beacons out
 *
 * A row is a connection: a flow, or a packet with SYN and without ACK.  Alerts
 * are written with the columns of those about rates, and dport after them.
 * It reads its options, keeps its state, and reports rows that it skipped.
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
#include "csv/rowfilter.h"

/*
 * Codes of long options, and their lines in a getopt_long table, sorted among
 * the program's own.
 */
enum { BEACONROWS_ALLOW = 2048, BEACONROWS_JITTER, BEACONROWS_LEAST,
    BEACONROWS_SPAN };

#define BEACONROWS_OPTIONS \
	{ "allow", required_argument, NULL, BEACONROWS_ALLOW }, \
	{ "jitter", required_argument, NULL, BEACONROWS_JITTER }, \
	{ "least", required_argument, NULL, BEACONROWS_LEAST }, \
	{ "span", required_argument, NULL, BEACONROWS_SPAN }

struct beaconrows {
	/* Options. */
	struct beacons	 beacons;
	struct polling_list allowed;
	struct rowfilter *filter;
	enum timestamp_format format;	/* of rows */
	bool		 no_header;
	const char	*state_path;	/* NULL: no state */
	/* The rest is the module's own. */
	struct stream	*in;
	struct output	*out;
	struct output	*lines;		/* sentences, too; or NULL */
	char		*identity;	/* of the state */
	int64_t		 saved_ns;
	uint64_t	 connections, expected, untimed, incidents;
};

/* Prepares with the defaults of beacons_init; beaconrows_release frees. */
void	beaconrows_init(struct beaconrows *);
void	beaconrows_release(struct beaconrows *);

/* Takes an option that getopt_long returned; false if it is none of these. */
bool	beaconrows_option(struct beaconrows *, int ch, const char *arg);

/* Reads all rows of the stream and writes the alerts. */
void	beaconrows_run(struct beaconrows *, struct stream *,
	    struct output *out, struct output *lines);

/* Prints warnings, and counts if verbose. */
void	beaconrows_report(const struct beaconrows *, struct stream *,
	    bool verbose);

#endif
