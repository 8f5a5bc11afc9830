/*
 * view - the files that liveplot reads while it runs, for a fuzzer
 *
 * The input has parts, each of which ends with a byte that is 0xff: what
 * --captured, --note and --alert-file name, and then what --control names, once
 * before each ten rows, when the file of --alert-file is written anew with it.
 * Any of it is taken, and makes pictures and tables whose texts are texts.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plot/display.h"
#include "plot/view.h"

#include "bytes.h"

#define S	INT64_C(1000000000)
#define END	0xff

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { TABLE, CAPTURED, NOTE, ALERTS, CONTROL, FILES };

static char path[FILES][32];

/* Puts bytes in the place of what a file has. */
static void
put_file(int file, const void *data, size_t n)
{
	static int fd[FILES];

	if (fd[file] == 0 && (fd[file] = memfd_create("fuzz", 0)) == -1)
		err(1, "memfd_create");
	if (ftruncate(fd[file], 0) == -1 ||
	    pwrite(fd[file], data, n, 0) != (ssize_t)n)
		err(1, "memfd");
	snprintf(path[file], sizeof(path[file]), "/proc/self/fd/%d", fd[file]);
}

/* Puts the next part of the input into a file; false if there is none. */
static bool
put_part(int file, const uint8_t **at, size_t *left)
{
	const uint8_t *end = memchr(*at, END, *left);
	size_t n = end == NULL ? *left : (size_t)(end - *at);
	bool there = *left > 0;

	put_file(file, *at, n);
	if (end != NULL)
		n++;
	*at += n;
	*left -= n;
	return there;
}

/* Two hosts, a packet a second each, one of them with an alert. */
static void
put_table(void)
{
	char text[4096];
	size_t n = 0;
	int i;

	n += (size_t)sprintf(text, "time,src,dst,proto,len,alert,site\n");
	for (i = 0; i < 30; i++)
		n += (size_t)sprintf(text + n, "%d.1,10.0.0.1,10.0.0.9,TLS,"
		    "100,%s,a\n%d.2,2001:db8::2,10.0.0.8,DNS,7,,b\n", i,
		    i % 3 == 0 ? "flood" : "", i);
	put_file(TABLE, text, n);
}

/*
 * Whatever was read, each text in gnuplot's commands is between quotes on one
 * line, no command of the shell is outside single quotes, and a terminal is
 * sent no control character.
 */
static void
check_output(struct output *out)
{
	char in = '\0', ch;
	size_t i;

	for (i = 0; i < out->used; i++) {
		ch = out->buf[i];
		if (ch == '\n' ? in != '\0' : (uint8_t)ch < ' ' || ch == 0x7f)
			abort();
		if (ch == '`' && in != '\'')
			abort();
		if (in == '\0' && (ch == '\'' || ch == '"'))
			in = ch;
		else if (in == '"' && ch == '\\')
			i++;
		else if (in == ch)
			in = '\0';
	}
	out->used = out->whole = 0;
}

/* A frame, as liveplot draws it. */
static void
draw(struct view *v, struct display *d, int64_t last)
{
	struct snapshot snap;
	int64_t missing;

	view_read(v, last % 2 == 0 ? INT64_MAX : last * S);
	missing = captured_missing(&v->captured, 0, last * S);
	if (missing < 0 || v->alerts.incidents > ALERTS_MAX)
		abort();
	if (!view_take(v, last, &snap))
		abort();
	display_draw(d, &snap, v->window.clock.now_ns, 0);
	snapshot_release(&snap);
	check_output(d->out);
}

/* Reads ten rows, after what a person wants to see. */
static void
follow(struct view *v, struct display *d)
{
	struct control c = { .window_ns = 3 * S,
	    .talkers = TALKERS_SOURCES };
	const struct row *row;
	int i;

	control_read(&c, path[CONTROL]);
	view_change(v, &c);
	display_change(d, v->only, v->options.window_ns,
	    v->problem[0] != '\0' ? v->problem : c.line);
	for (i = 0; i < 10 && (row = row_next(v->rows)) != NULL; i++)
		if (!view_add(v, row))
			abort();
	draw(v, d, v->window.clock.now_ns / S);
	display_change(d, v->only, v->options.window_ns, NULL);
}

/* What is read in a view that keeps its rows, and shown on a terminal. */
static void
show(struct view *v, struct stream *in, const uint8_t *at, size_t left)
{
	struct display_options shown;
	const uint8_t *from;
	struct display d;
	struct output out;

	display_defaults(&shown);
	display_option(&shown, DISPLAY_TERMINAL, left % 2 ? "svg" : "dumb");
	display_option(&shown, DISPLAY_SIZE, left % 2 ? "800x600" : "80x24");
	shown.rows = true;
	shown.note = path[NOTE];
	shown.only = v->only;
	shown.window_ns = 3 * S;
	output_init(&out, -1, "none");
	display_init(&d, &shown, &out);
	for (from = at; put_part(CONTROL, &at, &left); from = at) {
		put_file(ALERTS, from, (size_t)(at - from));
		follow(v, &d);
	}
	display_end(&d);
	display_release(&d);
	free(out.buf);
	stream_finish(in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct protoset all;
	static char *operands[] = { path[TABLE], NULL };
	struct window_options options = { .bin_ns = S, .window_ns = 3 * S,
	    .lateness_ns = S, .protos_max = 8, .sources_max = 8,
	    .spike = 100, .talkers = TALKERS_SOURCES, .chosen = &all };
	struct view_files files = { path[CAPTURED], path[ALERTS] };
	struct row_reader rows;
	struct stream in;
	struct view v;

	put_table();
	put_part(CAPTURED, &data, &n);
	put_part(NOTE, &data, &n);
	put_part(ALERTS, &data, &n);
	stream_init(&in, operands, NULL);
	row_init(&rows, &in);
	row_want_only(&rows, true);
	view_init(&v, &rows, &options, &files, NULL, 4096);
	show(&v, &in, data, n);
	view_release(&v);
	row_release(&rows);
	return 0;
}
