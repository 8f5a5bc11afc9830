/*
 * alert - alerts as CSV rows and as sentences
 *
 * SPDX-License-Identifier: ISC
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "detect/alert.h"
#include "tally/alertrow.h"

#define CELLS_MAX	1024	/* bytes of the cells of a row, at most */

/* The states of alerts are those of rows. */
_Static_assert((int)DETECT_START == (int)ALERTROW_START &&
    (int)DETECT_UPDATE == (int)ALERTROW_UPDATE &&
    (int)DETECT_END == (int)ALERTROW_END, "the same order");

static void
write_address(struct output *o, const struct ipaddr *a)
{
	if (a->family != 0)
		o->used += ipaddr_format(output_room(o, IPADDR_TEXT_MAX),
		    a->family, a->byte);
}

/* A network has the length of its prefix behind its address. */
static void
write_dst(struct output *o, const struct detect_alert *a)
{
	write_address(o, &a->dst);
	if (a->rule->track != RULES_BY_DST_NET)
		return;
	output_char(o, '/');
	output_u64(o, rules_net_bits(&a->dst));
}

/* A percentage has two decimals. */
static void
write_value(struct output *o, const struct detect_alert *a)
{
	if (a->rule->share == 0) {
		output_u64(o, a->value);
		return;
	}
	alertrow_hundredths(o, a->value);
}

static void
write_threshold(struct output *o, const struct rule *r)
{
	output_u64(o, r->share > 0 ? r->share : r->limit);
}

/*
 * A protocol's name as one harmless cell: it comes from the rows, and must not
 * start a line, which could be read as another alert.
 */
static const char *
proto_text(const struct slice *proto)
{
	char cell[128];
	size_t guard = output_is_formula(proto->at, proto->len);
	size_t n = proto->len < sizeof(cell) - 1 ? proto->len :
	    sizeof(cell) - 1;

	cell[0] = '\'';
	memcpy(cell + guard, proto->at, n);
	return show(cell, guard + n);
}

/*
 * What was counted, and on which port if the rule counts for each: "hosts on
 * port 22".  Units are plurals in -s.
 */
static void
write_unit(struct output *o, const struct detect_alert *a, bool plural)
{
	const char *unit = rules_unit(a->rule);

	output_bytes(o, unit, strlen(unit) - !plural);
	if (rules_by_port(a->rule->track)) {
		output_str(o, " on port ");
		output_u64(o, a->port);
	}
}

void
alert_header(struct output *o)
{
	alertrow_header(o);
	output_end_row(o);
}

/* Makes the cells of a row in a text. */
static void
write_cells(struct output *text, const struct detect_alert *a,
    struct alertrow *row)
{
	const char *proto = proto_text(&a->proto);
	size_t at = text->used;

	write_address(text, &a->src);
	row->src = alertrow_since(text, at);
	at = text->used;
	write_dst(text, a);
	row->dst = alertrow_since(text, at);
	at = text->used;
	output_cell(text, proto, strlen(proto));
	row->proto = alertrow_since(text, at);
	at = text->used;
	write_value(text, a);
	row->value = alertrow_since(text, at);
	at = text->used;
	write_threshold(text, a->rule);
	row->threshold = alertrow_since(text, at);
	at = text->used;
	rules_write_seconds(text, a->rule->window_ns);
	row->window = alertrow_since(text, at);
	at = text->used;
	write_unit(text, a, true);
	row->unit = alertrow_since(text, at);
}

void
alert_row(struct output *o, const struct detect_alert *a,
    enum timestamp_format format)
{
	struct alertrow row = { .ns = a->time_ns, .rule = a->rule->name,
	    .severity = rules_severity_name(a->rule->severity),
	    .state = (enum alertrow_state)a->phase };

	write_cells(alertrow_text(CELLS_MAX), a, &row);
	alertrow_write(o, &row, format);
	output_end_row(o);
}

/* Thousands are separated by commas. */
static void
write_grouped(struct output *o, uint64_t n)
{
	char digits[24];
	int i, len = snprintf(digits, sizeof(digits), "%ju", (uintmax_t)n);

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			output_char(o, ',');
		output_char(o, digits[i]);
	}
}

/* Who to whom: addresses, the protocol, or all traffic. */
static void
write_subject(struct output *o, const struct detect_alert *a)
{
	bool src = a->src.family != 0, dst = a->dst.family != 0;

	if (src && !dst)
		output_str(o, "from ");
	write_address(o, &a->src);
	if (dst) {
		output_str(o, src ? " to " : "to ");
		write_dst(o, a);
	}
	if (a->proto.len > 0) {
		output_str(o, src || dst ? ", " : "");
		output_str(o, proto_text(&a->proto));
	} else if (!src && !dst)
		output_str(o, "all traffic");
}

/* How much: "1,234 packets", "1 host", "64.20 %". */
static void
write_amount(struct output *o, const struct detect_alert *a)
{
	if (a->rule->share > 0) {
		write_value(o, a);
		output_str(o, " %");
		return;
	}
	write_grouped(o, a->value);
	output_char(o, ' ');
	write_unit(o, a, a->value != 1);
}

/* A duration in the largest unit of which it is a whole number, or seconds. */
static void
write_span(struct output *o, int64_t ns)
{
	static const struct {
		int64_t		seconds;
		const char	*name;
	} unit[] = { { 86400, " d" }, { 3600, " h" }, { 60, " min" } };
	size_t i;

	for (i = 0; i < sizeof(unit) / sizeof(unit[0]); i++)
		if (ns % (unit[i].seconds * NS_PER_S) == 0) {
			output_u64(o, (uint64_t)(ns / NS_PER_S /
			    unit[i].seconds));
			output_str(o, unit[i].name);
			return;
		}
	rules_write_seconds(o, ns);
	output_str(o, " s");
}

void
alert_sentence(struct output *o, const struct detect_alert *a)
{
	alertrow_begin(o, a->rule->name,
	    rules_severity_name(a->rule->severity),
	    (enum alertrow_state)a->phase);
	write_subject(o, a);
	/* After the start it is the most in one window. */
	output_str(o, a->phase == DETECT_START ? ", " : ", up to ");
	write_amount(o, a);
	output_str(o, " in ");
	write_span(o, a->rule->window_ns);
	output_str(o, ", threshold ");
	if (a->rule->share > 0) {
		output_u64(o, a->rule->share);
		output_str(o, " %");
	} else
		write_grouped(o, a->rule->limit);
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
	output_time(o, a->time_ns, TIMESTAMP_ISO, 3);
	output_char(o, ' ');
	alert_sentence(o, a);
	if (colours)
		output_str(o, "\033[0m");
	output_end_row(o);
}
