/*
 * states - damaged counts of rules from a file, for a fuzzer
 *
 * The input changes bytes of a state that is whole, three of it each: where,
 * and which bits.  What reads must take further rows, and what is then written
 * must read again.  The sum at the end, which would keep all changes out, is
 * not checked here.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "detect/detect_file.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define HEAD	48	/* bytes that are not read here, and a sum */
#define SUM	8

/* A rule of each kind. */
static const char text[] =
    "rule a track=by_src packets=3 seconds=10 part-of=x\n"
    "rule b track=by_dst packets=3 unique=src seconds=10 part-of=x\n"
    "rule c track=by_both bytes=100/s cooldown=0\n"
    "rule d track=by_proto packets=1 share=20% seconds=1\n"
    "rule e track=by_src answered=no packets=1 seconds=5\n"
    "rule f flags=S completed=no within=2 track=by_dst_dport packets=1/s\n"
    "rule g track=by_rule packets=2M/d\n"
    "rule h track=by_both_dport packets=3 regular=20% seconds=1m\n";

static void
on_alert(void *arg, const struct detect_alert *a)
{
	(void)arg;
	if (a->proto.len > 0 && a->proto.at == NULL)
		abort();
}

/* Some rows of the second behind those of the file. */
static void
put_rows(struct detect *d)
{
	struct detect_row row = { .packets = 1, .bytes = 60,
	    .present = (1U << RULES_COLUMNS) - 1,
	    .src = { { .family = 4, .byte = { 10 } }, 0 },
	    .dst = { { .family = 6, .byte = { 32, 1 } }, 0 } };
	static const char dns[32] = "DNS";
	int64_t from = d->now_ns < 0 ? 0 : d->now_ns / 2;
	int i;

	row.src.hash = hash_bytes(&row.src.ip, sizeof(row.src.ip));
	row.dst.hash = hash_bytes(&row.dst.ip, sizeof(row.dst.ip));
	row.proto = detect_proto(d, (struct slice){ dns, 3 });
	for (i = 0; i < 40; i++) {
		row.time_ns = from + i * INT64_C(100000000);
		row.number[RULES_COLUMN_DPORT] = (uint16_t)(i % 3);
		row.number[RULES_COLUMN_FLAGS] = i % 4 == 0 ? TCP_SYN : 0;
		detect_put(d, &row);
	}
}

static void
check_again(struct detect *d, const struct rules *set)
{
	char path[] = "/tmp/pktpipe-fuzz-states." "XX" "XX" "XX";
	struct detect_file file;
	struct detect again;
	int fd = mkstemp(path);

	if (fd == -1 || close(fd) == -1 || detect_file_write(d, path) != NULL ||
	    detect_file_read(&file, path) != NULL)
		abort();
	detect_init(&again, set, 64, on_alert, NULL);
	if (detect_file_continue(&file, &again) != NULL)
		abort();
	detect_finish(&again);
	detect_release(&again);
	unlink(path);
}

/* Writes a state of some rows, and reads its bytes. */
static void
make_state(const struct rules *set, struct detect_file *file)
{
	char path[] = "/tmp/pktpipe-fuzz-states." "XX" "XX" "XX";
	int fd = mkstemp(path);
	struct detect d;

	detect_init(&d, set, 64, on_alert, NULL);
	put_rows(&d);
	if (fd == -1 || close(fd) == -1 ||
	    detect_file_write(&d, path) != NULL ||
	    detect_file_read(file, path) != NULL)
		abort();
	detect_release(&d);
	unlink(path);
}

/* Continues the changed state; false if it makes no sense. */
static bool
continues(struct detect *d, const struct rules *set, const uint8_t *data,
    size_t n)
{
	static struct detect_file whole;
	struct detect_file file;
	size_t i, body;

	if (whole.data == NULL)
		make_state(set, &whole);
	file = whole;
	file.data = xcalloc(1, whole.size + SLICE_SLACK);
	memcpy(file.data, whole.data, whole.size);
	body = whole.size - HEAD - SUM;
	for (i = 0; i + 2 < n; i += 3)
		file.data[HEAD + (data[i] << 8 | data[i + 1]) % body] ^=
		    (char)data[i + 2];
	/* An input of another length also shortens it. */
	if (n % 3 == 1)
		file.size -= data[n - 1] % body;
	detect_init(d, set, 64, on_alert, NULL);
	return detect_file_continue(&file, d) == NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct rules set;
	struct detect d;

	hash_set_seed(1, 2);
	rules_init(&set);
	if (!rules_parse(&set, text, sizeof(text) - 1))
		abort();
	if (continues(&d, &set, data, n)) {
		put_rows(&d);
		/* To write and sync a file takes most of the time. */
		if (n % 16 == 0)
			check_again(&d, &set);
		detect_finish(&d);
	}
	detect_release(&d);
	rules_release(&set);
	return 0;
}
