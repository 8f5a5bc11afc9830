/*
 * mmdb - any bytes as a MaxMind database, for a fuzzer
 *
 * Labels of an address are cells that another reader can read, and the network
 * that they are of is one of the address's family.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "label/geodb.h"
#include "label/labeltable.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
ask(struct geodb *g, const struct ipaddr *a)
{
	struct slice cell[LABELS_MAX];
	unsigned prefix;
	size_t i, j;

	if (!geodb_find(g, a, cell, &prefix))
		return;
	if (prefix > (a->family == 4 ? 32 : 128))
		abort();
	for (i = 0; i < g->labels; i++)
		for (j = 0; cell[i].at != NULL && j < cell[i].len; j++)
			if (cell[i].at[j] == '\n' && cell[i].at[0] != '"')
				abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* The fields of the type, and some that are named. */
	static const char *const names[] = { "",
	    ":city.names.en,country.iso_code=cc,asn,names" };
	char why[LABEL_WHY_MAX], spec[128];
	const char *path = file_of_bytes(data, n);
	struct geodb g;
	size_t i, j;

	for (i = 0; i < 2; i++) {
		snprintf(spec, sizeof(spec), "%s%s", path, names[i]);
		if (geodb_open(&g, spec, why)) {
			for (j = 0; j < 256; j += 5) {
				ask(&g, &(struct ipaddr){ 4,
				    { (uint8_t)j, (uint8_t)(j * 7) } });
				ask(&g, &(struct ipaddr){ 6,
				    { 0x20, (uint8_t)j, (uint8_t)(j * 7) } });
			}
		}
		geodb_release(&g);
	}
	return 0;
}
