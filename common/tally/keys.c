/*
 * keys - the columns of a key, some of them computed from other columns
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/option.h"
#include "base/service.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "tally/keys.h"

/* Whether a column holds addresses, whatever is in its cells. */
static bool
holds_addresses(const char *column)
{
	static const char *const names[] = { "src", "dst", "outer_src",
	    "outer_dst", "ends" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(column, names[i]) == 0)
			return true;
	return false;
}

/* A name that only looks like an expression is that of a column. */
static void
parse_part(struct key_part *p, const char *what, const char *name)
{
	const char *slash = strchr(name, '/');

	*p = (struct key_part){ .kind = strcmp(name, "ends") == 0 ? KEY_ENDS :
	    strcmp(name, "service") == 0 ? KEY_SERVICE : KEY_COLUMN };
	output_init(&p->text, -1, "key");
	output_init(&p->cut_ends, -1, "key");
	if (slash == NULL || slash == name ||
	    !keywidth_parse(&p->width, slash + 1))
		return;
	p->kind = KEY_WIDTH;
	p->column = xstrdup(name);
	p->column[slash - name] = '\0';
	p->cut = strcmp(p->column, "ends") == 0;
	if (p->cut)
		p->kind = KEY_ENDS;
	if (holds_addresses(p->column))
		p->width.width = 0;
	if (p->width.width == 0 && !keywidth_is_prefix(&p->width))
		errx(STATUS_USAGE, "bad %s \"%s\", want a prefix such as %s/24 "
		    "or %s/24/64: 0-32 bits of IPv4, 0-128 bits of IPv6", what,
		    show_str(name), p->column, p->column);
}

static bool
has_name(const struct keys *k, const char *name)
{
	size_t i;

	for (i = 0; i < k->columns; i++)
		if (strcmp(k->name[i], name) == 0)
			return true;
	return false;
}

void
keys_add(struct keys *k, const char *what, const char *list)
{
	const char *name[KEYS_MAX];
	size_t n = option_keys(what, list, name, KEYS_MAX), i;

	for (i = 0; i < n; i++) {
		if (has_name(k, name[i]))
			continue;
		if (k->columns == KEYS_MAX)
			errx(STATUS_USAGE, "bad %s \"%s\", want at most %d "
			    "columns in a key", what, show_str(list), KEYS_MAX);
		parse_part(&k->part[k->columns], what, name[i]);
		k->computed |= k->part[k->columns].kind != KEY_COLUMN;
		k->name[k->columns++] = name[i];
	}
}

void
keys_parse(struct keys *k, const char *what, const char *list)
{
	keys_release(k);
	keys_add(k, what, list);
}

void
keys_release(struct keys *k)
{
	size_t i;

	for (i = 0; i < k->columns; i++) {
		free(k->part[i].column);
		free(k->part[i].text.buf);
		free(k->part[i].cut_ends.buf);
	}
	k->columns = 0;
	k->computed = false;
}

void
keys_want(struct keys *k, struct row_reader *rows)
{
	size_t i;

	k->rows = rows;
	for (i = 0; i < k->columns; i++) {
		struct key_part *p = &k->part[i];
		const char *name = k->name[i];

		p->whole = row_want(rows, name, p->kind != KEY_COLUMN);
		if (p->kind == KEY_WIDTH) {
			p->from[0] = row_want_unless(rows, p->column, name);
		} else if (p->kind == KEY_ENDS) {
			p->from[0] = row_want_unless(rows, "src", name);
			p->from[1] = row_want_unless(rows, "dst", name);
			p->from[2] = row_want(rows, "sport", true);
			p->from[3] = row_want(rows, "dport", true);
		} else if (p->kind == KEY_SERVICE) {
			p->from[0] = row_want_unless(rows, "sport", name);
			p->from[1] = row_want_unless(rows, "dport", name);
		}
	}
}

/* Whether a cell can be read: an empty one, and that of the rest, need not. */
static bool
needs_reading(struct slice s)
{
	return s.len > 0 && !slice_is(s, "REST");
}

/* Writes the prefix or the class of a cell, or the cell as it stands. */
static void
put_width(struct output *o, struct key_part *p, struct slice s)
{
	if (needs_reading(s)) {
		if (keywidth_write(&p->width, o, s))
			return;
		p->unreadable++;
	}
	output_bytes(o, s.at, s.len);
}

