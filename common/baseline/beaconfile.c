/*
 * beaconfile - the pairs of beacons, kept in a file between two runs
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/newfile.h"
#include "baseline/beaconfile.h"
#include "baseline/keyfile.h"

struct body {
	uint64_t pairs;
	int64_t	 now_ns, other_ns, checked_ns;
	uint32_t started, agreeing;
};

static bool
is_valid(const void *data)
{
	const struct beacon_pair *p = data;
	uint32_t i;

	if (p->used < 1 || p->used > BEACON_TIMES || p->sport > UINT16_MAX ||
	    p->step_ns < 0 || p->open > 1 || p->listed > 1)
		return false;
	for (i = 1; i < p->used; i++)
		if (p->time[i] < p->time[i - 1])
			return false;
	return true;
}

static const struct keyfile_kind kind = {
	.magic = "pktpipe beacons", .owner = "rateflag --beacon",
	.version = 1, .bytes = sizeof(struct beacon_pair),
	.is_valid = is_valid,
};

const char *
beaconfile_write(const struct beacons *b, const char *path,
    const char *identity)
{
	struct body body = { .pairs = b->pairs.used,
	    .now_ns = b->clock.now_ns, .other_ns = b->clock.other_ns,
	    .checked_ns = b->checked_ns, .started = b->clock.started,
	    .agreeing = b->clock.agreeing };
	struct newfile file;
	const char *why = newfile_open(&file, path, 0666);

	if (why != NULL)
		return why;
	keyfile_write_head(file.to, &kind, identity);
	fwrite(&body, sizeof(body), 1, file.to);
	keyfile_write_keys(file.to, &kind, &b->pairs);
	keyfile_write_end(file.to);
	return newfile_close(&file);
}

static const char *
read_rest(FILE *f, void *arg)
{
	struct beacons *b = arg;
	struct body body;

	if (!keyfile_get(f, &body, sizeof(body)))
		return KEYFILE_DAMAGED;
	if (body.pairs > b->max_keys)
		return "a state of more pairs than --max-keys";
	b->clock.started = body.started != 0;
	b->clock.now_ns = body.now_ns;
	b->clock.other_ns = body.other_ns;
	b->clock.agreeing = body.agreeing;
	b->checked_ns = body.checked_ns;
	if (!keyfile_get_keys(f, &kind, &b->pairs, body.pairs) ||
	    !keyfile_get_end(f))
		return KEYFILE_DAMAGED;
	beacons_reopen(b);
	return NULL;
}

const char *
beaconfile_read(struct beacons *b, const char *path, const char *identity)
{
	return keyfile_read(path, &kind, identity, read_rest, b);
}
