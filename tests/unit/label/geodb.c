/*
 * geodb - labels from a small database that is put together here
 *
 * The format is that of the MaxMind DB specification 2.0.  Its tree is of one
 * node: the entry is that of 0.0.0.0/1, and the other half has none.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

#include "label/geodb.h"
#include "label/labeltable.h"
#include "tap.h"

/* What mkstemp(3) fills in. */
static char path[] = "/tmp/pktpipe-geodb." "XX" "XX" "XX";

static uint8_t bytes[1024];
static size_t used;

static void
put(const void *p, size_t n)
{
	memcpy(bytes + used, p, n);
	used += n;
}

static void
put_text(const char *text)
{
	bytes[used++] = (uint8_t)(2 << 5 | strlen(text));
	put(text, strlen(text));
}

/* A number of n bytes, of a type of the first seven or of the others. */
static void
put_number(unsigned type, uint64_t value, unsigned n)
{
	bytes[used++] = (uint8_t)(type < 8 ? type << 5 | n : n);
	if (type >= 8)
		bytes[used++] = (uint8_t)(type - 7);
	while (n-- > 0)
		bytes[used++] = (uint8_t)(value >> n * 8);
}

static void
put_map(unsigned pairs)
{
	bytes[used++] = (uint8_t)(7 << 5 | pairs);
}

/* {"country": {"iso_code": "DE"}, "n": 7, "list": ["x"], "long": ...} */
static void
put_entry(void)
{
	put_map(5);
	put_text("country");
	put_map(1);
	put_text("iso_code");
	put_text("DE");
	put_text("n");
	put_number(6, 7, 1);
	put_text("list");
	put("\x01\x04", 2);
	put_text("x");
	put_text("minus");
	put_number(8, 0xfffffff9, 4);
	put_text("double");
	put("\x68\x40\x49\x40\0\0\0\0\0", 9);
}

static void
put_metadata(const char *type)
{
	put("\xab\xcd\xefMaxMind.com", 14);
	put_map(9);
	put_text("binary_format_major_version");
	put_number(5, 2, 2);
	put_text("binary_format_minor_version");
	put_number(5, 0, 2);
	put_text("build_epoch");
	put_number(9, 1795478400, 8);
	put_text("database_type");
	put_text(type);
	put_text("description");
	put_map(0);
	put_text("ip_version");
	put_number(5, 4, 2);
	put_text("languages");
	put("\x00\x04", 2);
	put_text("node_count");
	put_number(6, 1, 4);
	put_text("record_size");
	put_number(5, 24, 2);
}

/* The database in a file; cut: without its last bytes. */
static void
make(const char *type, size_t cut)
{
	FILE *f = fopen(path, "w");

	used = 0;
	/* The left record is the data after 16 zeros, the right one none. */
	put("\0\0\x11\0\0\x01", 6);
	put("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	put_entry();
	put_metadata(type);
	if (f == NULL || fwrite(bytes, 1, used - cut, f) != used - cut ||
	    fclose(f) == EOF)
		err(1, "%s", path);
}

/* The labels of an address, with a "|" between them. */
static void
has(struct geodb *g, const char *address, const char *want)
{
	struct slice cell[LABELS_MAX];
	char got[256] = "none";
	unsigned prefix = 0;
	struct ipaddr a;
	size_t i, n = 0;

	if (ipaddr_parse(&a, address, strlen(address)) &&
	    geodb_find(g, &a, cell, &prefix))
		for (i = 0; i < g->labels; i++)
			n += (size_t)snprintf(got + n, sizeof(got) - n,
			    "%s%.*s", i > 0 ? "|" : "", cell[i].at == NULL ?
			    1 : (int)cell[i].len, cell[i].at == NULL ? "-" :
			    cell[i].at);
	same_text(got, strlen(got), want, "the labels of %s", address);
	if (n > 0)
		same_int(prefix, 1, "of a network of this prefix");
}

static void
test_fields(void)
{
	char spec[128], why[LABEL_WHY_MAX];
	struct geodb g;
	int i;

	make("Some-Country", 0);
	ok(geodb_open(&g, path, why) && g.labels == 1, "a database");
	same_text(g.label[0], strlen(g.label[0]), "country",
	    "whose type tells its field");
	same_int((int64_t)geodb_time(&g), 1795478400, "and that has an age");
	for (i = 0; i < 2; i++) {
		has(&g, "10.0.0.1", "DE");
		has(&g, "127.255.255.255", "DE");
		has(&g, "128.0.0.0", "none");
		has(&g, "::1", "none");
	}
	ok(g.damage == NULL && g.asked && g.found[0], "all is well");
	geodb_release(&g);
	snprintf(spec, sizeof(spec), "%s:n=number,list.0,list,minus,double,"
	    "country.none", path);
	ok(geodb_open(&g, spec, why), "fields by their paths");
	has(&g, "10.0.0.1", "7|x|-|-7|50.5|-");
	ok(g.found[0] && !g.found[2] && !g.found[5],
	    "which are not there is known");
	same_text(g.label[1], strlen(g.label[1]), "list_0", "a label's name");
	geodb_release(&g);
}

static void
test_bad(void)
{
	char spec[128], why[LABEL_WHY_MAX];
	struct geodb g;

	make("Some", 0);
	ok(!geodb_open(&g, path, why) && strstr(why, "\"Some\"") != NULL,
	    "a type without known fields is refused");
	geodb_release(&g);
	snprintf(spec, sizeof(spec), "%s:a,b=a", path);
	ok(!geodb_open(&g, spec, why), "a label that comes twice");
	geodb_release(&g);
	snprintf(spec, sizeof(spec), "%s:a.b.c.d.e.f.g.h.i", path);
	ok(!geodb_open(&g, spec, why), "a path of too many names");
	geodb_release(&g);
	snprintf(spec, sizeof(spec), "%s:a,,b", path);
	ok(!geodb_open(&g, spec, why), "an empty field");
	geodb_release(&g);
	make("Some-Country", 40);
	ok(!geodb_open(&g, path, why), "a database that is cut short");
	geodb_release(&g);
	ok(!geodb_open(&g, "/nonexistent", why), "a file that is not there");
	geodb_release(&g);
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		err(1, "%s", path);
	close(fd);
	test_fields();
	test_bad();
	unlink(path);
	return tap_done();
}
