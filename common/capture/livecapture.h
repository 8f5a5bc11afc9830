/*
 * livecapture - packet rows of network interfaces as the packets arrive
 *
 * A whole run: opens the interfaces and the file, drops all rights that are no
 * longer needed, writes rows until the end and prints the counts.  Unlike other
 * modules it prints warnings, and ends the program if nothing can be captured
 * or the rights cannot be dropped.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef LIVECAPTURE_H
#define LIVECAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "capture/capdev.h"
#include "capture/packetrow.h"
#include "capture/recording.h"
#include "decode/flow.h"

struct livecapture_settings {
	const char	**interfaces;
	size_t		 count;		/* of them */
	struct capdev_settings device;	/* for each */
	int64_t		 duration_ns;	/* INT64_MAX: until a signal */
	uint64_t	 rows_max;
	const char	*user;		/* the user that root becomes */
	const char	*write_path;	/* a recording, NULL: none */
	struct recording_limits limits;	/* of its files */
	bool		 verbose;	/* print the counts every minute */
};

/*
 * Runs until a signal (see capture), the duration, rows_max or the loss of
 * the last interface.  out holds the header row, or nothing.  Returns the
 * exit status.
 */
int	livecapture_run(const struct livecapture_settings *, struct packetrow *,
	    struct flow_table *, struct output *out);

#endif
