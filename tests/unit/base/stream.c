/*
 * stream - blocks of plain and compressed operands
 *
 * The plain bytes come from arithmetic; the compressors are the system's.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/decompress.h"
#include "base/stream.h"
#include "tap.h"

#define SIZE	3000000

static char dir[] = "/tmp/pktpipe-stream." "XX" "XX" "XX";

static char
byte_at(size_t i)
{
	return (char)('a' + i * i % 23);
}

/* Reads all of the open operand; returns how many bytes are as they should. */
static size_t
count_right(struct stream *in)
{
	size_t right = 0, at = 0;

	do {
		for (; in->start < in->end; in->start++, at++)
			right += in->buf[in->start] == byte_at(at);
	} while (stream_fill(in));
	return right;
}

/* Starts on operands named in one string, separated by blanks. */
static void
start(struct stream *in, const char *names)
{
	static char copy[256], *operands[16];
	char *rest = copy;
	size_t n = 0;

	snprintf(copy, sizeof(copy), "%s", names);
	while ((operands[n] = strsep(&rest, " ")) != NULL)
		n++;
	stream_init(in, operands, NULL);
}

static void
run(const char *command)
{
	/* Fixed text of this test; nothing from outside. */
	int status = system(command);

	if (status != 0)
		errx(1, "\"%s\" ended with %d", command, status);
}

static void
make_files(void)
{
	FILE *f = fopen("plain", "w");
	size_t i;

	for (i = 0; f != NULL && i < SIZE; i++)
		putc(byte_at(i), f);
	if (f == NULL || fclose(f) == EOF)
		err(1, "plain");
	run("gzip -k plain; zstd -q plain; xz -0k plain; bzip2 -k plain; "
	    "lz4 -q plain plain.lz4; : > empty; printf abc > short; "
	    "head -c 1000 plain.gz > cut.gz; mkdir folder");
}

static void
reads_operands(void)
{
	static const char *const names[] = { "plain", "plain.gz",
	    "plain.zst", "plain.xz", "plain.bz2", "plain.lz4", NULL };
	struct stream in;
	int i;

	start(&in, "plain plain.gz plain.zst plain.xz plain.bz2 plain.lz4");
	for (i = 0; names[i] != NULL; i++) {
		ok(stream_next(&in), "%s opens", names[i]);
		same_int(stream_is_file(&in), i == 0, "%s: a plain file?",
		    names[i]);
		same_int((int64_t)count_right(&in), SIZE, "%s: all bytes",
		    names[i]);
	}
	ok(!stream_next(&in), "then there is no more");
	same_int(stream_finish(&in), 0, "and all went well");
}

static void
reads_odd_ones(void)
{
	struct stream in;

	start(&in, "empty missing folder short cut.gz");
	ok(stream_next(&in), "an empty operand opens");
	ok(!stream_need(&in, 1), "and has no byte");
	ok(stream_next(&in), "a missing one and a folder are passed over");
	same_text(in.name, strlen(in.name), "short", "the next is the one "
	    "after them");
	same_int(in.status, STATUS_FAILED, "but the status tells");
	ok(stream_need(&in, 3) && !stream_need(&in, 4), "it has three bytes");
	in.status = 0;
	ok(stream_next(&in), "a cut gzip file opens");
	(void)count_right(&in);
	ok(!stream_next(&in), "it was the last");
	same_int(stream_finish(&in), STATUS_SKIPPED, "its end is an error");
}

static void
reads_stdin(void)
{
	static char *none[] = { NULL };
	struct stream in;
	int status;
	pid_t child = fork();

	if (child == 0) {
		int fds[2];

		if (pipe(fds) == -1)
			_exit(9);
		if (fork() == 0) {
			dup2(fds[1], STDOUT_FILENO);
			close(fds[0]);
			close(fds[1]);
			execlp("cat", "cat", "plain.gz", (char *)NULL);
			_exit(9);
		}
		close(fds[1]);
		dup2(fds[0], STDIN_FILENO);
		stream_init(&in, none, NULL);
		if (!stream_next(&in) || count_right(&in) != SIZE)
			_exit(8);
		_exit(stream_next(&in) ? 7 : stream_finish(&in));
	}
	waitpid(child, &status, 0);
	same_int(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0,
	    "gzip through a pipe on standard input");
}

