/*
 * rules_rule - the statement of a rule
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/number.h"
#include "base/show.h"
#include "base/timestamp.h"
#include "detect/rules_private.h"

static bool
read_duration(struct rules_parser *p, const char *what, struct slice s,
    int64_t *ns)
{
	char text[32];

	if (s.len < sizeof(text)) {
		memcpy(text, s.at, s.len);
		text[s.len] = '\0';
		if (timestamp_parse_duration(text, ns))
			return true;
	}
	return rules_bad(p, what, s, "a duration such as 10 or 5m");
}

static bool
read_protocols(struct rules_parser *p, struct rule *r, struct slice list)
{
	struct slice part;
	enum protocol proto;

	r->any_proto = false;
	memset(r->proto, 0, sizeof(r->proto));
	while (rules_part(&list, &part)) {
		proto = protocol_find(part.at, part.len);
		if (proto == PROTO_NONE)
			return rules_bad(p, "proto", part,
			    "a protocol such as DNS");
		r->proto[proto] = true;
	}
	return true;
}

static bool
read_flags(struct rules_parser *p, struct rule *r, struct slice s)
{
	const char *letter;
	size_t i;

	r->any_flags = false;
	r->flags = 0;
	for (i = 0; i < s.len; i++) {
		letter = memchr(RULES_FLAGS, s.at[i],
		    sizeof(RULES_FLAGS) - 1);
		if (letter == NULL)
			break;
		r->flags |= (uint8_t)(1 << (letter - RULES_FLAGS));
	}
	return (i == s.len && i > 0) ||
	    rules_bad(p, "flags", s, "letters of " RULES_FLAGS);
}

static bool
read_choice(struct rules_parser *p, enum rules_key key, struct slice s,
    const char *const *words, const char *want, int *choice)
{
	*choice = rules_choice(s, words);
	return (*choice >= 0 && s.len > 0) ||
	    rules_bad(p, rules_keys[key], s, want);
}

static bool
read_limit(struct rules_parser *p, struct rule *r, enum rules_key key,
    struct slice s)
{
	r->bytes = key == KEY_BYTES;
	return number_parse(s.at, s.len, INT64_MAX, &r->limit) ||
	    rules_bad(p, rules_keys[key], s, "a whole number");
}

static bool
read_share(struct rules_parser *p, struct rule *r, struct slice s)
{
	uint64_t percent;

	if (s.len < 2 || s.at[s.len - 1] != '%' ||
	    !number_parse(s.at, s.len - 1, 99, &percent) || percent == 0)
		return rules_bad(p, "share", s, "1% to 99%");
	r->share = (unsigned)percent;
	return true;
}

/* Takes the value of one word of a rule. */
static bool
read_value(struct rules_parser *p, struct rule *r, enum rules_key key,
    struct slice s)
{
	int choice;

	switch (key) {
	case KEY_SEVERITY:
		if (!read_choice(p, key, s, rules_severities,
		    "low, medium or high", &choice))
			return false;
		r->severity = (enum rules_severity)choice;
		return true;
	case KEY_PROTO:
		return read_protocols(p, r, s);
	case KEY_FLAGS:
		return read_flags(p, r, s);
	case KEY_TRACK:
		if (!read_choice(p, key, s, rules_tracks, "by_src, by_dst, "
		    "by_both, by_proto or by_rule", &choice))
			return false;
		r->track = (enum rules_track)choice;
		return true;
	case KEY_PACKETS:
	case KEY_BYTES:
		return read_limit(p, r, key, s);
	case KEY_SECONDS:
		return read_duration(p, "seconds", s, &r->window_ns);
	case KEY_UNIQUE:
		if (!read_choice(p, key, s, rules_uniques, "dst or dport",
		    &choice))
			return false;
		r->unique = (enum rules_unique)choice;
		return true;
	case KEY_SHARE:
		return read_share(p, r, s);
	default:
		r->cooldown_ns = 0;
		return slice_is(s, "0") ||
		    read_duration(p, "cooldown", s, &r->cooldown_ns);
	}
}

