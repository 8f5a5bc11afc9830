/*
 * option - values of options, and how bad ones end the program
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>

#include "base/option.h"
#include "base/sandbox.h"
#include "base/timestamp.h"
#include "child.h"

static const char *const words[] = { "bytes", "packets", NULL };

static void
number(const void *arg)
{
	option_number("count", arg, 1, 10);
}

static void
duration(const void *arg)
{
	option_duration("bin", arg, 1000000);
}

static void
bytes(const void *arg)
{
	option_bytes("max-size", arg, 4096);
}

static void
point(const void *arg)
{
	option_time("since", arg);
}

static void
word(const void *arg)
{
	option_word("sort", arg, words);
}

static void
list(const void *arg)
{
	const char *part[2];

	option_list("proto", arg, part, 2);
}

static void
keys(const void *arg)
{
	const char *part[3];

	option_keys("by", arg, part, 3);
}

static void
reads_values(void)
{
	same_int((int64_t)option_number("count", "1", 1, 10), 1, "the least");
	same_int((int64_t)option_number("count", "10", 1, 10), 10,
	    "the greatest");
	same_int((int64_t)option_bytes("max-size", "4096", 4096), 4096,
	    "the least bytes");
	same_int((int64_t)option_bytes("max-size", "64k", 0), 65536, "KiB");
	same_int((int64_t)option_bytes("max-size", "3M", 0), 3145728, "MiB");
	same_int((int64_t)option_bytes("max-size", "2G", 0),
	    INT64_C(2147483648), "GiB");
	ok(option_memory("3M") == 3145728 &&
	    option_memory("8589934591G") >= SIZE_MAX / 4,
	    "memory, up to all that can be addressed");
	same_int(option_duration("bin", "250ms", 1000000), NS_PER_S / 4,
	    "a duration");
	same_int(option_duration("bin", "1ms", 1000000), 1000000,
	    "the least duration");
	same_int(option_duration("lateness", "0s", 0), 0, "no duration");
	same_int(option_time("since", "1970-01-02T00:00:00Z"),
	    86400 * NS_PER_S, "a date");
	same_int((int64_t)option_word("sort", "packets", words), 1, "a word");
}

static void
reads_lists(void)
{
	const char *part[3];

	same_int((int64_t)option_list("proto", "a,bc", part, 3), 2,
	    "a list has two parts");
	same_text(part[0], strlen(part[0]), "a", "the first");
	same_text(part[1], strlen(part[1]), "bc", "the second");
	same_int((int64_t)option_keys("by", "src,dst,sport", part, 3), 3,
	    "as many keys as there is room for");
}

static void
refuses_values(void)
{
	ends_with(number, "0", 2, "option: bad count \"0\", want 1-10\n",
	    "a number too small");
	ends_with(number, "11", 2, "option: bad count \"11\", want 1-10\n",
	    "a number too great");
	ends_with(number, "1x", 2, "option: bad count \"1x\", want 1-10\n",
	    "no number");
	ends_with(bytes, "4095", 2, "option: bad max-size \"4095\", want bytes "
	    "such as 64M, from 4096 on\n", "too few bytes");
	ends_with(bytes, "9007199254740993k", 2, "option: bad max-size "
	    "\"9007199254740993k\", want bytes such as 64M, from 4096 on\n",
	    "more than fit");
	ends_with(bytes, "1T", 2, "option: bad max-size \"1T\", want bytes "
	    "such as 64M, from 4096 on\n", "another letter");
	ends_with(duration, "ten", 2, "option: bad bin \"ten\", want a "
	    "duration such as 250ms, 10s, 5m, 1h, at most 366d\n",
	    "a word for a duration");
	ends_with(duration, "0.9ms", 2,
	    "option: bad bin \"0.9ms\", want at least 1ms\n",
	    "a duration too short");
	ends_with(duration, "0s", 2, "option: bad bin \"0s\", want a "
	    "duration such as 250ms, 10s, 5m, 1h, at most 366d\n",
	    "a duration of nothing");
	ends_with(point, "noon", 2, "option: bad since \"noon\", want a time "
	    "such as 1704067200.5 or 2024-01-01T00:00:00Z\n", "no time");
	ends_with(word, "name\n", 2, "option: bad sort \"name\\x0A\", want one "
	    "of bytes, packets\n", "another word");
}

static void
refuses_lists(void)
{
	ends_with(list, "a,,b", 2, "option: bad proto \"a,,b\", want 1 to 2 "
	    "parts separated by commas\n", "an empty part");
	ends_with(list, "a,b,c", 2, "option: bad proto \"a,b,c\", want 1 to 2 "
	    "parts separated by commas\n", "too many parts");
	ends_with(keys, "src,bytes", 2, "option: bad by \"bytes\", want "
	    "columns other than the sums\n", "a sum as a key");
	ends_with(keys, "src,dst,src", 2, "option: bad by \"src\", want each "
	    "column once\n", "a key twice");
}

static void
version(const void *parts)
{
	option_version_with(parts);
}

static void
help(const void *text)
{
	option_help(text);
}

static void
usage(const void *text)
{
	option_usage(text);
}

/* Returns with an operand, and without one if there is no terminal. */
static void
want_input(const void *text)
{
	optind = 1;
	option_want_input(1, text);
	optind = 1;
	option_want_input(2, text);
}

static void
says(void (*f)(const void *), const char *arg, int fd, int want,
    const char *text, const char *title)
{
	char got[1024];

	same_int(run_child(f, arg, fd, got, sizeof(got)), want,
	    "%s: status %d", title, want);
	same_text(got, strlen(got), text, "%s: the text", title);
}

static void
help_on_full(const void *path)
{
	if (freopen(path, "w", stdout) != NULL)
		option_help("usage\n");
}

static void
prints(void)
{
	says(help, "usage: x\n", STDOUT_FILENO, 0, "usage: x\n", "help");
	says(usage, "usage: x\n", STDERR_FILENO, 2, "usage: x\n", "usage");
	says(version, "with y\n", STDOUT_FILENO, 0, sandbox_is_missing() ?
	    "option (pktpipe) " PKTPIPE_VERSION "\nwith y\n"
	    "not confined: neither Landlock nor seccomp here\n" :
	    "option (pktpipe) " PKTPIPE_VERSION "\nwith y\n", "version");
	ends_with(help_on_full, "/dev/full", 3,
	    "option: stdout: write: No space left on device\n",
	    "help on a full disk");
	if (freopen("/dev/null", "r", stdin) != NULL)
		ends_with(want_input, "usage: x\n", -1, "",
		    "a call without operands and without a terminal");
}

int
main(void)
{
	reads_values();
	reads_lists();
	refuses_values();
	refuses_lists();
	prints();
	return tap_done();
}
