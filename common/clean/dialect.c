/*
 * dialect - what the columns of other programs' packet tables mean
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/packetcolumns.h"
#include "base/textmagic.h"
#include "clean/delimiter.h"
#include "clean/dialect.h"
#include "clean/missing.h"
#include "csv/columns.h"

/*
 * Folded names: lower case, no blanks, underscores, hyphens or number signs.
 * In a list the earlier names count first.  Wireshark's own columns show the
 * innermost address.  Where a frame has both, IPv6 is nearly always the inner
 * one (6in4, Teredo, GTP).  Ethernet's come last: they are addresses of no IP.
 */
static const char *const names[ROLE_COUNT] = {
	[ROLE_TIME] = "frame.timeepoch,frametimeepoch,timeepoch,"
	    "epocharrivaltime,time,"
	    "timestamp,ts,epoch,datetime,frame.timeutc,frame.time,frametime,"
	    "snifftimestamp,snifftime,packettime,capturetime,arrivaltime,"
	    "utcarrivaltime,"
	    "timestampepoch,epochtime,unixtime,timeutc,utctime,"
	    "frame.timerelative,ws.col.absdatetime,ws.col.utctime,"
	    "ws.col.time,date,",
	[ROLE_SRC] = "ws.col.source,ws.col.defsrc,ws.col.unresnetsrc,src,"
	    "source,sourceip,srcip,ipsrc,sourceaddress,srcaddress,srcaddr,"
	    "sourceipaddress,sourceaddr,ipv6.src,ip.src,ipv6src,saddr,"
	    "arp.src.protoipv4,ethsrc,eth.src,",
	[ROLE_DST] = "ws.col.destination,ws.col.defdst,ws.col.unresnetdst,dst,"
	    "destination,destinationip,dstip,ipdst,destip,destinationaddress,"
	    "dstaddress,dstaddr,destaddress,destaddr,destinationipaddress,"
	    "dest,destinationaddr,ipv6.dst,ip.dst,ipv6dst,daddr,"
	    "arp.dst.protoipv4,ethdst,eth.dst,",
	[ROLE_PROTO] = "ws.col.protocol,highestlayer,proto,protocol,"
	    "protocolname,protoname,",
	[ROLE_LEN] = "frame.len,framelen,len,length,packetlength,packetlen,"
	    "pktlength,pktlen,framelength,packetsize,pktsize,framesize,size,"
	    "lengthbytes,sizebytes,length(bytes),size(bytes),ws.col.length,"
	    "ws.col.packetlength,framelengthonthewire,",
	[ROLE_SPORT] = "sport,srcport,sourceport,tcp.srcport,udp.srcport,"
	    "sctp.srcport,tcpsrcport,udpsrcport,",
	[ROLE_DPORT] = "dport,dstport,destport,destinationport,tcp.dstport,"
	    "udp.dstport,sctp.dstport,tcpdstport,udpdstport,",
	[ROLE_FLAGS] = "flags,tcp.flags,tcp.flags.str,tcpflags,tcpflagsstr,",
};

/* What tells the highest protocol comes first. */
static const char layers[] = "frame.protocols,frameprotocols,protocolsinframe,"
    "transportlayer,"
    "transport,transportprotocol,l4proto,l4protocol,ip.proto,ipv6.nxt,ipproto,"
    "ipprotocol,ipv6nxt,nextheader,protocolnumber,protonumber,protocolnum,"
    "protonum,protocolid,protoid,ipprotocolnumber,protocolidentifier,";

static const char omitted[] = "no.,no,nr.,number,index,unnamed:0,level0,"
    "frame.number,framenumber,packetnumber,info,ws.col.info,ws.col.no.,"
    "ws.col.number,";

#define FOLDED_MAX	32

_Static_assert((int)ROLES_REQUIRED == (int)PACKETCOLUMNS_COUNT,
    "the required roles are the five columns, in their order");

const char *
dialect_name(enum dialect_role role)
{
	static const char *const ours[ROLE_COUNT] = {
		PACKETCOLUMNS, "sport", "dport", "flags"
	};

	return ours[role];
}