static void
skips(void)
{
	struct stream in;

	start(&in, "plain");
	stream_next(&in);
	ok(stream_skip(&in, 2500000) && stream_need(&in, 1),
	    "2.5 MB are passed over");
	same_int((int64_t)(in.offset + in.start), 2500000, "the offset tells");
	same_int(in.buf[in.start], byte_at(2500000), "the byte is that one");
	ok(!stream_skip(&in, 500001), "not past the end");
	stream_finish(&in);
}

/* The third tick brings what the stream waits for; all are due at once. */
struct bringer {
	int	fd;
	int	ticks;
};

/* How a child ends that an interrupt hits before it reads standard input. */
static int
interrupted(int fd)
{
	char *none[] = { NULL };
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct stream in;

		dup2(fd, STDIN_FILENO);
		stream_init(&in, none, NULL);
		raise(SIGINT);
		_exit(7);
	}
	if (child == -1 || waitpid(child, &status, 0) == -1)
		err(1, "child");
	return status;
}

static void
ignores_early_interrupt(void)
{
	int ends[2], plain = open("plain", O_RDONLY), status;

	if (pipe(ends) == -1 || plain == -1)
		err(1, "descriptors");
	status = interrupted(ends[0]);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 7,
	    "an interrupt before the first read of a pipe is ignored");
	status = interrupted(plain);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT,
	    "before the first read of a file it ends the program");
	close(ends[0]);
	close(ends[1]);
	close(plain);
}

static int64_t
bring(void *arg)
{
	struct bringer *b = arg;

	if (++b->ticks == 3 && write(b->fd, "1", 1) != 1)
		err(1, "pipe");
	return 0;
}

static void
ticks(void)
{
	char *none[] = { NULL };
	struct bringer b = { .fd = -1 };
	struct stream s;
	int ends[2], was = dup(STDIN_FILENO);

	if (pipe(ends) == -1 || dup2(ends[0], STDIN_FILENO) == -1)
		err(1, "pipe");
	b.fd = ends[1];
	stream_init(&s, none, NULL);
	stream_tick(&s, bring, &b);
	close(ends[0]);
	if (write(b.fd, "rows\n.", 6) != 6 || !stream_next(&s))
		err(1, "pipe");
	ok(b.ticks == 1, "a read has a tick before it");
	s.start = s.end;
	ok(stream_fill(&s) && s.buf[s.start] == '1' && b.ticks == 3,
	    "a wait has ticks until data comes");
	stream_tick(&s, NULL, NULL);
	close(b.fd);
	ok(!stream_fill(&s) && b.ticks == 3, "NULL ends the ticks");
	stream_finish(&s);
	dup2(was, STDIN_FILENO);
	close(was);
}

static void
on_interrupt(int sig)
{
	(void)sig;
}

/* Files beside the operands, the second one compressed. */
static void
reads_aside(void)
{
	static char plain[] = "plain", packed[] = "plain.gz";
	static char *files[] = { plain, packed, NULL };
	static char *none[] = { NULL };
	struct sigaction act = { .sa_handler = on_interrupt }, now;
	struct stream s;
	size_t right = 0;

	sigaction(SIGINT, &act, NULL);
	stream_aside(&s, files);
	while (stream_next(&s))
		right += count_right(&s);
	same_int((int64_t)right, 2 * SIZE, "files beside the operands");
	sigaction(SIGINT, NULL, &now);
	ok(now.sa_handler == on_interrupt, "leave the signals alone");
	same_int(stream_finish(&s), 0, "and are read to their end");
	stream_aside(&s, none);
	ok(!stream_next(&s), "no file beside them is not standard input");
	stream_finish(&s);
}

static void
detects(void)
{
	ok(decompress_detect("\x1f\x8b\x08", 3) != NULL, "gzip is detected");
	ok(decompress_detect("\x1f", 1) == NULL, "not by one byte");
	ok(decompress_detect("time,s", 6) == NULL, "CSV is not compressed");
}

int
main(void)
{
	if (mkdtemp(dir) == NULL || chdir(dir) == -1)
		err(1, "%s", dir);
	make_files();
	detects();
	reads_operands();
	reads_odd_ones();
	reads_stdin();
	ignores_early_interrupt();
	skips();
	ticks();
	reads_aside();
	run("rmdir folder && rm -f -- *");
	if (chdir("/") == -1 || rmdir(dir) == -1)
		err(1, "%s", dir);
	return tap_done();
}
