/*
 * capfile - any bytes through the readers of captures, for a fuzzer
 *
 * What a packet points to must be in the block, and every packet must decode.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/capmagic.h"
#include "capture/capfile.h"
#include "decode/flow.h"

#include "bytes.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_packet(const struct stream *in, const struct captured *k,
    struct flow_table *flows)
{
	const uint8_t *block = (const uint8_t *)in->buf;
	struct flow_key key;
	struct packet p;

	if (k->data < block || k->data + k->caplen > block + in->end)
		abort();
	packet_decode(&p, k->linktype, k->data, k->caplen, k->len);
	flow_prefetch(flows, &p, &key);
	if (flow_classify(flows, &p, &key) == PROTO_NONE)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct flow_table *flows;
	struct stream in;
	struct capfile *c;
	struct captured k;
	enum capfile_result result;
	bool big;

	/* Only captures: a compressed input would start a process each time. */
	if (n < 4 || (capmagic_pcap(data, &big) == NULL &&
	    !capmagic_pcapng(data)))
		return 0;
	if (flows == NULL)
		flows = flow_new(1024);
	open_bytes(&in, data, n);
	c = capfile_new(&in);
	if (stream_next(&in)) {
		capfile_start(c);
		do {
			result = capfile_next(c, &k);
			if (result == CAPFILE_PACKET)
				check_packet(&in, &k, flows);
		} while (result == CAPFILE_PACKET ||
		    result == CAPFILE_AGAIN || result == CAPFILE_DAMAGED);
		if (capfile_offset(c) > n)
			abort();
		/* Lets the stream close the operand. */
		(void)stream_next(&in);
	}
	capfile_free(c);
	stream_finish(&in);
	return 0;
}
