/*
 * condition_parse - a condition's text to its tree, by recursive descent
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/show.h"
#include "base/xalloc.h"
#include "pick/condition.h"
#include "pick/condition_node.h"

#define DEPTH_MAX	100	/* of parentheses and "not" */
#define PATH_BYTES	4096

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_SIGN,
    TOKEN_UNENDED };

struct token {
	enum token_kind	 kind;
	struct slice	 text;		/* a quoted one without its quotes */
	size_t		 at;		/* from 1 */
};

struct parser {
	struct condition *c;
	const char	*start;
	const char	*next;		/* after the token */
	struct token	 token;
	unsigned	 depth;
	size_t		 room;		/* nodes allocated */
	struct condition_error *error;
};

static size_t	parse_or(struct parser *);

/* Notes what is wrong, unless something was before. */
__attribute__((format(printf, 3, 4)))
static void
fail(struct parser *p, size_t at, const char *fmt, ...)
{
	va_list ap;

	if (p->error->why[0] != '\0')
		return;
	p->error->at = at;
	va_start(ap, fmt);
	vsnprintf(p->error->why, sizeof(p->error->why), fmt, ap);
	va_end(ap);
}

static bool
failed(const struct parser *p)
{
	return p->error->why[0] != '\0';
}

static bool
is_sign(char c)
{
	return c != '\0' && strchr("(),=!<>", c) != NULL;
}

static void
advance(struct parser *p)
{
	const char *s = p->next + strspn(p->next, " \t\r\n"), *end = s;
	struct token *t = &p->token;

	t->at = (size_t)(s - p->start) + 1;
	if (*s == '\0') {
		t->kind = TOKEN_END;
	} else if (*s == '"') {
		end = strchr(++s, '"');
		t->kind = end == NULL ? TOKEN_UNENDED : TOKEN_QUOTED;
		if (end == NULL)
			end = s + strlen(s);
	} else if (is_sign(*s)) {
		t->kind = TOKEN_SIGN;
		end = s + 1 + (s[1] == '=' && strchr("!<>", *s) != NULL);
	} else {
		t->kind = TOKEN_WORD;
		end = s + strcspn(s, " \t\r\n(),=!<>\"");
	}
	t->text = (struct slice){ s, (size_t)(end - s) };
	p->next = end + (t->kind == TOKEN_QUOTED);
}

static bool
is_word(const struct parser *p, const char *word)
{
	return p->token.kind == TOKEN_WORD && slice_is(p->token.text, word);
}

static bool
is_this_sign(const struct parser *p, const char *sign)
{
	return p->token.kind == TOKEN_SIGN && slice_is(p->token.text, sign);
}

/* Fails: something else stands where the token is. */
static void
want(struct parser *p, const char *what)
{
	const struct token *t = &p->token;

	if (t->kind == TOKEN_UNENDED)
		fail(p, t->at, "a quote that does not end");
	else if (t->kind == TOKEN_END)
		fail(p, t->at, "want %s, found the end", what);
	else
		fail(p, t->at, "want %s, found \"%s\"", what,
		    show(t->text.at, t->text.len));
}

static size_t
add_node(struct parser *p, struct condition_node node)
{
	struct condition *c = p->c;

	c->node = xgrow(c->node, c->nodes, &p->room, sizeof(node));
	c->node[c->nodes] = node;
	return c->nodes++;
}

/* The index of a column by name; it is added if it is new. */
static size_t
column_index(struct parser *p, const char *name, size_t n)
{
	struct condition *c = p->c;
	struct slice text = { name, n };
	size_t i;

	for (i = 0; i < c->columns; i++)
		if (slice_is(text, c->column[i]))
			return i;
	if (c->columns == CONDITION_COLUMNS_MAX) {
		fail(p, p->token.at, "more than %d columns",
		    CONDITION_COLUMNS_MAX);
		return 0;
	}
	c->column[i] = xstring(name, n);
	return c->columns++;
}

static void
take_column(struct parser *p, struct condition_node *node)
{
	static const struct {
		const char	*column;
		enum value_type	 type;
	} known[] = {
		{ "any", VALUE_ADDRESS },
		{ "bytes", VALUE_NUMBER },
		{ "dport", VALUE_NUMBER },
		{ "dst", VALUE_ADDRESS },
		{ "end", VALUE_TIME },
		{ "first", VALUE_TIME },
		{ "hour", VALUE_HOUR },
		{ "last", VALUE_TIME },
		{ "len", VALUE_NUMBER },
		{ "packets", VALUE_NUMBER },
		{ "proto", VALUE_PROTO },
		{ "sport", VALUE_NUMBER },
		{ "src", VALUE_ADDRESS },
		{ "start", VALUE_TIME },
		{ "time", VALUE_TIME },
		{ "vlan", VALUE_VLAN },
		{ "weekday", VALUE_WEEKDAY },
	};
	struct slice name = p->token.text;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (slice_is(name, known[i].column))
			node->set.type = known[i].type;
	node->cells = 1;
	if (slice_is(name, "any")) {
		node->cell[0] = column_index(p, "src", 3);
		node->cell[1] = column_index(p, "dst", 3);
		node->cells = 2;
	} else if (node->set.type == VALUE_HOUR ||
	    node->set.type == VALUE_WEEKDAY) {
		node->cell[0] = column_index(p, "time", 4);
	} else {
		node->cell[0] = column_index(p, name.at, name.len);
	}
	advance(p);
}

