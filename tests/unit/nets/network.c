/*
 * network - networks read from text, and lists of them from files
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

#include "nets/netlist.h"
#include "nets/network.h"
#include "tap.h"

/* What mkstemp(3) fills in. */
#define TEMPLATE	"XX" "XX" "XX"

static void
reads(const char *text, int family, int prefix)
{
	struct network net = { .prefix = 0 };
	bool good = network_parse(&net, (struct slice){ text, strlen(text) });

	ok(good == (family != 0) && (!good || (net.ip.family == family &&
	    net.prefix == (unsigned)prefix)), "\"%s\" %s", text,
	    family == 0 ? "is no network" : "is a network");
}

static const char *
add(void *arg, struct slice text, bool of_table)
{
	char *got = arg;
	size_t n = strlen(got);

	if (slice_is(text, "bad"))
		return "another word";
	snprintf(got + n, 128 - n, "%s%.*s;", of_table ? "net " : "",
	    (int)text.len, text.at);
	return NULL;
}

/* The values of a file of this text, and where it is wrong. */
static void
lists(const char *text, const char *want, const char *wrong, size_t at)
{
	char path[] = "/tmp/netlist." TEMPLATE, got[128] = "";
	int fd = mkstemp(path);
	const char *error;
	bool table;
	size_t line;

	if (fd == -1 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		err(1, "%s", path);
	close(fd);
	error = netlist_read(path, add, got, &line, &table);
	unlink(path);
	same_text(got, strlen(got), want, "the values of a list");
	ok(table == (strncmp(text, "site,net", 8) == 0), "is it a table");
	if (wrong == NULL)
		ok(error == NULL, "of which none is wrong");
	else
		ok(error != NULL && strcmp(error, wrong) == 0 && line == at,
		    "line %zu is wrong", at);
}

int
main(void)
{
	char none[128] = "";
	size_t line = 9;

	reads("10.0.0.0/8", 4, 8);
	reads("10.0.0.1", 4, 32);
	reads("0.0.0.0/0", 4, 0);
	reads("2001:db8::/32", 6, 32);
	reads("::1", 6, 128);
	reads("10.0.0.0/33", 0, 0);
	reads("::/129", 0, 0);
	reads("10.0.0.0/", 0, 0);
	reads("/8", 0, 0);
	reads("office", 0, 0);
	reads("", 0, 0);
	lists("# comment\n10.0.0.0/8 # ours\r\n\n  x y \nlast", "10.0.0.0/8;"
	    "x y;last;", NULL, 0);
	lists("site,net\n\"a,b\",10.0.0.0/8\nc,\"::/0\"\nd\n",
	    "net 10.0.0.0/8;net ::/0;net ;", NULL, 0);
	lists("good\n\nbad\nnever\n", "good;",
	    "bad value \"bad\", want another word", 3);
	lists("", "", NULL, 0);
	lists("site,net\n", "", NULL, 0);
	ok(netlist_read("/nonexistent", add, none, &line, NULL) != NULL &&
	    line == 0, "a file that is not there");
	return tap_done();
}
