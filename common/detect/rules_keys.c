/*
 * rules_keys - the table of a rule's keys: how each is read, written, checked
 *
 * To add a key: a row of the table at the end, and a member of struct rule in
 * rules.h for its value.  A condition on a column of numbers, such as flags=,
 * sets allows; a new way of counting needs a counter in detect_count.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/number.h"
#include "base/timestamp.h"
#include "detect/rules_private.h"

static const char *const severities[] = { "low", "medium", "high", NULL };
static const char *const tracks[] = { "by_src", "by_dst", "by_both",
    "by_dst_net", "by_src_dport", "by_dst_dport", "by_both_dport",
    "by_proto", "by_rule", NULL };
static const char *const uniques[] = { "src", "dst", "sport", "dport", "ends",
    "proto", NULL };

const char *
rules_severity_name(enum rules_severity severity)
{
	return severities[severity];
}

static bool
read_severity(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	int i = rules_choose(p, key->word, s, severities);

	r->severity = (enum rules_severity)i;
	return i >= 0;
}

static void
write_severity(struct output *o, const struct rule *r)
{
	output_str(o, severities[r->severity]);
}

static bool
read_protocols(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice list)
{
	struct slice part;
	enum protocol proto;

	r->any_proto = false;
	memset(r->proto, 0, sizeof(r->proto));
	while (rules_part(&list, &part)) {
		proto = protocol_find(part.at, part.len);
		if (proto == PROTO_NONE)
			return rules_bad(p, key->word, part,
			    "a protocol such as DNS");
		r->proto[proto] = true;
	}
	return true;
}

static void
write_protocols(struct output *o, const struct rule *r)
{
	const char *before = "";
	int i;

	for (i = 0; i < PROTO_COUNT; i++) {
		if (!r->proto[i])
			continue;
		output_str(o, before);
		output_str(o, protocol_name((enum protocol)i));
		before = ",";
	}
}

static unsigned
columns_of_proto(const struct rule *r)
{
	return r->any_proto ? 0 : 1U << RULES_COLUMN_PROTO;
}

static bool
read_track(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	int i = rules_choose(p, key->word, s, tracks);

	r->track = (enum rules_track)i;
	return i >= 0;
}

static void
write_track(struct output *o, const struct rule *r)
{
	output_str(o, tracks[r->track]);
}

static unsigned
columns_of_track(const struct rule *r)
{
	static const unsigned columns[] = {
		[RULES_BY_SRC] = 1U << RULES_COLUMN_SRC,
		[RULES_BY_DST] = 1U << RULES_COLUMN_DST,
		[RULES_BY_BOTH] = 1U << RULES_COLUMN_SRC |
		    1U << RULES_COLUMN_DST,
		[RULES_BY_DST_NET] = 1U << RULES_COLUMN_DST,
		[RULES_BY_SRC_DPORT] = 1U << RULES_COLUMN_SRC |
		    1U << RULES_COLUMN_DPORT,
		[RULES_BY_DST_DPORT] = 1U << RULES_COLUMN_DST |
		    1U << RULES_COLUMN_DPORT,
		[RULES_BY_BOTH_DPORT] = 1U << RULES_COLUMN_SRC |
		    1U << RULES_COLUMN_DST | 1U << RULES_COLUMN_DPORT,
		[RULES_BY_PROTO] = 1U << RULES_COLUMN_PROTO,
		[RULES_BY_RULE] = 0
	};

	return columns[r->track];
}

static const char *
check_track(const struct rule *r)
{
	return r->group >= 0 && r->track >= RULES_BY_PROTO ? "a group's rule "
	    "needs track of addresses" : NULL;
}

bool
rules_read_duration(struct rules_parser *p, const struct rules_key *key,
    struct slice s, int64_t min_ns, int64_t *ns)
{
	char text[32];

	if (s.len < sizeof(text)) {
		memcpy(text, s.at, s.len);
		text[s.len] = '\0';
		if (timestamp_parse_duration(text, ns) && *ns >= min_ns)
			return true;
	}
	return rules_bad(p, key->word, s, "a duration such as 10 or 5m");
}

static bool
read_seconds(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	return rules_read_duration(p, key, s, 1, &r->window_ns);
}

static void
write_seconds(struct output *o, const struct rule *r)
{
	rules_write_seconds(o, r->window_ns);
}

static bool
read_unique(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	int i = rules_choose(p, key->word, s, uniques);

	r->unique = (enum rules_unique)(i + 1);
	return i >= 0;
}

static void
write_unique(struct output *o, const struct rule *r)
{
	output_str(o, uniques[r->unique - 1]);
}

static unsigned
columns_of_unique(const struct rule *r)
{
	static const unsigned columns[] = {
		[RULES_UNIQUE_SRC] = 1U << RULES_COLUMN_SRC,
		[RULES_UNIQUE_DST] = 1U << RULES_COLUMN_DST,
		[RULES_UNIQUE_SPORT] = 1U << RULES_COLUMN_SPORT,
		[RULES_UNIQUE_DPORT] = 1U << RULES_COLUMN_DPORT,
		[RULES_UNIQUE_ENDS] = 1U << RULES_COLUMN_SRC |
		    1U << RULES_COLUMN_DST,
		[RULES_UNIQUE_PROTO] = 1U << RULES_COLUMN_PROTO
	};

	return columns[r->unique];
}

static const char *
check_unique(const struct rule *r)
{
	if (r->unique == RULES_ALL)
		return NULL;
	if (r->bytes || r->share > 0)
		return "unique counts packets only";
	if (columns_of_unique(r) != 0 &&
	    (columns_of_unique(r) & ~columns_of_track(r)) == 0)
		return "unique counts what the rule does not track";
	return r->limit > RULES_UNIQUE_MAX ? "unique counts up to packets="
	    RULES_TEXT(RULES_UNIQUE_MAX) : NULL;
}

static bool
read_percent(struct rules_parser *p, const struct rules_key *key,
    struct slice s, uint64_t *percent)
{
	return (s.len > 1 && s.at[s.len - 1] == '%' &&
	    number_parse(s.at, s.len - 1, 99, percent) && *percent > 0) ||
	    rules_bad(p, key->word, s, "1% to 99%");
}

static bool
read_regular(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	uint64_t percent = 0;
	bool good = read_percent(p, key, s, &percent);

	r->regular = (uint8_t)percent;
	return good;
}

static void
write_regular(struct output *o, const struct rule *r)
{
	output_u64(o, r->regular);
	output_char(o, '%');
}

static const char *
check_regular(const struct rule *r)
{
	if (r->regular == 0)
		return NULL;
	if (r->bytes || r->share > 0 || r->unique != RULES_ALL)
		return "regular counts packets only";
	return r->limit < 3 || r->limit > RULES_REGULAR_MAX ?
	    "regular needs packets=3 to "
	    RULES_TEXT(RULES_REGULAR_MAX) : NULL;
}

static bool
read_known(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	r->known = true;
	return slice_is(s, "no") || rules_bad(p, key->word, s, "no");
}

static const char *
check_known(const struct rule *r)
{
	return r->known && r->track >= RULES_BY_PROTO ?
	    "known=no needs track of addresses" : NULL;
}

static bool
read_share(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	uint64_t percent = 0;
	bool good = read_percent(p, key, s, &percent);

	r->share = (unsigned)percent;
	return good;
}

static void
write_share(struct output *o, const struct rule *r)
{
	output_u64(o, r->share);
	output_char(o, '%');
}

static const char *
check_share(const struct rule *r)
{
	return r->share > 0 && r->track != RULES_BY_PROTO &&
	    (r->track != RULES_BY_RULE || r->any_proto) ?
	    "share needs track=by_proto, or track=by_rule and proto" : NULL;
}

static bool
read_cooldown(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	return rules_read_duration(p, key, s, 0, &r->cooldown_ns);
}

static void
write_cooldown(struct output *o, const struct rule *r)
{
	rules_write_seconds(o, r->cooldown_ns);
}

/* Keys with the same text of what a rule needs exclude each other. */
static const char a_track[] = "track=", a_limit[] = "packets= or bytes=",
    a_window[] = "seconds=";

