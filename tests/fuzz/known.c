/*
 * known - any bytes as a file of known addresses, for a fuzzer
 *
 * What reads must, with what was learnt in it, read again, and then have the
 * addresses that were learnt.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/newfile.h"
#include "bytes.h"
#include "detect/known.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char text[] =
    "rule a track=by_src packets=1 seconds=1 known=no\n"
    "rule b track=by_dst packets=1 seconds=1 known=no\n";

static jmp_buf bad;

/* In the place of libc's, which ends the program: the file is a bad one. */
void
errx(int status, const char *format, ...)
{
	if (status != 2 || format == NULL)
		abort();
	longjmp(bad, 1);
}

static void
parse(struct rules *set)
{
	rules_init(set);
	if (!rules_parse(set, text, sizeof(text) - 1))
		abort();
}

/* Whether the rule has the address among its known ones. */
static bool
has(const struct rules *set, size_t rule, const struct ipaddr *a)
{
	size_t i;

	for (i = 0; i < set->nets; i++)
		if (ruleset_has(set->net[i].rules, rule) &&
		    set->net[i].addr.family == a->family &&
		    set->net[i].prefix == (a->family == 4 ? 32 : 128) &&
		    memcmp(set->net[i].addr.byte, a->byte,
		    a->family == 4 ? 4 : 16) == 0)
			return true;
	return false;
}

/* Some alerts of both rules, of addresses made of the input. */
static size_t
learn(struct known *k, const struct rules *set, struct ipaddr *a,
    const uint8_t *data, size_t n)
{
	struct detect_alert alert = { .phase = DETECT_START };
	size_t i, count = n % 4;

	for (i = 0; i < count; i++) {
		a[i] = (struct ipaddr){ .family = i % 2 == 0 ? 4 : 6 };
		memcpy(a[i].byte, data, n < 4 ? n : 4);
		a[i].byte[0] ^= (uint8_t)i;
		alert.rule = &set->rule[i % 2];
		alert.src = alert.dst = a[i];
		alert.time_ns = (int64_t)n * 1000;
		known_see(k, set, &alert);
	}
	return count;
}

/* A file with the bytes, for known_write to replace. */
static const char *
make_file(const uint8_t *data, size_t n)
{
	static char path[] = "/tmp/pktpipe-known." "XX" "XX" "XX";
	static int fd = -1;
	FILE *f;

	if (fd == -1 && ((fd = mkstemp(path)) == -1 || close(fd) == -1))
		abort();
	if ((f = fopen(path, "we")) == NULL || fwrite(data, 1, n, f) != n ||
	    fclose(f) == EOF)
		abort();
	return path;
}

static void
check_learnt(const char *path, const struct ipaddr *a, size_t count)
{
	struct known again = { .path = path, .learning = true };
	struct rules set;
	size_t i;

	parse(&set);
	if (setjmp(bad) != 0)
		abort();
	known_read(&again, &set);
	for (i = 0; i < count; i++)
		if (!has(&set, i % 2, &a[i]))
			abort();
	known_release(&again);
	rules_release(&set);
}

/* Reads the file, and learns. */
static void
read_and_learn(struct known *k, struct rules *set, const uint8_t *data,
    size_t n)
{
	struct ipaddr a[4];
	size_t count;

	if (setjmp(bad) != 0)
		return;
	known_read(k, set);
	if (!k->learning)
		return;
	count = learn(k, set, a, data, n);
	if (known_write(k) != NULL)
		abort();
	check_learnt(k->path, a, count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct known k = { .learning = n % 16 != 0 };
	struct rules set;

	/* To write and sync a file takes most of the time. */
	k.path = k.learning ? make_file(data, n) : file_of_bytes(data, n);
	parse(&set);
	read_and_learn(&k, &set, data, n);
	known_release(&k);
	rules_release(&set);
	if (k.learning)
		unlink(k.path);
	return 0;
}
