/*
 * beaconrows - rows in, alerts about beacons out
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/show.h"
#include "baseline/beaconfile.h"
#include "baseline/beaconrows.h"
#include "baseline/ratewhy.h"
#include "csv/row.h"
#include "tally/alertrow.h"
#include "tally/tally.h"

#define CELLS_MAX	256	/* bytes of three numbers, at most */
#define SAVE_NS		(600 * NS_PER_S)	/* between two states */

/* The columns of a row; the first three are the pair. */
enum { SRC, DST, DPORT, PROTO, FLAGS, SPORT, PACKETS_BACK, PART };

void
beaconrows_init(struct beaconrows *r)
{
	memset(r, 0, sizeof(*r));
	beacons_init(&r->beacons);
}

void
beaconrows_release(struct beaconrows *r)
{
	beacons_release(&r->beacons);
	polling_release(&r->allowed);
	free(r->identity);
}

static void
write_number(struct output *o, int digits, double v)
{
	char text[64];

	snprintf(text, sizeof(text), "%.*g", digits, v);
	output_str(o, text);
}

/* A duration for people. */
static void
write_span(struct output *o, int64_t ns)
{
	static const struct {
		double		 seconds;
		const char	*name;
	} unit[] = { { 86400, " d" }, { 3600, " h" }, { 60, " min" },
	    { 1, " s" } };
	double s = (double)ns / (double)NS_PER_S;
	size_t i = 0;

	while (i < 3 && s < 2 * unit[i].seconds)
		i++;
	write_number(o, 3, s / unit[i].seconds);
	output_str(o, unit[i].name);
}

/* Why there is an alert; without a comma, as of all alerts about rates. */
static void
write_why(struct output *o, const struct beacon_event *e)
{
	struct slice key = e->key, port;

	output_str(o, "from ");
	ratewhy_token(o, ratewhy_cell(&key));
	output_str(o, " to ");
	ratewhy_token(o, ratewhy_cell(&key));
	port = ratewhy_cell(&key);
	if (port.len > 0) {
		output_str(o, " port ");
		ratewhy_token(o, port);
	}
	output_str(o, ": a connection every ");
	write_span(o, e->step_ns);
	if (e->phase == BEACON_START) {
		output_str(o, " give or take ");
		output_u64(o, (uint64_t)(100 * e->jitter + 0.5));
		output_str(o, " %; ");
	} else
		output_str(o, " has ended; ");
	output_u64(o, e->count);
	output_str(o, " in ");
	write_span(o, e->span_ns);
}

static enum alertrow_state
state_of(const struct beacon_event *e)
{
	return e->phase == BEACON_START ? ALERTROW_START : ALERTROW_END;
}

static void
write_row(const struct beaconrows *r, struct output *o,
    const struct beacon_event *e)
{
	struct output *text = alertrow_text(CELLS_MAX);
	struct slice key = e->key;
	int64_t step_ms = e->step_ns / 1000000;
	struct alertrow row = { .ns = e->ns, .rule = "beacon",
	    .severity = "low", .state = state_of(e),
	    .unit = { "connections", strlen("connections") } };
	size_t at;

	row.src = ratewhy_cell(&key);
	row.dst = ratewhy_cell(&key);
	output_u64(text, e->count);
	row.value = alertrow_since(text, 0);
	at = text->used;
	output_u64(text, r->beacons.least);
	row.threshold = alertrow_since(text, at);
	at = text->used;
	write_number(text, 15, (double)step_ms / 1000);
	row.window = alertrow_since(text, at);
	alertrow_write(o, &row, r->format);
	output_str(o, ",,");
	write_why(o, e);
	output_char(o, ',');
	output_bytes(o, key.at, key.len);
	output_end_row(o);
}

static void
write_event(void *arg, const struct beacon_event *e)
{
	struct beaconrows *r = arg;

	r->incidents += e->phase == BEACON_START;
	write_row(r, r->out, e);
	if (r->lines == NULL)
		return;
	output_time(r->lines, e->ns, TIMESTAMP_ISO, 0);
	output_char(r->lines, ' ');
	alertrow_begin(r->lines, "beacon", "low", state_of(e));
	write_why(r->lines, e);
	output_end_row(r->lines);
	output_flush(r->lines);
}

/* Whether flags have a SYN and no ACK. */
static bool
is_syn(struct slice flags)
{
	return flags.len > 0 && memchr(flags.at, 'S', flags.len) != NULL &&
	    memchr(flags.at, 'A', flags.len) == NULL;
}

/*
 * Whether a row is a connection: a SYN, or a flow, of which flowbw writes long
 * ones in parts.
 */
