/*
 * rules_limits - the thresholds packets= and bytes=, also as rates: 10k/s, 5G/d
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "base/timestamp.h"
#include "detect/rules_private.h"

/* Reads a whole number, with a unit k, M, G or T if it has one. */
static bool
read_amount(struct slice s, uint64_t *amount)
{
	static const char units[] = "kMGT";
	const char *found = s.len == 0 ? NULL :
	    memchr(units, s.at[s.len - 1], sizeof(units) - 1);
	uint64_t unit = 1;
	ptrdiff_t i;

	for (i = 0; found != NULL && i <= found - units; i++)
		unit *= 1000;
	if (!number_parse(s.at, s.len - (found != NULL),
	    INT64_MAX / unit, amount))
		return false;
	*amount *= unit;
	return true;
}

/* Reads the window of a rate: a unit or a duration; it is also seconds=. */
static bool
read_per(struct rules_parser *p, const struct rules_key *key, struct rule *r,
    struct slice s)
{
	char text[32] = "1";
	bool number = s.len > 0 && s.at[0] >= '0' && s.at[0] <= '9';

	if (s.len == 0 || s.len + 2 > sizeof(text))
		return rules_bad(p, key->word, s, "a duration such as s or 5m");
	memcpy(text + !number, s.at, s.len);
	text[!number + s.len] = '\0';
	if (!timestamp_parse_duration(text, &r->window_ns) ||
	    r->window_ns == 0)
		return rules_bad(p, key->word, s, "a duration such as s or 5m");
	return rules_imply(p, r, "seconds", s.at);
}

bool
rules_read_limit(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	const char *slash = memchr(s.at, '/', s.len);
	struct slice amount = s, per = s;

	r->bytes = strcmp(key->word, "bytes") == 0;
	if (slash != NULL) {
		amount.len = (size_t)(slash - s.at);
		per.at = slash + 1;
		per.len = s.len - amount.len - 1;
	}
	if (!read_amount(amount, &r->limit))
		return rules_bad(p, key->word, s, "a whole number, or a rate "
		    "such as 100/s or 10G/d");
	return slash == NULL || read_per(p, key, r, per);
}

void
rules_write_limit(struct output *o, const struct rule *r)
{
	output_u64(o, r->limit);
}
