/*
 * beaconfile - the pairs of beacons, kept in a file between two runs
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/newfile.h"
#include "base/show.h"
#include "base/xalloc.h"
#include "baseline/beaconfile.h"
#include "csv/csv.h"

#define VERSION		1U
#define IDENTITY_MAX	4096

static const char magic[16] = "pktpipe beacons", ending[8] = "complete";
static const char damaged[] = "a damaged state";

/* All of it is written as it is in memory. */
struct head {
	char	 magic[16];
	uint32_t version;
	uint32_t order;			/* tells the byte order */
	uint32_t pair_bytes;		/* of a struct beacon_pair */
	uint32_t identity;		/* its bytes */
	uint64_t pairs;
	int64_t	 now_ns, other_ns, checked_ns;
	uint32_t started, agreeing;
};

static void
write_all(FILE *f, const struct beacons *b, const char *identity)
{
	struct head h = { .version = VERSION, .order = 0x01020304,
	    .pair_bytes = sizeof(struct beacon_pair),
	    .identity = (uint32_t)strlen(identity), .pairs = b->pairs.used,
	    .now_ns = b->clock.now_ns, .other_ns = b->clock.other_ns,
	    .checked_ns = b->checked_ns, .started = b->clock.started,
	    .agreeing = b->clock.agreeing };
	const struct keytable_entry *e;
	uint64_t len;
	size_t i;

	memcpy(h.magic, magic, sizeof(h.magic));
	fwrite(&h, sizeof(h), 1, f);
	fwrite(identity, 1, h.identity, f);
	for (i = 0; i < b->pairs.used; i++) {
		e = keytable_entry(&b->pairs, i);
		len = e->len;
		fwrite(&len, sizeof(len), 1, f);
		fwrite(keytable_key(e), 1, e->len, f);
		fwrite(e->seen.data, sizeof(struct beacon_pair), 1, f);
	}
	fwrite(ending, sizeof(ending), 1, f);
}

const char *
beaconfile_write(const struct beacons *b, const char *path,
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

/* Says whether the file is one of these, and of the same connections. */
static const char *
read_head(FILE *f, const char *identity, struct head *h)
{
	static char why[2 * IDENTITY_MAX + 64];
	char found[IDENTITY_MAX + 1];

	if (!get(f, h, sizeof(*h)) ||
	    memcmp(h->magic, magic, sizeof(magic)) != 0)
		return "not a state of rateflag --beacon";
	if (h->order != 0x01020304)
		return "a state of a machine with another byte order";
	if (h->version != VERSION ||
	    h->pair_bytes != sizeof(struct beacon_pair)) {
		snprintf(why, sizeof(why), "a state of version %u.%u, want "
		    "%u.%zu", h->version, h->pair_bytes, VERSION,
		    sizeof(struct beacon_pair));
		return why;
	}
	if (h->identity > IDENTITY_MAX || !get(f, found, h->identity))
		return damaged;
	if (h->identity == strlen(identity) &&
	    memcmp(found, identity, h->identity) == 0)
		return NULL;
	snprintf(why, sizeof(why), "a state of \"%s\", want \"%s\"",
	    show(found, h->identity), show_str(identity));
	return why;
}

static bool
is_valid(const struct beacon_pair *p)
{
	uint32_t i;

	if (p->used < 1 || p->used > BEACON_TIMES || p->sport > UINT16_MAX ||
	    p->step_ns < 0 || p->open > 1 || p->listed > 1)
		return false;
	for (i = 1; i < p->used; i++)
		if (p->time[i] < p->time[i - 1])
			return false;
	return true;
}

/* Reads a pair into the table. */
static bool
read_pair(FILE *f, struct beacons *b)
{
	struct beacon_pair pair;
	struct keytable_entry *e;
	uint64_t len;
	size_t used = b->pairs.used;
	char *text;

	if (!get(f, &len, sizeof(len)) || len > 2 * CSV_RECORD_MAX)
		return false;
	text = xcalloc(1, len + SLICE_SLACK);
	e = get(f, text, len) && get(f, &pair, sizeof(pair)) &&
	    is_valid(&pair) ? keytable_insert(&b->pairs, text, len) : NULL;
	free(text);
	if (e == NULL || b->pairs.used == used)
		return false;
	e->seen.data = xcalloc(1, sizeof(pair));
	memcpy(e->seen.data, &pair, sizeof(pair));
	return true;
}

static const char *
read_pairs(FILE *f, struct beacons *b, uint64_t n)
{
	char end[sizeof(ending)];

	if (n > b->max_keys)
		return "a state of more pairs than --max-keys";
	for (; n > 0; n--)
		if (!read_pair(f, b))
			return damaged;
	if (!get(f, end, sizeof(end)) ||
	    memcmp(end, ending, sizeof(end)) != 0 || getc(f) != EOF)
		return damaged;
	beacons_reopen(b);
	return NULL;
}

const char *
beaconfile_read(struct beacons *b, const char *path, const char *identity)
{
	const char *why;
	struct head h;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return errno == ENOENT ? NULL : strerror(errno);
	why = read_head(f, identity, &h);
	if (why == NULL) {
		b->clock.started = h.started != 0;
		b->clock.now_ns = h.now_ns;
		b->clock.other_ns = h.other_ns;
		b->clock.agreeing = h.agreeing;
		b->checked_ns = h.checked_ns;
		why = read_pairs(f, b, h.pairs);
	}
	fclose(f);
	return why;
}