static bool
is_connection(const struct row *row, bool flows)
{
	if (!flows)
		return is_syn(row->cell[FLAGS]);
	return row->cell[PART].len == 0 || slice_is(row->cell[PART], "1");
}

static void
put_connection(struct beaconrows *r, struct output *text,
    const struct row *row, bool flows)
{
	uint64_t sport = 0;

	r->connections++;
	if (polling_expects(&r->allowed, row->cell[PROTO], row->cell[DPORT],
	    row->cell[DST])) {
		r->expected++;
		return;
	}
	/* Flows do not repeat a SYN, and may have the same port again. */
	if (!flows)
		number_parse(row->cell[SPORT].at, row->cell[SPORT].len, 65535,
		    &sport);
	beacons_put(&r->beacons, tally_key(text, "", 0, &row->cell[SRC], 3),
	    row->time_ns, (uint32_t)sport);
}

static void
want_columns(struct row_reader *rows)
{
	row_want_time(rows);
	row_want(rows, "src", false);
	row_want(rows, "dst", false);
	row_want(rows, "dport", false);
	row_want(rows, "proto", false);
	row_want_unless(rows, "flags", "packets_back");
	row_want(rows, "sport", true);
	row_want(rows, "packets_back", true);
	row_want(rows, "part", true);
}

static void
save_state(struct beaconrows *r)
{
	const char *why;

	output_flush(r->out);
	why = beaconfile_write(&r->beacons, r->state_path, r->identity);
	r->saved_ns = timestamp_now(CLOCK_MONOTONIC);
	if (why == NULL)
		return;
	warnx("%s: %s", show_str(r->state_path), why);
	stream_status(r->in, STATUS_FAILED);
}

/* Before a wait for input. */
static int64_t
keep_state(void *arg)
{
	struct beaconrows *r = arg;

	if (timestamp_now(CLOCK_MONOTONIC) - r->saved_ns >= SAVE_NS)
		save_state(r);
	return r->saved_ns + SAVE_NS;
}

/* Continues from the state, if there is one. */
static void
start_state(struct beaconrows *r)
{
	struct output o;
	const char *why;

	if (r->state_path == NULL)
		return;
	output_init(&o, -1, "identity");
	output_str(&o, "connections");
	protoset_write(&r->filter->protos, &o);
	output_char(&o, '\0');
	r->identity = o.buf;
	why = beaconfile_read(&r->beacons, r->state_path, r->identity);
	if (why != NULL)
		errx(STATUS_USAGE, "%s: %s", show_str(r->state_path), why);
	r->saved_ns = timestamp_now(CLOCK_MONOTONIC);
	stream_tick(r->in, keep_state, r);
}

void
beaconrows_run(struct beaconrows *r, struct stream *in, struct output *out,
    struct output *lines)
{
	struct row_reader rows;
	struct output text;
	const struct row *row;
	bool flows;

	r->in = in;
	r->out = out;
	r->lines = lines;
	r->beacons.on_event = write_event;
	r->beacons.arg = r;
	output_init(&text, -1, "key");
	row_init(&rows, in);
	row_want_only(&rows, true);
	want_columns(&rows);
	rowfilter_start(r->filter, &rows);
	beacons_start(&r->beacons);
	start_state(r);
	if (!r->no_header) {
		alertrow_header(out);
		output_str(out, ",score,why,dport");
		output_end_row(out);
	}
	while ((row = row_next(&rows)) != NULL) {
		flows = row_has(&rows, PACKETS_BACK);
		if (!is_connection(row, flows))
			continue;
		if (row->timed)
			put_connection(r, &text, row, flows);
		else
			r->untimed++;
	}
	if (r->state_path != NULL)
		save_state(r);
	else
		beacons_finish(&r->beacons);
	row_release(&rows);
	free(text.buf);
}

void
beaconrows_report(const struct beaconrows *r, struct stream *in, bool verbose)
{
	stream_clock_report(&r->beacons.clock);
	stream_not_evaluated(in, r->untimed, "connection", "without a time");
	if (r->beacons.untracked > 0)
		warnx("%s: %s of further pairs %s not evaluated",
		    keytable_reason(r->beacons.pairs.bound, "pairs",
		    r->beacons.max_keys, r->beacons.max_memory),
		    show_count(r->beacons.untracked, "connection"),
		    show_word(r->beacons.untracked, "was", "were"));
	if (verbose)
		warnx("%s, %ju of them to services that are regular, %s",
		    show_count(r->connections, "connection"),
		    (uintmax_t)r->expected,
		    show_count(r->incidents, "incident"));
}
