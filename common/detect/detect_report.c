/*
 * detect_report - prints what rules did not see: columns, rows and counts
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <string.h>

#include "base/packetcolumns.h"
#include "base/show.h"
#include "base/status.h"
#include "detect/detect_report.h"

/* Whether iplabel could write a column of this name. */
static bool
is_label(const char *name)
{
	return strncmp(name, "src_", 4) == 0 ||
	    strncmp(name, "dst_", 4) == 0 || strcmp(name, "dir") == 0;
}

void
detect_report_lacking(const struct detect_row_reader *r, const char *column,
    ruleset rules)
{
	const char *names = rules_names(r->detect->rules, rules, " ");
	struct slice name = { column, strlen(column) };

	if (packetcolumns_has(name))
		stream_warn(r->rows->in, STATUS_DONE, "no column \"%s\" "
		    "(pcap2csv -e %s): rules disabled: %s", column, column,
		    names);
	else
		stream_warn(r->rows->in, STATUS_DONE, "no column \"%s\"%s: "
		    "rules disabled: %s", column, is_label(column) ?
		    " (iplabel)" : "", names);
}

/* A bad cell costs a row the rules that need it; the status is set already. */
static void
report_bad(const struct detect_row_reader *r)
{
	size_t i;

	for (i = 0; i < RULES_COLUMNS; i++)
		if (r->bad[i] > 0)
			warnx("%s %s not evaluated by rules %s: bad %s",
			    show_count(r->bad[i], "row"),
			    show_word(r->bad[i], "was", "were"),
			    rules_names(r->detect->rules, r->bad_rules[i],
			    ", "), detect_row_columns[i]);
}

/* Counts that were given up, as there was no room. */
static void
report_full(const struct detect *d)
{
	if (d->states.evicted > 0)
		warnx("--max-keys %zu or the memory for counts reached: %s "
		    "evicted", d->states.max,
		    show_count(d->states.evicted, "idle key"));
	if (d->ended_early > 0)
		warnx("%s ended early to make room",
		    show_count(d->ended_early, "incident"));
	if (d->impatient > 0)
		warnx("more than %d rows waited for an answer: %ju %s "
		    "counted as unanswered", DETECT_WAITING,
		    (uintmax_t)d->impatient,
		    show_word(d->impatient, "was", "were"));
	if (d->truncated > 0)
		warnx("count memory full: %s truncated",
		    show_count(d->truncated, "count"));
}

void
detect_report(const struct detect_row_reader *r, uint64_t untimed,
    bool verbose)
{
	const struct detect *d = r->detect;
	struct stream *in = r->rows->in;

	report_bad(r);
	stream_not_evaluated(in, untimed, "row", "without a time");
	stream_not_evaluated(in, d->late, "row",
	    d->lateness_ns == CLOCK_LATENESS_NS ? "more than a second late" :
	    "later than --lateness");
	stream_not_evaluated(in, d->stray, "row",
	    "more than an hour from the others");
	stream_clock_report(&d->clock);
	report_full(d);
	if (verbose)
		warnx("%s read, %s, %ju suppressed by a cooldown, %s",
		    show_count(in->rows, "row"),
		    show_count(d->started, "incident"),
		    (uintmax_t)d->suppressed,
		    show_count(d->states.used, "key"));
}