/* Cuts the two ends to prefixes. */
static void
cut(struct key_part *p, struct slice end[2])
{
	struct output *o = &p->cut_ends;
	size_t first;

	o->used = 0;
	put_width(o, p, end[0]);
	first = o->used;
	put_width(o, p, end[1]);
	output_room(o, 1);
	end[0] = (struct slice){ o->buf, first };
	end[1] = (struct slice){ o->buf + first, o->used - first };
}

/* Writes an address, and the port after a colon, as in RFC 3986, 3.2. */
static void
put_end(struct output *o, struct slice address, struct slice port)
{
	bool brackets = port.len > 0 &&
	    memchr(address.at, ':', address.len) != NULL;

	if (brackets)
		output_char(o, '[');
	output_bytes(o, address.at, address.len);
	if (brackets)
		output_char(o, ']');
	if (port.len > 0) {
		output_char(o, ':');
		output_bytes(o, port.at, port.len);
	}
}

/* Orders texts as memcmp orders bytes, numbers without leading zeros. */
static int
compare(struct slice a, struct slice b, bool numbers)
{
	int order = 0;

	if (!numbers || a.len == b.len)
		order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/*
 * The lesser end first.  The ports count if the row has both.  An end without
 * an address is left out.
 */
static void
put_ends(struct key_part *p, const struct row *row)
{
	const struct slice none = { "", 0 };
	struct slice end[2] = { row->cell[p->from[0]], row->cell[p->from[1]] };
	struct slice port[2] = { row->cell[p->from[2]],
	    row->cell[p->from[3]] };
	bool ports = !p->cut && port[0].len > 0 && port[1].len > 0;
	unsigned first;
	int order;

	if (p->cut)
		cut(p, end);
	order = compare(end[0], end[1], false);
	if (order == 0 && ports)
		order = compare(port[0], port[1], true);
	first = order > 0;
	if (end[first].len > 0) {
		put_end(&p->text, end[first], ports ? port[first] : none);
		if (end[!first].len > 0)
			output_char(&p->text, ' ');
	}
	if (end[!first].len > 0)
		put_end(&p->text, end[!first], ports ? port[!first] : none);
}

/* The port that service_guess takes, of those that the row has. */
static void
put_service(struct key_part *p, const struct row *row)
{
	uint64_t port[2] = { SERVICE_DYNAMIC, SERVICE_DYNAMIC };
	int best;
	size_t i;

	for (i = 0; i < 2; i++) {
		struct slice s = row->cell[p->from[i]];

		if (s.len == 0)
			continue;
		if (!number_parse_cell(s.at, s.len, UINT16_MAX, &port[i])) {
			p->unreadable += needs_reading(s);
			p->text.used = 0;
			output_bytes(&p->text, s.at, s.len);
			return;
		}
	}
	best = service_guess((int)port[0], (int)port[1]);
	if (best >= 0)
		output_u64(&p->text, (uint64_t)best);
}

const struct slice *
keys_compute(struct keys *k, const struct row *row)
{
	size_t i;

	for (i = 0; i < k->columns; i++) {
		struct key_part *p = &k->part[i];

		if (p->kind == KEY_COLUMN || row_has(k->rows, p->whole)) {
			k->cell[i] = row->cell[p->whole];
			continue;
		}
		p->text.used = 0;
		if (p->kind == KEY_WIDTH)
			put_width(&p->text, p, row->cell[p->from[0]]);
		else if (p->kind == KEY_ENDS)
			put_ends(p, row);
		else
			put_service(p, row);
		output_room(&p->text, SLICE_SLACK);
		k->cell[i] = (struct slice){ p->text.buf, p->text.used };
	}
	return k->cell;
}

void
keys_report(const struct keys *k)
{
	size_t i;

	for (i = 0; i < k->columns; i++)
		if (k->part[i].unreadable > 0)
			warnx("%s could not be read for \"%s\": %s",
			    show_count(k->part[i].unreadable, "cell"),
			    show_str(k->name[i]),
			    show_word(k->part[i].unreadable,
			    "it is in the key as it stands",
			    "they are in the key as they stand"));
}
