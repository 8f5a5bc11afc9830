/*
 * labels - tables of networks from text, and what an address gets of them
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

#include "label/labelmemo.h"
#include "label/labels.h"
#include "label/labelspec.h"
#include "tap.h"

/* What mkdtemp(3) fills in. */
static char dir[] = "/tmp/pktpipe-labels." "XX" "XX" "XX";

static void
file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	if (f == NULL || fputs(text, f) == EOF || fclose(f) == EOF)
		err(1, "%s", name);
}

/* The cells of an address, with a "|" between them. */
static void
has(const struct labels *l, const char *address, const char *want)
{
	struct slice cell[LABELS_MAX];
	char got[256] = "";
	struct ipaddr a;
	size_t i, n = 0;

	if (ipaddr_parse(&a, address, strlen(address)))
		labels_find(l, &a, cell);
	for (i = 0; i < l->columns; i++)
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%.*s",
		    i > 0 ? "|" : "", (int)cell[i].len, cell[i].at);
	same_text(got, n, want, "the labels of %s", address);
}

/* A table of this text is refused, and why. */
static void
refuses(const char *spec, const char *text, const char *want)
{
	struct labels l = { .columns = 0 };
	char why[LABEL_WHY_MAX];

	file("bad", text);
	ok(!labels_add_table(&l, spec, why), "a bad table is refused");
	same_text(why, strlen(why), want, "and this says why");
	labels_release(&l);
}

static void
test_merged(void)
{
	struct labels l = { .columns = 0 }, m = { .columns = 0 };
	char why[LABEL_WHY_MAX];

	file("wide", "net,site,rack\n10.0.0.0/8,wide,r1\n2001:db8::/32,six,\n");
	file("narrow", "10.1.0.0/16,narrow\n10.0.0.0/8,later\n");
	ok(labels_add_table(&l, "wide", why) &&
	    labels_add_table(&l, "./narrow:net,site", why), "two tables");
	has(&l, "10.1.2.3", "narrow|r1");
	has(&l, "10.2.2.3", "later|r1");
	has(&l, "2001:db8::1", "six|");
	has(&l, "192.0.2.1", "|");
	ok(labels_add_table(&m, "./narrow:net,site", why) &&
	    !labels_same(&l, &m), "other columns are told");
	ok(labels_add_table(&m, "wide", why) && labels_same(&l, &m),
	    "and the same ones");
	labels_release(&l);
	labels_release(&m);
}

static void
test_forms(void)
{
	struct labels l = { .columns = 0 };
	char why[LABEL_WHY_MAX];

	file("forms", "\xef\xbb\xbf# a note, \"x\nnet , label,\"a,b\"\r\n"
	    " 10.0.0.1 , blank ,\"x \"\"y\"\"\"\r\n# more\r\n\r\n"
	    "net , label,\"a,b\"\r\n10.0.0.2,=1+1,\"two\nlines\"\r\n"
	    "10.0.0.3,,-5");
	file("ranges", "site,end,start\nr,10.0.1.4,10.0.1.1\n"
	    "s,2001:db8::4,2001:db8::\n");
	ok(labels_add_table(&l, "forms", why), "a table with quotes and notes");
	has(&l, "10.0.0.1", "blank|\"x \"\"y\"\"\"");
	has(&l, "10.0.0.2", "'=1+1|\"two\nlines\"");
	has(&l, "10.0.0.3", "|-5");
	same_text(l.name[1], strlen(l.name[1]), "a,b", "a name with a comma");
	labels_release(&l);
	ok(labels_add_table(&l, "ranges", why), "a table of ranges");
	has(&l, "10.0.1.0", "");
	has(&l, "10.0.1.1", "r");
	has(&l, "10.0.1.4", "r");
	has(&l, "10.0.1.5", "");
	has(&l, "2001:db8::4", "s");
	labels_release(&l);
	file("names", "start,end,number,name\n10.0.0.0,10.0.0.9,1,one\n");
	ok(labels_add_table(&l, "./names:start,end,,as", why),
	    "names stand in for a header");
	same_text(l.name[0], strlen(l.name[0]), "as", "of some columns");
	has(&l, "10.0.0.5", "one");
	labels_release(&l);
}

static void
test_bad(void)
{
	refuses("bad", "", "bad:1: empty, want a table of networks");
	refuses("bad", "10.0.0.0/8,x\n", "bad:1: want columns \"net\" or "
	    "\"start\" and \"end\", in a header or as FILE:net,LABEL; found "
	    "\"10.0.0.0/8,x\"");
	refuses("bad", "start,site\n", "bad:1: want columns \"net\" or "
	    "\"start\" and \"end\", in a header or as FILE:net,LABEL; found "
	    "\"start,site\"");
	refuses("bad", "net\n", "bad:1: want a column of labels beside the "
	    "networks");
	refuses("bad", "net,a,a\n", "bad:1: two columns \"a\"");
	refuses("bad", "net,a\n10.0.0.0/8,x\n\n10.0.0.0/33,x\n", "bad:4: bad "
	    "net \"10.0.0.0/33\", want an address or a network such as "
	    "10.0.0.0/8");
	refuses("bad", "net,a\n10.0.0.0/8\n",
	    "bad:2: row has 1 cell, want 2");
	refuses("bad", "start,end,a\n10.0.0.x,10.0.0.1,b\n",
	    "bad:2: bad start \"10.0.0.x\", want an address");
	refuses("bad", "start,end,a\n10.0.0.2,10.0.0.1,b\n",
	    "bad:2: bad end \"10.0.0.1\", want an address after \"10.0.0.2\"");
	refuses("bad:net,a", "10.0.0.0/8,x,y\n", "bad:1: row has 3 cells, "
	    "want 2, one for each name");
	refuses("bad:net,a", "fe80::/129,x\n", "bad:1: bad net "
	    "\"fe80::/129\", want an address or a network such as 10.0.0.0/8");
	refuses("bad", "net,a\n10.0.0.0/8,\"x\n", "bad:2: unclosed quote");
}

