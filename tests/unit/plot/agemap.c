/*
 * agemap - unit test of the map whose entries age out
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "plot/agemap.h"
#include "tap.h"

static char dropped[64];	/* the values that were forgotten */

static void
drop(void *value)
{
	strcat(dropped, value);
}

/* A key, with the readable bytes after it that cells have. */
static const char *
key(const char *text)
{
	static char room[SLICE_SLACK + 8];

	strncpy(room, text, 7);
	return room;
}

/* Sees a key, whose value is its own name; false if there is no room. */
static bool
touch(struct agemap *m, char *name, int64_t bin, int64_t oldest)
{
	struct keytable_entry *e = agemap_touch(m, key(name), strlen(name), bin,
	    oldest);

	if (e != NULL)
		agemap_set_value(e, name);
	return e != NULL;
}

/* One result: the values of the keys seen since a bin. */
static void
same_list(const struct agemap *m, int64_t oldest, const char *want,
    const char *what)
{
	char got[8] = "";
	void *list[4];
	size_t i, n = agemap_list(m, oldest, list);

	for (i = 0; i < n; i++)
		strcat(got, list[i]);
	same_text(got, strlen(got), want, "%s", what);
}

static bool
finds(struct agemap *m, const char *name, int64_t oldest)
{
	return agemap_find(m, key(name), strlen(name), oldest) != NULL;
}

int
main(void)
{
	static char a[] = "a", b[] = "b", c[] = "c", d[] = "d";
	struct agemap m;

	agemap_init(&m, 3, drop);
	same_list(&m, INT64_MIN, "", "it starts empty");
	touch(&m, a, 1, 0);
	touch(&m, b, 2, 0);
	touch(&m, a, 3, 0);
	touch(&m, c, 3, 0);
	touch(&m, a, 1, 0);
	same_list(&m, 0, "abc", "each key is listed once");
	same_list(&m, 3, "ac", "by its newest bin, whatever came later");
	ok(finds(&m, "b", 2) && !finds(&m, "b", 3) && !finds(&m, "d", 0),
	    "a key is found unless it is too old or unknown");
	ok(!touch(&m, d, 4, 2), "a full map takes no new key");
	same_int((int64_t)m.lost, 1, "which is counted");
	same_text(dropped, strlen(dropped), "", "nothing was forgotten for it");
	ok(touch(&m, d, 4, 3), "a new key takes the place of one too old");
	same_text(dropped, strlen(dropped), "b", "which is dropped");
	same_list(&m, INT64_MIN, "acd", "and no other");
	agemap_clear(&m);
	same_text(dropped, strlen(dropped), "bacd", "clearing drops all");
	touch(&m, b, INT64_MIN, INT64_MIN);
	same_list(&m, INT64_MIN, "b", "the least bin is a bin");
	agemap_release(&m);
	same_text(dropped, strlen(dropped), "bacdb", "releasing drops all");
	return tap_done();
}
