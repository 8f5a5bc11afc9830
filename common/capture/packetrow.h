/*
 * packetrow - a packet as a row of CSV
 *
 * time,src,dst,proto,len come first; further fields follow on request.
 *
 * To add a field: a line in packetcolumns.h, and its writer in
 * packetrow_fields.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PACKETROW_H
#define PACKETROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/timestamp.h"
#include "capture/capfile.h"
#include "decode/flow.h"
#include "decode/packet.h"

#define PACKETROW_FIELDS_MAX	32
#define PACKETROW_NAME_MAX	15	/* bytes of a protocol's name */

struct packetrow {
	enum timestamp_format time;
	unsigned	 digits;	/* of the second's fraction */
	bool		 outer;		/* the outermost addresses */
	const char	*sensor;	/* NULL: no column */
	size_t		 fields;	/* after the first five */
	uint8_t		 field[PACKETROW_FIELDS_MAX];	/* their indices */

	/* The rest is private: what fields need beside the packet. */
	bool		 beside;
	int		 service;		/* -1: none */
	int64_t		 gap_ns;
	bool		 has_gap;
	int64_t		 before_ns;		/* of the packet before */
	bool		 has_before;
	/* Names, and the text of the last second. */
	struct {
		char	text[PACKETROW_NAME_MAX];
		uint8_t	len;
	} name[PROTO_COUNT];
	int64_t		 second;		/* in ns */
	char		 second_text[24];
	size_t		 second_len;		/* 0: there is none */
};

/* Prepares the five columns, with epoch times of 6 digits. */
void	packetrow_init(struct packetrow *);

/*
 * Adds the fields of a list such as "sport,dport".  Names of the first five are
 * accepted and ignored; an unknown name ends the program with status 2.
 */
void	packetrow_fields(struct packetrow *, const char *list);

/* Names the sensor and adds its column. */
void	packetrow_sensor(struct packetrow *, const char *name);

/* Prints the name and the meaning of each field on stdout. */
void	packetrow_list_fields(void);

/* Writes the header row. */
void	packetrow_header(const struct packetrow *, struct output *);

/* Writes the row of a packet; proto is its protocol. */
void	packetrow_write(struct packetrow *, struct output *,
	    const struct captured *, const struct packet *,
	    enum protocol proto);

/* Notes what fields beside the packet need, after flow_classify. */
void	packetrow_note(struct packetrow *, const struct captured *,
	    const struct packet *, const struct flow_table *,
	    const struct flow_key *);

/*
 * Names a packet by its connection, whose key flow_prefetch has filled in, and
 * writes its row.  Inline: 2 % fewer instructions on the packets of the bench.
 */
static inline void
packetrow_put(struct packetrow *r, struct output *o, const struct captured *k,
    const struct packet *p, struct flow_table *flows,
    const struct flow_key *key)
{
	enum protocol proto = flow_classify(flows, p, key);

	if (r->beside)
		packetrow_note(r, k, p, flows, key);
	packetrow_write(r, o, k, p, proto);
}

#endif
