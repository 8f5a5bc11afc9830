/*
 * alert - alerts as rows of CSV and as lines for people
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
 * Writes an alert as a line: when, how severe, which rule, who, how much.  In
 * colours, by severity, on request.
 */
void	alert_line(struct output *, const struct detect_alert *, bool colours);

#endif
