/*
 * livecapture - packet rows of network interfaces as the packets arrive
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/show.h"
#include "base/stream.h"
#include "base/zone.h"
#include "capture/capture.h"
#include "capture/confine.h"
#include "capture/livecapture.h"
#include "capture/recording.h"

static void
print_counts(struct capture *c)
{
	const struct capdev_counts *n;
	char drops[32];
	size_t i;

	capture_count(c);
	for (i = 0; i < c->n; i++) {
		n = &c->sources[i].dev.counts;
		snprintf(drops, sizeof(drops), "%ju",
		    (uintmax_t)n->iface_drops);
		warnx("%s: %s captured, %ju dropped by the kernel, "
		    "%s by the interface", c->sources[i].dev.name,
		    show_count(n->captured, "packet"),
		    (uintmax_t)n->kernel_drops,
		    n->iface_known ? drops : "an unknown number");
	}
}

/* Opens all interfaces; returns the status so far. */
static int
open_interfaces(struct capture *c, const struct livecapture_settings *s)
{
	char why[CAPDEV_ERRBUF_SIZE];
	int status = STATUS_DONE;
	size_t i;

	for (i = 0; i < s->count; i++) {
		if (!capture_open(c, s->interfaces[i], &s->device, why)) {
			warnx("%s: %s", show_str(s->interfaces[i]), why);
			status = STATUS_FAILED;
		} else if (*why != '\0')
			warnx("%s: %s", s->interfaces[i], why);
	}
	return status;
}

static void
become(const char *user)
{
	const char *why = confine_drop(user);

	if (why != NULL)
		errx(STATUS_FAILED, "%s", why);
}

static void
seal(int out_fd, int dir_fd)
{
	const char *why;

	/* The rules of the time zone are in a file. */
	zone_check();
	why = confine_seal(out_fd, dir_fd);
	if (why != NULL)
		errx(STATUS_FAILED, "%s", why);
}

static void
write_row(const struct captured *k, struct packetrow *format,
    struct flow_table *flows, struct output *out)
{
	struct packet p;
	struct flow_key key;

	packet_decode(&p, k->linktype, k->data, k->caplen, k->len);
	flow_prefetch(flows, &p, &key);
	packetrow_put(format, out, k, &p, flows, &key);
}

/* Handles an event other than a packet; returns the status. */
static int
act(enum capture_event event, struct capture *c, struct output *out,
    struct recording *recording)
{
	const char *name = c->lost, *why = c->why;

	if (event == CAPTURE_FLUSH) {
		output_flush(out);
		return STATUS_DONE;
	}
	if (event == CAPTURE_COUNTS) {
		print_counts(c);
		return STATUS_DONE;
	}
	if (event == CAPTURE_REOPEN) {
		name = recording->path;
		why = recording_reopen(recording, out);
	}
	if (why == NULL)
		return STATUS_DONE;
	warnx("%s: %s", name, why);
	return STATUS_SKIPPED;
}

/*
 * Opens everything, then drops the right to open more; returns the status.
 * Files whose names have times are all of the user who makes the later ones.
 */
static int
begin(struct capture *c, const struct livecapture_settings *s,
    struct output *out, struct recording *recording)
{
	bool times = s->write_path != NULL &&
	    recording_has_times(s->write_path);
	const char *why = NULL;
	int status;

	capture_init(c, out, s->write_path != NULL);
	status = open_interfaces(c, s);
	if (c->n == 0)
		exit(status);
	if (times)
		become(s->user);
	if (s->write_path != NULL)
		why = recording_open(recording, s->write_path, &s->limits,
		    out);
	if (why != NULL)
		errx(STATUS_FAILED, "%s: %s", s->write_path, why);
	if (!times)
		become(s->user);
	seal(out->fd, recording->dir_fd);
	output_flush(out);
	return status;
}

int
livecapture_run(const struct livecapture_settings *s, struct packetrow *format,
    struct flow_table *flows, struct output *out)
{
	struct recording recording = { .dir_fd = -1 };
	struct captured k;
	struct capture c;
	enum capture_event event;
	uint64_t rows = 0;
	int status, now;

	status = begin(&c, s, out, &recording);
	capture_start(&c, s->duration_ns, s->verbose);
	while (rows < s->rows_max &&
	    (event = capture_next(&c, &k)) != CAPTURE_END) {
		if (event == CAPTURE_PACKET) {
			write_row(&k, format, flows, out);
			rows++;
			continue;
		}
		if (event == CAPTURE_FLUSH &&
		    recording_is_full(&recording, out))
			event = CAPTURE_REOPEN;
		now = act(event, &c, out, &recording);
		status = now > status ? now : status;
	}
	output_close(out);
	print_counts(&c);
	if (s->write_path != NULL)
		recording_release(&recording);
	capture_release(&c);
	return status;
}