static void
test_local(void)
{
	struct labels l = { .columns = 0 };
	char why[LABEL_WHY_MAX];
	struct ipaddr a = { 4, { 10, 9, 9, 9 } }, b = { 4, { 192, 0, 2, 1 } };

	file("list", "# ours\n192.0.2.0/24\n");
	ok(labels_add_local(&l, "10.0.0.0/8,@list", why), "local networks");
	labels_build(&l);
	ok(netset_has(&l.local, &a) && netset_has(&l.local, &b),
	    "of the text and of the file");
	labels_release(&l);
	ok(!labels_add_local(&l, "10.0.0.0/8,", why), "an empty one");
	same_text(why, strlen(why), "bad network \"\", want an address or a "
	    "network such as 10.0.0.0/8, or @FILE", "is refused");
	file("list", "\n10.0.0.0/99\n");
	ok(!labels_add_local(&l, "@list", why), "a bad one in a file");
	same_text(why, strlen(why), "list:2: bad value \"10.0.0.0/99\", want "
	    "an address or a network such as 10.0.0.0/8", "is refused");
	ok(!labels_add_local(&l, "@none", why), "a file that is not there");
	same_text(why, strlen(why), "none: No such file or directory",
	    "is refused");
	labels_release(&l);
}

/* What the cache says of a text. */
static void
remembers(struct labelmemo *m, const char *text, const char *want)
{
	char room[128] = "", got[256];
	const struct labelmemo_entry *e;
	struct output o;

	snprintf(room, sizeof(room), "%s", text);
	output_init(&o, -1, "none");
	e = labelmemo_get(m, (struct slice){ room, strlen(text) });
	labelmemo_write(e, &o);
	snprintf(got, sizeof(got), "%.*s%s%s", (int)o.used, o.buf,
	    e->known ? "" : " unknown", e->local ? " local" : "");
	free(o.buf);
	same_text(got, strlen(got), want, "what is beside \"%s\"", text);
}

static void
test_memo(void)
{
	struct labels l = { .columns = 0 };
	struct labelmemo m;
	char why[LABEL_WHY_MAX];
	int i;

	file("memo", "net,a,b\n10.0.0.1,x,y\n2001:db8:1111:2222::/64,longer "
	    "than what an entry of the cache holds,z\n");
	ok(labels_add_table(&l, "memo", why) &&
	    labels_add_local(&l, "10.0.0.0/8", why), "a table");
	labels_build(&l);
	labelmemo_init(&m, &l);
	for (i = 0; i < 2; i++) {
		remembers(&m, "10.0.0.1", "x,y local");
		remembers(&m, "192.0.2.100", ",");
		remembers(&m, "2001:db8:1111:2222:3333:4444:5555:6666",
		    "longer than what an entry of the cache holds,z");
		remembers(&m, "2001:db8:1111:2223:3333:4444:5555:6666", ",");
		remembers(&m, "", ", unknown");
		remembers(&m, "10.0.0.1x", ", unknown");
	}
	labels_release(&l);
	file("memo", "net,a\n10.0.0.1,anew\n");
	ok(labels_add_table(&l, "memo", why), "another table");
	labels_build(&l);
	labelmemo_forget(&m);
	remembers(&m, "10.0.0.1", "anew");
	remembers(&m, "", " unknown");
	labelmemo_release(&m);
	labels_release(&l);
}

/* The place of a text of an address that starts as others do. */
static const struct labelmemo_entry *
place_of(struct labelmemo *m, unsigned i)
{
	char room[128];
	int n = snprintf(room, sizeof(room), "2001:db8:aaaa:bbbb::%x:%04x",
	    1 + i / 65536, i % 65536);

	return labelmemo_get(m, (struct slice){ room, (size_t)n });
}

/* Two texts in the same two places, whose first 16 bytes are the same. */
static void
test_alike(void)
{
	struct labels l = { .columns = 0 };
	const struct labelmemo_entry *first;
	struct labelmemo m;
	uint64_t before;
	unsigned i = 1;

	labels_build(&l);
	labelmemo_init(&m, &l);
	first = place_of(&m, 0);
	while (place_of(&m, i) != first)
		i++;
	before = m.misses;
	ok(place_of(&m, 0) == first + 1 && place_of(&m, i) == first &&
	    m.misses == before, "addresses that start alike are both kept");
	labelmemo_release(&m);
	labels_release(&l);
}

static void
splits(const char *text, const char *path, size_t count, const char *last)
{
	struct labelspec s;

	labelspec_parse(&s, text);
	ok(strcmp(s.path, path) == 0 && s.count == count && (count == 0 ||
	    strcmp(s.word[count - 1], last) == 0), "\"%s\" is split", text);
	labelspec_release(&s);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL || chdir(dir) == -1)
		err(1, "%s", dir);
	splits("a.csv", "a.csv", 0, "");
	splits("a.csv:net,b", "a.csv", 2, "b");
	splits("a.csv:net,", "a.csv", 2, "");
	splits("a.csv:,net", "a.csv", 2, "net");
	splits("a:b.csv:", "a:b.csv", 0, "");
	splits("a:/b.csv", "a:/b.csv", 0, "");
	test_merged();
	test_forms();
	test_bad();
	test_local();
	test_memo();
	test_alike();
	/* The files of this test are all in its directory. */
	if (system("rm -f -- *") != 0 || chdir("/") == -1 || rmdir(dir) == -1)
		err(1, "%s", dir);
	return tap_done();
}
