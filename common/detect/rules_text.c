/*
 * rules_text - rules put into words
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/timestamp.h"
#include "detect/rules_private.h"

const char *const rules_keys[] = { "severity", "proto", "flags", "track",
    "packets", "bytes", "seconds", "unique", "share", "cooldown", NULL };
const char *const rules_severities[] = { "low", "medium", "high", NULL };
const char *const rules_tracks[] = { "by_src", "by_dst", "by_both",
    "by_proto", "by_rule", NULL };
const char *const rules_uniques[] = { "", "dst", "dport", NULL };

const char *
rules_severity_name(enum rules_severity severity)
{
	return rules_severities[severity];
}

const char *
rules_unit(const struct rule *r)
{
	if (r->share > 0)
		return "percent";
	if (r->unique != RULES_ALL)
		return r->unique == RULES_UNIQUE_DST ? "dsts" : "dports";
	return r->bytes ? "bytes" : "packets";
}

static bool
needs(const struct rule *r, const char *column)
{
	if (strcmp(column, "flags") == 0)
		return !r->any_flags;
	if (strcmp(column, "dport") == 0)
		return r->unique == RULES_UNIQUE_DPORT;
	if (strcmp(column, "proto") == 0)
		return !r->any_proto || r->track == RULES_BY_PROTO;
	if (strcmp(column, "src") == 0)
		return r->track == RULES_BY_SRC || r->track == RULES_BY_BOTH;
	return strcmp(column, "dst") == 0 && (r->track == RULES_BY_DST ||
	    r->track == RULES_BY_BOTH || r->unique == RULES_UNIQUE_DST);
}

uint64_t
rules_needing(const struct rules *set, const char *column)
{
	uint64_t mask = 0;
	size_t i;

	for (i = 0; i < set->count; i++)
		if (needs(&set->rule[i], column))
			mask |= UINT64_C(1) << i;
	return mask;
}

void
rules_write_seconds(struct output *o, int64_t ns)
{
	char text[TIMESTAMP_TEXT_MAX];
	size_t n = timestamp_format(text, ns, TIMESTAMP_EPOCH, 9);

	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == '.')
		n--;
	output_bytes(o, text, n);
}

static void
write_protocols(struct output *o, const struct rule *r)
{
	const char *before = " proto=";
	int i;

	for (i = 0; i < PROTO_COUNT; i++) {
		if (!r->proto[i])
			continue;
		output_str(o, before);
		output_str(o, protocol_name((enum protocol)i));
		before = ",";
	}
}

void
rules_write(struct output *o, const struct rule *r)
{
	size_t i;

	output_str(o, "rule ");
	output_str(o, r->name);
	output_str(o, " severity=");
	output_str(o, rules_severities[r->severity]);
	if (!r->any_proto)
		write_protocols(o, r);
	if (!r->any_flags)
		output_str(o, " flags=");
	for (i = 0; !r->any_flags && i < strlen(RULES_FLAGS); i++)
		if (r->flags & 1 << i)
			output_char(o, RULES_FLAGS[i]);
	output_str(o, " track=");
	output_str(o, rules_tracks[r->track]);
	output_str(o, r->bytes ? " bytes=" : " packets=");
	output_u64(o, r->limit);
	output_str(o, " seconds=");
	rules_write_seconds(o, r->window_ns);
	if (r->unique != RULES_ALL) {
		output_str(o, " unique=");
		output_str(o, rules_uniques[r->unique]);
	}
	if (r->share > 0) {
		output_str(o, " share=");
		output_u64(o, r->share);
		output_char(o, '%');
	}
	output_str(o, " cooldown=");
	rules_write_seconds(o, r->cooldown_ns);
	output_end_row(o);
}
