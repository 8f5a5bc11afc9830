/*
 * rules_labels - conditions on columns of labels: src_country=CN,RU dir=!in
 *
 * A label meets the condition if it is one of the values, or there are none
 * but negated ones, and is none of the negated.  An empty cell meets none.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/packetcolumns.h"
#include "detect/rules_private.h"

static bool
starts(struct slice s, const char *with)
{
	size_t n = strlen(with);

	return s.len > n && memcmp(s.at, with, n) == 0;
}

bool
rules_is_label(struct slice key)
{
	static const char *const others[] = { "sport", "dport", "flags",
	    "icmp_type" };
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (slice_is(key, others[i]))
			return false;
	return rules_is_name(key) && (starts(key, "src_") ||
	    starts(key, "dst_") || slice_is(key, "dir") ||
	    packetcolumns_has(key));
}

bool
rules_next_label(const char **labels, struct slice *column,
    struct slice *values)
{
	const char *at = *labels;

	if (*at == '\0')
		return false;
	column->at = at;
	column->len = strcspn(at, "=");
	values->at = at += column->len + 1;
	values->len = strcspn(at, " ");
	at += values->len;
	*labels = at + (*at == ' ');
	return true;
}

bool
rules_next_part(struct slice *list, struct slice *part, bool *negated)
{
	if (!rules_part(list, part))
		return false;
	*negated = part->len > 0 && part->at[0] == '!';
	part->at += *negated;
	part->len -= *negated;
	return true;
}

/* Removes the condition on a column that a version of a rule inherits. */
static void
remove_inherited(struct rule *r, struct slice column)
{
	const char *at = r->labels;
	struct slice name, values;
	char kept[RULES_LABELS_MAX + 1];
	size_t n = 0, len;

	memset(kept, 0, sizeof(kept));
	while (rules_next_label(&at, &name, &values)) {
		if (slice_same(name, column))
			continue;
		len = name.len + 1 + values.len;
		if (n > 0)
			kept[n++] = ' ';
		memcpy(kept + n, name.at, len);
		n += len;
	}
	memcpy(r->labels, kept, sizeof(kept));
}

/* The index of a column in the set, which gets it if it is new; -1: full. */
static int
column_of(struct rules *set, struct slice column)
{
	size_t i;

	for (i = 0; i < set->labels; i++)
		if (slice_is(column, set->label[i]))
			return (int)i;
	if (set->labels == RULES_LABEL_COLUMNS)
		return -1;
	memset(set->label[i], 0, sizeof(set->label[i]));
	memcpy(set->label[i], column.at, column.len);
	set->labels++;
	return (int)i;
}

/* Whether a text can be a label: not empty, without control characters. */
static bool
is_label(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] <= ' ' || s.at[i] == 0x7f)
			return false;
	return s.len > 0;
}

/* Whether the values are labels; those of dir are the words of iplabel. */
static bool
check_values(struct rules_parser *p, struct slice column, struct slice list)
{
	static const char *const directions[] = { "in", "out", "local",
	    "through", NULL };
	struct slice part;
	bool negated;

	while (rules_next_part(&list, &part, &negated)) {
		if (!is_label(part))
			return rules_bad(p, "label", part, "one such as CN");
		if (slice_is(column, "dir") &&
		    rules_choose(p, "dir", part, directions) == -1)
			return false;
	}
	return true;
}

bool
rules_read_label(struct rules_parser *p, struct rule *r, struct slice column,
    struct slice values)
{
	size_t len = column.len + 1 + values.len, n;
	int i = column_of(p->set, column);

	if (i == -1)
		return rules_wrong(p, column.at, "over %d columns of labels",
		    RULES_LABEL_COLUMNS);
	if (p->seen_labels >> i & 1)
		return rules_wrong(p, column.at, "\"%s\" is one too many",
		    p->set->label[i]);
	p->seen_labels |= UINT32_C(1) << i;
	if (!check_values(p, column, values))
		return false;
	remove_inherited(r, column);
	n = strlen(r->labels);
	if (n + (n > 0) + len > RULES_LABELS_MAX)
		return rules_wrong(p, column.at, "over " RULES_TEXT(
		    RULES_LABELS_MAX) " bytes of labels in a rule");
	if (n > 0)
		r->labels[n++] = ' ';
	memcpy(r->labels + n, column.at, len);
	return true;
}
