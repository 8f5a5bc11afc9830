/*
 * capture - packets from several interfaces as they arrive
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "capture/capture.h"

#define MS		INT64_C(1000000)
#define MINUTE		(60 * NS_PER_S)
#define TURN		1024		/* packets of an interface at a time */
#define LATE_NS		(50 * MS)	/* for which rows may wait */
/* The kernel hands over a packet within this time. */
#define SETTLE_NS	((CAPDEV_BLOCK_MS + 50) * MS)
/* Ends a run whose packets never cease because the clock was set back. */
#define PATIENCE_NS	(2 * NS_PER_S)

void
capture_init(struct capture *c, const struct output *out, bool reopen)
{
	*c = (struct capture){ .out = out, .turn = TURN };
	interrupt_init(INTERRUPT_STOPS);
	if (reopen)
		interrupt_catch(SIGHUP);
}

void
capture_release(struct capture *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		capdev_close(&c->sources[i].dev);
	free(c->sources);
}

bool
capture_open(struct capture *c, const char *name,
    const struct capdev_settings *settings, char *why)
{
	struct capture_source new = { .lost = false };

	if (!capdev_open(&new.dev, name, settings, why))
		return false;
	c->sources = xreallocarray(c->sources, c->n + 1, sizeof(new));
	c->sources[c->n++] = new;
	return true;
}

void
capture_start(struct capture *c, int64_t duration_ns, bool every_minute)
{
	int64_t now = timestamp_now(CLOCK_MONOTONIC);

	c->end_ns = timestamp_after(now, duration_ns);
	c->minute_ns = now + MINUTE;
	c->settled_ns = INT64_MAX;
	c->stop_ns = INT64_MAX;
	c->every_minute = every_minute;
}

void
capture_count(struct capture *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		capdev_count(&c->sources[i].dev);
}

/*
 * Packets captured up to this moment can be in a block that the kernel has not
 * handed over: waits for it, and no longer.
 */
static void
begin_stop(struct capture *c, int64_t now)
{
	int64_t ago = now > c->end_ns ? now - c->end_ns : 0;

	c->stopping = true;
	c->stop_ns = timestamp_now(CLOCK_REALTIME) - ago;
	c->settled_ns = now + SETTLE_NS;
}

/* Does what is due at this time; true if the run is over. */
static bool
tick(struct capture *c)
{
	int64_t now = timestamp_now(CLOCK_MONOTONIC);
	size_t i, done = 0;

	if (!c->stopping && (interrupt_stops() > 0 || now >= c->end_ns))
		begin_stop(c, now);
	if (now >= c->minute_ns) {
		c->minute_ns = now + MINUTE;
		capture_count(c);
		c->counts_due |= c->every_minute;
	}
	for (i = 0; i < c->n; i++)
		done += c->sources[i].done;
	if (done == c->n || interrupt_stops() > 1)
		return true;
	return c->stopping && now >= c->settled_ns + (c->empty >= c->n ? 0 :
	    PATIENCE_NS);
}

/* The time at which tick has something to do without a packet. */
static int64_t
due(const struct capture *c)
{
	int64_t at = c->stopping ? c->settled_ns : c->end_ns;
	size_t i;

	if (c->minute_ns < at)
		at = c->minute_ns;
	for (i = 0; i < c->n; i++)
		if (c->sources[i].lost && !c->sources[i].done &&
		    c->sources[i].until_ns < at)
			at = c->sources[i].until_ns;
	return at;
}

/* Whether a signal was received that was not acted on. */
static bool
signalled(const struct capture *c)
{
	return interrupt_stops() > c->stopping || c->counts_due ||
	    interrupt_came(SIGUSR1) || interrupt_came(SIGHUP);
}

/* Polls for a packet, a signal, or the time at which something is due. */
static void
poll_all(struct capture *c)
{
	struct pollfd *fds = xcalloc(c->n + 1, sizeof(fds[0]));
	int64_t left = due(c) - timestamp_now(CLOCK_MONOTONIC);
	size_t i;

	for (i = 0; i < c->n; i++)
		fds[i] = (struct pollfd){ .events = POLLIN,
		    .fd = c->sources[i].lost || c->sources[i].done ? -1 :
		    c->sources[i].dev.fd };
	fds[c->n].fd = c->out->fd;
	(void)interrupt_poll(fds, c->n + 1, left < 0 ? 0 : left);
	if (fds[c->n].revents & (POLLERR | POLLHUP | POLLNVAL))
		output_reader_gone();
	free(fds);
}

