/*
 * filecapture - packet rows of captures in files and on standard input
 *
 * A whole run: opens each operand, writes a row for each packet that passes
 * the filter and reports what was wrong.  Unlike other modules it prints
 * warnings.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef FILECAPTURE_H
#define FILECAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/output.h"
#include "capture/packetrow.h"
#include "decode/flow.h"

struct filecapture_settings {
	const char	*filter;	/* pcap-filter(7), NULL: all packets */
	uint64_t	 rows_max;	/* of all operands together */
	bool		 verbose;	/* the counts of each operand */
};

/*
 * Reads the operands, a NULL-ended vector, to their ends or to rows_max rows,
 * and closes out.  Returns the exit status.  A filter that libpcap does not
 * accept ends the program, see capfilter_new.
 */
int	filecapture_run(const struct filecapture_settings *, char **operands,
	    struct packetrow *, struct flow_table *, struct output *out);

#endif
