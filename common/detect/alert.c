/*
 * alert - alerts as rows of CSV and as lines for people
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/show.h"
#include "base/timestamp.h"
#include "detect/alert.h"

static const char *const states[] = { "start", "update", "end" };

static void
write_address(struct output *o, const struct ipaddr *a)
{
	if (a->family != 0)
		o->used += ipaddr_format(output_room(o, IPADDR_TEXT_MAX),
		    a->family, a->byte);
}

/* A percentage has two digits. */
static void
write_value(struct output *o, const struct detect_alert *a)
{
	if (a->rule->share == 0) {
		output_u64(o, a->value);
		return;
	}
	output_u64(o, a->value / 100);
	output_char(o, '.');
	output_char(o, (char)('0' + a->value / 10 % 10));
	output_char(o, (char)('0' + a->value % 10));
}

static uint64_t
threshold(const struct rule *r)
{
	return r->share > 0 ? r->share : r->limit;
}

void
alert_header(struct output *o)
{
	output_str(o, "time,rule,severity,src,dst,proto,value,threshold,"
	    "window,state");
	output_end_row(o);
}

void
alert_row(struct output *o, const struct detect_alert *a)
{
	o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX),
	    a->time_ns, TIMESTAMP_EPOCH, 6);
	output_char(o, ',');
	output_str(o, a->rule->name);
	output_char(o, ',');
	output_str(o, rules_severity_name(a->rule->severity));
	output_char(o, ',');
	write_address(o, &a->src);
	output_char(o, ',');
	write_address(o, &a->dst);
	output_char(o, ',');
	output_text_cell(o, a->proto.at, a->proto.len);
	output_char(o, ',');
	write_value(o, a);
	output_char(o, ',');
	output_u64(o, threshold(a->rule));
	output_char(o, ',');
	rules_write_seconds(o, a->rule->window_ns);
	output_char(o, ',');
	output_str(o, states[a->phase]);
	output_end_row(o);
}

/* Who it is about: "10.0.0.1 -> 10.0.0.2", "-> 10.0.0.2", "DNS", "all". */
static void
write_subject(struct output *o, const struct detect_alert *a)
{
	write_address(o, &a->src);
	if (a->dst.family != 0) {
		output_str(o, a->src.family != 0 ? " -> " : "-> ");
		write_address(o, &a->dst);
	}
	if (a->src.family == 0 && a->dst.family == 0 && a->proto.len == 0)
		output_str(o, "all");
	if (a->proto.len > 0) {
		if (a->src.family != 0 || a->dst.family != 0)
			output_char(o, ' ');
		output_str(o, show(a->proto.at, a->proto.len));
	}
}

void
alert_line(struct output *o, const struct detect_alert *a, bool colours)
{
	/* Bold red, yellow, cyan; an end is dim. */
	static const char *const colour[] = { "\033[36m", "\033[33m",
	    "\033[1;31m" };

	if (colours)
		output_str(o, a->phase == DETECT_END ? "\033[2m" :
		    colour[a->rule->severity]);
	o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX),
	    a->time_ns, TIMESTAMP_ISO, 3);
	output_char(o, ' ');
	output_str(o, rules_severity_name(a->rule->severity));
	output_char(o, ' ');
	output_str(o, a->rule->name);
	output_char(o, ' ');
	output_str(o, states[a->phase]);
	output_str(o, ": ");
	write_subject(o, a);
	output_str(o, ": ");
	write_value(o, a);
	output_char(o, ' ');
	output_str(o, rules_unit(a->rule));
	output_str(o, " in ");
	rules_write_seconds(o, a->rule->window_ns);
	output_str(o, " s, threshold ");
	output_u64(o, threshold(a->rule));
	if (colours)
		output_str(o, "\033[0m");
	output_end_row(o);
}