static void
wait_for_packet(struct capture *c)
{
	interrupt_hold();
	if (!signalled(c))
		poll_all(c);
	interrupt_release();
}

/*
 * The kernel can still hand over packets of an interface that is lost, when the
 * time of their block is up.  Returns whether no more can follow.
 */
static bool
lose(struct capture *c, struct capture_source *s)
{
	int64_t now = timestamp_now(CLOCK_MONOTONIC);

	if (!s->lost)
		s->until_ns = now + SETTLE_NS;
	s->lost = true;
	if (now < s->until_ns)
		return false;
	s->done = true;
	c->lost = s->dev.name;
	c->why = capdev_why(&s->dev);
	return true;
}

/*
 * Finds rows that wait too long by the packets' times, which needs no system
 * call for each packet.
 */
static void
note_row(struct capture *c, int64_t ns)
{
	if (!c->unflushed)
		c->first_ns = ns;
	c->unflushed = true;
	if (ns - c->first_ns > LATE_NS || ns < c->first_ns)
		c->late = true;
}

/* Tries the interface whose turn it is; CAPTURE_FLUSH: it has no packet. */
static enum capture_event
take(struct capture *c, struct captured *k)
{
	struct capture_source *s = &c->sources[c->at];
	enum capdev_result got;

	if (s->done || (s->lost &&
	    timestamp_now(CLOCK_MONOTONIC) < s->until_ns))
		return CAPTURE_FLUSH;
	got = capdev_next(&s->dev, k);
	if (got != CAPDEV_PACKET) {
		if (got == CAPDEV_LOST || s->lost)
			return lose(c, s) ? CAPTURE_LOST : CAPTURE_FLUSH;
		return CAPTURE_FLUSH;
	}
	if (k->time_ns >= c->stop_ns) {
		s->done = true;
		return CAPTURE_FLUSH;
	}
	s->dev.counts.captured++;
	note_row(c, k->time_ns);
	return CAPTURE_PACKET;
}

static void
next_turn(struct capture *c)
{
	c->at = (c->at + 1) % c->n;
	c->turn = TURN;
}

/* CAPTURE_FLUSH: all rings are empty, or the clock has to be checked. */
static enum capture_event
take_turns(struct capture *c, struct captured *k)
{
	enum capture_event event;

	while (c->empty < c->n) {
		event = take(c, k);
		if (event == CAPTURE_PACKET) {
			c->empty = 0;
			if (--c->turn > 0)
				return event;
			next_turn(c);
			c->look = true;
			return event;
		}
		c->empty++;
		next_turn(c);
		if (event == CAPTURE_LOST)
			return event;
	}
	return CAPTURE_FLUSH;
}

/* The event that a signal requested; CAPTURE_FLUSH: none. */
static enum capture_event
take_signal(struct capture *c)
{
	if (interrupt_take(SIGUSR1) || c->counts_due) {
		c->counts_due = false;
		return CAPTURE_COUNTS;
	}
	return interrupt_take(SIGHUP) ? CAPTURE_REOPEN : CAPTURE_FLUSH;
}

enum capture_event
capture_next(struct capture *c, struct captured *k)
{
	enum capture_event event;

	for (;;) {
		if ((c->look || signalled(c)) && tick(c))
			return CAPTURE_END;
		c->look = false;
		event = take_signal(c);
		if (event != CAPTURE_FLUSH)
			return event;
		if (!c->late) {
			event = take_turns(c, k);
			if (event != CAPTURE_FLUSH)
				return event;
		}
		if (c->unflushed) {
			c->unflushed = c->late = false;
			return CAPTURE_FLUSH;
		}
		if (tick(c))
			return CAPTURE_END;
		wait_for_packet(c);
		c->empty = 0;
	}
}
