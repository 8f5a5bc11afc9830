/*
 * fault - what rarely fails, failing; preloaded by tests/faults.bats
 *
 * FAULT_ALLOCATION=N: the Nth allocation gets no memory, which a byte written
 * to descriptor 9 tells.  FAULT_SHORT: reads and writes of descriptors handle 1
 * to 7 bytes, each third fails with EINTR.
 * FAULT_CLOCK=S: at SIGUSR2 the system's time is set back by S seconds;
 * FAULT_PAST=S: it was before the start.
 *
 * SPDX-License-Identifier: ISC
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

/* Whether this allocation is the one that fails. */
static int
fails(void)
{
	static long left = -1;
	static int known;

	if (!known) {
		const char *text = getenv("FAULT_ALLOCATION");

		known = 1;
		if (text != NULL)
			left = atol(text);
	}
	if (left <= 0 || --left > 0)
		return 0;
	syscall(SYS_write, 9, "!", 1);
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, n * size);
}

void *
aligned_alloc(size_t alignment, size_t n)
{
	return fails() ? NULL : __libc_memalign(alignment, n);
}

/* The bytes that a call handles; 0: it is interrupted. */
static size_t
part(size_t n)
{
	static unsigned calls;

	if (getenv("FAULT_SHORT") == NULL || n == 0)
		return n;
	calls++;
	if (calls % 3 == 0) {
		errno = EINTR;
		return 0;
	}
	return n < calls % 7 + 1 ? n : calls % 7 + 1;
}

ssize_t
read(int fd, void *p, size_t n)
{
	size_t some = part(n);

	return n > 0 && some == 0 ? -1 : syscall(SYS_read, fd, p, some);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	size_t some = part(n);

	return n > 0 && some == 0 ? -1 : syscall(SYS_write, fd, p, some);
}

/* How far the time was set back. */
static volatile sig_atomic_t back;

static void
set_back(int signal)
{
	(void)signal;
	back = atoi(getenv("FAULT_CLOCK"));
}

__attribute__((constructor)) static void
prepare(void)
{
	if (getenv("FAULT_CLOCK") != NULL)
		signal(SIGUSR2, set_back);
	if (getenv("FAULT_PAST") != NULL)
		back = atoi(getenv("FAULT_PAST"));
}

int
clock_gettime(clockid_t clock, struct timespec *t)
{
	int failed = (int)syscall(SYS_clock_gettime, clock, t);

	if (failed == 0 && clock == CLOCK_REALTIME)
		t->tv_sec -= back;
	return failed;
}

time_t
time(time_t *to)
{
	struct timespec t;

	if (clock_gettime(CLOCK_REALTIME, &t) == -1)
		return -1;
	if (to != NULL)
		*to = t.tv_sec;
	return t.tv_sec;
}
