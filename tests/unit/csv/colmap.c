/*
 * colmap - columns of the first table, matched by name in later ones
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

#include "csv/colmap.h"
#include "tap.h"

static const char *const tag[] = { "tag", NULL };

static struct colmap map;
static struct stream in = { .name = "in" };

/* A record of these cells, separated by commas, with slack after it. */
static const struct csv *
record(const char *text)
{
	static char room[256 + SLICE_SLACK];
	static struct csv c;
	size_t n = strlen(text);
	char *p = room;

	memset(room, 0, sizeof(room));
	memcpy(room, text, n < 256 ? n : 256);
	c.raw = (struct slice){ room, n };
	for (c.cells = 0;; p++) {
		n = strcspn(p, ",");
		c.cell[c.cells].at = p;
		c.cell[c.cells++].len = n;
		p += n;
		if (*p == '\0')
			return &c;
	}
}

/* What a writer writes of a record (NULL: the header), to a file and back. */
static void
writes(const char *row, const char *want, const char *title)
{
	static char got[512];
	FILE *file = tmpfile();
	struct output o;
	ssize_t n;

	if (file == NULL)
		err(1, "tmpfile");
	output_init(&o, dup(fileno(file)), "file");
	if (row == NULL)
		colmap_header(&map, &o);
	else {
		const struct csv *c = record(row);

		colmap_write(&map, c->raw, c->cell, &o);
		output_end_row(&o);
	}
	output_close(&o);
	n = pread(fileno(file), got, sizeof(got), 0);
	fclose(file);
	same_text(got, n > 0 ? (size_t)n - 1 : 0, want, "%s", title);
}

/* Starts on a table; the warning that it gives ("" for none). */
static void
table(const char *header, bool is_header, const char *want, const char *title)
{
	static char said[512];
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);

	if (file == NULL || saved == -1)
		err(1, "tmpfile");
	dup2(fileno(file), STDERR_FILENO);
	colmap_table(&map, &in, record(header), is_header);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(file);
	said[fread(said, 1, sizeof(said) - 1, file)] = '\0';
	fclose(file);
	ok(want[0] == '\0' ? said[0] == '\0' : strstr(said, want) != NULL,
	    "%s: %s", title, want[0] == '\0' ? "no warning" : want);
}

static void
test_later_tables(void)
{
	colmap_init(&map, tag);
	table("a,b,c", true, "", "the first table");
	writes(NULL, "a,b,c,tag", "its columns and the added one go out");
	writes("1,\"2\",3", "1,\"2\",3,", "its rows go out as they stand");
	table("c,a", true, "", "a table in another order that lacks one");
	writes("3,1", "1,,3,", "is matched by name, the missing cell empty");
	table("d,a,b,c", true, "column \"d\" is dropped: it is not in the "
	    "first header", "a table with a new column");
	writes("4,1,2,3", "1,2,3,", "which is left out");
	table("e,a,b,c", true, "", "the second time");
	colmap_release(&map);
}

static void
test_names_twice(void)
{
	colmap_init(&map, tag);
	table("x,a,x", true, "", "a name that comes twice");
	writes("1,2,3", "1,2,3,", "is two columns");
	table("a,x,x", true, "", "in another order");
	writes("2,1,3", "1,2,3,", "the first is the first");
	table("a,x", true, "", "where it comes once");
	writes("2,1", "1,2,,", "the second is empty");
	table("x,x,x,a", true, "\"x\" is dropped", "where it comes again");
	colmap_release(&map);
}

static void
test_added(void)
{
	struct slice s;

	colmap_init(&map, tag);
	table("a,tag,b", true, "", "a table that has the added column");
	writes(NULL, "a,b,tag", "which moves to the end");
	writes("1,t,2", "1,2,", "the others are passed on");
	s = colmap_added(&map, record("1,t,2"));
	same_text(s.at, s.len, "t", "its own cell is known");
	table("a,b", true, "", "a table without");
	s = colmap_added(&map, record("1,2"));
	same_int((int64_t)s.len, 0, "has an empty one");
	colmap_release(&map);
}

static void
test_several_added(void)
{
	static const char *const several[] = { "x,y", "a", "z", NULL };

	colmap_init(&map, several);
	table("a,b,z", true, "", "a table with two of three added columns");
	writes(NULL, "b,\"x,y\",a,z", "they stand after the others, in order");
	writes("1,2,3", "2,", "the table's own are not passed on");
	table("b,c", true, "\"c\" is dropped", "a table with none of them");
	writes("2,4", "2,", "passes its own columns on");
	colmap_release(&map);
}

static void
test_no_header(void)
{
	colmap_init(&map, tag);
	writes(NULL, "time,src,dst,proto,len,tag",
	    "without a table the header is a packet row's");
	table("1,2,3,4,5,6", false, "column \"6\" is dropped: it has no name",
	    "a table without a header has the five columns");
	writes("1,2,3,4,5,6", "1,2,3,4,5,", "and no others");
	table("len,time", true, "", "a later header");
	writes("5,1", "1,,,,5,", "is matched to them");
	colmap_release(&map);
}

static bool
is_not_secret(struct slice name)
{
	return !slice_is(name, "secret");
}

static void
test_admits(void)
{
	colmap_init(&map, tag);
	map.admits = is_not_secret;
	map.refusal = "may hold secrets";
	table("a,secret,b", true, "column \"secret\" is dropped: it may hold "
	    "secrets", "a column that is not admitted");
	writes("1,2,3", "1,3,", "is left out");
	colmap_release(&map);
}

int
main(void)
{
	test_later_tables();
	test_names_twice();
	test_added();
	test_several_added();
	test_no_header();
	test_admits();
	return tap_done();
}
