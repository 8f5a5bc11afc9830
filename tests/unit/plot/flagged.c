/*
 * flagged - unit test of flagged sources
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "plot/flagged.h"
#include "tap.h"

static struct slice
cell(const char *text)
{
	/* A record's cells have readable bytes after them: so have these. */
	static char room[8][128];
	static unsigned turn;
	char *at = room[turn++ % 8];

	strncpy(at, text, 127);
	return (struct slice){ at, strlen(text) };
}

static void
add(struct flagged *f, const char *src, const char *alert, int64_t bin,
    int64_t oldest)
{
	flagged_add(f, &(struct flagged_row){ .src = cell(src),
	    .proto = cell("TCP"), .alert = cell(alert),
	    .packets = 2, .time_ns = bin * 10, .bin = bin }, oldest);
}

/* One result: who is listed, "src packets rules" joined by a comma. */
static void
same_list(const struct flagged *f, int64_t oldest, const char *want,
    const char *what)
{
	char got[512] = "", rules[128];
	const struct flagged_source *s;
	size_t n, i, used = 0;
	void **list;

	list = flagged_list(f, oldest, &n);
	for (i = 0; i < n; i++) {
		s = list[i];
		used += (size_t)snprintf(got + used, sizeof(got) - used,
		    "%s%s %d %s", i > 0 ? "," : "", s->src, (int)s->packets,
		    flagged_rules(f, s, rules, sizeof(rules)));
	}
	free(list);
	same_text(got, strlen(got), want, "%s", what);
}

static void
sources(void)
{
	struct flagged f;

	flagged_init(&f, 3);
	add(&f, "10.0.0.1", "scan", 5, 0);
	add(&f, "10.0.0.1", "rate|scan", 6, 0);
	same_list(&f, 0, "10.0.0.1 4 scan|rate",
	    "a source has its packets and the names of its rules");
	add(&f, "10.0.0.8", "victim:scan", 7, 0);
	add(&f, "10.0.0.9", "flood|victim:scan", 7, 0);
	add(&f, "10.0.0.9", "scan", 7, 0);
	same_list(&f, 0, "10.0.0.9 4 scan|flood,10.0.0.1 4 scan|rate",
	    "the newest comes first");
	same_list(&f, 7, "10.0.0.9 4 scan|flood",
	    "who is out of the window is not listed");
	add(&f, "10.0.0.1", "rate", 20, 10);
	same_list(&f, 10, "10.0.0.1 2 rate",
	    "who comes back starts anew");
	add(&f, "10.0.0.2", "rate", 20, 10);
	add(&f, "10.0.0.3", "rate", 20, 10);
	add(&f, "10.0.0.4", "rate", 20, 10);
	same_list(&f, 10, "10.0.0.1 2 rate,10.0.0.2 2 rate,10.0.0.3 2 rate",
	    "new ones take the place of the old, and no other's");
	ok(f.known.lost == 1, "and that is counted");
	flagged_clear(&f);
	same_list(&f, INT64_MIN, "", "nothing is left when it is cleared");
	flagged_release(&f);
}

static void
many_rules(void)
{
	char name[16];
	struct flagged f;
	int i;

	flagged_init(&f, 8);
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "r%d", i);
		add(&f, i < 99 ? "a" : "b", name, 1, 0);
	}
	same_list(&f, 2, "", "rules without number are no trouble");
	add(&f, "b", "r0||", 3, 0);
	same_list(&f, 3, "b 4 r0|more", "those past the 63rd are one");
	flagged_release(&f);
}

int
main(void)
{
	sources();
	many_rules();
	return tap_done();
}
