/*
 * interrupt - what signals ask for, and that a poll lets them in
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>

#include "base/interrupt.h"
#include "child.h"

/* SIGINT and SIGTERM, each by its letter, in turn. */
struct course {
	enum interrupt_mode mode;
	const char	*signals;
};

/* Gets the signals; its status is how often the end was asked for. */
static void
follow(const void *arg)
{
	const struct course *c = arg;
	const char *p;

	interrupt_init(c->mode);
	for (p = c->signals; *p != '\0'; p++)
		raise(*p == 'i' ? SIGINT : SIGTERM);
	_exit(interrupt_stops());
}

static void
ends(enum interrupt_mode mode, const char *signals, int want,
    const char *title)
{
	struct course c = { mode, signals };

	ends_with(follow, &c, want, "", title);
}

static void
takes(void)
{
	interrupt_init(INTERRUPT_STOPS);
	ok(!interrupt_came(SIGUSR1), "nothing came");
	raise(SIGUSR1);
	ok(interrupt_came(SIGUSR1), "SIGUSR1 came");
	ok(interrupt_take(SIGUSR1) && !interrupt_take(SIGUSR1),
	    "it is taken once");
	interrupt_catch(SIGHUP);
	raise(SIGHUP);
	ok(interrupt_take(SIGHUP), "SIGHUP is caught too");
}

static void
polls(void)
{
	struct pollfd none = { .fd = -1 };

	interrupt_hold();
	raise(SIGUSR1);
	ok(!interrupt_came(SIGUSR1), "a signal held back has not come");
	same_int(interrupt_poll(&none, 1, -1), -1, "a poll lets it in");
	ok(errno == EINTR && interrupt_take(SIGUSR1), "and ends by it");
	same_int(interrupt_poll(&none, 1, 1000000), 0,
	    "a poll ends when its time is over");
	raise(SIGUSR1);
	ok(!interrupt_came(SIGUSR1), "after it signals are held again");
	interrupt_release();
	ok(interrupt_take(SIGUSR1), "a release lets them in");
}

int
main(void)
{
	ends(INTERRUPT_KILLS, "", 0, "no signal");
	ends(INTERRUPT_KILLS, "i", 128 + SIGINT, "a SIGINT that kills");
	ends(INTERRUPT_KILLS, "t", 1, "a SIGTERM");
	ends(INTERRUPT_IGNORED, "i", 0, "a SIGINT that is ignored");
	ends(INTERRUPT_IGNORED, "ii", 1, "a second SIGINT");
	ends(INTERRUPT_IGNORED, "iii", 128 + SIGINT, "a third SIGINT");
	ends(INTERRUPT_IGNORED, "t", 1, "a SIGTERM beside a pipe");
	ends(INTERRUPT_IGNORED, "tt", 128 + SIGTERM, "a second SIGTERM");
	ends(INTERRUPT_STOPS, "i", 1, "a SIGINT that stops");
	ends(INTERRUPT_STOPS, "it", 2, "and a SIGTERM after it");
	ends(INTERRUPT_STOPS, "iii", 128 + SIGINT, "the third of them");
	takes();
	polls();
	return tap_done();
}
