/*
 * capfilter - a BPF filter over packets of any link type
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/protocol.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "capture/capfilter.h"
#include "capture/libpcap.h"
#include "decode/linktype.h"

#define SNAPLEN_MAX	262144

struct program {
	uint32_t	linktype;
	bool		usable;
	bool		told;		/* that it is not usable */
	struct bpf_program code;
};

struct capfilter {
	const char	*expression;
	struct program	*programs;
	size_t		 count;
	struct program	*last;		/* the one used before */
	bool		 failed;	/* one could not be compiled */
};

/*
 * The link types that it is compiled for before anything is read: a name of a
 * host or a service is looked up then, which a confined process cannot do.
 */
static const uint32_t usual[] = {
	LINKTYPE_ETHERNET, LINKTYPE_RAW, LINKTYPE_LINUX_SLL,
	LINKTYPE_LINUX_SLL2, LINKTYPE_NULL, LINKTYPE_IEEE802_11,
	LINKTYPE_IEEE802_11_RADIOTAP, LINKTYPE_PPP
};

#define USUAL	(sizeof(usual) / sizeof(usual[0]))

/* Filters for the protocols that are asked for most, by IANA's ports. */
static const struct {
	enum protocol	 protocol;
	const char	*filter;
} filters_by_port[] = {
	{ PROTO_DNS, "port 53" }, { PROTO_HTTP, "tcp port 80" },
	{ PROTO_TLS, "tcp port 443" }, { PROTO_QUIC, "udp port 443" },
	{ PROTO_SSH, "tcp port 22" }, { PROTO_DHCP, "port 67 or port 68" },
	{ PROTO_NTP, "udp port 123" }, { PROTO_MDNS, "udp port 5353" },
	{ PROTO_SMTP, "tcp port 25" }, { PROTO_FTP, "tcp port 21" },
	{ PROTO_SNMP, "udp port 161" }, { PROTO_SIP, "port 5060" },
	{ PROTO_SMB, "tcp port 445" }, { PROTO_RDP, "port 3389" }
};

/*
 * Compiles for a link type; returns NULL or libpcap's complaint in a static
 * string.
 */
static const char *
compile(struct program *program, uint32_t linktype, const char *expression)
{
	static char why[PCAP_ERRBUF_SIZE];
	int dlt = linktype == LINKTYPE_RAW ? DLT_RAW :
	    linktype == LINKTYPE_ATM_RFC1483 ? DLT_ATM_RFC1483 : (int)linktype;
	pcap_t *p = libpcap.open_dead(dlt, SNAPLEN_MAX);

	if (p == NULL)
		err(STATUS_FAILED, "out of memory");
	*program = (struct program){ .linktype = linktype };
	program->usable = libpcap.compile(p, &program->code, expression, 1,
	    PCAP_NETMASK_UNKNOWN) == 0;
	snprintf(why, sizeof(why), "%s", libpcap.geterr(p));
	libpcap.close(p);
	return program->usable ? NULL : why;
}

static const char *
filter_by_port(enum protocol protocol)
{
	size_t i, n = sizeof(filters_by_port) / sizeof(filters_by_port[0]);

	for (i = 0; i < n; i++)
		if (filters_by_port[i].protocol == protocol)
			return filters_by_port[i].filter;
	return NULL;
}

/* Whether the n bytes at word are an expression that libpcap accepts. */
static bool
is_filter(const char *word, size_t n)
{
	char *copy = xstring(word, n);
	struct program trial;
	bool is;

	is = compile(&trial, LINKTYPE_ETHERNET, copy) == NULL;
	if (is)
		libpcap.freecode(&trial.code);
	free(copy);
	return is;
}

/* Whether the n bytes name a field of Wireshark's, such as ip.addr. */
static bool
is_field(const char *word, size_t n)
{
	const char *dot = memchr(word, '.', n);
	size_t len = dot != NULL ? (size_t)(dot - word) : 0;

	return protocol_find(word, len) != PROTO_NONE ||
	    (len == 2 && memcmp(word, "ip", 2) == 0) ||
	    (len == 3 && memcmp(word, "eth", 3) == 0) ||
	    (len == 5 && memcmp(word, "frame", 5) == 0);
}

