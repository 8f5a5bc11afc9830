/*
 * frame_rows - the tables of a view as CSV, printed by gnuplot
 *
 * All outside text in them is tokens: no cell needs quotes, and none can end
 * the string that a line is.  (A data block would end at a line that merely
 * starts as its end mark does.)
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/timestamp.h"
#include "plot/frame_rows.h"

static void
start_row(struct output *o)
{
	output_str(o, "print '");
}

/* The row's last cell ends with a comma, which is taken back. */
static void
end_row(struct output *o)
{
	o->used--;
	output_char(o, '\'');
	output_end_row(o);
}

static void
line(struct output *o, const char *text)
{
	start_row(o);
	output_str(o, text);
	output_char(o, '\'');
	output_end_row(o);
}

static void
start_table(struct output *o, const char *name, const char *header)
{
	line(o, name);
	line(o, header);
}

static void
cell_text(struct output *o, const char *text)
{
	output_str(o, text);
	output_char(o, ',');
}

static void
cell_number(struct output *o, uint64_t value)
{
	output_u64(o, value);
	output_char(o, ',');
}

static void
cell_time(struct output *o, int64_t ns)
{
	o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX), ns,
	    TIMESTAMP_EPOCH, 6);
	output_char(o, ',');
}

/* Times are empty before the first row. */
static void
write_totals(struct output *o, const struct snapshot *snap,
    const struct frame_rows *r)
{
	start_table(o, "#totals", "from,to,packets,bytes,rate,peak,sources,"
	    "flagged,newest,age,idle");
	start_row(o);
	if (snap->started) {
		cell_time(o, snap->bin[0].start_ns);
		cell_time(o, snap->to_ns);
	} else
		cell_text(o, ",");
	cell_number(o, snap->packets);
	cell_number(o, snap->bytes);
	cell_number(o, snap->rate);
	cell_number(o, (uint64_t)((unsigned __int128)snap->peak * NS_PER_S /
	    (uint64_t)snap->bin_ns));
	cell_number(o, snap->active);
	cell_number(o, snap->offenders);
	if (snap->started) {
		cell_time(o, r->newest_ns);
		cell_time(o, r->age_ns);
	} else
		cell_text(o, ",");
	cell_time(o, r->idle_ns);
	end_row(o);
	line(o, "");
}

static void
write_protocols(struct output *o, const struct snapshot *snap)
{
	size_t i;

	start_table(o, "#protocols", "proto,packets,bytes,suspicious,shown");
	for (i = 0; i < snap->protos; i++) {
		start_row(o);
		cell_text(o, snap->proto[i].name);
		cell_number(o, snap->proto[i].packets);
		cell_number(o, snap->proto[i].bytes);
		cell_number(o, snap->proto[i].why != NULL);
		cell_number(o, snap->proto[i].shown);
		end_row(o);
	}
	line(o, "");
}

static void
write_rate(struct output *o, const struct snapshot *snap)
{
	size_t i;

	start_table(o, "#rate", "time,packets,bytes,spike");
	for (i = 0; snap->started && i < snap->bins; i++) {
		start_row(o);
		cell_time(o, snap->bin[i].start_ns);
		cell_number(o, snap->bin[i].packets);
		cell_number(o, snap->bin[i].bytes);
		cell_number(o, snap->bin[i].spike);
		end_row(o);
	}
	line(o, "");
}

static void
write_sources(struct output *o, const struct snapshot *snap, size_t top)
{
	char rules[256];
	size_t i;

	start_table(o, "#sources", "src,proto,packets,rule,first,last");
	for (i = 0; i < snap->sources && i < top; i++) {
		const struct flagged_source *s = snap->source[i];

		start_row(o);
		cell_text(o, s->src);
		cell_text(o, s->proto);
		cell_number(o, s->packets);
		cell_text(o, flagged_rules(snap->flagged, s, rules,
		    sizeof(rules)));
		cell_time(o, s->first_ns);
		cell_time(o, s->last_ns);
		end_row(o);
	}
	line(o, "");
}

void
frame_rows_line(struct output *o, const char *word, uint64_t number)
{
	start_row(o);
	output_char(o, '#');
	output_str(o, word);
	output_char(o, ' ');
	output_u64(o, number);
	output_char(o, '\'');
	output_end_row(o);
}

void
frame_rows_write(struct output *o, const struct snapshot *snap,
    const struct frame_rows *r)
{
	frame_rows_line(o, "frame", r->number);
	write_totals(o, snap, r);
	write_protocols(o, snap);
	write_rate(o, snap);
	write_sources(o, snap, r->top);
}
