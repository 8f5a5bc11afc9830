/*
 * cleanrow - a record of any dialect as the cells of a packet row
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/ipaddr.h"
#include "base/number.h"
#include "clean/addresscell.h"
#include "clean/canonical.h"
#include "clean/cleanrow.h"
#include "clean/novalue.h"
#include "clean/numbercell.h"
#include "clean/protocell.h"
#include "clean/tallycell.h"

/*
 * A number below this in a relative column counts from the first packet: no
 * capture lasts three years, and none is from before 1973.
 */
#define RELATIVE_BELOW_NS	(INT64_C(100000000) * NS_PER_S)

#define TOKEN_MAX	16	/* bytes of a protocol that the table lacks */

_Static_assert(CLEANROW_TEXT_MAX >= TIMESTAMP_TEXT_MAX &&
    CLEANROW_TEXT_MAX >= IPADDR_TEXT_MAX && CLEANROW_TEXT_MAX >= TOKEN_MAX,
    "the text of any cell fits");

static const struct {
	const char	*what;
	const char	*wanted;
} reasons[CLEAN_REASONS] = {
	[CLEAN_GOOD] = { "good", "" },
	[CLEAN_RECORD] = { "bad record", "a CSV record" },
	[CLEAN_CELLS] = { "wrong number of cells", "as many as the header" },
	[CLEAN_BAD_TIME] = { "bad time", "seconds since the epoch, ISO 8601 "
	    "or Wireshark's form" },
	[CLEAN_BAD_SRC] = { "bad src", "an IPv4 or IPv6 address" },
	[CLEAN_BAD_DST] = { "bad dst", "an IPv4 or IPv6 address" },
	[CLEAN_NO_PROTO] = { "no proto", "a protocol's name" },
	[CLEAN_BAD_PROTO] = { "unknown proto", "a known protocol "
	    "(--any-proto accepts others)" },
	[CLEAN_NO_LEN] = { "no len", "a length" },
	[CLEAN_BAD_LEN] = { "bad len", "0-4294967295" },
	[CLEAN_BAD_COUNT] = { "bad packets or bytes",
	    "0-9223372036854775807" },
};

const char *
cleanrow_reason(enum cleanrow_reason r)
{
	return reasons[r].what;
}

const char *
cleanrow_wanted(enum cleanrow_reason r)
{
	return reasons[r].wanted;
}

/* The first cell of a role that has a value; *source is its index. */
static struct slice
find_value(const struct dialect *d, const struct csv *c,
    enum dialect_role role, size_t *source)
{
	struct slice s = { "", 0 };
	size_t i;

	for (i = 0; i < d->sources[role] && (i == 0 || novalue(s)); i++) {
		*source = i;
		s = slice_trim(c->cell[d->source[role][i]]);
	}
	return s;
}

bool
cleanrow_time(struct timecell *t, struct slice s, const struct dialect *d,
    enum timecell_unit unit, const struct cleanrow_settings *settings)
{
	char text[TIMESTAMP_TEXT_MAX];

	if (settings->time_unit != TIMECELL_ANY)
		unit = settings->time_unit;
	/* SiLK writes UTC without a zone: 2024/01/01T00:00:00.123. */
	if (d->utc && unit == TIMECELL_ANY && s.len < sizeof(text)) {
		memcpy(text, s.at, s.len);
		text[s.len] = 'Z';
		if (timecell_read(t, (struct slice){ text, s.len + 1 }, unit,
		    NULL))
			return true;
	}
	return timecell_read(t, s, unit, settings->time_form);
}

/* Reads a time in a form that is not ours; number: it counts seconds. */
static bool
read_foreign_time(struct cleanrow *row, struct slice s,
    const struct dialect *d, enum timecell_unit unit,
    const struct cleanrow_settings *settings, bool *number)
{
	struct timecell t;

	if (!cleanrow_time(&t, s, d, unit, settings))
		return false;
	row->time_ns = t.ns;
	row->unit = t.unit;
	*number = t.seconds;
	return true;
}

