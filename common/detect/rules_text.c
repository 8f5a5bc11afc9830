/*
 * rules_text - rules written as text
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "base/timestamp.h"
#include "detect/rules_private.h"

/* What rules count by their conditions on conversations; the first holds. */
static const struct {
	uint8_t		 talk;
	const char	*packets, *bytes;
} counted[] = {
	{ RULES_UNANSWERED, "unanswered packets", "unanswered bytes" },
	{ RULES_INCOMPLETE, "unfinished handshakes", "bytes" },
	{ RULES_PLAIN, "unencrypted packets", "unencrypted bytes" },
	{ RULES_NEW, "new conversations", "bytes" },
	{ RULES_ONEWAY, "one-way packets", "one-way bytes" },
};

/* What rules on distinct values count. */
static const char *
distinct_unit(const struct rule *r)
{
	static const char *const units[][2] = {
		[RULES_UNIQUE_SRC] = { "hosts", "unanswered hosts" },
		[RULES_UNIQUE_DST] = { "hosts", "unanswered hosts" },
		[RULES_UNIQUE_SPORT] = { "source ports",
		    "unanswered source ports" },
		[RULES_UNIQUE_DPORT] = { "ports", "unanswered ports" },
		[RULES_UNIQUE_ENDS] = { "pairs", "unanswered pairs" },
		[RULES_UNIQUE_PROTO] = { "protocols",
		    "unanswered protocols" }
	};

	/* Between two hosts, each connection has a port of its own. */
	if (r->unique == RULES_UNIQUE_SPORT && (r->track == RULES_BY_BOTH ||
	    r->track == RULES_BY_BOTH_DPORT))
		return r->talk & RULES_UNANSWERED ? "unanswered connections" :
		    "connections";
	return units[r->unique][(r->talk & RULES_UNANSWERED) != 0];
}

const char *
rules_unit(const struct rule *r)
{
	size_t i;

	if (r->share > 0)
		return "percent";
	if (r->unique != RULES_ALL)
		return distinct_unit(r);
	if (r->regular > 0)
		return "regular packets";
	if (r->of[0] != '\0')
		return "incidents";
	if (r->known)
		return r->bytes ? "first bytes" : "first packets";
	for (i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
		if (r->talk & counted[i].talk)
			return r->bytes ? counted[i].bytes :
			    counted[i].packets;
	return r->bytes ? "bytes" : "packets";
}

const char *
rules_names(const struct rules *set, ruleset mask, const char *between)
{
	static char text[RULES_MAX * (RULES_NAME_MAX + 2) + 1];
	size_t i, n = 0;

	text[0] = '\0';
	for (i = 0; i < set->count; i++)
		if (ruleset_has(mask, i))
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s%s", n > 0 ? between : "", set->rule[i].name);
	return text;
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

void
rules_write(struct output *o, const struct rule *r)
{
	size_t i;

	output_str(o, "rule ");
	output_str(o, r->name);
	for (i = 0; rules_keys[i].word != NULL; i++) {
		if ((r->keys >> i & 1) == 0)
			continue;
		output_char(o, ' ');
		output_str(o, rules_keys[i].word);
		output_char(o, '=');
		rules_keys[i].write(o, r);
	}
	if (r->labels[0] != '\0') {
		output_char(o, ' ');
		output_str(o, r->labels);
	}
	output_end_row(o);
}
