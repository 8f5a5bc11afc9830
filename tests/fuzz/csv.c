/*
 * csv - any bytes through the reader of tables, for a fuzzer
 *
 * What is read must stay within the input, and a row that is good must be
 * good, and the same, when it is read again.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "clean/canonical.h"
#include "clean/cleanrow.h"
#include "clean/dialect.h"
#include "clean/extras.h"
#include "clean/timeseek.h"

#include "bytes.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_row(const struct cleanrow *row, const struct dialect *d)
{
	struct slice cell[ROLES_REQUIRED];
	char text[ROLES_REQUIRED][256];
	int i;

	for (i = 0; i < ROLES_REQUIRED; i++) {
		if (row->cell[i].len > 64)
			abort();
		memset(text[i], 0, sizeof(text[i]));
		memcpy(text[i], row->cell[i].at, row->cell[i].len);
		cell[i].at = text[i];
		cell[i].len = row->cell[i].len;
	}
	if (d->tally && (row->packets > INT64_MAX || row->bytes > INT64_MAX))
		abort();
	if ((!d->tally && (protocol_exact(cell[ROLE_PROTO]) == PROTO_NONE ||
	    !is_canonical_len(cell[ROLE_LEN]))) ||
	    (row->timed && row->time_ns >= 0 &&
	    row->time_ns / NS_PER_S < 9000000000 &&
	    !is_canonical_time(cell[ROLE_TIME], 6)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct cleanrow_settings settings = { .digits = 6 };
	static struct extras extras;
	enum csv_result result = CSV_RECORD;
	enum dialect_start start;
	struct dialect dialect = { .columns = 0 };
	struct dialect other;
	struct cleanrow row;
	struct stream in;
	struct csv csv;

	/* A compressed input would start a process each time. */
	if (n >= 2 && strchr("\x1f\x28\xfd\x42\x04\x02", data[0]) != NULL)
		return 0;
	open_bytes(&in, data, n);
	extras_init(&extras, true);
	csv_init(&csv, &in);
	if (stream_next(&in)) {
		start = dialect_open(&in, &csv, &dialect);
		while (start == DIALECT_BAD)
			start = dialect_retry(&in, &csv, &dialect);
		if (start == DIALECT_NONE)
			result = CSV_END;
		while (result != CSV_END) {
			if (result == CSV_RECORD && cleanrow_read(&row,
			    &dialect, &csv, &settings) == CLEAN_GOOD)
				check_row(&row, &dialect);
			else if (result == CSV_RECORD &&
			    timeseek_is_header(&other, NULL, &csv)) {
				dialect = other;
				extras_table(&extras, &in, &dialect, &csv);
			}
			result = csv_read(&csv);
		}
	}
	csv_release(&csv);
	extras_release(&extras);
	stream_finish(&in);
	return 0;
}
