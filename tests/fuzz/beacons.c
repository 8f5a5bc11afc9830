/*
 * beacons - a damaged state of beacons, for a fuzzer
 *
 * The first byte says how many connections there are, of 4 bytes each, before
 * the state is written.  The rest of the input changes bytes of the state,
 * three of it each: where, and which bits.  What reads must take further
 * connections, and what is then written must read again.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "baseline/beaconfile.h"
#include "bytes.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
on_event(void *arg, const struct beacon_event *e)
{
	(void)arg;
	if (e->span_ns < 0 || e->step_ns < 0 || !(e->jitter >= 0))
		abort();
}

static void
start(struct beacons *b)
{
	beacons_init(b);
	b->on_event = on_event;
	b->least = 4;
	b->max_keys = 6;
	beacons_start(b);
}

/* Connections of 8 pairs, up to about 18 hours apart, either way. */
static void
put_connections(struct beacons *b, const uint8_t *data, size_t n)
{
	char key[4 + SLICE_SLACK] = "a,\"\"";
	int64_t ns = b->clock.started ? b->clock.now_ns / 2 : 0;
	uint32_t i;

	for (; n >= 4; data += 4, n -= 4)
		for (i = 0; i <= (uint32_t)data[3] % 8; i++) {
			key[0] = (char)('a' + data[0] % 8);
			ns += (int8_t)data[1] * (data[2] + INT64_C(1)) *
			    NS_PER_S * 2;
			beacons_put(b, (struct slice){ key, 4 }, ns,
			    data[3] / 8);
		}
}

/* Writes the state to a file, and reads the file. */
static char *
state_of(struct beacons *b, size_t *n)
{
	static char path[] = "/tmp/pktpipe-beacons." "XX" "XX" "XX";
	static int fd = -1;
	FILE *f;
	char *data;

	if ((fd == -1 && ((fd = mkstemp(path)) == -1 || close(fd) == -1)) ||
	    beaconfile_write(b, path, "fuzz") != NULL ||
	    (f = fopen(path, "re")) == NULL)
		abort();
	data = xcalloc(1, 65536);
	*n = fread(data, 1, 65536, f);
	fclose(f);
	unlink(path);
	return data;
}

static void
check_again(struct beacons *b)
{
	struct beacons again;
	size_t n;
	char *data = state_of(b, &n);

	start(&again);
	if (beaconfile_read(&again, file_of_bytes(data, n), "fuzz") != NULL ||
	    again.pairs.used != b->pairs.used)
		abort();
	beacons_finish(&again);
	beacons_release(&again);
	free(data);
}

/* Changes a state as the input says. */
static size_t
damage(char *state, size_t size, const uint8_t *data, size_t n)
{
	size_t i;

	for (i = 0; i + 2 < n; i += 3)
		state[(data[i] << 8 | data[i + 1]) % size] ^=
		    (char)data[i + 2];
	/* An input of another length also shortens it. */
	return n % 3 == 1 ? size - data[n - 1] % size : size;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	size_t rows = n == 0 ? 0 : data[0] * 4U, size;
	struct beacons b;
	char *state;

	if (n == 0 || rows > n - 1)
		return 0;
	start(&b);
	put_connections(&b, data + 1, rows);
	state = state_of(&b, &size);
	beacons_release(&b);
	size = damage(state, size, data + 1 + rows, n - 1 - rows);
	start(&b);
	if (beaconfile_read(&b, file_of_bytes(state, size), "fuzz") == NULL) {
		put_connections(&b, data + 1, rows);
		check_again(&b);
		beacons_finish(&b);
	} else if (n == rows + 1)
		abort();
	beacons_release(&b);
	free(state);
	return 0;
}
