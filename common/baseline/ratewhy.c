/*
 * ratewhy - why there is an alert, as a sentence
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "baseline/ratewhy.h"

struct slice
ratewhy_cell(struct slice *key)
{
	struct slice cell = { key->at, 0 };
	bool quoted = false;
	size_t i;

	for (i = 0; i < key->len && (quoted || key->at[i] != ','); i++)
		quoted ^= key->at[i] == '"';
	cell.len = i;
	i += i < key->len;
	*key = (struct slice){ key->at + i, key->len - i };
	return cell;
}

void
ratewhy_token(struct output *o, struct slice text)
{
	char word[64];

	show_token(word, sizeof(word), text);
	output_str(o, word[0] == '\0' ? "none" : word);
}

/* What stands before a cell of this column: "from", "to", its name. */
static void
write_column(struct output *o, const char *column)
{
	if (strcmp(column, "src") == 0)
		output_str(o, "from ");
	else if (strcmp(column, "dst") == 0)
		output_str(o, "to ");
	else if (strcmp(column, "proto") != 0) {
		ratewhy_token(o, (struct slice){ column, strlen(column) });
		output_char(o, ' ');
	}
}

/* Who: the cells of the key, as harmless words without commas. */
static void
write_subject(const struct ratealert *a, struct output *o, struct slice key)
{
	size_t i;

	if (a->columns == 0)
		output_str(o, "all traffic");
	for (i = 0; i < a->columns; i++) {
		output_str(o, i > 0 ? " " : "");
		write_column(o, a->column[i]);
		ratewhy_token(o, ratewhy_cell(&key));
	}
}

/* The factor, the prefix and the unit in which a value is said. */
struct measure {
	double		 factor;
	const char	*unit;
};

static struct measure
measure_of(const struct ratealert *a, const struct baseline_result *r,
    double most)
{
	static const struct {
		double		 least;
		const char	*bits, *packets;
	} step[] = {
		{ 1e9, " Gbit/s", " billion packets/s" },
		{ 1e6, " Mbit/s", " million packets/s" },
		{ 1e3, " kbit/s", " thousand packets/s" },
		{ 1, " bit/s", " packets/s" },
	};
	double seconds = (double)r->width_ns / (double)NS_PER_S, factor;
	bool bits = strcmp(a->value, "bytes") == 0;
	size_t i = 0;

	if (!bits && strcmp(a->value, "packets") != 0)
		return (struct measure){ 1, NULL };
	factor = (bits ? 8 : 1) / seconds;
	while (i < 3 && fabs(most) * factor < step[i].least)
		i++;
	return (struct measure){ factor / step[i].least,
	    bits ? step[i].bits : step[i].packets };
}

/* A number for people: three digits, or all of those before the point. */
static void
write_number(struct output *o, double v)
{
	char *room = output_room(o, 48);
	int n = snprintf(room, 48, fabs(v) < 999.5 ? "%.3g" : "%.0f", v);

	o->used += n > 0 ? (size_t)n : 0;
}

static void
write_unit(const struct ratealert *a, struct output *o, struct measure m)
{
	if (m.unit != NULL) {
		output_str(o, m.unit);
		return;
	}
	output_char(o, ' ');
	ratewhy_token(o, (struct slice){ a->value, strlen(a->value) });
}

static void
write_clock(struct output *o, int64_t ns, struct tm *tm)
{
	time_t seconds = (time_t)timestamp_floor(ns, NS_PER_S);
	char text[32];

	if (localtime_r(&seconds, tm) == NULL)
		*tm = (struct tm){ .tm_wday = 0 };
	if (strftime(text, sizeof(text), " at %H:%M", tm) > 0)
		output_str(o, text);
}

/* What the usual range is of. */
static void
write_basis(struct output *o, enum series_basis basis, const struct tm *tm)
{
	static const char *const day[] = { "Sunday", "Monday", "Tuesday",
	    "Wednesday", "Thursday", "Friday", "Saturday" };

	if (basis == SERIES_RECENT) {
		output_str(o, " of late");
		return;
	}
	output_str(o, " at this hour");
	if (basis == SERIES_WEEKLY) {
		output_str(o, " on a ");
		output_str(o, day[tm->tm_wday]);
	}
}

/* "usually 0.3 to 0.9 Mbit/s at this hour". */
static void
write_usual(const struct ratealert *a, struct output *o,
    const struct baseline_result *r, const struct tm *tm)
{
	struct measure m = measure_of(a, r, fmax(fabs(r->low), fabs(r->high)));

	write_number(o, r->low * m.factor);
	output_str(o, " to ");
	write_number(o, r->high * m.factor);
	write_unit(a, o, m);
	write_basis(o, r->score->basis, tm);
}

/* How often the size was seen, which is what the level score counts. */
static void
write_seen(struct output *o, const struct series_score *s)
{
	output_str(o, s->silent ? "silent in " : s->smoothed ?
	    "a mean of this size over 6 bins in " :
	    "a value of this size in ");
	output_u64(o, (uint64_t)fmax(0, s->seen));
	output_str(o, " of the last ");
	output_u64(o, (uint64_t)fmax(0, s->of));
	output_str(o, " bins");
}

/* The range explains the amount score alone; the level has its own reason. */
static void
write_reason(const struct ratealert *a, struct output *o,
    const struct baseline_result *r, const struct alarm_event *e,
    const struct tm *tm)
{
	bool within = r->score->value >= r->low && r->score->value <= r->high;

	output_str(o, !e->by_amount && within ? "; within the usual " :
	    "; usually ");
	write_usual(a, o, r, tm);
	if (e->by_level) {
		output_str(o, !e->by_amount && within ? " but " : "; ");
		write_seen(o, r->score);
	}
}

static void
write_amount(const struct ratealert *a, struct output *o,
    const struct baseline_result *r, const struct alarm_event *e)
{
	struct measure m = measure_of(a, r, e->value);

	output_str(o, ": ");
	if (e->phase != ALARM_START && e->rule != ALARM_SILENT)
		output_str(o, e->rule == ALARM_LOW ? "down to " : "up to ");
	if (e->rule == ALARM_SILENT)
		output_str(o, "silent");
	else {
		write_number(o, e->value * m.factor);
		write_unit(a, o, m);
	}
}

/* Why there is an alert.  It has no comma, so that its cell needs no quotes. */
void
ratewhy_write(const struct ratealert *a, struct output *o,
    const struct baseline_result *r, const struct alarm_event *e)
{
	struct tm tm;

	write_subject(a, o, r->key);
	write_amount(a, o, r, e);
	if (e->phase == ALARM_END) {
		output_str(o, e->rule == ALARM_NEW ? "; no longer new" :
		    "; as usual again");
		write_clock(o, r->ns, &tm);
		return;
	}
	write_clock(o, r->ns, &tm);
	if (e->rule == ALARM_NEW && e->phase == ALARM_START) {
		output_str(o, "; not seen in the ");
		output_u64(o, (uint64_t)(r->known_ns / NS_PER_S / 3600));
		output_str(o, " hours before");
	} else
		write_reason(a, o, r, e, &tm);
}
