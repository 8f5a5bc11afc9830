/*
 * keys - the columns of a key, some of them computed from other columns
 *
 * An expression is the name of a column; COLUMN/WIDTH, the prefix of an address
 * or the class of a number; ends, the unordered pair of addresses and ports; or
 * service, the server's port.  The key's column has the expression as its name,
 * and a table that has a column of this name is read by it: so a program reads
 * its own output.  Bad expressions end the program with status 2; keys_report
 * prints a warning.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "csv/row.h"
#include "tally/keywidth.h"

#define KEYS_MAX	15	/* each wants up to 4 of ROW_CELLS_MAX */

enum key_kind { KEY_COLUMN, KEY_WIDTH, KEY_ENDS, KEY_SERVICE };

struct key_part {
	enum key_kind	 kind;
	char		*column;	/* that KEY_WIDTH is computed from */
	struct keywidth	 width;
	bool		 cut;		/* KEY_ENDS: to prefixes, no ports */
	uint64_t	 unreadable;	/* cells that are kept as they stand */
	/* Cells of the row: the expression's own column, and the others. */
	size_t		 whole;
	size_t		 from[4];
	struct output	 text;
	struct output	 cut_ends;
};

struct keys {
	const char	*name[KEYS_MAX];	/* the expressions */
	size_t		 columns;
	bool		 computed;	/* they are not all names of columns */
	/* The rest is the module's own. */
	struct key_part	 part[KEYS_MAX];
	const struct row_reader *rows;
	struct slice	 cell[KEYS_MAX];
};

/*
 * keys_parse takes a list of expressions, "src/24,proto", in place of those
 * before; keys_add adds those that are not there yet.  what is the name of the
 * option.  keys_release frees.
 */
void	keys_parse(struct keys *, const char *what, const char *list);
void	keys_add(struct keys *, const char *what, const char *list);
void	keys_release(struct keys *);

/*
 * Asks the reader for the columns.  Those of keys that are not computed are
 * then the first cells of each row.
 */
void	keys_want(struct keys *, struct row_reader *);

/* What keys_cells does if some are computed, or others are the first cells. */
const struct slice *keys_compute(struct keys *, const struct row *);

/*
 * The cells of a row's key, as many as there are columns, good until the next
 * call.  They have the slack of slice.h.
 */
static inline const struct slice *
keys_cells(struct keys *k, const struct row *row)
{
	return k->computed ? keys_compute(k, row) : row->cell;
}

/* Warns of cells that an expression could not read. */
void	keys_report(const struct keys *);

#endif