/* What to write instead of a bad expression, appended to a message. */
static const char *
advice(const char *expression)
{
	static char text[160];
	static const char ends[] = " \t\n()!&|=";
	const char *word = expression, *filter;
	enum protocol protocol;
	size_t n;

	for (; *(word += strspn(word, ends)) != '\0'; word += n) {
		n = strcspn(word, ends);
		if (is_field(word, n) && strstr(expression, "host") == NULL)
			return "; display filters of Wireshark are others, "
			    "want one of pcap-filter(7) such as \"host "
			    "192.0.2.1 and port 443\"";
		protocol = protocol_find(word, n);
		if (protocol == PROTO_NONE || is_filter(word, n))
			continue;
		filter = filter_by_port(protocol);
		snprintf(text, sizeof(text), "; for the protocol: pcap2csv "
		    "FILE | csvclean -p %s%s%s%s", protocol_name(protocol),
		    filter != NULL ? ", or -f \"" : "",
		    filter != NULL ? filter : "", filter != NULL ? "\"" : "");
		return text;
	}
	return "";
}

/*
 * Ends the program if libpcap is killed as it compiles for n link types, or
 * ends the process, as it does where it gets no memory: a child tries first.
 */
static void
try_aside(const char *expression, const uint32_t *linktype, size_t n)
{
	struct program trial;
	pid_t child = fork();
	int status;

	if (child == -1)
		err(STATUS_FAILED, "fork");
	if (child == 0) {
		for (; n > 0; n--)
			(void)compile(&trial, *linktype++, expression);
		_exit(0);
	}
	while (waitpid(child, &status, 0) == -1)
		if (errno != EINTR)
			err(STATUS_FAILED, "waitpid");
	if (WIFSIGNALED(status))
		errx(STATUS_FAILED, "filter \"%s\": libpcap was killed by "
		    "signal %d: it has too little memory",
		    show_str(expression), WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		errx(STATUS_FAILED, "filter \"%s\": libpcap ended: it has "
		    "too little memory", show_str(expression));
}

/* Ends the program: no usual link type has such a filter. */
static _Noreturn void
refuse(const char *expression)
{
	static const uint32_t radio = LINKTYPE_IEEE802_11_RADIOTAP;
	char said[PCAP_ERRBUF_SIZE];
	struct program trial;
	const char *why;

	try_aside(expression, &radio, 1);
	why = compile(&trial, radio, expression);
	snprintf(said, sizeof(said), "%s", why);
	errx(STATUS_USAGE, "bad filter \"%s\": %s%s", show_str(expression),
	    said, advice(expression));
}

struct capfilter *
capfilter_new(const char *expression)
{
	/* Static, so that it is reachable where refuse ends the program. */
	static struct capfilter *f;
	const char *missing = libpcap_load();
	bool usable = false;

	if (missing != NULL)
		errx(STATUS_FAILED, "%s", missing);
	f = xcalloc(1, sizeof(*f));
	f->expression = expression;
	f->programs = xcalloc(USUAL, sizeof(f->programs[0]));
	try_aside(expression, usual, USUAL);
	for (f->count = 0; f->count < USUAL; f->count++) {
		(void)compile(&f->programs[f->count], usual[f->count],
		    expression);
		usable |= (usual[f->count] == LINKTYPE_ETHERNET ||
		    usual[f->count] == LINKTYPE_IEEE802_11_RADIOTAP) &&
		    f->programs[f->count].usable;
	}
	if (!usable)
		refuse(expression);
	return f;
}

void
capfilter_free(struct capfilter *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->count; i++)
		if (f->programs[i].usable)
			libpcap.freecode(&f->programs[i].code);
	free(f->programs);
	free(f);
}

static struct program *
find_program(struct capfilter *f, uint32_t linktype)
{
	const char *why;
	size_t i;

	for (i = 0; i < f->count; i++)
		if (f->programs[i].linktype == linktype)
			break;
	if (i < f->count && (f->programs[i].usable || f->programs[i].told))
		return &f->programs[i];
	try_aside(f->expression, &linktype, 1);
	if (i == f->count)
		f->programs = xreallocarray(f->programs, ++f->count,
		    sizeof(f->programs[0]));
	why = compile(&f->programs[i], linktype, f->expression);
	f->programs[i].told = why != NULL;
	f->failed |= why != NULL;
	if (why != NULL)
		warnx("filter \"%s\" passes no packet of link type %u: %s",
		    show_str(f->expression), linktype, why);
	return &f->programs[i];
}

bool
capfilter_failed(const struct capfilter *f)
{
	return f->failed;
}

bool
capfilter_match(struct capfilter *f, const struct captured *k)
{
	struct pcap_pkthdr header = { .caplen = k->caplen, .len = k->len };

	if (f->last == NULL || f->last->linktype != k->linktype)
		f->last = find_program(f, k->linktype);
	return f->last->usable &&
	    libpcap.offline_filter(&f->last->code, &header, k->data) != 0;
}
