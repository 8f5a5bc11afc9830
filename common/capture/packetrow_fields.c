/*
 * packetrow_fields - the fields of a packet that a row can have
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>

#include "base/ipaddr.h"
#include "base/option.h"
#include "base/packetcolumns.h"
#include "base/show.h"
#include "base/status.h"
#include "capture/packetrow_private.h"

static void
write_sport(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	if (p->has_ports)
		output_u64(o, p->sport);
}

static void
write_dport(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	if (p->has_ports)
		output_u64(o, p->dport);
}

static void
write_service(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)k, (void)p;
	if (r->service >= 0)
		output_u64(o, (uint64_t)r->service);
}

static void
write_flags(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	static const char letters[] = "FSRPAUEC";
	int bit;

	(void)r, (void)k;
	for (bit = 0; p->has_tcp && bit < 8; bit++)
		if (p->tcp_flags & 1 << bit)
			output_char(o, letters[bit]);
}

static void
write_icmp_type(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	if (p->has_icmp)
		output_u64(o, p->icmp_type);
}

static void
write_vlan(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	uint8_t i;

	(void)r, (void)k;
	for (i = 0; i < p->vlans; i++) {
		if (i > 0)
			output_char(o, '.');
		output_u64(o, p->vlan[i]);
	}
}

static void
write_iface(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)p;
	output_text_cell(o, k->iface, strlen(k->iface));
}

static void
write_sensor(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)k, (void)p;
	if (r->sensor != NULL)
		output_text_cell(o, r->sensor, strlen(r->sensor));
}

static void
write_ttl(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	if (p->has_ip)
		output_u64(o, p->ttl);
}

static void
write_ip_proto(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	if (p->has_ip)
		output_u64(o, p->ip_protocol);
}

static void
write_caplen(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)p;
	output_u64(o, k->caplen);
}

static void
write_payload(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	output_u64(o, p->payload_len);
}

static void
write_gap(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)k, (void)p;
	if (r->has_gap)
		output_time(o, r->gap_ns, TIMESTAMP_EPOCH, r->digits);
}

static void
write_linktype(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)p;
	output_u64(o, k->linktype);
}

static void
write_address(struct output *o, const uint8_t *byte, uint8_t family)
{
	if (family == 0)
		return;
	o->used += ipaddr_format(output_room(o, IPADDR_TEXT_MAX), family,
	    byte);
}

static void
write_outer_src(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	write_address(o, p->outer.src, p->outer.family);
}

static void
write_outer_dst(struct output *o, const struct packetrow *r,
    const struct captured *k, const struct packet *p)
{
	(void)r, (void)k;
	write_address(o, p->outer.dst, p->outer.family);
}

/* The first five are in each row and have no writer. */
const struct packetrow_field packetrow_table[] = {
	{ "time", "when the packet was captured; see --time", NULL },
	{ "src", "source address of the innermost IP header", NULL },
	{ "dst", "destination address of the innermost IP header", NULL },
	{ "proto", "highest protocol recognised", NULL },
	{ "len", "bytes on the wire", NULL },
#define FIELD(name, meaning, addresses)	{ #name, meaning, write_##name },
	PACKETCOLUMNS_MORE(FIELD)
};

#define TABLE_SIZE	(sizeof(packetrow_table) / sizeof(packetrow_table[0]))
#define FIRST_EXTRA	5

static void
add_field(struct packetrow *r, size_t field)
{
	size_t i;

	for (i = 0; i < r->fields; i++)
		if (r->field[i] == field)
			return;
	if (field >= FIRST_EXTRA)
		r->field[r->fields++] = (uint8_t)field;
	r->beside |= packetrow_table[field].write == write_service ||
	    packetrow_table[field].write == write_gap;
}

static size_t
find_field(const char *name)
{
	size_t i;

	for (i = 0; i < TABLE_SIZE; i++)
		if (strcmp(packetrow_table[i].name, name) == 0)
			return i;
	errx(STATUS_USAGE, "bad field \"%s\", want one of pcap2csv "
	    "--list-fields", show_str(name));
}

/* The fields that the built-in rules of ipflag need. */
static void
add_ids(struct packetrow *r)
{
	static const char *const ids[] = { "sport", "dport", "flags",
	    "icmp_type" };
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		add_field(r, find_field(ids[i]));
}

void
packetrow_fields(struct packetrow *r, const char *list)
{
	const char *names[PACKETROW_FIELDS_MAX];
	size_t i, n = option_list("fields", list, names,
	    PACKETROW_FIELDS_MAX);

	for (i = 0; i < n; i++) {
		if (strcmp(names[i], "ids") == 0)
			add_ids(r);
		else
			add_field(r, find_field(names[i]));
	}
}

void
packetrow_sensor(struct packetrow *r, const char *name)
{
	r->sensor = name;
	add_field(r, find_field("sensor"));
}

void
packetrow_list_fields(void)
{
	size_t i;

	for (i = 0; i < TABLE_SIZE; i++)
		printf("%-10s %s\n", packetrow_table[i].name,
		    packetrow_table[i].meaning);
	if (fflush(stdout) == EOF)
		err(STATUS_FAILED, "stdout: write");
}
