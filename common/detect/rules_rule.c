/*
 * rules_rule - the statement of a rule
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/show.h"
#include "base/timestamp.h"
#include "detect/rules_private.h"

/* The keys that exclude each other with one, itself included; bits. */
static uint32_t
rivals(size_t key)
{
	uint32_t mask = UINT32_C(1) << key;
	size_t i;

	if (rules_keys[key].needed == NULL)
		return mask;
	for (i = 0; rules_keys[i].word != NULL; i++)
		if (rules_keys[i].needed == rules_keys[key].needed)
			mask |= UINT32_C(1) << i;
	return mask;
}

/* Records that a word is no key; returns false. */
static bool
refuse_key(struct rules_parser *p, struct slice word)
{
	const char *words[RULES_KEYS_MAX + 2];
	size_t i;

	for (i = 0; rules_keys[i].word != NULL; i++)
		words[i] = rules_keys[i].word;
	words[i] = "a label such as src_country";
	words[i + 1] = NULL;
	return rules_choose(p, "key", word, words) != -1;
}

/* Takes in a key of the line; false: the line has it or a rival. */
static bool
note_key(struct rules_parser *p, struct rule *r, size_t k, const char *at)
{
	if (p->seen & rivals(k))
		return rules_wrong(p, at, "\"%s\" is one too many",
		    rules_keys[k].word);
	p->seen |= UINT32_C(1) << k;
	r->keys = (r->keys & ~rivals(k)) | UINT32_C(1) << k;
	return true;
}

bool
rules_imply(struct rules_parser *p, struct rule *r, const char *word,
    const char *at)
{
	size_t k;

	for (k = 0; strcmp(rules_keys[k].word, word) != 0; k++)
		;
	return note_key(p, r, k, at);
}

/* Reads one word of a rule, KEY=VALUE. */
static bool
read_pair(struct rules_parser *p, struct rule *r)
{
	struct slice key = p->word, value;
	const char *equals = memchr(key.at, '=', key.len);
	size_t k;

	if (equals == NULL)
		return rules_bad(p, "word", key, "KEY=VALUE");
	key.len = (size_t)(equals - key.at);
	value.at = equals + 1;
	value.len = p->word.len - key.len - 1;
	for (k = 0; rules_keys[k].word != NULL; k++)
		if (slice_is(key, rules_keys[k].word))
			return note_key(p, r, k, key.at) &&
			    rules_keys[k].read(p, &rules_keys[k], r, value);
	return rules_is_label(key) ? rules_read_label(p, r, key, value) :
	    refuse_key(p, key);
}

/* Whether a rule waits as long as another of the set, or one more can. */
static bool
can_wait(const struct rules *set, const struct rule *r)
{
	int64_t waits[RULES_WAITS];
	size_t i, j, n = 0;

	if ((r->talk & RULES_WAITING) == 0)
		return true;
	for (i = 0; i < set->count; i++) {
		if ((set->rule[i].talk & RULES_WAITING) == 0)
			continue;
		for (j = 0; j < n && waits[j] != set->rule[i].wait_ns; j++)
			;
		if (j == n)
			waits[n++] = set->rule[i].wait_ns;
	}
	for (j = 0; j < n && waits[j] != r->wait_ns; j++)
		;
	return j < n || n < RULES_WAITS;
}

/* Whether a rule has the keys it needs, and their values agree. */
static bool
check_rule(struct rules_parser *p, struct rule *r, struct slice name)
{
	const char *why;
	size_t i;

	for (i = 0; rules_keys[i].word != NULL; i++) {
		if (rules_keys[i].has_default)
			r->keys |= UINT32_C(1) << i;
		if (rules_keys[i].needed != NULL && !(r->keys & rivals(i)))
			return rules_wrong(p, p->word.at,
			    "rule \"%s\" needs %s", r->name,
			    rules_keys[i].needed);
	}
	r->bins = r->bytes || (r->share == 0 && r->unique == RULES_ALL &&
	    r->regular == 0 && r->limit > RULES_SLIDING_MAX);
	for (i = 0; rules_keys[i].word != NULL; i++)
		if (rules_keys[i].check != NULL &&
		    (why = rules_keys[i].check(r)) != NULL)
			return rules_wrong(p, name.at, "%s", why);
	return can_wait(p->set, r) || rules_wrong(p, name.at, "over "
	    RULES_TEXT(RULES_WAITS) " different times to wait");
}

/* Reads the name; a group's rule starts as a copy of its parent. */
static bool
read_rule_name(struct rules_parser *p, struct rule *r, struct slice whole)
{
	struct slice name = whole, group;
	const char *mark = memchr(whole.at, '@', whole.len);
	int parent, in;

	*r = (struct rule){ .severity = RULES_MEDIUM, .any_proto = true,
	    .cooldown_ns = 60 * NS_PER_S, .wait_ns = NS_PER_S, .parent = -1,
	    .group = -1 };
	if (mark != NULL) {
		name.len = (size_t)(mark - whole.at);
		group.at = mark + 1;
		group.len = whole.len - name.len - 1;
		if ((parent = rules_find_rule(p->set, name)) == -1)
			return rules_bad(p, "rule", name, "one defined above");
		if ((in = rules_find_group(p->set, group)) == -1)
			return rules_bad(p, "group", group,
			    "one defined above");
		*r = p->set->rule[parent];
		r->parent = parent;
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

/* What is allowed by a rule is allowed by the version that is added next. */
static void
allow_version(struct rules *set, const struct rule *r)
{
	size_t i;

	for (i = 0; r->parent >= 0 && i < set->nets; i++)
		if (ruleset_has(set->net[i].rules, (size_t)r->parent))
			set->net[i].rules |= ruleset_of(set->count);
}

/* rule NAME[@GROUP] key=value ... */
bool
rules_read_rule(struct rules_parser *p)
{
	struct slice name;
	struct rule r;

	if (p->set->count == RULES_MAX)
		return rules_wrong(p, p->word.at, "over %d rules", RULES_MAX);
	if (!rules_word(p))
		return rules_wrong(p, p->word.at, "a rule needs a name");
	name = p->word;
	p->seen = p->seen_labels = 0;
	if (!read_rule_name(p, &r, name))
		return false;
	while (rules_word(p))
		if (!read_pair(p, &r))
			return false;
	if (!check_rule(p, &r, name))
		return false;
	allow_version(p->set, &r);
	p->set->rule[p->set->count++] = r;
	return true;
}
