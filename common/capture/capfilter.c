/*
 * capfilter - a BPF filter over packets of any link type
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>

#include <pcap/pcap.h>

#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "capture/capfilter.h"
#include "decode/linktype.h"

#define SNAPLEN_MAX	262144

struct program {
	uint32_t	linktype;
	bool		usable;
	struct bpf_program code;
};

struct capfilter {
	const char	*expression;
	struct program	*programs;
	size_t		 count;
	struct program	*last;		/* the one used before */
};

/*
 * Compiles for a link type; returns NULL or libpcap's complaint in a static
 * string.
 */
static const char *
compile(struct program *program, uint32_t linktype, const char *expression)
{
	static char why[PCAP_ERRBUF_SIZE];
	int dlt = linktype == LINKTYPE_RAW ? DLT_RAW : (int)linktype;
	pcap_t *p = pcap_open_dead(dlt, SNAPLEN_MAX);

	if (p == NULL)
		return "out of memory";
	program->linktype = linktype;
	program->usable = pcap_compile(p, &program->code, expression, 1,
	    PCAP_NETMASK_UNKNOWN) == 0;
	snprintf(why, sizeof(why), "%s", pcap_geterr(p));
	pcap_close(p);
	return program->usable ? NULL : why;
}

struct capfilter *
capfilter_new(const char *expression)
{
	struct capfilter *f = xcalloc(1, sizeof(*f));
	struct program trial;
	const char *why;

	f->expression = expression;
	why = compile(&trial, DLT_EN10MB, expression);
	if (why != NULL) {
		why = compile(&trial, DLT_IEEE802_11_RADIO, expression);
		if (why != NULL)
			errx(STATUS_USAGE, "bad filter \"%s\": %s",
			    show_str(expression), why);
	}
	pcap_freecode(&trial.code);
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
			pcap_freecode(&f->programs[i].code);
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
			return &f->programs[i];
	f->programs = xreallocarray(f->programs, f->count + 1,
	    sizeof(f->programs[0]));
	why = compile(&f->programs[f->count], linktype, f->expression);
	if (why != NULL)
		warnx("filter \"%s\" passes no packet of link type %u: %s",
		    show_str(f->expression), linktype, why);
	return &f->programs[f->count++];
}

bool
capfilter_match(struct capfilter *f, const struct captured *k)
{
	struct pcap_pkthdr header = { .caplen = k->caplen, .len = k->len };

	if (f->last == NULL || f->last->linktype != k->linktype)
		f->last = find_program(f, k->linktype);
	return f->last->usable &&
	    pcap_offline_filter(&f->last->code, &header, k->data) != 0;
}
