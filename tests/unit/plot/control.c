/*
 * control - unit test of what a person wants to see, from a file
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plot/control.h"
#include "tap.h"

static struct control
read_text(const char *text)
{
	struct control c = { .window_ns = 7, .talkers = TALKERS_SOURCES };
	char path[] = "/tmp/control.XXXXXX";
	int fd = mkstemp(path);

	ok(write(fd, text, strlen(text)) == (ssize_t)strlen(text), "a file");
	close(fd);
	control_read(&c, path);
	unlink(path);
	return c;
}

int
main(void)
{
	struct control c = read_text("where src = 10.0.0.1 and dport = 53\n"
	    "proto TLS,DNS\nwindow 60\ntalkers conversations\nscroll 5\n"
	    "line a  b\npaused\n");

	same_text(c.where, strlen(c.where), "src = 10.0.0.1 and dport = 53",
	    "a condition has blanks");
	same_text(c.proto, strlen(c.proto), "TLS,DNS", "protocols");
	same_text(c.line, strlen(c.line), "a  b", "a line as it stands");
	same_int(c.window_ns, INT64_C(60000000000), "a window in seconds");
	same_int(c.talkers, TALKERS_CONVERSATIONS, "talkers");
	same_int((int64_t)c.scroll, 5, "lines");
	ok(c.paused, "paused");
	c = read_text("window x\ntalkers y\nscroll -1\nwhat\n\nline\n");
	ok(c.window_ns == 7 && c.talkers == TALKERS_SOURCES &&
	    c.scroll == 0 && !c.paused && *c.line == '\0' && *c.where == '\0',
	    "what cannot be read leaves the defaults");
	c = (struct control){ .window_ns = 3 };
	control_read(&c, "/nonexistent/control");
	same_int(c.window_ns, 3, "so does a missing file");
	return tap_done();
}
