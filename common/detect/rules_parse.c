/*
 * rules_parse - the statements of rules, line by line
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/show.h"
#include "detect/rules_private.h"

static bool
read_line(struct rules_parser *p)
{
	static const char *const statements[] = { "rule", "group", "allow",
	    NULL };
	bool good;

	if (!rules_word(p))
		return true;
	switch (rules_choose(p, "statement", p->word, statements)) {
	case 0:
		good = rules_read_rule(p);
		break;
	case 1:
		good = rules_read_group(p);
		break;
	case 2:
		good = rules_read_allow(p);
		break;
	default:
		return false;
	}
	return good && (!rules_word(p) ||
	    rules_wrong(p, p->word.at, "\"%s\" is one too many",
	    show(p->word.at, p->word.len)));
}

bool
rules_parse(struct rules *set, const char *text, size_t n)
{
	struct rules_parser p = { .set = set };
	const char *end = text + n, *newline;

	for (set->line = 1; text < end; set->line++) {
		newline = memchr(text, '\n', (size_t)(end - text));
		p.start = p.at = text;
		p.end = newline == NULL ? end : newline;
		if (!read_line(&p))
			return false;
		text = p.end + 1;
		if (newline == NULL)
			break;
	}
	return true;
}