static void
take_file(struct parser *p, struct valueset *set, bool nets)
{
	char path[PATH_BYTES];
	const char *error;
	size_t line, n = p->token.text.len - 1;

	if (n == 0 || n >= sizeof(path)) {
		fail(p, p->token.at, "want a file's name after @");
		return;
	}
	memcpy(path, p->token.text.at + 1, n);
	path[n] = '\0';
	error = valueset_add_file(set, path, nets, &line);
	if (error != NULL && line == 0)
		fail(p, p->token.at, "%s: %s", show_str(path), error);
	else if (error != NULL)
		fail(p, 0, "%s:%zu: %s", show_str(path), line, error);
}

/* One value of a list. */
static void
take_value(struct parser *p, struct valueset *set, bool nets)
{
	struct token t = p->token;
	const char *error;

	if (t.kind == TOKEN_WORD && t.text.at[0] == '@') {
		take_file(p, set, nets);
	} else if (t.kind == TOKEN_WORD && t.text.len > 1 &&
	    t.text.at[0] == '\'' && t.text.at[t.text.len - 1] == '\'') {
		fail(p, t.at, "bad value \"%s\", want double quotes or none",
		    show(t.text.at, t.text.len));
	} else if (t.kind == TOKEN_WORD || t.kind == TOKEN_QUOTED) {
		error = nets ? valueset_add_net(set, t.text) :
		    valueset_add(set, t.text);
		if (error != NULL)
			fail(p, t.at, "bad value \"%s\", want %s",
			    show(t.text.at, t.text.len), error);
	} else {
		want(p, "a value");
	}
	advance(p);
}

static void
take_list(struct parser *p, struct condition_node *node, bool nets)
{
	for (;;) {
		take_value(p, &node->set, nets);
		if (failed(p) || !is_this_sign(p, ","))
			break;
		advance(p);
	}
	valueset_build(&node->set);
}

/* The one number, or time, after a sign of order. */
static void
take_limit(struct parser *p, struct condition_node *node)
{
	struct token t = p->token;

	take_value(p, &node->set, false);
	if (failed(p))
		return;
	if (node->set.ranges != 1 || node->set.type == VALUE_WEEKDAY ||
	    decimal_compare(node->set.range[0].first,
	    node->set.range[0].last) != 0)
		fail(p, t.at, "bad value \"%s\", want a number such as "
		    "1500 or 1.5k, or a time",
		    show(t.text.at, t.text.len));
	else
		node->limit = node->set.range[0].first;
}

/* The sign of order that the token is; COMPARE_SET if it is none. */
static enum node_compare
order_of(const struct parser *p)
{
	return is_this_sign(p, "<") ? COMPARE_BELOW :
	    is_this_sign(p, "<=") ? COMPARE_UP_TO :
	    is_this_sign(p, ">") ? COMPARE_ABOVE :
	    is_this_sign(p, ">=") ? COMPARE_FROM : COMPARE_SET;
}

static size_t
parse_test(struct parser *p)
{
	struct condition_node node = { .kind = NODE_TEST };
	bool unequal;
	size_t at;

	if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_QUOTED) {
		want(p, "a column");
		return 0;
	}
	take_column(p, &node);
	unequal = is_this_sign(p, "!=");
	node.compare = order_of(p);
	if (node.compare != COMPARE_SET) {
		advance(p);
		take_limit(p, &node);
	} else if (unequal || is_this_sign(p, "=")) {
		advance(p);
		take_list(p, &node, false);
	} else if (is_word(p, "in")) {
		advance(p);
		take_list(p, &node, true);
	} else {
		want(p, "= != < <= > >= or in");
	}
	at = add_node(p, node);
	return !unequal ? at : add_node(p, (struct condition_node){
	    .kind = NODE_NOT, .left = at });
}

static size_t
parse_not(struct parser *p)
{
	size_t at;

	if (++p->depth > DEPTH_MAX)
		fail(p, p->token.at, "nested deeper than %d", DEPTH_MAX);
	if (failed(p))
		return 0;
	if (is_word(p, "not")) {
		advance(p);
		at = parse_not(p);
		at = add_node(p, (struct condition_node){ .kind = NODE_NOT,
		    .left = at });
	} else if (is_this_sign(p, "(")) {
		advance(p);
		at = parse_or(p);
		if (!is_this_sign(p, ")"))
			want(p, "\")\", \"and\" or \"or\"");
		advance(p);
	} else {
		at = parse_test(p);
	}
	p->depth--;
	return at;
}

static size_t
parse_and(struct parser *p)
{
	size_t left = parse_not(p), right;

	while (!failed(p) && is_word(p, "and")) {
		advance(p);
		right = parse_not(p);
		left = add_node(p, (struct condition_node){ .kind = NODE_AND,
		    .left = left, .right = right });
	}
	return left;
}

static size_t
parse_or(struct parser *p)
{
	size_t left = parse_and(p), right;

	while (!failed(p) && is_word(p, "or")) {
		advance(p);
		right = parse_and(p);
		left = add_node(p, (struct condition_node){ .kind = NODE_OR,
		    .left = left, .right = right });
	}
	return left;
}

bool
condition_parse(struct condition *c, const char *text,
    struct condition_error *error)
{
	struct parser p = { .c = c, .start = text, .next = text,
	    .error = error };

	*c = (struct condition){ .node = NULL };
	*error = (struct condition_error){ 0 };
	advance(&p);
	parse_or(&p);
	if (!failed(&p) && p.token.kind != TOKEN_END)
		want(&p, "\"and\", \"or\" or the end");
	if (failed(&p)) {
		condition_release(c);
		return false;
	}
	return true;
}
