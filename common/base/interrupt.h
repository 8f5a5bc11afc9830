/*
 * interrupt - signals noted by a handler, and let in only during a wait
 *
 * SIGINT and SIGTERM ask a program to end, SIGUSR1 asks for its counts, and
 * it may catch others.  Before it waits, a program holds the signals back,
 * checks which came, and polls.  They are let in only while it polls, so that
 * none is missed between the check and the wait.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* What the first SIGINT does.  SIGTERM always asks the program to end. */
enum interrupt_mode {
	INTERRUPT_KILLS,	/* it kills the program, as if not caught */
	INTERRUPT_IGNORED,	/* it is ignored: the writer of the pipe that
				   the program reads got it too */
	INTERRUPT_STOPS		/* it asks the program to end */
};

/*
 * Catches SIGINT, SIGTERM and SIGUSR1.  A program that has been asked to end
 * (with INTERRUPT_STOPS: asked twice) no longer catches the signal that asked
 * last, so that the next one ends it even if it is stuck in a write.
 */
void	 interrupt_init(enum interrupt_mode);

/* Changes what the first SIGINT does, if it has not come. */
void	 interrupt_set_mode(enum interrupt_mode);

/* Catches one more signal. */
void	 interrupt_catch(int sig);

/* Whether a signal has come since interrupt_take last asked for it. */
bool	 interrupt_came(int sig);
bool	 interrupt_take(int sig);

/*
 * How often the program was asked to end: by SIGTERM and by SIGINT, of which
 * the first counts with INTERRUPT_STOPS only.
 */
int	 interrupt_stops(void);

/* Blocks the caught signals; unblocks them. */
void	 interrupt_hold(void);
void	 interrupt_release(void);

/*
 * Between these two: poll(2), during which the signals are let in.  With a
 * negative timeout it waits for ever.
 */
int	 interrupt_poll(struct pollfd *, nfds_t, int64_t timeout_ns);

#endif
