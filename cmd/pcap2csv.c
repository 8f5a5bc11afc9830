/*
 * pcap2csv - one CSV row for each packet of a capture or an interface
 *
 * In: pcap and pcapng captures (files or standard input, compressed or not),
 * or the packets of network interfaces as they come.
 * Out: packet rows, time,src,dst,proto,len and the columns asked for.  Only
 * metadata: the payload's first bytes are looked at to name the protocol and
 * are neither kept nor printed.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/option.h"
#include "base/output.h"
#include "base/show.h"
#include "base/stream.h"
#include "base/xalloc.h"
#include "capture/capdev.h"
#include "capture/capfile.h"
#include "capture/capfilter.h"
#include "capture/confine.h"
#include "capture/livecapture.h"
#include "capture/packetrow.h"
#include "decode/flow.h"
#include "decode/packet.h"

#define FLOWS_MAX	((uint64_t)1 << 28)
#define SNAPLEN_MAX	262144

/*
 * Packets are decoded some at a time, then sought in the table together, so
 * that several misses of its memory overlap, and named only then.  With its
 * large pages and the tables of digits, 50,000 connections took 0.73 s where
 * they took 0.90 s, medians of nine pairs; the search apart from the decoding
 * saved 0.05 s of 0.61 s more, the least of eleven.
 */
#define BATCH	16

struct batch {
	struct captured captured[BATCH];
	struct packet	decoded[BATCH];
	struct flow_key	key[BATCH];
	size_t		n;
};

static struct packetrow row_format;
static const char *filter_text;
static uint64_t count_max = UINT64_MAX;
static uint64_t flows_max = FLOW_ENTRIES_DEFAULT;
static bool no_header, verbose;

/* Of a live run only. */
static struct livecapture_settings live = {
	.device = { .snaplen = 256, .buffer_kib = 16 * 1024 },
	.duration_ns = INT64_MAX, .user = "nobody"
};
static bool live_options;	/* one that means nothing for files */

static uint64_t untimed;	/* packets whose time is out of range */

static void
warn_fractions(struct stream *in, const struct capfile_fractions *f)
{
	stream_warn(in, STATUS_SKIPPED, "offset %ju: bad %s %u, want 0-%u "
	    "(%ju in all; times cut to the second)", (uintmax_t)f->offset,
	    f->per_s == 1000000 ? "microseconds" : "nanoseconds", f->value,
	    f->per_s - 1, (uintmax_t)f->count);
}

/* Ends the operand: reports what was wrong with it, if anything. */
static void
end_operand(struct stream *in, struct capfile *cap, enum capfile_result why,
    uint64_t packets)
{
	if (why == CAPFILE_UNKNOWN)
		stream_warn(in, STATUS_FAILED, "%s", capfile_why(cap));
	if (capfile_fractions(cap)->count > 0)
		warn_fractions(in, capfile_fractions(cap));
	if (verbose)
		warnx("%s: %ju packets", in->name, (uintmax_t)packets);
}

/*
 * Reads and decodes up to max packets, of which all but the first are in the
 * block already, so that reading one does not move the others.
 */
static enum capfile_result
gather(struct capfile *cap, struct capfilter *filter,
    struct flow_table *flows, struct batch *b, uint64_t max)
{
	enum capfile_result result;
	struct captured *k;
	struct packet *p;
	size_t i;

	b->n = 0;
	do {
		k = &b->captured[b->n];
		p = &b->decoded[b->n];
		result = capfile_next(cap, k);
		if (result != CAPFILE_PACKET)
			break;
		if (filter != NULL && !capfilter_match(filter, k))
			continue;
		if (k->out_of_range)
			untimed++;
		packet_decode(p, k->linktype, k->data, k->caplen, k->len);
		b->n++;
	} while (b->n < BATCH && b->n < max && capfile_buffered(cap));
	for (i = 0; i < b->n; i++)
		flow_prefetch(flows, &b->decoded[i], &b->key[i]);
	return result;
}

/* A decompressor that failed reports it itself, but the cut is here. */
static void
warn_damage(struct stream *in, struct capfile *cap)
{
	stream_warn(in, STATUS_SKIPPED, "offset %ju: %s",
	    (uintmax_t)capfile_offset(cap), capfile_why(cap));
}

