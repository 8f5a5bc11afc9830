/*
 * tallycell - what a row of flows adds: packets and bytes, and the flow's end
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
#include "clean/novalue.h"
#include "clean/numbercell.h"
#include "clean/tallycell.h"

/* Reads "19", "19.0", "1.9e1" or "1,900"; own separates groups of digits. */
static bool
read_count(struct slice s, const char *own, uint64_t *value)
{
	char text[NUMBERCELL_TEXT_MAX];

	if (number_parse(s.at, s.len, INT64_MAX, value))
		return true;
	if (!numbercell_ungroup(&s, own, text) &&
	    !numbercell_plain(&s, 0, text))
		return false;
	s = numbercell_whole(s, '.');
	return number_parse(s.at, s.len, INT64_MAX, value);
}

/*
 * Adds the cells of a role that have a value, or only the first of them.  False
 * if none has one, or one is bad.
 */
static bool
add_counts(struct cleanrow *row, const struct dialect *d, const struct csv *c,
    enum dialect_role role, bool all, uint64_t *sum)
{
	const char *own = cleanrow_separator(row, c);
	uint64_t value;
	struct slice s;
	bool found = false;
	size_t i;

	*sum = 0;
	for (i = 0; i < d->sources[role] && (all || !found); i++) {
		s = slice_trim(c->cell[d->source[role][i]]);
		row->bad = s;
		if (novalue(s))
			continue;
		if (!read_count(s, own, &value) || value > INT64_MAX - *sum)
			return false;
		*sum += value;
		found = true;
	}
	return found;
}

/* The total, if there is a column of it, or the sum of both directions. */
static bool
read_counts(struct cleanrow *row, const struct dialect *d,
    const struct csv *c, enum dialect_role total, enum dialect_role way,
    uint64_t *sum)
{
	row->bad = (struct slice){ "", 0 };
	if (d->sources[total] > 0)
		return add_counts(row, d, c, total, false, sum);
	return add_counts(row, d, c, way, true, sum);
}

/* The end of a flow in ns; false if nothing tells it. */
static bool
read_end(const struct cleanrow *row, const struct dialect *d,
    const struct csv *c, const struct cleanrow_settings *settings,
    int64_t *ns)
{
	struct timecell t;
	struct slice s;
	size_t i;

	for (i = 0; i < d->sources[ROLE_END]; i++) {
		s = slice_trim(c->cell[d->source[ROLE_END][i]]);
		if (cleanrow_time(&t, s, d, d->end_unit[i], settings)) {
			*ns = t.ns;
			return true;
		}
	}
	for (i = 0; i < d->sources[ROLE_DURATION] && row->timed; i++) {
		s = slice_trim(c->cell[d->source[ROLE_DURATION][i]]);
		if (timecell_read(&t, s, TIMECELL_S, NULL) && t.ns >= 0 &&
		    !__builtin_add_overflow(row->time_ns, t.ns, ns))
			return true;
	}
	return false;
}

enum cleanrow_reason
tallycell_read(struct cleanrow *row, const struct dialect *d,
    const struct csv *c, const struct cleanrow_settings *settings)
{
	int64_t ns;

	row->end = (struct slice){ row->end_text, 0 };
	if (!read_counts(row, d, c, ROLE_PACKETS, ROLE_PACKETS_WAY,
	    &row->packets) ||
	    !read_counts(row, d, c, ROLE_BYTES, ROLE_BYTES_WAY, &row->bytes))
		return CLEAN_BAD_COUNT;
	if (read_end(row, d, c, settings, &ns))
		row->end.len = timestamp_format(row->end_text, ns,
		    settings->format, settings->digits);
	/* Zeek calls both ICMP. */
	if (row->protocol == PROTO_ICMP &&
	    memchr(row->cell[ROLE_SRC].at, ':', row->cell[ROLE_SRC].len)) {
		row->protocol = PROTO_ICMPV6;
		row->cell[ROLE_PROTO].at = protocol_name(PROTO_ICMPV6);
		row->cell[ROLE_PROTO].len = protocol_name_len(PROTO_ICMPV6);
	}
	return CLEAN_GOOD;
}

bool
tallycell_rest(struct cleanrow *row, const struct dialect *d,
    const struct csv *c)
{
	int role;

	if (!d->ours || c->cells != d->columns ||
	    !slice_is(c->cell[0], "REST"))
		return false;
	row->timed = row->relative = false;
	row->unit = TIMECELL_ANY;
	row->protocol = PROTO_NONE;
	row->end = (struct slice){ row->end_text, 0 };
	for (role = 0; role < ROLES_REQUIRED; role++)
		row->cell[role] = d->sources[role] > 0 &&
		    d->source[role][0] == 0 ? c->cell[0] :
		    (struct slice){ row->text[role], 0 };
	return read_counts(row, d, c, ROLE_PACKETS, ROLE_PACKETS_WAY,
	    &row->packets) && read_counts(row, d, c, ROLE_BYTES,
	    ROLE_BYTES_WAY, &row->bytes);
}
