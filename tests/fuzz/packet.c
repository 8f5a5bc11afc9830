/*
 * packet - any bytes as a packet of any link type, for a fuzzer
 *
 * The first two bytes are the link type, the third is how many bytes more
 * were on the wire.  What the decoder says of them must be sound, the same on
 * its way for most packets and on that for all, and make a row.
 *
 * Captures are no such inputs: of the last directory on the command line, the
 * packets of captures become seeds in the one before it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/packetrow.h"
#include "sound.h"

#define LINKTYPES	300	/* none of those that are known is larger */
#define HEAD		3
#define FIELDS	"ids,service,icmp_type,vlan,iface,ttl,ip_proto,caplen," \
	    "payload,gap,linktype,outer_src,outer_dst"

int	LLVMFuzzerInitialize(int *, char ***);
int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* One of each link type, protocol and length (roughly) is enough. */
static void
write_seed(const char *dir, const struct captured *k,
    struct flow_table *flows)
{
	uint32_t more = k->len > k->caplen ? k->len - k->caplen : 0;
	uint8_t head[HEAD] = { (uint8_t)(k->linktype >> 8),
	    (uint8_t)k->linktype, (uint8_t)(more < 255 ? more : 255) };
	char path[4096];
	struct packet p;
	FILE *f;

	packet_decode(&p, k->linktype, k->data, k->caplen, k->len);
	snprintf(path, sizeof(path), "%s/seed-%u-%s-%u", dir, k->linktype,
	    protocol_name(flow_classify_one(flows, &p)), k->caplen / 32);
	f = fopen(path, "w");
	if (f == NULL || fwrite(head, HEAD, 1, f) != 1 ||
	    (k->caplen > 0 && fwrite(k->data, k->caplen, 1, f) != 1) ||
	    fclose(f) == EOF)
		err(1, "%s", path);
}

static void
split_capture(char *path, const char *dir)
{
	char *operands[] = { path, NULL };
	struct flow_table *flows = flow_new(1024);
	struct stream in;
	struct capfile *c;
	struct captured k;

	stream_init(&in, operands, NULL);
	c = capfile_new(&in);
	while (stream_next(&in)) {
		capfile_start(c);
		while (capfile_next(c, &k) == CAPFILE_PACKET)
			write_seed(dir, &k, flows);
	}
	capfile_free(c);
	stream_finish(&in);
	flow_free(flows);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char path[4096], *dot;
	const char *from, *to;
	struct dirent *entry;
	DIR *dir;

	if (*argc < 3 || (*argv)[*argc - 2][0] == '-')
		return 0;
	from = (*argv)[--*argc];
	to = (*argv)[*argc - 1];
	dir = opendir(from);
	if (dir == NULL)
		err(1, "%s", from);
	while ((entry = readdir(dir)) != NULL) {
		dot = strrchr(entry->d_name, '.');
		if (dot == NULL || (strcmp(dot, ".pcap") != 0 &&
		    strcmp(dot, ".pcapng") != 0))
			continue;
		snprintf(path, sizeof(path), "%s/%s", from, entry->d_name);
		split_capture(path, to);
	}
	closedir(dir);
	return 0;
}

/* Ends the fuzzer, for a reason. */
static void
check(bool good, const char *why)
{
	if (!good) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
}

/* Both directions of a connection have one key; its ends change places. */
static void
check_key(struct flow_table *flows, const struct packet *p,
    const struct flow_key *key)
{
	size_t n = p->inner.family == 6 ? 16 : p->inner.family;
	struct flow_key back = *key;
	struct packet q = *p;

	if ((p->protocol != PROTO_TCP && p->protocol != PROTO_UDP) ||
	    !p->has_ports)
		return;
	q.inner.src = p->inner.dst;
	q.inner.dst = p->inner.src;
	q.sport = p->dport;
	q.dport = p->sport;
	flow_prefetch(flows, &q, &back);
	check(back.hash == key->hash, "a key for each direction");
	check((p->sport == p->dport && (n == 0 ||
	    memcmp(p->inner.src, p->inner.dst, n) == 0)) ||
	    (back.src == key->dst && back.dst == key->src),
	    "an end that is the same whichever sends");
}

/* The row of a packet, with every field. */
static void
write_row(const struct captured *k, const struct packet *p,
    struct flow_table *flows, const struct flow_key *key)
{
	static struct packetrow format;
	static struct output out;

	if (out.buf == NULL) {
		packetrow_init(&format);
		packetrow_fields(&format, FIELDS);
		output_init(&out, -1, "none");
	}
	packetrow_put(&format, &out, k, p, flows, key);
	format.outer = !format.outer;
	check(out.used > 0 && out.buf[out.used - 1] == '\n', "no row");
	out.used = out.whole = 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t n)
{
	static struct flow_table *flows;
	struct captured k = { .iface = "" };
	struct flow_key key = { 0, 0, 0 };
	const char *why;
	struct packet p;
	uint8_t *data;

	if (n < HEAD)
		return 0;
	if (flows == NULL)
		flows = flow_new(1024);
	k.linktype = ((uint32_t)input[0] << 8 | input[1]) % LINKTYPES;
	k.caplen = (uint32_t)n - HEAD;
	k.len = k.caplen + input[2];
	/* Of its exact size, so that a byte read behind it is found. */
	data = malloc(k.caplen > 0 ? k.caplen : 1);
	if (data == NULL)
		abort();
	memcpy(data, input + HEAD, k.caplen);
	k.data = data;
	packet_decode(&p, k.linktype, data, k.caplen, k.len);
	why = unsound(&p, data, k.caplen, k.len);
	check(why == NULL, why);
	check(k.linktype != LINKTYPE_ETHERNET ||
	    walk_agrees(&p, data, k.caplen, k.len),
	    "the walk over the layers disagrees");
	flow_prefetch(flows, &p, &key);
	check_key(flows, &p, &key);
	check(flow_classify(flows, &p, &key) != PROTO_NONE, "no name");
	write_row(&k, &p, flows, &key);
	free(data);
	return 0;
}