/* Folds a name and ends it with a comma; returns 0 if it is too long. */
static size_t
fold(char out[FOLDED_MAX + 2], struct slice name)
{
	size_t i, n = 0;

	for (i = 0; i < name.len; i++) {
		char c = name.at[i];

		if (c == ' ' || c == '_' || c == '-' || c == '\t' || c == '#')
			continue;
		if (n == FOLDED_MAX || c == ',' || c == '\0')
			return 0;
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	out[n] = ',';
	out[n + 1] = '\0';
	return n + 1;
}

/* Where the folded name is in the list: its offset, or -1. */
static int
place_in(const char *list, const char *folded)
{
	const char *p = list;
	size_t n = strlen(folded);

	while ((p = strstr(p, folded)) != NULL) {
		if (p == list || p[-1] == ',')
			return (int)(p - list);
		p += n;
	}
	return -1;
}

/* What the folded name stands for; *place is where in its list. */
static enum dialect_role
role_of(struct slice name, int *place)
{
	char folded[FOLDED_MAX + 2];
	int role;

	*place = -1;
	if (fold(folded, name) == 0)
		return ROLE_EXTRA;
	/* pandas writes its row numbers below an empty name. */
	if (folded[0] == ',' || place_in(omitted, folded) != -1)
		return ROLE_OMIT;
	for (role = 0; role < ROLE_COUNT; role++) {
		*place = place_in(names[role], folded);
		if (*place != -1)
			return (enum dialect_role)role;
	}
	*place = place_in(layers, folded);
	return *place == -1 ? ROLE_EXTRA : ROLE_LAYER;
}

bool
dialect_knows(struct slice name)
{
	int place;

	return name.len > 0 && role_of(name, &place) != ROLE_EXTRA;
}

static bool
is_ours(const struct csv *header)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++)
		if (columns_find(header,
		    dialect_name((enum dialect_role)role)) == -1)
			return false;
	return true;
}

/*
 * Whether a column only numbers the rows: pandas and R give it no name, pandas
 * reads that as "Unnamed: 0", and its reset_index names it.
 */
static bool
is_row_number(const struct csv *header, size_t column)
{
	struct slice name = columns_name(header, column);

	return name.len == 0 ||
	    (name.len > 9 && memcmp(name.at, "Unnamed: ", 9) == 0) ||
	    (column == 0 && (slice_is(name, "index") ||
	    slice_is(name, "level_0")));
}

/* What a column of the header is for, and its place in its list. */
static enum dialect_role
find_role(const struct dialect *d, const struct csv *header, size_t column,
    int *place)
{
	struct slice name = columns_name(header, column);
	int role;

	if (!d->ours)
		return role_of(name, place);
	for (role = 0; role < ROLES_REQUIRED; role++)
		if (slice_is(name, dialect_name((enum dialect_role)role)))
			return (enum dialect_role)role;
	if (is_row_number(header, column))
		return ROLE_OMIT;
	role = (int)role_of(name, place);
	if (role == ROLE_LAYER || (role >= ROLES_REQUIRED &&
	    role < ROLE_COUNT && (memchr(name.at, '.', name.len) != NULL ||
	    slice_is(name, dialect_name((enum dialect_role)role)))))
		return (enum dialect_role)role;
	return ROLE_EXTRA;
}

enum dialect_role
dialect_role(const struct dialect *d, const struct csv *header, size_t column)
{
	int place;
	enum dialect_role role = find_role(d, header, column, &place);

	if (role == ROLE_LAYER)
		return d->layer_is_proto ? ROLE_PROTO : ROLE_EXTRA;
	return role;
}

/* Columns for one role in the order in which they count. */
struct sources {
	int	*column;
	size_t	*n;
	int	place[DIALECT_SOURCES];
};

/* Adds a column behind those that count before it. */
static void
add_source(struct sources *s, int column, int place)
{
	size_t i = *s->n;

	if (i == DIALECT_SOURCES)
		return;
	for (; i > 0 && s->place[i - 1] > place; i--) {
		s->place[i] = s->place[i - 1];
		s->column[i] = s->column[i - 1];
	}
	s->place[i] = place;
	s->column[i] = column;
	++*s->n;
}

/* Notes a column of a field of a protocol: "tcp.srcport", "icmp_type". */
static void
note_field(struct dialect *d, struct slice name, int column)
{
	static const struct {
		const char	*prefix;
		enum protocol	 protocol;
	} fields[] = {
		{ "icmpv6", PROTO_ICMPV6 }, { "icmp", PROTO_ICMP },
		{ "tcp", PROTO_TCP }, { "udp", PROTO_UDP },
		{ "sctp", PROTO_SCTP },
	};
	char folded[FOLDED_MAX + 2];
	size_t i, n, len = fold(folded, name);

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		n = strlen(fields[i].prefix);
		if (len <= n + 1 || memcmp(folded, fields[i].prefix, n) != 0)
			continue;
		if (d->field_columns < DIALECT_SOURCES) {
			d->field[d->field_columns] = column;
			d->field_of[d->field_columns++] = fields[i].protocol;
		}
		return;
	}
}

