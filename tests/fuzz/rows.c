/*
 * rows - any bytes as a capture, to rows, and these read again, for a fuzzer
 *
 * The loop of pcap2csv with all its fields, then that of csvclean: a row that
 * was written has a cell for each field, is copied by csvclean as it stands,
 * and is the same when it is read cell by cell.
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/capmagic.h"
#include "capture/packetrow.h"
#include "clean/canonical.h"
#include "clean/cleanrow.h"

#define FIELDS	"ids,service,icmp_type,vlan,iface,ttl,ip_proto,caplen," \
	    "payload,gap,linktype,outer_src,outer_dst"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* A file that is in no file system, opened by its name. */
struct memory {
	int		 fd;
	char		 path[32];
	char		*operands[2];
};

static void
memory_clear(struct memory *m)
{
	if (m->fd == -1 && (m->fd = memfd_create("fuzz", 0)) == -1)
		err(1, "memfd_create");
	if (ftruncate(m->fd, 0) == -1 || lseek(m->fd, 0, SEEK_SET) != 0)
		err(1, "memfd");
	snprintf(m->path, sizeof(m->path), "/proc/self/fd/%d", m->fd);
	m->operands[0] = m->path;
}

/* Writes a row for each packet of a capture. */
static void
write_rows(struct packetrow *format, struct stream *in, struct output *out)
{
	struct flow_table *flows = flow_new(64);
	struct capfile *c = capfile_new(in);
	enum capfile_result result;
	struct captured k;
	struct flow_key key;
	struct packet p;

	capfile_start(c);
	do {
		result = capfile_next(c, &k);
		if (result != CAPFILE_PACKET)
			continue;
		packet_decode(&p, k.linktype, k.data, k.caplen, k.len);
		flow_prefetch(flows, &p, &key);
		packetrow_put(format, out, &k, &p, flows, &key);
	} while (result == CAPFILE_PACKET || result == CAPFILE_AGAIN ||
	    result == CAPFILE_DAMAGED);
	/* Lets the stream close the operand. */
	(void)stream_next(in);
	capfile_free(c);
	flow_free(flows);
}

/* What is canonical at a glance must be good, and the same, when it is read. */
static void
check_record(struct dialect *d, const struct csv *csv)
{
	static const struct cleanrow_settings settings = { .digits = 6 };
	struct cleanrow row;
	int i;

	if (csv->cells != d->columns)
		abort();
	if (cleanrow_read(&row, d, csv, &settings) != CLEAN_GOOD)
		abort();
	for (i = 0; i < ROLES_REQUIRED; i++)
		if (!csv->quoted && canonical_row(csv->cell, 6) != PROTO_NONE &&
		    (row.cell[i].len != csv->cell[i].len ||
		    memcmp(row.cell[i].at, csv->cell[i].at,
		    row.cell[i].len) != 0))
			abort();
}

static void
read_rows(struct stream *in)
{
	struct dialect dialect = { .columns = 0 };
	enum csv_result result;
	struct csv csv;

	csv_init(&csv, in);
	if (!stream_next(in) || dialect_open(in, &csv, &dialect) !=
	    DIALECT_HEADER)
		abort();
	while ((result = csv_read(&csv)) == CSV_RECORD)
		check_record(&dialect, &csv);
	if (result != CSV_END)
		abort();
	csv_release(&csv);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct memory capture = { .fd = -1 }, table = { .fd = -1 };
	struct packetrow format;
	struct output out;
	struct stream in;
	bool big;

	/* Only captures: a compressed input would start a process each time. */
	if (n < 4 || (capmagic_pcap(data, &big) == NULL &&
	    !capmagic_pcapng(data)))
		return 0;
	memory_clear(&capture);
	memory_clear(&table);
	if (write(capture.fd, data, n) != (ssize_t)n)
		err(1, "memfd");
	packetrow_init(&format);
	packetrow_fields(&format, FIELDS);
	output_init(&out, table.fd, "rows");
	packetrow_header(&format, &out);
	stream_init(&in, capture.operands, NULL);
	if (stream_next(&in))
		write_rows(&format, &in, &out);
	stream_finish(&in);
	output_flush(&out);
	free(out.buf);
	stream_init(&in, table.operands, NULL);
	read_rows(&in);
	stream_finish(&in);
	return 0;
}
