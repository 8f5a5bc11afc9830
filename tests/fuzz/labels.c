/*
 * labels - any bytes as a table of networks, for a fuzzer
 *
 * An address at either end of a network that was read has labels, as many as
 * the table has columns, and each is a cell that another reader can read.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "label/labels.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Quotes enclose a cell and are doubled in it; only there is a comma. */
static void
check_cell(struct slice s)
{
	bool quoted = s.len > 0 && s.at[0] == '"';
	size_t i;

	if (quoted && (s.len < 2 || s.at[s.len - 1] != '"'))
		abort();
	for (i = quoted; i + quoted < s.len; i++) {
		if (s.at[i] == '"' && (!quoted || s.at[++i] != '"' ||
		    i + 1 == s.len))
			abort();
		if (!quoted && (s.at[i] == ',' || s.at[i] == '\n'))
			abort();
	}
	if (!quoted && s.len > 0 && strchr("=@\t\r", s.at[0]) != NULL)
		abort();
}

static void
ask(const struct labels *l, struct ipaddr *a, bool first)
{
	struct slice cell[LABELS_MAX];
	size_t i;

	memset(a->byte, first ? 0 : 0xff, sizeof(a->byte));
	labels_find(l, a, cell);
	for (i = 0; i < l->columns; i++)
		check_cell(cell[i]);
}

/* Asks for the address at which each range starts. */
static void
ask_ranges(const struct labels *l)
{
	const struct netmap *map = &l->source[0].table->map;
	struct slice cell[LABELS_MAX];
	struct ipaddr a;
	unsigned prefix;
	size_t i, j;

	for (i = 0; i < map->half[0].ranges; i++) {
		uint32_t first = map->half[0].first4[i];

		a = (struct ipaddr){ 4, { (uint8_t)(first >> 24),
		    (uint8_t)(first >> 16), (uint8_t)(first >> 8),
		    (uint8_t)first } };
		if (netmap_find(map, &a, &prefix) != map->half[0].value[i])
			abort();
		labels_find(l, &a, cell);
		for (j = 0; j < l->columns; j++)
			check_cell(cell[j]);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct ipaddr a = { .family = 4 }, b = { .family = 6 };
	struct labels l = { .columns = 0 };
	char why[LABEL_WHY_MAX], spec[128];
	const char *path = file_of_bytes(data, n);
	int named;

	/* By its header, and with names of its columns. */
	for (named = 0; named < 2; named++) {
		/* The colon of the names has no slash behind it. */
		snprintf(spec, sizeof(spec), "%s%s", path,
		    named ? ":net,label" : "");
		if (labels_add_table(&l, spec, why)) {
			ask(&l, &a, true);
			ask(&l, &a, false);
			ask(&l, &b, true);
			ask(&l, &b, false);
			ask_ranges(&l);
		}
		labels_release(&l);
	}
	return 0;
}
