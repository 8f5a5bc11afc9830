/*
 * captured - the times at which a capture ran, as its recorder wrote them
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/timestamp.h"
#include "plot/captured.h"
#include "plot/followed.h"

/*
 * A change at a time; a second "on" or "off" running changes nothing.  A clock
 * that was set back makes no part of an interruption count twice.
 */
static void
change(struct captured *c, int64_t ns, bool on)
{
	struct captured_off *last = c->offs == 0 ? NULL :
	    &c->off[(c->offs - 1) % CAPTURED_MAX];
	bool is_off = last != NULL && last->to_ns == INT64_MAX;

	if (on && is_off)
		last->to_ns = ns;
	else if (!on && last != NULL && ns < last->to_ns)
		ns = last->to_ns;
	if (!on && !is_off)
		c->off[c->offs++ % CAPTURED_MAX] =
		    (struct captured_off){ ns, INT64_MAX };
}

void
captured_read(struct captured *c, const char *file)
{
	struct followed f;
	const char *line;
	int64_t ns;

	c->offs = 0;
	followed_init(&f, file, true);
	while ((line = followed_line(&f)) != NULL) {
		const char *comma = strchr(line, ',');

		if (comma == NULL || !timestamp_parse_epoch(line,
		    (size_t)(comma - line), &ns))
			continue;
		if (strcmp(comma, ",on") == 0)
			change(c, ns, true);
		else if (strcmp(comma, ",off") == 0)
			change(c, ns, false);
	}
	c->damaged = f.damaged;
	followed_release(&f);
}

int64_t
captured_missing(const struct captured *c, int64_t from_ns, int64_t to_ns)
{
	size_t n = c->offs < CAPTURED_MAX ? c->offs : CAPTURED_MAX, i;
	int64_t missing = 0;

	for (i = 0; i < n; i++) {
		int64_t from = c->off[i].from_ns, to = c->off[i].to_ns;

		if (from < from_ns)
			from = from_ns;
		if (to > to_ns)
			to = to_ns;
		if (from < to)
			missing += to - from;
	}
	return missing;
}