/* One row for each packet of the open operand. */
static void
convert(struct stream *in, struct capfile *cap, struct capfilter *filter,
    struct flow_table *flows, struct output *out)
{
	static struct batch b;
	enum capfile_result result = CAPFILE_PACKET;
	uint64_t before = in->rows;
	size_t i;

	capfile_start(cap);
	while (in->rows < count_max && (result == CAPFILE_PACKET ||
	    result == CAPFILE_DAMAGED)) {
		result = gather(cap, filter, flows, &b, count_max - in->rows);
		for (i = 0; i < b.n; i++)
			packetrow_write(&row_format, out, &b.captured[i],
			    &b.decoded[i], flow_classify(flows, &b.decoded[i],
			    &b.key[i]));
		in->rows += b.n;
		if (result == CAPFILE_DAMAGED)
			warn_damage(in, cap);
	}
	end_operand(in, cap, result, in->rows - before);
}

/* Captures of files and standard input; returns the status. */
static int
read_files(char **operands, struct capfilter *filter,
    struct flow_table *flows, struct output *out)
{
	struct stream in;
	struct capfile *cap;

	stream_init(&in, operands, out);
	cap = capfile_new(&in);
	while (in.rows < count_max && stream_next(&in))
		convert(&in, cap, filter, flows, out);
	output_close(out);
	if (untimed > 0)
		warnx("%ju packets have a time outside 1677 to 2262: "
		    "written without a time",
		    (uintmax_t)untimed);
	if (untimed > 0)
		stream_status(&in, STATUS_SKIPPED);
	if (verbose)
		warnx("%ju packets in all", (uintmax_t)in.rows);
	capfile_free(cap);
	return stream_finish(&in);
}

static int
run_live(struct flow_table *flows, struct output *out)
{
	live.device.filter = filter_text;
	live.rows_max = count_max;
	live.verbose = verbose;
	return livecapture_run(&live, &row_format, flows, out);
}

static void
add_interface(const char *name)
{
	size_t i;

	for (i = 0; i < live.count; i++)
		if (strcmp(live.interfaces[i], name) == 0)
			errx(STATUS_USAGE, "bad interface \"%s\", want each "
			    "once", show_str(name));
	live.interfaces = xreallocarray(live.interfaces, live.count + 1,
	    sizeof(live.interfaces[0]));
	live.interfaces[live.count++] = name;
}

static void
show_interface(const char *name, const char *state, const char *about)
{
	printf("%-15s %-4s %s\n", name, state, about);
}

static _Noreturn void
list_interfaces(void)
{
	const char *why = capdev_list(show_interface);

	if (why != NULL)
		errx(STATUS_FAILED, "%s", why);
	if (fflush(stdout) == EOF)
		err(STATUS_FAILED, "stdout: write");
	exit(STATUS_DONE);
}

static _Noreturn void
show_version(void)
{
	char text[256];

	snprintf(text, sizeof(text), "%s\nlive capture is confined by: %s\n",
	    pcap_lib_version(), confine_built());
	option_version_with(text);
}

static const char usage_text[] =
    "usage: pcap2csv [-hVv] [-c count] [-e fields] [-f filter] [-t format]\n"
    "                [--digits n] [--flows n] [--list-fields] [--no-header]\n"
    "                [--outer] [--sensor name] [file ...]\n"
    "       pcap2csv -i interface [-B kib] [-s bytes] [-w file]\n"
    "                [--duration time] [--promiscuous] [--user name]\n"
    "                [option ...]\n"
    "       pcap2csv -D\n"
    "Writes a row for each packet.  pcap2csv(1) says more.\n";

enum { OPT_DIGITS = 256, OPT_DURATION, OPT_FLOWS, OPT_LIST_FIELDS,
    OPT_NO_HEADER, OPT_OUTER, OPT_PROMISCUOUS, OPT_SENSOR, OPT_USER };

