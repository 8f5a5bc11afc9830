/*
 * statefile - what has been learnt, kept in a file between two runs
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/newfile.h"
#include "baseline/keyfile.h"
#include "baseline/statefile.h"

struct body {
	int64_t	 unit_ns, open_ns, first_ns, last_ns, clock_ns;
	int64_t	 step[BASELINE_STEPS];
	uint64_t bins, keys, ahead, held;
	double	 new_bins, all_bins;
	uint32_t steps, open, started, zero;
	int64_t	 other_ns;
};

/* A value that waits; its key follows. */
struct waiting {
	int64_t	 ns;
	double	 value;
	uint64_t len;
};

static bool
is_valid(const void *data)
{
	const struct baseline_key *k = data;

	return series_valid(&k->series) && alarm_valid(&k->alarm) &&
	    fabs(k->pending) <= SERIES_VALUE_MAX && k->present <= 1 &&
	    k->rest <= 1;
}

static const struct keyfile_kind kind = {
	.magic = "pktpipe rateflag", .owner = "rateflag",
	.version = 1, .bytes = sizeof(struct baseline_key),
	.is_valid = is_valid,
};

static struct body
body_of(const struct baseline *b)
{
	struct body body = { .unit_ns = b->unit_ns, .open_ns = b->open_ns,
	    .first_ns = b->first_ns, .last_ns = b->last_ns,
	    .clock_ns = b->clock.now_ns, .bins = b->bins,
	    .keys = b->keys.used, .ahead = b->ahead.used,
	    .held = b->held.used, .new_bins = b->new_bins,
	    .all_bins = b->all_bins, .steps = b->steps, .open = b->open,
	    .started = b->clock.started,
	    .other_ns = b->clock.other_ns };

	memcpy(body.step, b->step, sizeof(body.step));
	return body;
}

static void
write_rows(FILE *f, const struct baseline_rows *list)
{
	const struct baseline_row *row;
	struct waiting w;
	size_t i;

	for (i = 0; i < list->used; i++) {
		row = &list->row[i];
		w = (struct waiting){ row->ns, row->value, row->len };
		fwrite(&w, sizeof(w), 1, f);
		fwrite(row->key, 1, row->len, f);
	}
}

const char *
statefile_write(const struct baseline *b, const char *path,
    const char *identity)
{
	struct body body = body_of(b);
	struct newfile file;
	const char *why = newfile_open(&file, path, 0666);

	if (why != NULL)
		return why;
	keyfile_write_head(file.to, &kind, identity);
	fwrite(&body, sizeof(body), 1, file.to);
	keyfile_write_keys(file.to, &kind, &b->keys);
	write_rows(file.to, &b->ahead);
	write_rows(file.to, &b->held);
	keyfile_write_end(file.to);
	return newfile_close(&file);
}

static bool
read_rows(FILE *f, struct baseline_rows *list, uint64_t n)
{
	struct waiting w;
	char *key;

	for (; n > 0; n--) {
		if (!keyfile_get(f, &w, sizeof(w)) ||
		    !(fabs(w.value) <= SERIES_VALUE_MAX) ||
		    (key = keyfile_get_text(f, w.len)) == NULL)
			return false;
		baseline_keep(list, (struct slice){ key, w.len }, w.ns,
		    w.value);
		free(key);
	}
	return true;
}

static bool
read_body(FILE *f, struct baseline *b, struct body *body)
{
	if (!keyfile_get(f, body, sizeof(*body)) || body->unit_ns <
	    BASELINE_WIDTH_MIN || body->unit_ns > BASELINE_WIDTH_MAX ||
	    body->steps > BASELINE_STEPS || body->held >= CLOCK_AGREE ||
	    !(body->new_bins >= 0 && body->all_bins >= body->new_bins))
		return false;
	b->steps = body->steps;
	baseline_set_unit(b, body->unit_ns);
	b->open = body->open != 0;
	b->open_ns = body->open_ns;
	b->first_ns = body->first_ns;
	b->last_ns = body->last_ns;
	b->bins = body->bins;
	b->new_bins = body->new_bins;
	b->all_bins = body->all_bins;
	memcpy(b->step, body->step, sizeof(b->step));
	b->clock.started = body->started != 0;
	b->clock.now_ns = body->clock_ns;
	b->clock.other_ns = body->other_ns;
	return true;
}

static const char *
read_rest(FILE *f, void *arg)
{
	struct baseline *b = arg;
	struct body body;

	if (!read_body(f, b, &body))
		return KEYFILE_DAMAGED;
	if (body.keys > b->max_keys + 1)
		return "a state of more keys than --max-keys";
	if (!keyfile_get_keys(f, &kind, &b->keys, body.keys) ||
	    !read_rows(f, &b->ahead, body.ahead) ||
	    !read_rows(f, &b->held, body.held) || !keyfile_get_end(f))
		return KEYFILE_DAMAGED;
	return NULL;
}

const char *
statefile_read(struct baseline *b, const char *path, const char *identity)
{
	return keyfile_read(path, &kind, identity, read_rest, b);
}
