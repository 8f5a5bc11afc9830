/*
 * statefile - what has been learnt, kept in a file between two runs
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/newfile.h"
#include "base/show.h"
#include "base/xalloc.h"
#include "baseline/statefile.h"
#include "csv/csv.h"

#define VERSION		1
#define IDENTITY_MAX	4096

static const char magic[16] = "pktpipe rateflag", ending[8] = "complete";
static const char damaged[] = "a damaged state";

/* All of it is written as it is in memory. */
struct head {
	char	 magic[16];
	uint32_t version;
	uint32_t order;			/* tells the byte order */
	uint32_t key_bytes;		/* of a struct baseline_key */
	uint32_t identity;		/* its bytes */
};

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

static struct head
head_of(const char *identity)
{
	struct head h = { .version = VERSION, .order = 0x01020304,
	    .key_bytes = sizeof(struct baseline_key),
	    .identity = (uint32_t)strlen(identity) };

	memcpy(h.magic, magic, sizeof(h.magic));
	return h;
}

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

static void
write_all(FILE *f, const struct baseline *b, const char *identity)
{
	struct head head = head_of(identity);
	struct body body = body_of(b);
	const struct keytable_entry *e;
	uint64_t len;
	size_t i;

	fwrite(&head, sizeof(head), 1, f);
	fwrite(identity, 1, head.identity, f);
	fwrite(&body, sizeof(body), 1, f);
	for (i = 0; i < b->keys.used; i++) {
		e = keytable_entry(&b->keys, i);
		len = e->len;
		fwrite(&len, sizeof(len), 1, f);
		fwrite(keytable_key(e), 1, e->len, f);
		fwrite(e->seen.data, sizeof(struct baseline_key), 1, f);
	}
	write_rows(f, &b->ahead);
	write_rows(f, &b->held);
	fwrite(ending, sizeof(ending), 1, f);
}

const char *
statefile_write(const struct baseline *b, const char *path,
    const char *identity)
{
	struct newfile file;
	const char *why = newfile_open(&file, path, 0666);

	if (why != NULL)
		return why;
	write_all(file.to, b, identity);
	return newfile_close(&file);
}

static bool
get(FILE *f, void *to, size_t n)
{
	return fread(to, 1, n, f) == n;
}

/* Says whether the file is one of these, and for the same rows. */
static const char *
check_head(FILE *f, const char *identity)
{
	static char why[2 * IDENTITY_MAX + 64];
	struct head want = head_of(identity), h;
	char found[IDENTITY_MAX + 1];

	if (!get(f, &h, sizeof(h)) ||
	    memcmp(h.magic, magic, sizeof(magic)) != 0)
		return "not a state of rateflag";
	if (h.order != want.order)
		return "a state of a machine with another byte order";
	if (h.version != want.version || h.key_bytes != want.key_bytes) {
		snprintf(why, sizeof(why), "a state of version %u.%u, want "
		    "%u.%u", h.version, h.key_bytes, want.version,
		    want.key_bytes);
		return why;
	}
	if (h.identity > IDENTITY_MAX || !get(f, found, h.identity))
		return damaged;
	if (h.identity == want.identity &&
	    memcmp(found, identity, h.identity) == 0)
		return NULL;
	snprintf(why, sizeof(why), "a state of \"%s\", want \"%s\"",
	    show(found, h.identity), show_str(identity));
	return why;
}

/* Reads the key of a row or an entry; NULL if it cannot be one. */
static char *
read_text(FILE *f, uint64_t len)
{
	char *text;

	if (len > 2 * CSV_RECORD_MAX)
		return NULL;
	text = xcalloc(1, len + SLICE_SLACK);
	if (get(f, text, len))
		return text;
	free(text);
	return NULL;
}

static bool
read_rows(FILE *f, struct baseline_rows *list, uint64_t n)
{
	struct waiting w;
	char *key;

	for (; n > 0; n--) {
		if (!get(f, &w, sizeof(w)) ||
		    !(fabs(w.value) <= SERIES_VALUE_MAX) ||
		    (key = read_text(f, w.len)) == NULL)
			return false;
		baseline_keep(list, (struct slice){ key, w.len }, w.ns,
		    w.value);
		free(key);
	}
	return true;
}

static bool
is_valid(const struct baseline_key *k)
{
	return series_valid(&k->series) && alarm_valid(&k->alarm) &&
	    fabs(k->pending) <= SERIES_VALUE_MAX && k->present <= 1 &&
	    k->rest <= 1;
}

/* Reads a key into the table. */
static bool
read_key(FILE *f, struct baseline *b)
{
	struct keytable_entry *e = NULL;
	struct baseline_key *k;
	uint64_t len;
	size_t used = b->keys.used;
	char *text;

	if (!get(f, &len, sizeof(len)) || (text = read_text(f, len)) == NULL)
		return false;
	k = xcalloc(1, sizeof(*k));
	if (get(f, k, sizeof(*k)) && is_valid(k))
		e = keytable_insert(&b->keys, text, len);
	free(text);
	if (e == NULL || b->keys.used == used) {
		free(k);
		return false;
	}
	e->seen.data = k;
	return true;
}

static bool
read_body(FILE *f, struct baseline *b, struct body *body)
{
	if (!get(f, body, sizeof(*body)) || body->unit_ns <
	    BASELINE_WIDTH_MIN || body->unit_ns > BASELINE_WIDTH_MAX ||
	    body->steps > BASELINE_STEPS || body->held >= CLOCK_AGREE ||
	    !(body->new_bins >= 0 && body->all_bins >= body->new_bins))
		return false;
	baseline_set_unit(b, body->unit_ns);
	b->open = body->open != 0;
	b->open_ns = body->open_ns;
	b->first_ns = body->first_ns;
	b->last_ns = body->last_ns;
	b->bins = body->bins;
	b->new_bins = body->new_bins;
	b->all_bins = body->all_bins;
	b->steps = body->steps;
	memcpy(b->step, body->step, sizeof(b->step));
	b->clock.started = body->started != 0;
	b->clock.now_ns = body->clock_ns;
	b->clock.other_ns = body->other_ns;
	return true;
}

static const char *
read_rest(FILE *f, struct baseline *b)
{
	struct body body;
	char end[sizeof(ending)];
	uint64_t i;

	if (!read_body(f, b, &body))
		return damaged;
	if (body.keys > b->max_keys + 1)
		return "a state of more keys than --max-keys";
	for (i = 0; i < body.keys; i++)
		if (!read_key(f, b))
			return damaged;
	if (!read_rows(f, &b->ahead, body.ahead) ||
	    !read_rows(f, &b->held, body.held) ||
	    !get(f, end, sizeof(end)) ||
	    memcmp(end, ending, sizeof(end)) != 0 || getc(f) != EOF)
		return damaged;
	return NULL;
}

const char *
statefile_read(struct baseline *b, const char *path, const char *identity)
{
	const char *why;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return errno == ENOENT ? NULL : strerror(errno);
	why = check_head(f, identity);
	if (why == NULL)
		why = read_rest(f, b);
	fclose(f);
	return why;
}
