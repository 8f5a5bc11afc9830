/*
 * output - buffered rows of CSV to a descriptor
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "base/output.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"

/* A pipe of this size moves twice the bytes per second of the default one. */
#define PIPE_BYTES	(1024 * 1024)

/*
 * Runs before main.  A file must not be opened as one of the three standard
 * descriptors that the program was started without: its messages would be
 * written into the file.  Reading from and writing to what is opened here
 * fails, as it does when glibc does the same for setuid programs.
 */
__attribute__((constructor))
static void
open_standard(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 && open("/dev/null",
		    fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			_exit(STATUS_FAILED);
}

__attribute__((constructor))
static void
fail_writes_of_large_files(void)
{
	signal(SIGXFSZ, SIG_IGN);
}

void
output_init(struct output *o, int fd, const char *name)
{
	*o = (struct output){ .name = name, .fd = fd,
	    .cap = OUTPUT_BYTES + 4096 };
	o->buf = xmalloc(o->cap);
#ifdef F_SETPIPE_SZ
	/* Refused for anything but a pipe, and past the user's quota. */
	(void)fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
#endif
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool
is_operand(const struct stat *file, const char *operand)
{
	struct stat st;

	return (strcmp(operand, "-") == 0 ? fstat(STDIN_FILENO, &st) :
	    stat(operand, &st)) == 0 && is_same(&st, file);
}

/*
 * Opens a file for writing.  A symbolic link of another user is not followed,
 * as its owner chooses the file: in a directory that others can write, any name
 * can be one.
 */
static int
open_file(const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_CLOEXEC;
	int fd = open(path, flags | O_NOFOLLOW, 0666);
	struct stat link;

	if (fd != -1 || errno != ELOOP || lstat(path, &link) == -1)
		return fd;
	if (link.st_uid != 0 && link.st_uid != geteuid()) {
		errno = ELOOP;
		return -1;
	}
	return open(path, flags, 0666);
}

void
output_open(struct output *o, const char *what, const char *path,
    char *const *operands)
{
	const char *name = show_name(path);	/* kept */
	bool is_read;
	struct stat to, own;
	int fd;

	if (strcmp(path, "-") == 0)
		errx(STATUS_USAGE, "bad %s \"-\", want the name of a file",
		    what);
	if (name == NULL)
		name = path;
	fd = open_file(path);
	if (fd == -1 && errno == ELOOP)
		errx(STATUS_FAILED, "%s: a symbolic link of another user, "
		    "which is not followed", name);
	if (fd == -1 || fstat(fd, &to) == -1)
		err(STATUS_FAILED, "%s", name);
	is_read = *operands == NULL && is_operand(&to, "-");
	for (; *operands != NULL; operands++)
		is_read |= is_operand(&to, *operands);
	if (is_read && S_ISREG(to.st_mode))
		errx(STATUS_USAGE, "bad %s \"%s\", want a file that "
		    "is not an input", what, show_str(path));
	if (S_ISREG(to.st_mode) && fstat(STDOUT_FILENO, &own) == 0 &&
	    is_same(&own, &to))
		errx(STATUS_USAGE, "bad %s \"%s\", want a file that is not "
		    "the output", what, show_str(path));
	if (S_ISREG(to.st_mode) && ftruncate(fd, 0) == -1)
		err(STATUS_FAILED, "%s", name);
	output_init(o, fd, name);
}

char *
output_grow(struct output *o, size_t n)
{
	if (o->cap - o->used < n) {
		while (o->cap - o->used < n)
			o->cap *= 2;
		o->buf = xreallocarray(o->buf, o->cap, 1);
	}
	return o->buf + o->used;
}

void
output_str(struct output *o, const char *s)
{
	output_bytes(o, s, strlen(s));
}

void
output_u64(struct output *o, uint64_t value)
{
	o->used += number_put(output_room(o, NUMBER_TEXT_MAX), value);
}

void
output_time(struct output *o, int64_t ns, enum timestamp_format format,
    unsigned digits)
{
	o->used += timestamp_format(output_room(o, TIMESTAMP_TEXT_MAX), ns,
	    format, digits);
}

static bool
must_quote(const char *p, size_t n)
{
	size_t i;

	if (n > 0 && (p[0] == ' ' || p[n - 1] == ' '))
		return true;
	for (i = 0; i < n; i++)
		if (p[i] == ',' || p[i] == '"' || p[i] == '\n' ||
		    p[i] == '\r')
			return true;
	return false;
}

void
output_cell(struct output *o, const char *p, size_t n)
{
	size_t i;

	if (!must_quote(p, n)) {
		output_bytes(o, p, n);
		return;
	}
	output_char(o, '"');
	for (i = 0; i < n; i++) {
		if (p[i] == '"')
			output_char(o, '"');
		output_char(o, p[i]);
	}
	output_char(o, '"');
}

/* Moves *p after the digits there; returns how many they are. */
static size_t
skip_digits(const char **p, const char *end)
{
	const char *from = *p;

	while (*p < end && **p >= '0' && **p <= '9')
		(*p)++;
	return (size_t)(*p - from);
}

/* Whether what follows a sign is digits[.digits][e[+-]digits]. */
static bool
is_decimal(const char *p, const char *end)
{
	size_t digits = skip_digits(&p, end);

	if (p < end && *p == '.') {
		p++;
		digits += skip_digits(&p, end);
	}
	if (digits > 0 && p < end && (*p == 'e' || *p == 'E')) {
		p++;
		p += p < end && (*p == '+' || *p == '-');
		digits = skip_digits(&p, end);
	}
	return digits > 0 && p == end;
}

bool
output_is_formula(const char *p, size_t n)
{
	if (n == 0)
		return false;
	switch (p[0]) {
	case '+':
	case '-':
		return n > 1 && !is_decimal(p + 1, p + n);
	case '=':
	case '@':
	case '\t':
	case '\r':
		return true;
	}
	return false;
}

void
output_text_cell(struct output *o, const char *p, size_t n)
{
	char *guarded;

	if (!output_is_formula(p, n)) {
		output_cell(o, p, n);
		return;
	}
	guarded = xmalloc(n + 1);
	guarded[0] = '\'';
	memcpy(guarded + 1, p, n);
	output_cell(o, guarded, n + 1);
	free(guarded);
}

bool
output_write_all(int fd, const char *p, size_t n)
{
	ssize_t done;

	while (n > 0) {
		done = write(fd, p, n);
		if (done == -1 && errno == EINTR)
			continue;
		if (done == -1)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

void
output_flush(struct output *o)
{
	if (!output_write_all(o->fd, o->buf, o->whole)) {
		if (errno == EPIPE)
			output_reader_gone();
		err(STATUS_FAILED, "%s: write", o->name);
	}
	memmove(o->buf, o->buf + o->whole, o->used - o->whole);
	o->used -= o->whole;
	o->whole = 0;
}

void
output_close(struct output *o)
{
	o->whole = o->used;
	output_flush(o);
	if (close(o->fd) == -1)
		err(STATUS_FAILED, "%s: close", o->name);
	free(o->buf);
	o->buf = NULL;
}

void
output_reader_gone(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
	/* Only reached where SIGPIPE is blocked: the status the shell shows. */
	_exit(128 + SIGPIPE);
}
