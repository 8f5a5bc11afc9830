/*
 * alert - alerts as CSV rows and as lines of text
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/show.h"
#include "base/timestamp.h"
#include "detect/alert.h"

static const char *const phases[] = { "start", "update", "end" };

static void
write_address(struct output *o, const struct ipaddr *a)
{
	if (a->family != 0)
		o->used += ipaddr_format(output_room(o, IPADDR_TEXT_MAX),
		    a->family, a->byte);
}

/* A percentage has two decimals. */
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

static void
write_threshold(struct output *o, const struct rule *r)
{
	output_u64(o, r->share > 0 ? r->share : r->limit);
}

static void
write_time(struct output *o, int64_t ns, enum timestamp_format format,
    unsigned digits)
{
	o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX), ns,
	    format, digits);
}

/* Writes a word, and a separator before it. */
static void
write_word(struct output *o, char before, const char *word)
{
	output_char(o, before);
	output_str(o, word);
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
	write_time(o, a->time_ns, TIMESTAMP_EPOCH, 6);
	write_word(o, ',', a->rule->name);
	write_word(o, ',', rules_severity_name(a->rule->severity));
	output_char(o, ',');
	write_address(o, &a->src);
	output_char(o, ',');
	write_address(o, &a->dst);
	output_char(o, ',');
	output_text_cell(o, a->proto.at, a->proto.len);
	output_char(o, ',');
	write_value(o, a);
	output_char(o, ',');
	write_threshold(o, a->rule);
	output_char(o, ',');
	rules_write_seconds(o, a->rule->window_ns);
	write_word(o, ',', phases[a->phase]);
	output_end_row(o);
}

/* Who: "10.0.0.1 -> 10.0.0.2", "-> 10.0.0.2", "10.0.0.1 DNS", "all". */
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
	write_time(o, a->time_ns, TIMESTAMP_ISO, 3);
	write_word(o, ' ', rules_severity_name(a->rule->severity));
	write_word(o, ' ', a->rule->name);
	write_word(o, ' ', phases[a->phase]);
	output_str(o, ": ");
	write_subject(o, a);
	output_str(o, ": ");
	write_value(o, a);
	write_word(o, ' ', rules_unit(a->rule));
	output_str(o, " in ");
	rules_write_seconds(o, a->rule->window_ns);
	output_str(o, " s, threshold ");
	write_threshold(o, a->rule);
	if (colours)
		output_str(o, "\033[0m");
	output_end_row(o);
}
