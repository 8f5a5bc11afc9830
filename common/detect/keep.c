/*
 * keep - what a run keeps for the next one; prints what is wrong with it
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/show.h"
#include "base/status.h"
#include "base/timestamp.h"
#include "detect/keep.h"

#define SAVE_NS		(600 * NS_PER_S)	/* between two states */

void
keep_read(struct keep *k)
{
	const char *why;

	if (k->state != NULL &&
	    (why = detect_file_read(&k->file, k->state)) != NULL)
		errx(STATUS_USAGE, "%s: %s", show_str(k->state), why);
}

void
keep_continue(struct keep *k, struct detect *d)
{
	const char *why;

	if (k->state == NULL)
		return;
	why = detect_file_continue(&k->file, d);
	if (why != NULL)
		errx(STATUS_USAGE, "%s: %s", show_str(k->state), why);
	if (k->file.lost[0] != '\0')
		warnx("%s: rules are gone or have changed: %s: %s dropped",
		    show_str(k->state), k->file.lost,
		    show_count(k->file.lost_keys, "key"));
	k->saved_ns = timestamp_now(CLOCK_MONOTONIC);
}

static void
report(const char *path, const char *why, struct stream *in)
{
	if (why == NULL)
		return;
	warnx("%s: %s", show_str(path), why);
	stream_status(in, STATUS_FAILED);
}

static void
save(struct keep *k, struct detect *d, struct output *out, struct stream *in)
{
	detect_flush(d);
	output_flush(out);
	report(k->state, detect_file_write(d, k->state), in);
}

int64_t
keep_tick(struct keep *k, struct detect *d, struct output *out,
    struct stream *in)
{
	int64_t now;

	if (k->state == NULL)
		return INT64_MAX;
	now = timestamp_now(CLOCK_MONOTONIC);
	if (now - k->saved_ns >= SAVE_NS) {
		save(k, d, out, in);
		k->saved_ns = now;
	}
	return k->saved_ns + SAVE_NS;
}

void
keep_finish(struct keep *k, struct detect *d, struct output *out,
    struct stream *in)
{
	const struct known *known = &k->known;

	if (k->state != NULL)
		save(k, d, out, in);
	else
		detect_finish(d);
	report(known->path, known_write(&k->known), in);
	if (known->over > 0)
		warnx("%s: %s not added: a set of rules has at most %d "
		    "networks", show_str(known->path),
		    show_count(known->over, "new host"), RULES_NETS_MAX);
}
