/*
 * geodb - labels of networks, from a MaxMind database
 *
 * The file is mapped into memory and searched by libmaxminddb.  The labels of
 * each of its entries are made when an address first has them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef GEODB_H
#define GEODB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ipaddr.h"
#include "label/tuple.h"

#define GEODB_PATHS_MAX	4	/* fields that may hold the same label */
#define GEODB_STEPS_MAX	8	/* names in the path of a field */

struct MMDB_s;
struct geodb_known;

struct geodb {
	char		*path;			/* of the file */
	char		*label[LABELS_MAX];	/* their names */
	size_t		 labels;
	bool		 asked;			/* an address had an entry */
	bool		 found[LABELS_MAX];	/* which had this label */
	const char	*damage;		/* what was wrong, or NULL */

	/* The rest is the module's own. */
	struct MMDB_s	*db;		/* NULL: not open */
	char		*text[LABELS_MAX][GEODB_PATHS_MAX];
	const char	*step[LABELS_MAX][GEODB_PATHS_MAX][GEODB_STEPS_MAX + 1];
	struct tuple	 tuple;
	struct geodb_known *known;	/* entries, open addressing */
	size_t		 slots, used;
};

/*
 * Opens the database that FILE[:FIELD[=NAME],...] names.  A FIELD is a path
 * such as country.iso_code; its label is NAME or the path with "_" for ".".
 * Without fields they are those of the database's type.  False: why, of
 * LABEL_WHY_MAX bytes, says what is wrong.  geodb_release frees, in either
 * case.
 */
bool	geodb_open(struct geodb *, const char *spec, char *why);
void	geodb_release(struct geodb *);

/* The type of the database, and when it was made, in s since the epoch. */
const char *geodb_type(const struct geodb *);
uint64_t geodb_time(const struct geodb *);

/*
 * Sets the labels of the address as cells to be written, those that its entry
 * lacks to an at of NULL, and the prefix of its network.  False: the database
 * has no entry.  The cells are good until the next call.
 */
bool	geodb_find(struct geodb *, const struct ipaddr *, struct slice *cell,
	    unsigned *prefix);

#endif
