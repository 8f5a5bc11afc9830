/*
 * window_options - the window's size in bins, and the names it is given
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>

#include "base/status.h"
#include "base/xalloc.h"
#include "plot/window.h"

#define BINS_MAX	3600

void
window_set_bins(struct window_options *o, int64_t window_ns,
    int64_t lateness_ns)
{
	int64_t bin = o->bin_ns;

	if (window_ns % bin != 0 || window_ns / bin < 2 ||
	    window_ns / bin > BINS_MAX)
		errx(STATUS_USAGE, "bad window, want 2 to %d whole bins",
		    BINS_MAX);
	if (lateness_ns / bin > BINS_MAX)
		errx(STATUS_USAGE, "bad lateness, want at most %d bins",
		    BINS_MAX);
	o->bins = (size_t)(window_ns / bin);
	o->open_bins = (size_t)(lateness_ns / bin) + 2;
}

char *
window_chosen(const struct window *w)
{
	size_t i, used = 0, size = w->chosen * WINDOW_NAME_MAX + 1;
	char *names = xcalloc(size, 1);

	for (i = 1; i <= w->chosen; i++)
		used += (size_t)snprintf(names + used, size - used, "%s%s",
		    i > 1 ? " " : "", w->proto[i].name);
	return names;
}
