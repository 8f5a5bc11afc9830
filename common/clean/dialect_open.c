/*
 * dialect_open - the dialect of an operand, from its first lines
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/textmagic.h"
#include "clean/columnchoice.h"
#include "clean/delimiter.h"
#include "clean/dialect.h"
#include "clean/missing.h"
#include "csv/columns.h"

/* The dialect of a table without header. */
static void
start_headerless(struct dialect *d)
{
	const struct columnchoice *choice = d->choice;
	int role;

	*d = (struct dialect){ .columns = ROLES_REQUIRED, .ours = true,
	    .headerless = true, .relative = -1, .highest = -1,
	    .choice = choice };
	for (role = 0; role < ROLES_REQUIRED; role++) {
		d->source[role][0] = role;
		d->sources[role] = 1;
	}
}

enum dialect_start
dialect_open(struct stream *in, struct csv *c, struct dialect *d)
{
	stream_utf16(in);
	csv_start(c, ',');
	if (textmagic_refuse(in, true))
		return DIALECT_NONE;
	csv_resume(c, 1 + delimiter_skip_preamble(in));
	c->delimiter = delimiter_find(in);
	return dialect_retry(in, c, d);
}

/* The first of the five columns that a header lacks, or ROLES_REQUIRED. */
static enum dialect_role
find_missing(const struct dialect *d)
{
	int role;

	for (role = 0; role < ROLES_REQUIRED; role++)
		if (d->sources[role] == 0)
			break;
	return (enum dialect_role)role;
}

enum dialect_start
dialect_retry(struct stream *in, struct csv *c, struct dialect *d)
{
	enum csv_result result = csv_read(c);
	enum dialect_role missing;

	if (result != CSV_RECORD)
		return result == CSV_BAD ? DIALECT_BAD : DIALECT_NONE;
	dialect_trim(c);
	if (d->choice != NULL && columnchoice_missing(d->choice, c) != NULL) {
		missing_choice(in, c, d->choice);
		return DIALECT_NONE;
	}
	/* Names, but of too few columns: a table of something else. */
	if (dialect_read(d, c) || columns_is_header(c)) {
		missing = find_missing(d);
		if (missing == ROLES_REQUIRED || d->tally)
			return DIALECT_HEADER;
		missing_warn(in, c, missing);
		return DIALECT_NONE;
	}
	start_headerless(d);
	/* Without -E header=y, tshark writes no header, and tabs. */
	d->fields = c->delimiter != ',';
	if (c->cells > ROLES_REQUIRED)
		d->columns = c->cells;
	return DIALECT_ROW;
}
