/*
 * alarm - when a score is an alarm, and incidents made of alarms
 *
 * An alarm is due when a score reaches the threshold and the alarm before is
 * more than ALARM_HOLD bins ago; sooner only when its incident has ended and
 * both scores do.  Each alarm raises the threshold of the score
 * that fired, for a while: a series that alarms often must be further off.  An
 * alarm starts an incident or is an update of the open one.  An incident ends
 * when the values have been usual for ALARM_QUIET bins, a silence not before
 * something comes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef ALARM_H
#define ALARM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "baseline/series.h"

#define ALARM_HOLD	120	/* bins */
#define ALARM_QUIET	10	/* bins */
#define ALARM_THRESHOLD	3.0

enum alarm_rule { ALARM_HIGH, ALARM_LOW, ALARM_SILENT, ALARM_NEW,
    ALARM_RULES };

/* The names of the rules in alerts. */
extern const char *const alarm_rule_names[ALARM_RULES];

/* The state of a series. */
struct alarm {
	float	 amount_raise;	/* of the threshold, as alarms were due */
	float	 level_raise;
	float	 own;		/* the same, calibrated */
	uint32_t at;		/* bins of the series at the last alarm, or 0 */
	uint32_t matched;	/* at the last score that was high enough */
	uint8_t	 rule;		/* of the incident */
	uint8_t	 open;		/* 1: it is open */
	double	 extreme;	/* its highest or lowest value */
};

struct alarm_policy {
	double	 threshold;
	int64_t	 warm_up_ns;	/* age of a series before it alarms */
	double	 fade;		/* share of a raise that is lost in a bin */
	/*
	 * If more than 0, the alarms to be borne in a bin: the threshold of a
	 * series follows its own alarms, so that there are as many.
	 */
	double	 bearable;
};

enum alarm_phase { ALARM_START, ALARM_UPDATE, ALARM_END };

struct alarm_event {
	enum alarm_phase phase;
	enum alarm_rule rule;
	double	 value;		/* after the start, the incident's extreme */
	bool	 by_amount;	/* the amount score fired */
	bool	 by_level;
};

/* Threshold, warm-up of 2 days and no calibration, for bins of this scale. */
void	 alarm_policy_init(struct alarm_policy *, const struct series_scale *);

/*
 * The amount score for which a value is at the end of the usual range.
 */
double	 alarm_limit(const struct alarm *, const struct alarm_policy *);

/*
 * Judges what series_put has scored; time is that of the bin.  Writes at most
 * two events and returns their number.  *final is the score that is compared
 * with the threshold: the higher of the two, less what was raised; 0 while an
 * alarm cannot be due again.
 */
size_t	 alarm_judge(struct alarm *, const struct alarm_policy *,
	    const struct series *, const struct series_score *, int64_t ns,
	    struct alarm_event event[2], double *final);

/* Whether it can be one: for an alarm that was read from a file. */
bool	 alarm_valid(const struct alarm *);

#endif
