/*
 * alertrow - alerts as rows and as lines, the same of all programs that alert
 *
 * SPDX-License-Identifier: ISC
 */
#include "tally/alertrow.h"

#define TIME_DIGITS	6

void
alertrow_header(struct output *o)
{
	output_str(o, "time,rule,severity,src,dst,proto,value,threshold,"
	    "window,state,unit");
}

void
alertrow_write(struct output *o, const struct alertrow *a,
    enum timestamp_format format)
{
	static const char *const states[] = { "start", "update", "end" };
	const struct slice cells[] = { a->src, a->dst, a->proto, a->value,
	    a->threshold, a->window };
	size_t i;

	output_time(o, a->ns, format, TIME_DIGITS);
	output_char(o, ',');
	output_str(o, a->rule);
	output_char(o, ',');
	output_str(o, a->severity);
	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		output_char(o, ',');
		if (cells[i].len > 0)
			output_bytes(o, cells[i].at, cells[i].len);
	}
	output_char(o, ',');
	output_str(o, states[a->state]);
	output_char(o, ',');
	output_bytes(o, a->unit.at, a->unit.len);
}

struct output *
alertrow_text(size_t n)
{
	static struct output text;

	if (text.buf == NULL)
		output_init(&text, -1, "alert");
	text.used = 0;
	output_room(&text, n);
	return &text;
}

void
alertrow_begin(struct output *o, const char *rule, const char *severity,
    enum alertrow_state state)
{
	static const char *const states[] = { "", ", continues", ", ended" };

	output_str(o, rule);
	output_str(o, " (");
	output_str(o, severity);
	output_str(o, states[state]);
	output_str(o, "): ");
}

void
alertrow_hundredths(struct output *o, uint64_t v)
{
	output_u64(o, v / 100);
	output_char(o, '.');
	output_char(o, (char)('0' + v / 10 % 10));
	output_char(o, (char)('0' + v % 10));
}
