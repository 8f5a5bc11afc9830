/*
 * option - the values of command-line options, checked alike everywhere
 *
 * SPDX-License-Identifier: ISC
 */
#include <assert.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/option.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/status.h"
#include "base/timestamp.h"
#include "base/xalloc.h"

uint64_t
option_number(const char *what, const char *arg, uint64_t min, uint64_t max)
{
	uint64_t value;

	if (!number_parse(arg, strlen(arg), max, &value) || value < min)
		errx(STATUS_USAGE, "bad %s \"%s\", want %ju-%ju", what,
		    show_str(arg), (uintmax_t)min, (uintmax_t)max);
	return value;
}

uint64_t
option_bytes(const char *what, const char *arg, uint64_t min)
{
	static const char units[] = "kMG";
	size_t n = strlen(arg);
	const char *unit = n > 0 ? strchr(units, arg[n - 1]) : NULL;
	unsigned shift = unit == NULL ? 0 : 10 * (unsigned)(unit - units + 1);
	uint64_t value;

	if (!number_parse(arg, n - (unit != NULL), INT64_MAX >> shift,
	    &value) || value << shift < min)
		errx(STATUS_USAGE, "bad %s \"%s\", want bytes such as 64M, "
		    "from %ju on", what, show_str(arg), (uintmax_t)min);
	return value << shift;
}

size_t
option_memory(const char *arg)
{
	uint64_t n = option_bytes("max-memory", arg, 4096);

	return (size_t)n == n ? (size_t)n : SIZE_MAX;
}

int64_t
option_duration(const char *what, const char *arg, int64_t min_ns)
{
	int64_t ns;

	if (!timestamp_parse_duration(arg, &ns) || (ns == 0 && min_ns > 0))
		errx(STATUS_USAGE, "bad %s \"%s\", want a duration such as "
		    "250ms, 10s, 5m, 1h, at most 366d", what, show_str(arg));
	if (ns < min_ns)
		errx(STATUS_USAGE, "bad %s \"%s\", want at least %jdms", what,
		    show_str(arg), (intmax_t)(min_ns / 1000000));
	return ns;
}

int64_t
option_time(const char *what, const char *arg)
{
	int64_t ns;

	if (!timestamp_parse(arg, strlen(arg), &ns))
		errx(STATUS_USAGE, "bad %s \"%s\", want a time such as "
		    "1704067200.5 or 2024-01-01T00:00:00Z", what,
		    show_str(arg));
	return ns;
}

enum timestamp_format
option_time_format(const char *arg)
{
	static const char *const formats[] = {
		[TIMESTAMP_EPOCH] = "epoch",
		[TIMESTAMP_ISO] = "iso",
		[TIMESTAMP_SHEET] = "sheet",
		NULL };

	return (enum timestamp_format)option_word("time format", arg,
	    formats);
}

size_t
option_word(const char *what, const char *arg, const char *const *words)
{
	char all[256] = "";
	size_t i, used = 0;

	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], arg) == 0)
			return i;
		used += (size_t)snprintf(all + used, sizeof(all) - used,
		    "%s%s", i > 0 ? ", " : "", words[i]);
		assert(used < sizeof(all));
	}
	errx(STATUS_USAGE, "bad %s \"%s\", want one of %s", what,
	    show_str(arg), all);
}

/* What option_list split: its callers' strings are good to the end. */
static struct copy {
	struct copy	*next;
	char		*text;
} *copies;

static char *
keep_copy(const char *text)
{
	struct copy *c = xmalloc(sizeof(*c));

	c->next = copies;
	c->text = xstrdup(text);
	copies = c;
	return c->text;
}

size_t
option_list(const char *what, const char *arg, const char **list, size_t max)
{
	char *rest = keep_copy(arg), *part;
	size_t n = 0;

	while ((part = strsep(&rest, ",")) != NULL) {
		if (*part == '\0' || n == max)
			errx(STATUS_USAGE, "bad %s \"%s\", want 1 to %zu "
			    "parts separated by commas", what, show_str(arg),
			    max);
		list[n++] = part;
	}
	return n;
}

size_t
option_keys(const char *what, const char *arg, const char **list, size_t max)
{
	size_t n = option_list(what, arg, list, max), i, j;

	for (i = 0; i < n; i++) {
		if (strcmp(list[i], "packets") == 0 ||
		    strcmp(list[i], "bytes") == 0)
			errx(STATUS_USAGE, "bad %s \"%s\", want columns "
			    "other than the sums", what, show_str(list[i]));
		for (j = 0; j < i; j++)
			if (strcmp(list[i], list[j]) == 0)
				errx(STATUS_USAGE, "bad %s \"%s\", want each "
				    "column once", what, show_str(list[i]));
	}
	return n;
}

void
option_printed(void)
{
	if (fflush(stdout) == EOF || ferror(stdout))
		err(STATUS_FAILED, "stdout: write");
	exit(0);
}

void
option_version(void)
{
	option_version_with("");
}

void
option_version_with(const char *parts)
{
	printf("%s (pktpipe) %s\n%s", program_invocation_short_name,
	    PKTPIPE_VERSION, parts);
	if (sandbox_is_missing())
		puts("not confined: neither Landlock nor seccomp here");
	option_printed();
}

void
option_help(const char *text)
{
	fputs(text, stdout);
	option_printed();
}

void
option_usage(const char *text)
{
	fputs(text, stderr);
	exit(STATUS_USAGE);
}

void
option_want_input(int argc, const char *text)
{
	if (optind == argc && isatty(STDIN_FILENO))
		option_usage(text);
}
