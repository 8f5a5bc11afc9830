/*
 * condition - what is asked of a row, and whether the row meets it
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <time.h>

#include "base/timestamp.h"
#include "base/zone.h"
#include "pick/condition.h"
#include "pick/condition_node.h"

#define QUARTER_S	900	/* no clock is changed within one of its own */

void
condition_release(struct condition *c)
{
	size_t i;

	for (i = 0; i < c->nodes; i++)
		valueset_release(&c->node[i].set);
	for (i = 0; i < c->columns; i++)
		free(c->column[i]);
	free(c->node);
	*c = (struct condition){ .node = NULL };
}

void
condition_renew(struct condition *c, struct condition *anew)
{
	struct condition_node *node = c->node;
	size_t nodes = c->nodes;

	c->node = anew->node;
	c->nodes = anew->nodes;
	anew->node = node;
	anew->nodes = nodes;
	condition_release(anew);
}

/*
 * The hour or the day of a time in TZ.  localtime_r takes some 100 ns, so the
 * answer is kept for the rest of the clock's quarter of an hour.
 */
static struct decimal
clock_of(enum value_type type, int64_t ns)
{
	static int64_t from, to;
	static struct tm tm;
	int64_t s = timestamp_floor(ns, NS_PER_S);
	time_t t = (time_t)s;

	if (s < from || s >= to) {
		zone_use();
		localtime_r(&t, &tm);
		from = s;
		to = s + QUARTER_S - (tm.tm_min * 60 + tm.tm_sec) % QUARTER_S;
	}
	return (struct decimal){ type == VALUE_HOUR ? tm.tm_hour :
	    (tm.tm_wday + 6) % 7, 0 };
}

/* Reads a cell as the number that a test is about; false: it is none. */
static bool
read_number(const struct condition_node *n, struct slice cell,
    struct decimal *number)
{
	int64_t ns;

	if (n->set.type <= VALUE_VLAN)
		return decimal_parse(number, cell, false);
	if (!timestamp_parse_epoch(cell.at, cell.len, &ns))
		return false;
	*number = n->set.type == VALUE_TIME ? (struct decimal){ ns, 0 } :
	    clock_of(n->set.type, ns);
	return true;
}

static enum answer
compare_number(const struct condition_node *n, struct decimal number)
{
	int order = decimal_compare(number, n->limit);

	switch (n->compare) {
	case COMPARE_BELOW:
		return order < 0 ? ANSWER_YES : ANSWER_NO;
	case COMPARE_UP_TO:
		return order <= 0 ? ANSWER_YES : ANSWER_NO;
	case COMPARE_ABOVE:
		return order > 0 ? ANSWER_YES : ANSWER_NO;
	case COMPARE_FROM:
		return order >= 0 ? ANSWER_YES : ANSWER_NO;
	default:
		return valueset_has_number(&n->set, number) ? ANSWER_YES :
		    ANSWER_NO;
	}
}

static enum answer
test_cell(const struct condition_node *n, struct slice cell)
{
	bool clock = n->set.type == VALUE_HOUR || n->set.type == VALUE_WEEKDAY;
	struct decimal number;

	if (n->compare == COMPARE_SET && !clock)
		return valueset_has(&n->set, cell);
	if (!read_number(n, cell, &number))
		return ANSWER_UNREADABLE;
	return compare_number(n, number);
}

static enum answer
either(enum answer a, enum answer b)
{
	if (a == ANSWER_YES || b == ANSWER_YES)
		return ANSWER_YES;
	return a == ANSWER_NO ? b : a;
}

static enum answer
opposite(enum answer a)
{
	return a == ANSWER_UNREADABLE ? a : a == ANSWER_YES ? ANSWER_NO :
	    ANSWER_YES;
}

static enum answer
test_node(const struct condition *c, size_t i, const struct slice *cell)
{
	const struct condition_node *n = &c->node[i];
	enum answer a, b;

	switch (n->kind) {
	case NODE_NOT:
		return opposite(test_node(c, n->left, cell));
	case NODE_AND:
		a = test_node(c, n->left, cell);
		if (a == ANSWER_NO)
			return a;
		b = test_node(c, n->right, cell);
		return opposite(either(opposite(a), opposite(b)));
	case NODE_OR:
		a = test_node(c, n->left, cell);
		if (a == ANSWER_YES)
			return a;
		return either(a, test_node(c, n->right, cell));
	default:
		a = test_cell(n, cell[n->cell[0]]);
		if (n->cells == 1 || a == ANSWER_YES)
			return a;
		return either(a, test_cell(n, cell[n->cell[1]]));
	}
}

enum answer
condition_test(const struct condition *c, const struct slice *cell)
{
	return test_node(c, c->nodes - 1, cell);
}