static const struct option options[] = {
	{ "buffer-size", required_argument, NULL, 'B' },
	{ "count", required_argument, NULL, 'c' },
	{ "digits", required_argument, NULL, OPT_DIGITS },
	{ "duration", required_argument, NULL, OPT_DURATION },
	{ "fields", required_argument, NULL, 'e' },
	{ "filter", required_argument, NULL, 'f' },
	{ "flows", required_argument, NULL, OPT_FLOWS },
	{ "help", no_argument, NULL, 'h' },
	{ "interface", required_argument, NULL, 'i' },
	{ "list-fields", no_argument, NULL, OPT_LIST_FIELDS },
	{ "list-interfaces", no_argument, NULL, 'D' },
	{ "no-header", no_argument, NULL, OPT_NO_HEADER },
	{ "outer", no_argument, NULL, OPT_OUTER },
	{ "promiscuous", no_argument, NULL, OPT_PROMISCUOUS },
	{ "sensor", required_argument, NULL, OPT_SENSOR },
	{ "snaplen", required_argument, NULL, 's' },
	{ "time", required_argument, NULL, 't' },
	{ "user", required_argument, NULL, OPT_USER },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "write", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 }
};

/* Options of a live run; false if it is none of them. */
static bool
read_live_option(int ch)
{
	switch (ch) {
	case 'B':
		live.device.buffer_kib = (int)option_number("buffer size",
		    optarg, 1, INT_MAX / 1024);
		break;
	case 's':
		live.device.snaplen = (int)option_number("snaplen", optarg, 1,
		    SNAPLEN_MAX);
		break;
	case 'w':
		live.write_path = optarg;
		break;
	case OPT_DURATION:
		live.duration_ns = option_duration("duration", optarg, 1);
		break;
	case OPT_PROMISCUOUS:
		live.device.promiscuous = true;
		break;
	case OPT_USER:
		live.user = optarg;
		break;
	default:
		return false;
	}
	return true;
}

/* An option of either run. */
static void
read_option(int ch)
{
	static const char *const times[] = { "epoch", "iso", "sheet", NULL };

	if (read_live_option(ch)) {
		live_options = true;
		return;
	}
	switch (ch) {
	case 'c':
		count_max = option_number("count", optarg, 1, INT64_MAX);
		break;
	case 'e':
		packetrow_fields(&row_format, optarg);
		break;
	case 'f':
		filter_text = optarg;
		break;
	case 'i':
		add_interface(optarg);
		break;
	case 't':
		row_format.time = (enum timestamp_format)option_word("time "
		    "format", optarg, times);
		break;
	case 'v':
		verbose = true;
		break;
	case OPT_DIGITS:
		row_format.digits = (unsigned)option_number("digits", optarg,
		    0, 9);
		break;
	case OPT_FLOWS:
		flows_max = option_number("flows", optarg, 1, FLOWS_MAX);
		break;
	case OPT_LIST_FIELDS:
		packetrow_list_fields();
		exit(STATUS_DONE);
	case OPT_NO_HEADER:
		no_header = true;
		break;
	case OPT_OUTER:
		row_format.outer = true;
		break;
	case OPT_SENSOR:
		packetrow_sensor(&row_format, optarg);
		break;
	case 'D':
		list_interfaces();
	case 'h':
		option_help(usage_text);
	case 'V':
		show_version();
	default:
		option_usage(usage_text);
	}
}

static void
read_options(int argc, char *argv[])
{
	int ch;

	packetrow_init(&row_format);
	while ((ch = getopt_long(argc, argv, "B:c:De:f:hi:s:t:vVw:", options,
	    NULL)) != -1)
		read_option(ch);
	if (live.count > 0 && argc > optind)
		errx(STATUS_USAGE, "want interfaces or files, not both");
	if (live.count == 0 && live_options)
		errx(STATUS_USAGE, "--buffer-size, --duration, --promiscuous, "
		    "--snaplen, --user and --write need --interface");
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct capfilter *filter = NULL;
	struct flow_table *flows;
	int status;

	read_options(argc, argv);
	if (live.count == 0)
		option_want_input(argc, usage_text);
	if (filter_text != NULL)
		filter = capfilter_new(filter_text);
	hash_seed();
	flows = flow_new((size_t)flows_max);
	output_init(&out, STDOUT_FILENO, "stdout");
	if (!no_header)
		packetrow_header(&row_format, &out);
	if (live.count > 0)
		status = run_live(flows, &out);
	else
		status = read_files(argv + optind, filter, flows, &out);
	if (verbose)
		warnx("%ju connections forgotten",
		    (uintmax_t)flow_evictions(flows));
	capfilter_free(filter);
	flow_free(flows);
	free(live.interfaces);
	return status;
}