/* Finds the columns of each role. */
static void
find_sources(struct dialect *d, const struct csv *header)
{
	struct sources of[ROLE_COUNT], layer = { d->layer, &d->layers, { 0 } };
	int role, place = 0;
	size_t i;

	for (role = 0; role < ROLE_COUNT; role++)
		of[role] = (struct sources){ d->source[role],
		    &d->sources[role], { 0 } };
	for (i = 0; i < header->cells; i++) {
		struct slice name = columns_name(header, i);
		enum dialect_role r = find_role(d, header, i, &place);

		note_field(d, name, (int)i);
		if (r < ROLE_COUNT)
			add_source(&of[r], (int)i, place);
		else if (r == ROLE_LAYER)
			add_source(&layer, (int)i, place);
		else
			continue;
		d->fields |= !d->ours && memchr(name.at, '.', name.len) != NULL;
	}
	d->layer_is_proto = d->layers > 0 && d->sources[ROLE_PROTO] == 0;
	if (d->layer_is_proto) {
		memcpy(d->source[ROLE_PROTO], d->layer, sizeof(d->layer));
		d->sources[ROLE_PROTO] = d->layers;
	}
}

bool
dialect_read(struct dialect *d, const struct csv *header)
{
	char folded[FOLDED_MAX + 2];
	int role, relative = -1;
	size_t i, found = 0, wireshark = 0;
	bool numbers = false;

	*d = (struct dialect){ .columns = header->cells, .highest = -1,
	    .ours = is_ours(header), .relative = -1 };
	find_sources(d, header);
	for (i = 0; i < header->cells; i++) {
		struct slice name = columns_name(header, i);

		numbers |= columns_is_number(name);
		wireshark += slice_is(name, "Source") ||
		    slice_is(name, "Destination");
		if (slice_is(name, "Time") || slice_is(name, "_ws.col.Time") ||
		    slice_is(name, "frame.time_relative"))
			relative = (int)i;
		if (fold(folded, name) > 0 &&
		    strcmp(folded, "highestlayer,") == 0)
			d->highest = (int)i;
	}
	/* Only beside Wireshark's other names is Time Wireshark's. */
	if (wireshark == 2 || d->fields)
		d->relative = relative;
	for (role = 0; role < ROLES_REQUIRED; role++)
		found += d->sources[role] > 0;
	if (numbers && (d->sources[ROLE_TIME] == 0 ||
	    d->sources[ROLE_LEN] == 0))
		return false;
	return found >= 2;
}

void
dialect_headerless(struct dialect *d)
{
	int role;

	*d = (struct dialect){ .columns = ROLES_REQUIRED, .ours = true,
	    .headerless = true, .relative = -1, .highest = -1 };
	for (role = 0; role < ROLES_REQUIRED; role++) {
		d->source[role][0] = role;
		d->sources[role] = 1;
	}
}

enum dialect_start
dialect_open(struct stream *in, struct csv *c, struct dialect *d)
{
	stream_utf16(in);
	csv_start(c, ',');
	if (textmagic_refuse(in))
		return DIALECT_NONE;
	csv_resume(c, 1 + delimiter_skip_preamble(in));
	c->delimiter = delimiter_find(in);
	return dialect_retry(in, c, d);
}

/* The first of the five columns that a header lacks, or ROLES_REQUIRED. */
static enum dialect_role
find_missing(const struct dialect *d)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++)
		if (d->sources[role] == 0)
			break;
	return (enum dialect_role)role;
}

enum dialect_start
dialect_retry(struct stream *in, struct csv *c, struct dialect *d)
{
	enum csv_result result = csv_read(c);
	enum dialect_role missing;

	if (result != CSV_RECORD)
		return result == CSV_BAD ? DIALECT_BAD : DIALECT_NONE;
	/* Names, but of too few columns: a table of something else. */
	if (dialect_read(d, c) || columns_is_header(c)) {
		missing = find_missing(d);
		if (missing == ROLES_REQUIRED)
			return DIALECT_HEADER;
		missing_warn(in, c, missing);
		return DIALECT_NONE;
	}
	dialect_headerless(d);
	/* Without -E header=y, tshark writes no header, and tabs. */
	d->fields = c->delimiter != ',';
	if (c->cells > ROLES_REQUIRED)
		d->columns = c->cells;
	return DIALECT_ROW;
}
