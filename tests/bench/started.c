/*
 * started - how long a program takes from its start to its end
 *
 * usage: started RUNS PROGRAM [ARGUMENT ...]
 *
 * Runs the program RUNS times, its output thrown away, and prints in
 * milliseconds the least and the median of the processor's time, the least and
 * the median of the wall's, and the program's page faults.
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double
ms(const struct timeval *t)
{
	return (double)t->tv_sec * 1e3 + (double)t->tv_usec / 1e3;
}

/* Runs the program once: its processor's time, its wall's, its faults. */
static void
run(char *argv[], double *cpu, double *wall, long *faults)
{
	double from = now_ms();
	struct rusage used;
	int status;
	pid_t pid = vfork();

	if (pid == -1)
		err(1, "vfork");
	if (pid == 0) {
		execvp(argv[0], argv);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &used) != pid)
		err(1, "wait4");
	if (status != 0)
		errx(1, "%s: status %d", argv[0], status);
	*wall = now_ms() - from;
	*cpu = ms(&used.ru_utime) + ms(&used.ru_stime);
	*faults = used.ru_minflt;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int
main(int argc, char *argv[])
{
	size_t i, runs = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
	double *cpu = calloc(runs, sizeof(*cpu));
	double *wall = calloc(runs, sizeof(*wall));
	int null = open("/dev/null", O_RDWR), shown = dup(STDOUT_FILENO);
	long faults = 0;

	if (runs == 0 || cpu == NULL || wall == NULL)
		errx(1, "usage: started RUNS PROGRAM [ARGUMENT ...]");
	if (null == -1 || dup2(null, STDOUT_FILENO) == -1)
		err(1, "/dev/null");
	for (i = 0; i < runs; i++)
		run(argv + 2, &cpu[i], &wall[i], &faults);
	qsort(cpu, runs, sizeof(*cpu), compare);
	qsort(wall, runs, sizeof(*wall), compare);
	dprintf(shown, "%.2f %.2f %.2f %.2f %ld\n", cpu[0], cpu[runs / 2],
	    wall[0], wall[runs / 2], faults);
	return 0;
}
