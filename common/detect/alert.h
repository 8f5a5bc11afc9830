/*
 * alert - alerts as CSV rows and as lines of text
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ALERT_H
#define ALERT_H

#include <stdbool.h>

#include "base/output.h"
#include "detect/detect.h"

/*
 * Writes the header: time,rule,severity,src,dst,proto,value,threshold,window,
 * state.
 */
void	alert_header(struct output *);

/* Writes an alert as a row. */
void	alert_row(struct output *, const struct detect_alert *);

/*
 * Writes an alert as a line of text: time, severity, rule, phase, addresses
 * or protocol, value and threshold.  colours: coloured by severity.
 */
void	alert_line(struct output *, const struct detect_alert *, bool colours);

#endif
