/*
 * stream - the operands of a program, read in large blocks
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/decompress.h"
#include "base/interrupt.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/stream.h"
#include "base/timestamp.h"
#include "base/xalloc.h"

#define BLOCK_BYTES	((size_t)1024 * 1024)
#define PIPE_BYTES	(1024 * 1024)

bool
stream_stopped(void)
{
	return interrupt_stops() > 0;
}

/* The writer of a pipe gets a terminal's SIGINT too. */
static enum interrupt_mode
mode_of(const struct stat *st)
{
	return S_ISFIFO(st->st_mode) || S_ISSOCK(st->st_mode) ?
	    INTERRUPT_IGNORED : INTERRUPT_KILLS;
}

static void
init(struct stream *s, char **operands, struct output *out)
{
	*s = (struct stream){ .operands = operands, .out = out, .fd = -1,
	    .use_stdin = operands[0] == NULL, .cap = BLOCK_BYTES,
	    .name = "stdin" };
	s->buf = xcalloc(s->cap + SLICE_SLACK, 1);
}

void
stream_aside(struct stream *s, char **files)
{
	size_t i;

	init(s, files, NULL);
	for (i = 0; files[i] != NULL; i++)
		sandbox_reads(files[i]);
	s->use_stdin = false;
	s->aside = true;
}

void
stream_init(struct stream *s, char **operands, struct output *out)
{
	struct stat st;

	init(s, operands, out);
	/* Known before the first read: an interrupt may come sooner. */
	interrupt_init(s->use_stdin && fstat(STDIN_FILENO, &st) == 0 ?
	    mode_of(&st) : INTERRUPT_KILLS);
}

void
stream_tick(struct stream *s, int64_t (*tick)(void *), void *arg)
{
	s->tick = tick;
	s->tick_arg = arg;
}

static void
print_counts(const struct stream *s)
{
	warnx("%s: %s, %ju skipped", s->name, show_count(s->rows, "row"),
	    (uintmax_t)s->bad_rows);
}

/* Lets the program do what is due; returns the ns until the next is due. */
static int64_t
run_tick(struct stream *s)
{
	int64_t due = s->tick(s->tick_arg);
	int64_t left = due - timestamp_now(CLOCK_MONOTONIC);

	return left < 0 ? 0 : left;
}

/* Whether fd can be read; also notices that the output has no reader. */
static bool
poll_readable(const struct stream *s, int64_t timeout_ns)
{
	struct pollfd fds[2] = {
		{ .fd = s->fd, .events = POLLIN },
		{ .fd = s->out != NULL ? s->out->fd : -1 }
	};
	int n = interrupt_poll(fds, 2, timeout_ns);

	if (n == -1 && errno != EINTR)
		err(STATUS_FAILED, "%s: poll", s->name);
	if (n <= 0)
		return false;
	if (fds[1].revents & (POLLERR | POLLHUP | POLLNVAL))
		output_reader_gone();
	return fds[0].revents != 0;
}

bool
stream_would_wait(const struct stream *s)
{
	return s->fd != -1 && s->waits && !poll_readable(s, 0);
}

/*
 * Waits until fd can be read; before that, flushes what is complete.  False:
 * stop reading.
 */
static bool
wait_readable(struct stream *s)
{
	int64_t until_tick = -1;
	bool idle = false;		/* no data was there */

	/* Files aside may be read in a tick, which holds them already. */
	if (!s->aside)
		interrupt_hold();
	for (;;) {
		if (!s->aside && interrupt_take(SIGUSR1))
			print_counts(s);
		if (stream_stopped())
			break;
		if (s->tick != NULL)
			until_tick = run_tick(s);
		if (idle && s->out != NULL)
			output_flush(s->out);
		if (poll_readable(s, idle ? until_tick : 0))
			break;
		idle = true;
	}
	if (!s->aside)
		interrupt_release();
	return !stream_stopped();
}

/* Makes room after end, moving the unread bytes to the front. */
static void
make_room(struct stream *s)
{
	if (s->start > 0) {
		memmove(s->buf, s->buf + s->start, s->end - s->start);
		s->offset += s->start;
		s->end -= s->start;
		s->start = 0;
	}
	if (s->cap - s->end < (s->is_utf16 ? UTF16_ROOM(UTF16_BLOCK) : 1)) {
		s->cap *= 2;
		s->buf = xreallocarray(s->buf, s->cap + SLICE_SLACK, 1);
	}
	memset(s->buf + s->end, 0, SLICE_SLACK);
}

