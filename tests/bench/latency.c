/*
 * latency - how long rows took from the wire to here
 *
 * Reads packet rows from stdin, whose first cell is the time at which the
 * kernel got the packet.  At the end of input prints how many rows there were,
 * and the median and the 99.9th percentile of their ages when they were read,
 * in milliseconds.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST	100000000	/* ages in microseconds that are told apart */

static uint32_t count[MOST / 10];	/* rows of each 10 microseconds */
static uint64_t rows;

/* The microseconds of the clock. */
static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Counts a row of which the time is seconds with six digits after the dot. */
static void
add_row(const char *row, int64_t now)
{
	char *end;
	int64_t us = strtoll(row, &end, 10) * 1000000;

	if (*end != '.')
		return;
	us = now - us - strtoll(end + 1, NULL, 10);
	us = us < 0 ? 0 : us < MOST ? us : MOST - 1;
	count[us / 10]++;
	rows++;
}

/* The milliseconds that a share of the rows took at most. */
static double
share(double part)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < MOST / 10 - 1; i++) {
		sum += count[i];
		if ((double)sum >= part * (double)rows)
			break;
	}
	return (double)i / 100;
}

int
main(void)
{
	static char buf[(1 << 20) + 1];
	size_t used = 0, start;
	const char *newline;
	int64_t now;
	ssize_t n;

	while ((n = read(STDIN_FILENO, buf + used, sizeof(buf) - 1 - used)) >
	    0) {
		now = now_us();
		used += (size_t)n;
		buf[used] = '\0';
		for (start = 0; (newline = memchr(buf + start, '\n',
		    used - start)) != NULL;
		    start = (size_t)(newline - buf) + 1)
			add_row(buf + start, now);
		used -= start;
		memmove(buf, buf + start, used);
	}
	printf("%ju rows, median %.2f ms, 99.9th percentile %.2f ms\n",
	    (uintmax_t)rows, share(0.5), share(0.999));
	return 0;
}
