/*
 * packet - any bytes as a packet of any link type, for a fuzzer
 *
 * The first two bytes are the link type, the third is how many bytes more
 * were on the wire.  What the decoder points to must be in the packet.
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

#include "capture/capfile.h"
#include "decode/flow.h"
#include "decode/packet.h"

#define LINKTYPES	300	/* none of those that are known is larger */
#define HEAD		3

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

static void
check_within(const uint8_t *p, size_t n, const uint8_t *data, size_t caplen)
{
	if (n > 0 && (p < data || n > caplen ||
	    (size_t)(p - data) > caplen - n))
		abort();
}

static void
check_addrs(const struct packet_addrs *a, const uint8_t *data, size_t caplen)
{
	size_t n = a->family == 4 ? 4 : a->family == 6 ? 16 : 0;

	if (n == 0 && a->family != 0)
		abort();
	check_within(a->src, n, data, caplen);
	check_within(a->dst, n, data, caplen);
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t n)
{
	static struct flow_table *flows;
	struct flow_key key;
	struct packet p;
	uint8_t *data;
	size_t caplen;

	if (n < HEAD)
		return 0;
	if (flows == NULL)
		flows = flow_new(1024);
	caplen = n - HEAD;
	/* Of its exact size, so that a byte read behind it is found. */
	data = malloc(caplen > 0 ? caplen : 1);
	if (data == NULL)
		abort();
	memcpy(data, input + HEAD, caplen);
	packet_decode(&p, ((uint32_t)input[0] << 8 | input[1]) % LINKTYPES,
	    data, (uint32_t)caplen, (uint32_t)caplen + input[2]);
	check_addrs(&p.outer, data, caplen);
	check_addrs(&p.inner, data, caplen);
	check_within(p.payload, p.payload_caplen, data, caplen);
	if (p.protocol == PROTO_NONE || p.vlans > PACKET_VLANS ||
	    p.payload_caplen > p.payload_len)
		abort();
	flow_prefetch(flows, &p, &key);
	if (flow_classify(flows, &p, &key) == PROTO_NONE)
		abort();
	free(data);
	return 0;
}
