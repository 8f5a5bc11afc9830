/*
 * missing - what to do about a table without one of the five columns
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <strings.h>

#include "base/show.h"
#include "clean/columnchoice.h"
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
	int place;

	for (; *words != NULL; words++)
		for (i = 0; i < header->cells; i++)
			if (columnname_role(header->cell[i], false, &place) ==
			    ROLE_EXTRA &&
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
	    "orig_bytes", "in_bytes", NULL };
	size_t i;
	int place;

	for (i = 0; i < header->cells; i++)
		if (columnname_role(header->cell[i], true, &place) >=
		    ROLE_PACKETS && columnname_role(header->cell[i], true,
		    &place) < ROLE_COUNT)
			return true;
	return find_word(header, words) != -1;
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

	if (header->raw.len > 0 && header->raw.at[0] == '#' &&
	    header->cells > 1) {
		stream_warn(in, STATUS_FAILED, "this is a Zeek log without "
		    "packets and bytes, want conn.log");
		return;
	}
	if (header->cells == 1)
		describe_delimiter(hint, sizeof(hint), header);
	else if (is_flows(header))
		snprintf(hint, sizeof(hint), ": are the rows flows?  want "
		    "their packets and bytes, see --columns");
	else if ((like = find_like(header, role)) != -1)
		snprintf(hint, sizeof(hint), ": if it is \"%s\", rename that",
		    show(header->cell[like].at, header->cell[like].len));
	stream_warn(in, STATUS_FAILED, "no column \"%s\" in the header "
	    "\"%s\"%s", columnname_of(role),
	    show(header->raw.at, header->raw.len), hint);
}

void
missing_choice(struct stream *in, const struct csv *header,
    const struct columnchoice *choice)
{
	char list[400] = "";
	struct slice name;
	size_t i, n = 0;

	for (i = 0; i < header->cells && n < sizeof(list) - 80; i++) {
		name = slice_trim(columns_name(header, i));
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s",
		    i > 0 ? ", " : "", show(name.at, name.len < 32 ? name.len :
		    32));
	}
	stream_warn(in, STATUS_FAILED, "no column \"%s\" (--columns) in the "
	    "header, which has %s%s", show_str(columnchoice_missing(choice,
	    header)), list, i < header->cells ? ", ..." : "");
}