bool
stream_fill(struct stream *s)
{
	ssize_t n;

	if (s->eof)
		return false;
	make_room(s);
	do {
		if (!wait_readable(s)) {
			s->eof = true;
			if (!s->waits)
				stream_warn(s, STATUS_SKIPPED,
				    "stopped before the end");
			return false;
		}
		n = s->is_utf16 ?
		    utf16_read(&s->utf16, s->fd, s->buf + s->end) :
		    read(s->fd, s->buf + s->end, s->cap - s->end);
	} while (n == -1 && (errno == EINTR || errno == EAGAIN));
	if (n > 0) {
		s->end += (size_t)n;
		memset(s->buf + s->end, 0, SLICE_SLACK);
		return true;
	}
	s->eof = true;
	if (n == -1)
		stream_warn(s, STATUS_FAILED, "read: %s", strerror(errno));
	return false;
}

bool
stream_need(struct stream *s, size_t n)
{
	while (s->end - s->start < n)
		if (!stream_fill(s))
			return false;
	return true;
}

bool
stream_skip(struct stream *s, uint64_t n)
{
	while (s->end - s->start < n) {
		n -= s->end - s->start;
		s->start = s->end;
		if (!stream_fill(s))
			return false;
	}
	s->start += (size_t)n;
	return true;
}

bool
stream_is_file(const struct stream *s)
{
	return !s->waits && s->child == 0 && !s->is_utf16;
}

/* The program may have been started with the file partly read. */
bool
stream_seek(struct stream *s, uint64_t offset)
{
	int64_t by = (int64_t)(offset - (s->offset + s->end));

	if (!stream_is_file(s) || lseek(s->fd, (off_t)by, SEEK_CUR) == -1)
		return false;
	s->start = s->end = 0;
	s->offset = offset;
	s->eof = false;
	return true;
}

/*
 * Closes the operand.  If a decompressor failed after it had written bytes, its
 * input is truncated or damaged.
 */
static void
close_operand(struct stream *s)
{
	const char *why;
	bool ran;

	if (s->fd == -1)
		return;
	/* What a stopped decompressor still writes is discarded. */
	if (s->fd != STDIN_FILENO)
		close(s->fd);
	s->fd = -1;
	if (s->child == 0)
		return;
	why = decompress_wait(s->child, s->fed, s->eof && !stream_stopped(),
	    &ran);
	if (why != NULL)
		stream_warn(s, ran && s->child_wrote ? STATUS_SKIPPED :
		    STATUS_FAILED, "%s: %s", s->child_name, why);
	s->child = 0;
}

/* Puts a decompressor between the operand and the block if it needs one. */
static void
decompress(struct stream *s)
{
	const struct decompressor *d;

	d = decompress_detect(s->buf + s->start, s->end - s->start);
	if (d == NULL)
		return;
	s->child_name = d->argv[0];
	s->fd = decompress_start(d, s->fd, s->buf + s->start,
	    s->end - s->start, &s->child, &s->fed);
	s->start = s->end = 0;
	s->eof = false;
	stream_fill(s);
	s->child_wrote = s->end > s->start;
}

static bool
open_operand(struct stream *s, const char *path)
{
	struct stat st;

	free(s->shown);
	s->shown = show_name(path);
	s->name = strcmp(path, "-") == 0 ? "stdin" :
	    s->shown != NULL ? s->shown : path;
	s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO :
	    open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (s->fd == -1 || fstat(s->fd, &st) == -1 || S_ISDIR(st.st_mode)) {
		stream_warn(s, STATUS_FAILED, "%s",
		    strerror(s->fd != -1 && errno == 0 ? EISDIR : errno));
		if (s->fd > STDIN_FILENO)
			close(s->fd);
		s->fd = -1;
		return false;
	}
	s->waits = !S_ISREG(st.st_mode);
	if (!s->aside)
		interrupt_set_mode(mode_of(&st));
#ifdef F_SETPIPE_SZ
	if (S_ISFIFO(st.st_mode))
		(void)fcntl(s->fd, F_SETPIPE_SZ, PIPE_BYTES);
#endif
	return true;
}

bool
stream_next(struct stream *s)
{
	const char *path;
	bool opened;

	close_operand(s);
	for (;;) {
		if (stream_stopped())
			return false;
		if (s->use_stdin)
			path = "-";
		else if ((path = *s->operands) != NULL)
			s->operands++;
		else
			return false;
		s->use_stdin = false;
		s->start = s->end = 0;
		s->offset = 0;
		s->eof = s->is_utf16 = false;
		errno = 0;
		opened = open_operand(s, path);
		if (!s->aside && *s->operands == NULL)
			sandbox_opened_all();
		if (!opened)
			continue;
		/* The magic of a compressed file; a row may be shorter. */
		stream_need(s, DECOMPRESS_MAGIC_MAX);
		decompress(s);
		return true;
	}
}

int
stream_finish(struct stream *s)
{
	close_operand(s);
	if (s->bad_rows > STREAM_BAD_ROWS_SHOWN)
		warnx("%ju bad rows in all, the first %d shown",
		    (uintmax_t)s->bad_rows, STREAM_BAD_ROWS_SHOWN);
	free(s->buf);
	free(s->shown);
	s->buf = s->shown = NULL;
	return s->status;
}