/* Whether this is a date of a spreadsheet, as the table's first time was. */
static bool
is_excel(struct dialect *d, struct slice s, int64_t ns)
{
	bool may_be = timecell_may_be_excel(s, ns);

	if (d->days == DAYS_UNKNOWN)
		d->days = may_be ? DAYS_LIKELY : DAYS_NO;
	return may_be && d->days == DAYS_LIKELY;
}

static enum cleanrow_reason
read_time(struct cleanrow *row, struct dialect *d, const struct csv *c,
    const struct cleanrow_settings *settings)
{
	enum timecell_unit unit = settings->time_unit;
	bool number, plain;
	size_t i = 0;
	struct slice s;

	s = row->time = row->bad = row->cell[ROLE_TIME] =
	    find_value(d, c, ROLE_TIME, &i);
	row->relative = false;
	row->unit = TIMECELL_ANY;
	row->timed = s.len > 0;
	if (!row->timed)
		return CLEAN_GOOD;
	if (unit == TIMECELL_ANY)
		unit = d->time_unit[i];
	plain = number = unit == TIMECELL_ANY &&
	    timestamp_parse_cell(&d->second, s.at, s.len, &row->time_ns);
	if (!plain && !read_foreign_time(row, s, d, unit, settings,
	    &number)) {
		row->timed = false;
		row->cell[ROLE_TIME].len = 0;
		return novalue(s) ? CLEAN_GOOD : CLEAN_BAD_TIME;
	}
	if (number && unit == TIMECELL_ANY && !settings->has_base &&
	    d->days != DAYS_NO && is_excel(d, s, row->time_ns))
		return CLEAN_BAD_TIME;
	if (number && d->source[ROLE_TIME][i] == d->relative &&
	    row->time_ns > -RELATIVE_BELOW_NS &&
	    row->time_ns < RELATIVE_BELOW_NS) {
		if (settings->has_base && __builtin_add_overflow(row->time_ns,
		    settings->base_ns, &row->time_ns))
			return CLEAN_BAD_TIME;
		row->relative = !settings->has_base;
	} else if (plain && settings->format == TIMESTAMP_EPOCH &&
	    settings->digits > 0 && is_canonical_time(s, settings->digits))
		return CLEAN_GOOD;
	row->cell[ROLE_TIME].at = row->text[ROLE_TIME];
	row->cell[ROLE_TIME].len = timestamp_format(row->text[ROLE_TIME],
	    row->time_ns, settings->format, settings->digits);
	return CLEAN_GOOD;
}

/* Copies a name in upper case if it is a token: [A-Z0-9._-]{1,16}. */
static bool
copy_token(struct cleanrow *row, struct slice s)
{
	char *out = row->text[ROLE_PROTO];
	size_t i;

	if (s.len == 0 || s.len > TOKEN_MAX)
		return false;
	for (i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    (c == '\0' || strchr("._-", c) == NULL))
			return false;
		out[i] = c;
	}
	row->cell[ROLE_PROTO].at = out;
	row->cell[ROLE_PROTO].len = s.len;
	return true;
}

static enum cleanrow_reason
read_protocol(struct cleanrow *row, const struct dialect *d,
    const struct csv *c, const struct cleanrow_settings *settings)
{
	enum protocol p;
	struct slice s;
	size_t i;

	s = row->bad = find_value(d, c, ROLE_PROTO, &i);
	/* A tally by other keys. */
	if (d->tally && s.len == 0 &&
	    (d->ours || d->sources[ROLE_PROTO] == 0)) {
		row->protocol = PROTO_NONE;
		row->cell[ROLE_PROTO] = s;
		return CLEAN_GOOD;
	}
	row->protocol = p = protocol_exact(s);
	row->cell[ROLE_PROTO] = s;
	if (p != PROTO_NONE)
		return CLEAN_GOOD;
	p = protocol_find(s.at, s.len);
	if (p == PROTO_NONE && settings->any_proto && protocell_is_name(s) &&
	    copy_token(row, s))
		return CLEAN_GOOD;
	if (p == PROTO_NONE)
		p = protocell_read(d, c, row->cell[ROLE_SRC]);
	row->protocol = p;
	row->cell[ROLE_PROTO].at = protocol_name(p);
	row->cell[ROLE_PROTO].len = protocol_name_len(p);
	if (p != PROTO_NONE)
		return CLEAN_GOOD;
	return novalue(s) ? CLEAN_NO_PROTO : CLEAN_BAD_PROTO;
}

