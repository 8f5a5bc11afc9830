/*
 * livecapture - packet rows of network interfaces as the packets come
 *
 * A whole run: opens the interfaces and the file, gives up every right that
 * is no longer needed, writes rows until the end and reports the counts.
 * Unlike other modules it warns, and ends the program where nothing can be
 * captured or the rights cannot be given up.
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
#include "decode/flow.h"

struct livecapture_settings {
	const char	**interfaces;
	size_t		 count;		/* of them */
	struct capdev_settings device;	/* for each */
	int64_t		 duration_ns;	/* INT64_MAX: until a signal */
	uint64_t	 rows_max;
	const char	*user;		/* whom root becomes */
	const char	*write_path;	/* a recording, NULL: out as it is */
	bool		 verbose;	/* the counts every minute */
};

/*
 * Runs until a signal (see capture), the duration, rows_max or the loss of
 * the last interface.  out holds the header row, or nothing.  Returns the
 * exit status.
 */
int	livecapture_run(const struct livecapture_settings *, struct packetrow *,
	    struct flow_table *, struct output *out);

#endif
