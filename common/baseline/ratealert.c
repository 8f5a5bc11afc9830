/*
 * ratealert - the results of a baseline as rows and as sentences
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "baseline/ratealert.h"
#include "baseline/ratewhy.h"
#include "tally/alertrow.h"

#define TIME_DIGITS	6
#define NUMBERS_MAX	512	/* bytes of the numbers of a row, at most */
#define EXACT		1e15	/* whole numbers below are written in full */

static const char *const severities[ALARM_RULES] = { "medium", "low", "medium",
    "low" };

/* The states of alerts are those of rows. */
_Static_assert((int)ALARM_START == (int)ALERTROW_START &&
    (int)ALARM_UPDATE == (int)ALERTROW_UPDATE &&
    (int)ALARM_END == (int)ALERTROW_END, "the same order");

static const char *const of_alerts[] = { "src", "dst", "proto" };

#define OF_ALERTS	(sizeof(of_alerts) / sizeof(of_alerts[0]))

static bool
is_of_alerts(const char *column)
{
	size_t i;

	for (i = 0; i < OF_ALERTS; i++)
		if (strcmp(column, of_alerts[i]) == 0)
			return true;
	return false;
}

/* The cell of a column of the key; an empty one if there is none. */
static struct slice
cell_of(const struct ratealert *a, struct slice key, const char *column)
{
	struct slice cell;
	size_t i;

	for (i = 0; i < a->columns; i++) {
		cell = ratewhy_cell(&key);
		if (strcmp(a->column[i], column) == 0)
			return cell;
	}
	return (struct slice){ "", 0 };
}

/* A value: a whole number as it is, another with 6 digits. */
static void
write_value(struct output *o, double v)
{
	char *room = output_room(o, 48);
	int n;

	if (v >= 0 && v < EXACT && !(v > floor(v))) {
		output_u64(o, (uint64_t)v);
		return;
	}
	n = snprintf(room, 48, fabs(v) < EXACT && !(v > floor(v)) ? "%.0f" :
	    "%.6g", v);
	o->used += n > 0 ? (size_t)n : 0;
}

/* The ends of a range, outwards to whole numbers if it is wide. */
static double
outwards(double v, bool up, double width)
{
	if (width < 2)
		return v;
	return up ? ceil(v) : floor(v);
}

static void
write_low(struct output *o, const struct baseline_result *r)
{
	write_value(o, outwards(r->low, false, r->high - r->low));
}

static void
write_high(struct output *o, const struct baseline_result *r)
{
	write_value(o, outwards(r->high, true, r->high - r->low));
}

static void
write_score(struct output *o, double score)
{
	alertrow_hundredths(o, (uint64_t)(score * 100 + 0.5));
}

void
ratealert_header(const struct ratealert *a, struct output *o)
{
	size_t i;

	alertrow_header(o);
	output_str(o, ",score,why");
	for (i = 0; i < a->columns; i++)
		if (!is_of_alerts(a->column[i])) {
			output_char(o, ',');
			output_text_cell(o, a->column[i],
			    strlen(a->column[i]));
		}
	output_end_row(o);
}

void
ratealert_score_header(const struct ratealert *a, struct output *o)
{
	size_t i;

	output_str(o, "time,");
	for (i = 0; i < a->columns; i++) {
		output_text_cell(o, a->column[i], strlen(a->column[i]));
		output_char(o, ',');
	}
	output_str(o, "value,low,high,score");
	output_end_row(o);
}

void
ratealert_score(const struct ratealert *a, struct output *o,
    const struct baseline_result *r)
{
	output_time(o, r->ns, a->format, TIME_DIGITS);
	output_char(o, ',');
	if (a->columns > 0) {
		output_bytes(o, r->key.at, r->key.len);
		output_char(o, ',');
	}
	write_value(o, r->score->value);
	output_char(o, ',');
	write_low(o, r);
	output_char(o, ',');
	write_high(o, r);
	output_char(o, ',');
	write_score(o, r->final);
	output_end_row(o);
}

static void
write_threshold(struct output *o, const struct baseline_result *r,
    const struct alarm_event *e)
{
	if (e->rule == ALARM_NEW)
		return;
	write_low(o, r);
	output_char(o, '-');
	write_high(o, r);
}

/* Makes the cells of a row in a text. */
static void
write_cells(const struct ratealert *a, struct output *text,
    const struct baseline_result *r, const struct alarm_event *e,
    struct alertrow *row)
{
	size_t at = text->used;

	write_value(text, e->value);
	row->value = alertrow_since(text, at);
	at = text->used;
	write_threshold(text, r, e);
	row->threshold = alertrow_since(text, at);
	at = text->used;
	write_value(text, (double)r->width_ns / (double)NS_PER_S);
	row->window = alertrow_since(text, at);
	at = text->used;
	output_text_cell(text, a->value, strlen(a->value));
	row->unit = alertrow_since(text, at);
}

void
ratealert_row(const struct ratealert *a, struct output *o,
    const struct baseline_result *r, const struct alarm_event *e)
{
	struct slice key = r->key, cell;
	struct alertrow row = { .ns = r->ns,
	    .rule = alarm_rule_names[e->rule],
	    .severity = severities[e->rule],
	    .src = cell_of(a, key, "src"), .dst = cell_of(a, key, "dst"),
	    .proto = cell_of(a, key, "proto"),
	    .state = (enum alertrow_state)e->phase };
	size_t i;

	write_cells(a, alertrow_text(NUMBERS_MAX + 2 * strlen(a->value)),
	    r, e, &row);
	alertrow_write(o, &row, a->format);
	output_char(o, ',');
	write_score(o, r->final);
	output_char(o, ',');
	ratewhy_write(a, o, r, e);
	for (i = 0; i < a->columns; i++) {
		cell = ratewhy_cell(&key);
		if (is_of_alerts(a->column[i]))
			continue;
		output_char(o, ',');
		output_bytes(o, cell.at, cell.len);
	}
	output_end_row(o);
}

void
ratealert_line(const struct ratealert *a, struct output *o,
    const struct baseline_result *r, const struct alarm_event *e)
{
	output_time(o, r->ns, TIMESTAMP_ISO, 0);
	output_char(o, ' ');
	alertrow_begin(o, alarm_rule_names[e->rule], severities[e->rule],
	    (enum alertrow_state)e->phase);
	ratewhy_write(a, o, r, e);
	output_end_row(o);
}