/* Reads "66", "066" or "66.0", and leaves the digits alone in *s. */
static bool
read_whole(struct slice *s, uint64_t *value)
{
	*s = numbercell_whole(*s, '.');
	while (s->len > 1 && s->at[0] == '0') {
		s->at++;
		s->len--;
	}
	return number_parse(s->at, s->len, UINT32_MAX, value);
}

const char *
cleanrow_separator(const struct cleanrow *row, const struct csv *c)
{
	return c->delimiter == ';' && memchr(row->time.at, '.',
	    row->time.len) == NULL ? "." : ",";
}

static enum cleanrow_reason
read_len(struct cleanrow *row, const struct dialect *d, const struct csv *c)
{
	const char *own = cleanrow_separator(row, c);
	char text[NUMBERCELL_TEXT_MAX];
	struct slice s;
	uint64_t value;
	size_t i;

	s = row->bad = find_value(d, c, ROLE_LEN, &i);
	if (s.len == 0)
		return CLEAN_NO_LEN;
	row->cell[ROLE_LEN] = s;
	if (!(*own == '.' && memchr(s.at, '.', s.len) != NULL) &&
	    read_whole(&row->cell[ROLE_LEN], &value))
		return CLEAN_GOOD;
	if (!numbercell_ungroup(&s, own, text) &&
	    !numbercell_plain(&s, 0, text))
		return novalue(s) ? CLEAN_NO_LEN : CLEAN_BAD_LEN;
	if (!read_whole(&s, &value))
		return CLEAN_BAD_LEN;
	row->cell[ROLE_LEN].at = row->text[ROLE_LEN];
	row->cell[ROLE_LEN].len = number_put(row->text[ROLE_LEN], value);
	return CLEAN_GOOD;
}

bool
cleanrow_may_copy(const struct dialect *d, const struct cleanrow_settings *s)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++)
		if (d->sources[role] != 1)
			return false;
	return !d->tally && !d->fields && !s->anonymize && !s->has_base &&
	    s->format == TIMESTAMP_EPOCH && s->digits > 0 &&
	    s->time_unit == TIMECELL_ANY && d->time_unit[0] == TIMECELL_ANY;
}

/* Ten digits of seconds are neither relative nor a date of a spreadsheet. */
bool
cleanrow_copy(struct cleanrow *row, const struct dialect *d,
    const struct csv *c, const struct cleanrow_settings *s)
{
	int role;

	if (c->cells != d->columns || d->days == DAYS_UNKNOWN)
		return false;
	for (role = 0; role < ROLES_REQUIRED; role++)
		row->cell[role] = c->cell[d->source[role][0]];
	if (row->cell[ROLE_TIME].len != s->digits + 11)
		return false;
	row->protocol = canonical_row(row->cell, s->digits);
	return row->protocol != PROTO_NONE;
}

enum cleanrow_reason
cleanrow_read(struct cleanrow *row, struct dialect *d,
    const struct csv *c, const struct cleanrow_settings *settings)
{
	enum cleanrow_reason r;

	row->bad.at = "";
	row->bad.len = 0;
	row->cell[ROLE_LEN] = row->bad;
	if (c->cells != d->columns)
		return CLEAN_CELLS;
	if ((r = read_time(row, d, c, settings)) != CLEAN_GOOD ||
	    (r = addresscell_read(row, d, c, ROLE_SRC, settings)) !=
	    CLEAN_GOOD ||
	    (r = addresscell_read(row, d, c, ROLE_DST, settings)) !=
	    CLEAN_GOOD ||
	    (r = read_protocol(row, d, c, settings)) != CLEAN_GOOD)
		return d->tally && tallycell_rest(row, d, c) ? CLEAN_GOOD : r;
	if (d->tally)
		return tallycell_read(row, d, c, settings);
	if ((r = read_len(row, d, c)) != CLEAN_GOOD)
		return r;
	if (d->fields && (row->protocol == PROTO_ICMP ||
	    row->protocol == PROTO_ICMPV6))
		addresscell_unquote(row, d, c, settings);
	return CLEAN_GOOD;
}
