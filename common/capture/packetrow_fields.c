/*
 * packetrow_fields - the fields of a packet that a row can have
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>

#include "base/ipaddr.h"
#include "base/number.h"
#include "base/option.h"
#include "base/packetcolumns.h"
#include "base/show.h"
#include "base/status.h"
#include "base/tcpflags.h"
#include "capture/packetrow_private.h"

static char *
write_sport(char *p, const struct packetrow_parts *parts)
{
	return parts->packet->has_ports ?
	    p + number_put_16(p, parts->packet->sport) : p;
}

static char *
write_dport(char *p, const struct packetrow_parts *parts)
{
	return parts->packet->has_ports ?
	    p + number_put_16(p, parts->packet->dport) : p;
}

static char *
write_service(char *p, const struct packetrow_parts *parts)
{
	return parts->r->service >= 0 ?
	    p + number_put(p, (uint64_t)parts->r->service) : p;
}

static char *
write_flags(char *p, const struct packetrow_parts *parts)
{
	return !parts->packet->has_tcp ? p :
	    p + tcpflags_put(p, parts->packet->tcp_flags);
}

static char *
write_icmp_type(char *p, const struct packetrow_parts *parts)
{
	return parts->packet->has_icmp ?
	    p + number_put(p, parts->packet->icmp_type) : p;
}

static char *
write_vlan(char *p, const struct packetrow_parts *parts)
{
	const struct packet *packet = parts->packet;
	uint8_t i;

	for (i = 0; i < packet->vlans; i++) {
		if (i > 0)
			*p++ = '.';
		p += number_put(p, packet->vlan[i]);
	}
	return p;
}

/* A text from outside, of any length. */
static char *
write_text(char *p, const struct packetrow_parts *parts, const char *text)
{
	struct output *o = parts->o;

	if (*text == '\0')
		return p;
	o->used = (size_t)(p - o->buf);
	output_text_cell(o, text, strlen(text));
	return packetrow_room(parts->r, o);
}

static char *
write_iface(char *p, const struct packetrow_parts *parts)
{
	return write_text(p, parts, parts->k->iface);
}

static char *
write_sensor(char *p, const struct packetrow_parts *parts)
{
	const char *sensor = parts->r->sensor;

	return sensor != NULL ? write_text(p, parts, sensor) : p;
}

static char *
write_ttl(char *p, const struct packetrow_parts *parts)
{
	return parts->packet->has_ip ?
	    p + number_put(p, parts->packet->ttl) : p;
}

static char *
write_ip_proto(char *p, const struct packetrow_parts *parts)
{
	return parts->packet->has_ip ?
	    p + number_put(p, parts->packet->ip_protocol) : p;
}

static char *
write_caplen(char *p, const struct packetrow_parts *parts)
{
	return p + number_put(p, parts->k->caplen);
}

static char *
write_payload(char *p, const struct packetrow_parts *parts)
{
	return p + number_put(p, parts->packet->payload_len);
}

static char *
write_gap(char *p, const struct packetrow_parts *parts)
{
	return parts->r->has_gap ? p + timestamp_format(p, parts->r->gap_ns,
	    TIMESTAMP_EPOCH, parts->r->digits) : p;
}

static char *
write_linktype(char *p, const struct packetrow_parts *parts)
{
	return p + number_put(p, parts->k->linktype);
}

static char *
write_address(char *p, const uint8_t *byte, uint8_t family)
{
	return family != 0 ? p + ipaddr_format(p, family, byte) : p;
}

static char *
write_outer_src(char *p, const struct packetrow_parts *parts)
{
	return write_address(p, parts->packet->outer.src,
	    parts->packet->outer.family);
}

static char *
write_outer_dst(char *p, const struct packetrow_parts *parts)
{
	return write_address(p, parts->packet->outer.dst,
	    parts->packet->outer.family);
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
}
