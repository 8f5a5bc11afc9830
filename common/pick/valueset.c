/*
 * valueset - the values that a condition compares a cell with
 *
 * SPDX-License-Identifier: ISC
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/protocol.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "nets/netlist.h"
#include "nets/network.h"
#include "pick/valueset.h"

static const char weekdays[7][4] = { "mon", "tue", "wed", "thu", "fri", "sat",
    "sun" };

void
valueset_release(struct valueset *s)
{
	size_t i;

	netset_release(&s->nets);
	free(s->range);
	for (i = 0; i < s->words; i++)
		free(s->word[i]);
	free(s->word);
	*s = (struct valueset){ .type = s->type };
}

static void
add_range(struct valueset *s, struct decimal first, struct decimal last)
{
	s->range = xgrow(s->range, s->ranges, &s->ranges_room,
	    sizeof(*s->range));
	s->range[s->ranges++] = (struct value_range){ first, last };
}

static void
add_word(struct valueset *s, struct slice text)
{
	s->word = xgrow(s->word, s->words, &s->words_room, sizeof(*s->word));
	s->word[s->words++] = xstring(text.at, text.len);
}

/* One end of a range, by the type of the set. */
static bool
parse_end(const struct valueset *s, struct slice text, struct decimal *d)
{
	int64_t ns;
	int day;

	switch (s->type) {
	case VALUE_TIME:
		*d = (struct decimal){ 0, 0 };
		if (!timestamp_parse(text.at, text.len, &ns))
			return false;
		d->whole = ns;
		return true;
	case VALUE_WEEKDAY:
		for (day = 0; day < 7; day++)
			if (text.len == 3 &&
			    strncasecmp(text.at, weekdays[day], 3) == 0) {
				*d = (struct decimal){ day, 0 };
				return true;
			}
		return false;
	case VALUE_HOUR:
		return decimal_parse(d, text, false) && d->whole >= 0 &&
		    d->whole < 24 && d->nano == 0;
	default:
		return decimal_parse(d, text, true);
	}
}

/* A value or FIRST-LAST; false if it is no such thing. */
static bool
add_number(struct valueset *s, struct slice text, const char **error)
{
	const char *dash = text.len < 2 ? NULL :
	    memchr(text.at + 1, '-', text.len - 1);
	struct decimal first, last;
	bool cyclic = s->type == VALUE_HOUR || s->type == VALUE_WEEKDAY;

	if (parse_end(s, text, &first)) {
		add_range(s, first, first);
		return true;
	}
	if (dash == NULL || s->type == VALUE_TIME)
		return false;
	if (!parse_end(s, (struct slice){ text.at, (size_t)(dash - text.at) },
	    &first) || !parse_end(s, (struct slice){ dash + 1,
	    text.len - (size_t)(dash - text.at) - 1 }, &last))
		return false;
	if (decimal_compare(first, last) <= 0) {
		add_range(s, first, last);
	} else if (cyclic) {
		/* From 22 to 6, from Friday to Monday. */
		add_range(s, first, (struct decimal){ 23, 0 });
		add_range(s, (struct decimal){ 0, 0 }, last);
	} else {
		*error = "a range whose first number is not above its last";
	}
	return true;
}

/*
 * Whether a word was meant as an address or a network: four numbers, or what
 * has a point or a colon and ends with a length of a prefix.
 */
static bool
is_like_net(struct slice text)
{
	size_t i = 0, points = 0, colons = 0, digits = 0;

	for (; i < text.len && (isxdigit((unsigned char)text.at[i]) ||
	    text.at[i] == '.' || text.at[i] == ':'); i++) {
		points += text.at[i] == '.';
		colons += text.at[i] == ':';
		digits += isdigit((unsigned char)text.at[i]) != 0;
	}
	if (i == text.len)
		return points == 3 && points + digits == i;
	if (text.at[i] != '/' || points + colons == 0 || i + 1 == text.len)
		return false;
	while (++i < text.len && isdigit((unsigned char)text.at[i]))
		continue;
	return i == text.len;
}

/* Whether a cell is stacked VLANs: 200.30 is not 200.3. */
static bool
is_stack(const struct valueset *s, struct slice text)
{
	return s->type == VALUE_VLAN && memchr(text.at, '.', text.len) != NULL;
}

/*
 * A protocol is also what csvclean folds its name into: "tlsv1.3" is TLS.
 * False: it is none.
 */
static bool
add_proto(struct valueset *s, struct slice text)
{
	enum protocol p = protocol_find(text.at, text.len);
	const char *name = protocol_name(p);

	if (p == PROTO_NONE)
		return false;
	add_word(s, text);
	if (strlen(name) != text.len ||
	    strncasecmp(name, text.at, text.len) != 0)
		add_word(s, (struct slice){ name, strlen(name) });
	return true;
}

