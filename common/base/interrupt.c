/*
 * interrupt - signals noted by a handler, and let in only during a wait
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/interrupt.h"
#include "base/timestamp.h"

static volatile sig_atomic_t came[NSIG];
static volatile sig_atomic_t mode;
static sigset_t caught, before;

int
interrupt_stops(void)
{
	int interrupts = came[SIGINT];

	if (mode != INTERRUPT_STOPS && interrupts > 0)
		interrupts--;
	return interrupts + came[SIGTERM];
}

static void
on_signal(int sig)
{
	came[sig]++;
	if (sig != SIGINT && sig != SIGTERM)
		return;
	if (sig == SIGINT && came[SIGINT] == 1 && mode == INTERRUPT_KILLS) {
		signal(SIGINT, SIG_DFL);
		raise(SIGINT);
	}
	if (interrupt_stops() > (mode == INTERRUPT_STOPS))
		signal(sig, SIG_DFL);
}

void
interrupt_catch(int sig)
{
	struct sigaction act = { .sa_handler = on_signal };

	sigemptyset(&act.sa_mask);
	sigaddset(&caught, sig);
	sigaction(sig, &act, NULL);
}

void
interrupt_init(enum interrupt_mode first)
{
	mode = first;
	sigemptyset(&caught);
	interrupt_catch(SIGINT);
	interrupt_catch(SIGTERM);
	interrupt_catch(SIGUSR1);
}

void
interrupt_set_mode(enum interrupt_mode first)
{
	mode = first;
}

bool
interrupt_came(int sig)
{
	return came[sig] != 0;
}

bool
interrupt_take(int sig)
{
	bool is_new = came[sig] != 0;

	came[sig] = 0;
	return is_new;
}

void
interrupt_hold(void)
{
	sigprocmask(SIG_BLOCK, &caught, &before);
}

void
interrupt_release(void)
{
	sigprocmask(SIG_SETMASK, &before, NULL);
}

int
interrupt_poll(struct pollfd *fds, nfds_t n, int64_t timeout_ns)
{
	const struct timespec timeout = { .tv_sec = timeout_ns / NS_PER_S,
	    .tv_nsec = timeout_ns % NS_PER_S };

	return ppoll(fds, n, timeout_ns < 0 ? NULL : &timeout, &before);
}
