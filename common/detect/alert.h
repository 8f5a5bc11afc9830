/*
 * alert - alerts as CSV rows and as sentences
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ALERT_H
#define ALERT_H

#include <stdbool.h>

#include "base/output.h"
#include "base/timestamp.h"
#include "detect/detect.h"

/*
 * Writes the header: time,rule,severity,src,dst,proto,value,threshold,window,
 * state,unit.
 */
void	alert_header(struct output *);

/* Writes an alert as a row, with its time in this format. */
void	alert_row(struct output *, const struct detect_alert *,
	    enum timestamp_format);

/*
 * Writes an alert as a sentence for people, without its time or a line break.
 * ipflag(1) has its grammar.  scripts/lib/alert.awk makes the same sentence of
 * a row.
 */
void	alert_sentence(struct output *, const struct detect_alert *);

/*
 * Writes an alert as a line: its time and the sentence.  colours: coloured by
 * severity.
 */
void	alert_line(struct output *, const struct detect_alert *, bool colours);

#endif
