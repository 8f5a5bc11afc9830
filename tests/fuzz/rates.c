/*
 * rates - fuzzes what is learnt of rates, and the state file
 *
 * The input is a state file, and then values: a key, a step in time and a
 * number for every 8 bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "baseline/baseline.h"
#include "baseline/ratewhy.h"
#include "baseline/statefile.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct output out;
static const char *const column[] = { "src", "odd" };
static const struct ratealert writer = { .column = column, .columns = 2,
    .value = "bytes" };

/* What comes out is finite and can be written. */
static void
check_result(const struct baseline_result *r)
{
	size_t i;

	if (!isfinite(r->low) || !isfinite(r->high) || !(r->low <= r->high) ||
	    !(r->final >= 0 && r->final <= SERIES_MAX))
		abort();
	out.used = 0;
	ratealert_score(&writer, &out, r);
	for (i = 0; i < r->events; i++)
		ratealert_row(&writer, &out, r, &r->event[i]);
	out.used = out.whole = 0;
}

static void
start(struct baseline *b, unsigned options)
{
	baseline_init(b);
	b->on_result = check_result;
	b->columns = 2;
	b->max_keys = 5;
	b->warm_up_ns = NS_PER_S;
	b->sums = options & 1;
	b->lateness_ns = options & 2 ? 100 * NS_PER_S : 0;
	b->width_ns = options & 4 ? 60 * NS_PER_S : 0;
	b->bearable_week = options & 8 ? 10 : 0;
	baseline_start(b);
}

static void
put_values(struct baseline *b, const uint8_t *data, size_t size)
{
	char key[4 + SLICE_SLACK] = "k,\"\"";
	uint64_t ns = 0;
	int32_t value;

	for (; size >= 8; data += 8, size -= 8) {
		key[0] = (char)('a' + data[0] % 8);
		ns += data[1] == 255 ? (uint64_t)data[2] << 55 :
		    (uint64_t)((int8_t)data[1] * data[2] * NS_PER_S);
		memcpy(&value, data + 4, sizeof(value));
		baseline_put(b, (struct slice){ key, 4 }, (int64_t)ns,
		    data[3] > 188 ? (double)value * 4e8 :
		    ldexp(value, data[3] - 160));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/pktpipe-rates.XXXXXX";
	unsigned options = size > 0 ? data[0] : 0;
	struct baseline b;
	int fd;

	output_init(&out, -1, "out");
	start(&b, options);
	put_values(&b, data, size);
	fd = mkstemp(path);
	if (fd == -1)
		abort();
	if (statefile_write(&b, path, "fuzz") != NULL)
		abort();
	baseline_release(&b);
	start(&b, options);
	if (statefile_read(&b, path, "fuzz") != NULL)
		abort();
	put_values(&b, data, size);
	baseline_finish(&b);
	baseline_release(&b);
	/* Anything behind the head: refused, or as good as another. */
	if (ftruncate(fd, 36) == -1 || pwrite(fd, data, size, 36) == -1)
		abort();
	start(&b, options);
	if (statefile_read(&b, path, "fuzz") == NULL)
		baseline_finish(&b);
	baseline_release(&b);
	close(fd);
	unlink(path);
	free(out.buf);
	return 0;
}
