/*
 * missing - what to do about a table without one of the five columns
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <strings.h>

#include "base/show.h"
#include "clean/delimiter.h"
#include "clean/missing.h"
#include "csv/columns.h"

/* Whether a name has this word in it, whatever the case. */
static bool
has_word(struct slice name, const char *word)
{
	size_t i, n = strlen(word);

	for (i = 0; i + n <= name.len; i++)
		if (strncasecmp(name.at + i, word, n) == 0)
			return true;
	return false;
}

/* The first column without another meaning that has one of the words, or -1. */
static int
find_word(const struct csv *header, const char *const *words)
{
	size_t i;

	for (; *words != NULL; words++)
		for (i = 0; i < header->cells; i++)
			if (!dialect_knows(header->cell[i]) &&
			    has_word(header->cell[i], *words))
				return (int)i;
	return -1;
}

/* The column that may be the missing one under another name, or -1. */
static int
find_like(const struct csv *header, enum dialect_role role)
{
	static const char *const words[ROLES_REQUIRED][12] = {
		[ROLE_TIME] = { "time", "stamp", "date", "epoch", "first",
		    "start", "zeit", "sec", "ts_", "_ts" },
		[ROLE_SRC] = { "src", "source", "saddr", "orig_h", "client",
		    "sender", "quell", "local" },
		[ROLE_DST] = { "dst", "dest", "daddr", "resp_h", "server",
		    "receiver", "ziel", "remote" },
		[ROLE_PROTO] = { "l7", "proto", "service", "app", "layer",
		    "prot" },
		[ROLE_LEN] = { "len", "size", "byte", "octets",
		    "volume" },
	};

	return find_word(header, words[role]);
}

/* Whether rows are flows, as CICFlowMeter, Zeek, nfdump and Argus write. */
static bool
is_flows(const struct csv *header)
{
	static const char *const words[] = { "duration", "packets", "pkts",
	    "orig_bytes", "in_bytes", "ipkt", "ibyt", NULL };

	return find_word(header, words) != -1;
}

static bool
is_tally(const struct csv *header)
{
	return columns_find(header, "packets") != -1 &&
	    columns_find(header, "bytes") != -1;
}

/* Describes the delimiter of a header of one cell. */
static void
describe_delimiter(char *text, size_t size, const struct csv *header)
{
	char c = delimiter_foreign(header->raw.at, header->raw.len);

	if (c != '\0')
		snprintf(text, size, ": the delimiter is \"%s\", want comma, "
		    "semicolon, tab, | or blank", show(&c, 1));
	else
		snprintf(text, size, ": want comma, semicolon, tab, | "
		    "or blank between cells");
}

void
missing_warn(struct stream *in, const struct csv *header,
    enum dialect_role role)
{
	char hint[256] = "";
	int like = -1;

	if (is_tally(header)) {
		stream_warn(in, STATUS_FAILED, "this is a tally "
		    "(\"%s\"), want packet rows: protobw, ratebw and toptalk "
		    "read tallies", show(header->raw.at, header->raw.len));
		return;
	}
	if (header->cells == 1)
		describe_delimiter(hint, sizeof(hint), header);
	else if (is_flows(header))
		snprintf(hint, sizeof(hint), ": are the rows flows?  want "
		    "packets");
	else if ((like = find_like(header, role)) != -1)
		snprintf(hint, sizeof(hint), ": if it is \"%s\", rename that",
		    show(header->cell[like].at, header->cell[like].len));
	stream_warn(in, STATUS_FAILED, "no column \"%s\" in the header "
	    "\"%s\"%s", columnname_of(role),
	    show(header->raw.at, header->raw.len), hint);
}