/* In the order in which a rule is written. */
const struct rules_key rules_keys[] = {
	{ .word = "severity", .read = read_severity, .write = write_severity,
	  .has_default = true },
	{ .word = "proto", .read = read_protocols, .write = write_protocols,
	  .columns = columns_of_proto },
	{ .word = "src", .read = rules_read_side, .write = rules_write_src,
	  .columns = rules_columns_of_sides, .column = RULES_COLUMN_SRC },
	{ .word = "dst", .read = rules_read_side, .write = rules_write_dst,
	  .columns = rules_columns_of_sides, .column = RULES_COLUMN_DST },
	{ .word = "flags", .read = rules_read_flags,
	  .write = rules_write_flags, .allows = rules_allow_flags,
	  .column = RULES_COLUMN_FLAGS, .values = RULES_FLAGS_SETS },
	{ .word = "sport", .read = rules_read_numbers,
	  .write = rules_write_sport, .column = RULES_COLUMN_SPORT,
	  .values = UINT16_MAX + 1 },
	{ .word = "dport", .read = rules_read_numbers,
	  .write = rules_write_dport, .column = RULES_COLUMN_DPORT,
	  .values = UINT16_MAX + 1 },
	{ .word = "icmp", .read = rules_read_numbers,
	  .write = rules_write_icmp, .column = RULES_COLUMN_ICMP,
	  .values = UINT16_MAX + 1 },
	{ .word = "len", .read = rules_read_numbers,
	  .write = rules_write_len, .column = RULES_COLUMN_LEN,
	  .values = UINT16_MAX + 1 },
	{ .word = "track", .read = read_track, .write = write_track,
	  .check = check_track, .columns = columns_of_track,
	  .needed = a_track },
	{ .word = "packets", .read = rules_read_limit,
	  .write = rules_write_limit,
	  .needed = a_limit },
	{ .word = "bytes", .read = rules_read_limit,
	  .write = rules_write_limit,
	  .needed = a_limit },
	{ .word = "seconds", .read = read_seconds, .write = write_seconds,
	  .needed = a_window },
	{ .word = "unique", .read = read_unique, .write = write_unique,
	  .check = check_unique, .columns = columns_of_unique },
	{ .word = "answered", .read = rules_read_talk,
	  .write = rules_write_answered,
	  .check = rules_check_talk, .columns = rules_columns_of_talk },
	{ .word = "completed", .read = rules_read_talk,
	  .write = rules_write_no, .columns = rules_columns_of_talk },
	{ .word = "repeated", .read = rules_read_talk,
	  .write = rules_write_no, .columns = rules_columns_of_talk },
	{ .word = "served", .read = rules_read_talk,
	  .write = rules_write_no, .columns = rules_columns_of_talk },
	{ .word = "encrypted", .read = rules_read_talk,
	  .write = rules_write_no, .columns = rules_columns_of_talk },
	{ .word = "within", .read = rules_read_within,
	  .write = rules_write_within, .check = rules_check_within },
	{ .word = "asked", .read = rules_read_talk,
	  .write = rules_write_asked, .columns = rules_columns_of_talk },
	{ .word = "new", .read = rules_read_talk, .write = rules_write_new,
	  .columns = rules_columns_of_talk },
	{ .word = "oneway", .read = rules_read_talk, .write = rules_write_yes,
	  .columns = rules_columns_of_talk },
	{ .word = "refused", .read = rules_read_talk,
	  .write = rules_write_yes, .columns = rules_columns_of_talk },
	{ .word = "regular", .read = read_regular, .write = write_regular,
	  .check = check_regular },
	{ .word = "share", .read = read_share, .write = write_share,
	  .check = check_share },
	{ .word = "known", .read = read_known, .write = rules_write_no,
	  .check = check_known },
	{ .word = "of", .read = rules_read_of, .write = rules_write_of,
	  .check = rules_check_of },
	{ .word = "part-of", .read = rules_read_part_of,
	  .write = rules_write_part_of },
	{ .word = "cooldown", .read = read_cooldown, .write = write_cooldown,
	  .has_default = true },
	{ .word = NULL }
};

_Static_assert(sizeof(rules_keys) / sizeof(rules_keys[0]) <=
    RULES_KEYS_MAX + 1, "the keys of a rule are the bits of a word");
