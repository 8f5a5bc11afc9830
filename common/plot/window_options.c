/*
 * window_options - the window's size in bins, and the names it is given
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "base/option.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "plot/window.h"

bool
window_option(struct window_options *o, int ch, const char *arg)
{
	static const char *const red[] = { "alerts", "limits", NULL };

	switch (ch) {
	case 'b':
		o->bin_ns = option_duration("bin", arg, 10000000);
		return true;
	case WINDOW_DURATION:
		o->window_ns = option_duration("window", arg, 20000000);
		return true;
	case WINDOW_LATENESS:
		o->lateness_ns = option_duration("lateness", arg, 0);
		return true;
	case WINDOW_MAX_PROTOS:
		o->protos_max = option_number("max-protos", arg, 1, 4096);
		return true;
	case WINDOW_MAX_SOURCES:
		o->sources_max = option_number("max-sources", arg, 1,
		    KEYTABLE_MAX);
		return true;
	case WINDOW_RED:
		o->red_alerts = option_word("red", arg, red) == 0;
		return true;
	case WINDOW_SPIKES:
		o->spike_given = true;
		o->spike = strcmp(arg, "auto") == 0 ? WINDOW_SPIKE_AUTO :
		    option_number("spike", arg, 0, INT64_MAX);
		return true;
	case WINDOW_TALKERS:
		o->talkers = (enum talkers_kind)(option_word("talkers", arg,
		    talkers_words) + 1);
		return true;
	default:
		return false;
	}
}

void
window_set_bins(struct window_options *o)
{
	int64_t bin = o->bin_ns, bins = o->window_ns / bin;

	if (o->window_ns % bin != 0 || bins < 2 || bins > WINDOW_BINS_MAX)
		errx(STATUS_USAGE, "bad window of %.15g s, want 2 to %d whole "
		    "bins of %.15g s (--bin)", (double)o->window_ns / NS_PER_S,
		    WINDOW_BINS_MAX, (double)bin / NS_PER_S);
	if (o->lateness_ns / bin > WINDOW_BINS_MAX)
		errx(STATUS_USAGE, "bad lateness of %.15g s, want at most %d "
		    "bins of %.15g s (--bin)", (double)o->lateness_ns /
		    NS_PER_S, WINDOW_BINS_MAX, (double)bin / NS_PER_S);
	if (o->red_alerts && !o->spike_given)
		o->spike = WINDOW_SPIKE_NONE;
	o->bins = (size_t)bins;
	o->open_bins = (size_t)(o->lateness_ns / bin) + 2;
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