/* Whether the words of a rule make sense together. */
static bool
check_rule(struct rules_parser *p, const struct rule *r, struct slice name)
{
	if (r->unique != RULES_ALL && (r->bytes || r->share > 0))
		return rules_wrong(p, name.at, "unique counts packets only");
	if (r->unique == RULES_UNIQUE_DST && r->track != RULES_BY_SRC)
		return rules_wrong(p, name.at, "unique=dst needs track=by_src");
	if (r->unique != RULES_ALL && r->limit > RULES_UNIQUE_MAX)
		return rules_wrong(p, name.at, "unique counts up to packets=%d",
		    RULES_UNIQUE_MAX);
	if (!r->bytes && r->share == 0 && r->limit > RULES_SLIDING_MAX)
		return rules_wrong(p, name.at, "packets are counted up to %d",
		    RULES_SLIDING_MAX);
	if (r->share > 0 && r->track != RULES_BY_PROTO &&
	    (r->track != RULES_BY_RULE || r->any_proto))
		return rules_wrong(p, name.at, "share needs track=by_proto, or "
		    "track=by_rule and proto");
	if (r->group >= 0 && r->track > RULES_BY_BOTH)
		return rules_wrong(p, name.at, "a group's rule needs "
		    "track=by_src, by_dst or by_both");
	return true;
}

/* Finds a rule's group, and the rule it is a version of. */
static bool
read_rule_name(struct rules_parser *p, struct rule *r, struct slice whole)
{
	struct slice name = whole, group;
	const char *mark = memchr(whole.at, '@', whole.len);
	int base, in;

	*r = (struct rule){ .severity = RULES_MEDIUM, .any_proto = true,
	    .any_flags = true, .cooldown_ns = 60 * NS_PER_S, .base = -1,
	    .group = -1 };
	if (mark != NULL) {
		name.len = (size_t)(mark - whole.at);
		group.at = mark + 1;
		group.len = whole.len - name.len - 1;
		if ((base = rules_find_rule(p->set, name)) == -1)
			return rules_bad(p, "rule", name, "one defined above");
		if ((in = rules_find_group(p->set, group)) == -1)
			return rules_bad(p, "group", group,
			    "one defined above");
		*r = p->set->rule[base];
		r->base = base;
		r->group = in;
	} else if (!rules_is_name(name))
		return rules_bad(p, "name", name, "letters, digits, - "
		    "and _, at most 31");
	if (whole.len > RULES_NAME_MAX)
		return rules_bad(p, "name", whole, "at most 31 bytes");
	if (rules_find_rule(p->set, whole) != -1)
		return rules_wrong(p, whole.at, "rule \"%s\" is defined twice",
		    show(whole.at, whole.len));
	memset(r->name, 0, sizeof(r->name));
	memcpy(r->name, whole.at, whole.len);
	return true;
}

/* rule NAME[@GROUP] key=value ... */
bool
rules_read_rule(struct rules_parser *p)
{
	bool seen[KEYS] = { false };
	struct slice name, key, value;
	struct rule r;
	const char *equals;
	int k;

	if (p->set->count == RULES_MAX)
		return rules_wrong(p, p->word.at, "over %d rules", RULES_MAX);
	if (!rules_word(p))
		return rules_wrong(p, p->word.at, "a rule needs a name");
	name = p->word;
	if (!read_rule_name(p, &r, name))
		return false;
	while (rules_word(p)) {
		key = value = p->word;
		equals = memchr(key.at, '=', key.len);
		if (equals != NULL)
			key.len = (size_t)(equals - key.at);
		if (equals == NULL || (k = rules_choice(key, rules_keys)) == -1)
			return rules_bad(p, "word", key, "severity, "
			    "proto, flags, track, packets, bytes, seconds, "
			    "unique, share or cooldown, and =value");
		value.at = equals + 1;
		value.len = p->word.len - key.len - 1;
		if (seen[k] || (k == KEY_BYTES && seen[KEY_PACKETS]) ||
		    (k == KEY_PACKETS && seen[KEY_BYTES]))
			return rules_wrong(p, key.at, "\"%s\" is one too many",
			    rules_keys[k]);
		seen[k] = true;
		if (!read_value(p, &r, (enum rules_key)k, value))
			return false;
	}
	if (r.base == -1 && (!seen[KEY_TRACK] || !seen[KEY_SECONDS] ||
	    !(seen[KEY_PACKETS] || seen[KEY_BYTES])))
		return rules_wrong(p, p->word.at, "rule \"%s\" needs %s",
		    r.name, !seen[KEY_TRACK] ? "track=" : !seen[KEY_SECONDS] ?
		    "seconds=" : "packets= or bytes=");
	if (!check_rule(p, &r, name))
		return false;
	p->set->rule[p->set->count++] = r;
	return true;
}
