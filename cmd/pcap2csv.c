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
#include <strings.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/option.h"
#include "base/output.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "capture/capdev.h"
#include "capture/capfilter.h"
#include "capture/confine.h"
#include "capture/filecapture.h"
#include "capture/libpcap.h"
#include "capture/livecapture.h"
#include "capture/packetrow.h"
#include "capture/recording.h"
#include "decode/flow.h"

#define FLOWS_MAX	((uint64_t)1 << 28)
#define SNAPLEN_MAX	262144

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

static int
run_files(char **operands, struct flow_table *flows, struct output *out)
{
	const struct filecapture_settings files = { .filter = filter_text,
	    .rows_max = count_max, .verbose = verbose };

	return filecapture_run(&files, operands, &row_format, flows, out);
}

static int
run_live(struct flow_table *flows, struct output *out)
{
	/* A bad one is a matter of usage before any interface is opened. */
	if (filter_text != NULL)
		capfilter_free(capfilter_new(filter_text));
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
	option_printed();
}

static _Noreturn void
show_version(void)
{
	const char *missing = libpcap_load();
	char text[256];

	snprintf(text, sizeof(text), "%s\nlive capture is confined by: %s\n",
	    missing != NULL ? missing : libpcap.lib_version(),
	    confine_built());
	option_version_with(text);
}

/* Cuts the suffix off the name, in any case; false if it has another. */
static bool
cut_suffix(char *name, const char *suffix)
{
	size_t n = strlen(name), len = strlen(suffix);

	if (n < len || strcasecmp(name + n - len, suffix) != 0)
		return false;
	name[n - len] = '\0';
	return true;
}

/* Whether others would take the file of this name for a capture. */
static bool
names_capture(const char *path)
{
	char *name = xstrdup(path);
	bool named;

	if (!cut_suffix(name, ".gz"))
		(void)cut_suffix(name, ".zst");
	named = cut_suffix(name, ".pcap") || cut_suffix(name, ".pcapng") ||
	    cut_suffix(name, ".cap");
	free(name);
	return named;
}

static const char *
read_write_path(const char *path)
{
	if (names_capture(path))
		errx(STATUS_USAGE, "bad file \"%s\", want a name for CSV, "
		    "which is written (for packets: tcpdump -i INTERFACE -w "
		    "FILE, or dumpcap)", show_str(path));
	return path;
}

static const char usage_text[] =
    "usage: pcap2csv [-hVv] [-c count] [-e fields] [-f filter] [-t format]\n"
    "                [--digits n] [--flows n] [--list-fields] [--no-header]\n"
    "                [--outer] [--sensor name] [file ...]\n"
    "       pcap2csv -i interface [-B kib] [-s bytes] [-w file]\n"
    "                [--duration time] [--immediate] [--max-age duration]\n"
    "                [--max-size bytes] [--promiscuous] [--user name]\n"
    "                [option ...]\n"
    "       pcap2csv -D\n"
    "Writes a row for each packet.  pcap2csv(1) says more.\n";

enum { OPT_DIGITS = 256, OPT_DURATION, OPT_FLOWS, OPT_IMMEDIATE,
    OPT_LIST_FIELDS, OPT_MAX_AGE, OPT_MAX_SIZE, OPT_NO_HEADER, OPT_OUTER,
    OPT_PROMISCUOUS, OPT_SENSOR, OPT_USER };

static const struct option options[] = {
	{ "buffer-size", required_argument, NULL, 'B' },
	{ "count", required_argument, NULL, 'c' },
	{ "digits", required_argument, NULL, OPT_DIGITS },
	{ "duration", required_argument, NULL, OPT_DURATION },
	{ "fields", required_argument, NULL, 'e' },
	{ "filter", required_argument, NULL, 'f' },
	{ "flows", required_argument, NULL, OPT_FLOWS },
	{ "help", no_argument, NULL, 'h' },
	{ "immediate", no_argument, NULL, OPT_IMMEDIATE },
	{ "interface", required_argument, NULL, 'i' },
	{ "list-fields", no_argument, NULL, OPT_LIST_FIELDS },
	{ "list-interfaces", no_argument, NULL, 'D' },
	{ "max-age", required_argument, NULL, OPT_MAX_AGE },
	{ "max-size", required_argument, NULL, OPT_MAX_SIZE },
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
		live.write_path = read_write_path(optarg);
		break;
	case OPT_DURATION:
		live.duration_ns = option_duration("duration", optarg, 1);
		break;
	case OPT_IMMEDIATE:
		live.device.immediate = true;
		break;
	case OPT_MAX_AGE:
		live.limits.max_age_ns = option_duration("max-age", optarg,
		    1000000000);
		break;
	case OPT_MAX_SIZE:
		live.limits.max_size = option_bytes("max-size", optarg, 4096);
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

/* Options about the columns; false if it is none of them. */
static bool
read_row_option(int ch)
{
	switch (ch) {
	case 'e':
		packetrow_fields(&row_format, optarg);
		break;
	case 't':
		row_format.time = option_time_format(optarg);
		break;
	case OPT_DIGITS:
		row_format.digits = (unsigned)option_number("digits", optarg,
		    0, 9);
		break;
	case OPT_NO_HEADER:
		no_header = true;
		break;
	case OPT_OUTER:
		row_format.outer = true;
		break;
	case OPT_SENSOR:
		packetrow_sensor(&row_format, optarg);
		break;
	default:
		return false;
	}
	return true;
}

/* All other options. */
static void
read_option(int ch)
{
	switch (ch) {
	case 'c':
		count_max = option_number("count", optarg, 1, INT64_MAX);
		break;
	case 'f':
		filter_text = optarg;
		break;
	case 'i':
		add_interface(optarg);
		break;
	case 'v':
		verbose = true;
		break;
	case OPT_FLOWS:
		flows_max = option_number("flows", optarg, 1, FLOWS_MAX);
		break;
	case OPT_LIST_FIELDS:
		packetrow_list_fields();
		option_printed();
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
	    NULL)) != -1) {
		if (read_live_option(ch))
			live_options = true;
		else if (!read_row_option(ch))
			read_option(ch);
	}
	if (live.count > 0 && argc > optind)
		errx(STATUS_USAGE, "want interfaces or files, not both");
	if (live.count == 0 && live_options)
		errx(STATUS_USAGE, "--buffer-size, --duration, --immediate, "
		    "--max-age, --max-size, --promiscuous, --snaplen, --user "
		    "and --write need --interface");
	if ((live.limits.max_age_ns > 0 || live.limits.max_size > 0) &&
	    (live.write_path == NULL || !recording_has_times(live.write_path)))
		errx(STATUS_USAGE, "--max-age and --max-size need --write with "
		    "a name that changes, such as "
		    "eth0-%%Y%%m%%dT%%H%%M%%SZ.csv");
}

int
main(int argc, char *argv[])
{
	struct output out;
	struct flow_table *flows;
	int status;

	read_options(argc, argv);
	if (live.count == 0)
		option_want_input(argc, usage_text);
	hash_seed();
	flows = flow_new((size_t)flows_max);
	output_init(&out, STDOUT_FILENO, "stdout");
	if (!no_header)
		packetrow_header(&row_format, &out);
	if (live.count > 0)
		status = run_live(flows, &out);
	else
		status = run_files(argv + optind, flows, &out);
	if (verbose)
		warnx("%s forgotten",
		    show_count(flow_evictions(flows), "connection"));
	flow_free(flows);
	free(live.interfaces);
	return status;
}