const char *
valueset_add(struct valueset *s, struct slice text)
{
	const char *error = NULL;

	if (text.len == 0) {
		s->empty = true;
		return NULL;
	}
	if (s->type == VALUE_PROTO && add_proto(s, text))
		return NULL;
	if (is_stack(s, text)) {
		add_word(s, text);
		return NULL;
	}
	if (add_number(s, text, &error))
		return error;
	switch (s->type) {
	case VALUE_TIME:
		return "a time such as 2026-11-24T08:00, or seconds since "
		    "the epoch";
	case VALUE_HOUR:
		return "an hour from 0 to 23, or a range such as 8-17";
	case VALUE_WEEKDAY:
		return "a day from mon to sun, or a range such as mon-fri";
	default:
		break;
	}
	if (memchr(text.at, '/', text.len) != NULL ||
	    memchr(text.at, '.', text.len) != NULL ||
	    memchr(text.at, ':', text.len) != NULL)
		if (netset_add(&s->nets, text)) {
			s->has_nets = true;
			return NULL;
		}
	if (is_like_net(text))
		return NETWORK_WANTED;
	add_word(s, text);
	if ((s->type == VALUE_PROTO || s->type == VALUE_ADDRESS ||
	    s->type == VALUE_NUMBER) && !slice_is(text, "REST"))
		s->unknown = s->word[s->words - 1];
	return NULL;
}

const char *
valueset_add_net(struct valueset *s, struct slice text)
{
	if (!netset_add(&s->nets, text))
		return NETWORK_WANTED;
	s->has_nets = true;
	return NULL;
}

static const char *
add_value(void *set, struct slice text, bool of_table)
{
	return of_table ? valueset_add_net(set, text) :
	    valueset_add(set, text);
}

static const char *
add_net(void *set, struct slice text, bool of_table)
{
	(void)of_table;
	return valueset_add_net(set, text);
}

const char *
valueset_add_file(struct valueset *s, const char *path, bool nets,
    size_t *line)
{
	return netlist_read(path, nets ? add_net : add_value, s, line, NULL);
}

static int
compare_ranges(const void *a, const void *b)
{
	const struct value_range *x = a, *y = b;

	return decimal_compare(x->first, y->first);
}

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
compare_words_caseless(const void *a, const void *b)
{
	return strcasecmp(*(char *const *)a, *(char *const *)b);
}

static void
join_ranges(struct valueset *s)
{
	struct value_range *to = s->range, *r;
	size_t i;

	if (s->ranges == 0)
		return;
	qsort(s->range, s->ranges, sizeof(*to), compare_ranges);
	for (i = 1; i < s->ranges; i++) {
		r = &s->range[i];
		if (decimal_compare(r->first, to->last) > 0)
			*++to = *r;
		else if (decimal_compare(r->last, to->last) > 0)
			to->last = r->last;
	}
	s->ranges = (size_t)(to - s->range) + 1;
}

void
valueset_build(struct valueset *s)
{
	netset_build(&s->nets);
	join_ranges(s);
	if (s->words > 0)
		qsort(s->word, s->words, sizeof(s->word[0]),
		    s->type == VALUE_PROTO ? compare_words_caseless :
		    compare_words);
}

bool
valueset_has_number(const struct valueset *s, struct decimal d)
{
	size_t low = 0, high = s->ranges, middle;

	/* The first range that ends at the number or later. */
	while (low < high) {
		middle = (low + high) / 2;
		if (decimal_compare(s->range[middle].last, d) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->ranges &&
	    decimal_compare(s->range[low].first, d) <= 0;
}

/* As strcmp(3), of a word and a cell that ends with no NUL. */
static int
compare_cell(const struct valueset *s, const char *word, struct slice cell)
{
	int order = s->type == VALUE_PROTO ?
	    strncasecmp(word, cell.at, cell.len) :
	    strncmp(word, cell.at, cell.len);

	return order != 0 ? order : word[cell.len] != '\0';
}

static bool
has_word(const struct valueset *s, struct slice cell)
{
	size_t low = 0, high = s->words, middle;
	int order;

	while (low < high) {
		middle = (low + high) / 2;
		order = compare_cell(s, s->word[middle], cell);
		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

enum answer
valueset_has(const struct valueset *s, struct slice cell)
{
	bool readable = s->words > 0;
	struct network net;
	struct decimal number = { 0, 0 };

	if (cell.len == 0)
		return s->empty ? ANSWER_YES : readable || (s->ranges == 0 &&
		    !s->has_nets) ? ANSWER_NO : ANSWER_UNREADABLE;
	if (s->words > 0 && has_word(s, cell))
		return ANSWER_YES;
	if (is_stack(s, cell))
		return ANSWER_NO;
	if (s->ranges > 0 && (s->type == VALUE_TIME ?
	    timestamp_parse_epoch(cell.at, cell.len, &number.whole) :
	    decimal_parse(&number, cell, false))) {
		readable = true;
		if (valueset_has_number(s, number))
			return ANSWER_YES;
	}
	if (s->has_nets && ipaddr_parse(&net.ip, cell.at, cell.len)) {
		readable = true;
		if (netset_has(&s->nets, &net.ip))
			return ANSWER_YES;
	} else if (s->has_nets && network_parse(&net, cell)) {
		readable = true;
		if (netset_has_net(&s->nets, &net))
			return ANSWER_YES;
	}
	/* A set of the empty cell alone can read any. */
	readable |= s->ranges == 0 && !s->has_nets;
	return readable ? ANSWER_NO : ANSWER_UNREADABLE;
}
