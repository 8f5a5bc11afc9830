/*
 * rules_talks - the conditions on what a row is in its conversation
 *
 * Each value is a bit of a rule's member talk, or two, which its key replaces;
 * within= says how long rows wait with answered=, completed= and encrypted=.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/timestamp.h"
#include "detect/rules_private.h"

#define BOTH		(1U << RULES_COLUMN_SRC | 1U << RULES_COLUMN_DST)

static const struct {
	const char	*word, *value;
	uint16_t	 bits;
	const char	*want;
} conditions[] = {
	{ "answered", "no", RULES_UNANSWERED, "no or seldom" },
	{ "answered", "seldom", RULES_UNANSWERED | RULES_SELDOM,
	  "no or seldom" },
	{ "completed", "no", RULES_INCOMPLETE, "no" },
	{ "served", "no", RULES_UNSERVED, "no" },
	{ "encrypted", "no", RULES_PLAIN, "no" },
	{ "repeated", "no", RULES_ONCE, "no" },
	{ "asked", "no", RULES_UNASKED, "no or yes" },
	{ "asked", "yes", RULES_ASKED, "no or yes" },
	{ "new", "yes", RULES_NEW, "yes or no" },
	{ "new", "no", RULES_LATER, "yes or no" },
	{ "oneway", "yes", RULES_ONEWAY, "yes" },
	{ "refused", "yes", RULES_REFUSED, "yes" },
};

bool
rules_read_talk(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	struct slice word = { key->word, strlen(key->word) };
	unsigned all = 0, chosen = 0;
	const char *want = "";
	size_t i;

	for (i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++) {
		if (!slice_is(word, conditions[i].word))
			continue;
		all |= conditions[i].bits;
		if (slice_is(s, conditions[i].value))
			chosen = conditions[i].bits;
		want = conditions[i].want;
	}
	r->talk = (uint16_t)((r->talk & ~all) | chosen);
	return chosen != 0 || rules_bad(p, key->word, s, want);
}

void
rules_write_answered(struct output *o, const struct rule *r)
{
	output_str(o, r->talk & RULES_SELDOM ? "seldom" : "no");
}

void
rules_write_asked(struct output *o, const struct rule *r)
{
	output_str(o, r->talk & RULES_ASKED ? "yes" : "no");
}

void
rules_write_new(struct output *o, const struct rule *r)
{
	output_str(o, r->talk & RULES_NEW ? "yes" : "no");
}

void
rules_write_no(struct output *o, const struct rule *r)
{
	(void)r;
	output_str(o, "no");
}

void
rules_write_yes(struct output *o, const struct rule *r)
{
	(void)r;
	output_str(o, "yes");
}

unsigned
rules_columns_of_talk(const struct rule *r)
{
	unsigned columns = BOTH;

	if (r->talk & RULES_REFUSED)
		columns |= 1U << RULES_COLUMN_SPORT | 1U << RULES_COLUMN_DPORT;
	if (r->talk & RULES_REFUSED || (r->talk & RULES_WAITING &&
	    r->flags != 0))
		columns |= 1U << RULES_COLUMN_FLAGS;
	return columns;
}

const char *
rules_check_talk(const struct rule *r)
{
	bool syn = r->flags == TCP_SYN && r->flags_mode == 0;
	bool midway = rules_is_midway(r) && (r->flags == TCP_SYN ||
	    r->flags_mode == 0);
	unsigned waiting = r->talk & RULES_WAITING;

	if (r->talk == 0)
		return NULL;
	if (r->share > 0)
		return "share counts all rows of a protocol";
	if (r->talk & RULES_UNSERVED && (!syn || waiting != RULES_UNANSWERED))
		return "served=no needs flags=S and answered=";
	if (r->talk & RULES_LATER && waiting == RULES_UNANSWERED &&
	    !rules_is_data(r))
		return "new=no leaves out what answered= counts";
	if (waiting == 0)
		return r->talk & RULES_ONCE ? "repeated=no needs answered= "
		    "or completed=" : NULL;
	if (r->bytes)
		return "answered=no, completed=no and encrypted=no count "
		    "packets only";
	if ((waiting & (waiting - 1)) != 0)
		return "only one of answered=no, completed=no and "
		    "encrypted=no";
	if (r->talk & RULES_ONCE && (!syn || waiting == RULES_PLAIN))
		return "repeated=no needs flags=S and answered= or completed=";
	if (waiting == RULES_PLAIN)
		return NULL;
	if (r->talk & RULES_INCOMPLETE)
		return syn ? NULL : "completed=no needs flags=S";
	if (r->talk & RULES_SELDOM && r->unique == RULES_ALL)
		return "answered=seldom needs unique";
	if (rules_is_data(r))
		return r->talk & RULES_UNASKED ? NULL :
		    "answered=no with flags=PA needs asked=no";
	/* Without flags= none are ignored, with flags=0 those of congestion. */
	return syn || midway || (r->flags | r->flags_ignored) == 0 ? NULL :
	    "answered=no needs flags=S, SA, PA or !S, or none";
}

bool
rules_read_within(struct rules_parser *p, const struct rules_key *key,
    struct rule *r, struct slice s)
{
	return rules_read_duration(p, key, s, 1, &r->wait_ns) &&
	    (r->wait_ns <= RULES_WAIT_MAX_S * NS_PER_S ||
	    rules_bad(p, key->word, s, "at most " RULES_TEXT(RULES_WAIT_MAX_S)
	    " seconds"));
}

void
rules_write_within(struct output *o, const struct rule *r)
{
	rules_write_seconds(o, r->wait_ns);
}

const char *
rules_check_within(const struct rule *r)
{
	return r->talk & RULES_WAITING || r->wait_ns == NS_PER_S ? NULL :
	    "within needs answered=no, completed=no or encrypted=no";
}
