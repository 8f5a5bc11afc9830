/*
 * cells - any bytes as the cells of a row, for a fuzzer
 *
 * Differential: where a quick reader and a plain one read the same form, both
 * must give the same value, and a cell that is canonical without being read
 * must be what reading and writing it again gives.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/ipaddr.h"
#include "base/number.h"
#include "base/timestamp.h"
#include "clean/canonical.h"
#include "clean/timecell.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
want(bool holds)
{
	if (!holds)
		abort();
}

static void
check_number(struct slice s)
{
	uint64_t quick = 0, plain = 0;
	char text[NUMBER_TEXT_MAX];
	bool good = number_parse(s.at, s.len, UINT32_MAX, &plain);

	want(number_parse_cell(s.at, s.len, UINT32_MAX, &quick) == good);
	want(!good || quick == plain);
	if (is_canonical_len(s))
		want(good && number_put(text, plain) == s.len &&
		    memcmp(text, s.at, s.len) == 0);
}

static void
check_address(struct slice s)
{
	struct ipaddr quick, plain;
	char text[IPADDR_TEXT_MAX];
	bool good = ipaddr_parse(&plain, s.at, s.len);

	want(ipaddr_parse_cell(&quick, s.at, s.len) == good);
	want(!good || (quick.family == plain.family &&
	    memcmp(quick.byte, plain.byte, sizeof(plain.byte)) == 0));
	if (is_canonical_address(s))
		want(good && ipaddr_format(text, plain.family, plain.byte) ==
		    s.len && memcmp(text, s.at, s.len) == 0);
	else if (good) {
		s.len = ipaddr_format(text, plain.family, plain.byte);
		want(ipaddr_parse(&quick, text, s.len) &&
		    quick.family == plain.family);
	}
}

/* The memo has the second of the cell before. */
static void
check_time(struct timestamp_memo *memo, struct slice s)
{
	char text[TIMESTAMP_TEXT_MAX];
	int64_t quick = 0, plain = 0, any = 0;
	bool good = timestamp_parse_epoch(s.at, s.len, &plain);

	want(timestamp_parse_cell(memo, s.at, s.len, &quick) == good);
	want(!good || quick == plain);
	want(!good || (timestamp_parse(s.at, s.len, &any) && any == plain));
	if (is_canonical_time(s, 6))
		want(good && timestamp_format(text, plain, TIMESTAMP_EPOCH,
		    6) == s.len && memcmp(text, s.at, s.len) == 0);
}

/* Only that they end, and read nothing that is not theirs. */
static void
try_times(struct slice s)
{
	struct timecell t;
	int unit;

	for (unit = TIMECELL_ANY; unit < TIMECELL_FORMAT; unit++)
		(void)timecell_read(&t, s, (enum timecell_unit)unit, NULL);
	(void)timecell_read(&t, s, TIMECELL_FORMAT, "%d/%m/%Y %H:%M:%S.%f %z");
}

/* Each line is a cell, which the slack of slice.h follows. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct timestamp_memo memo = { .eight = 0 };
	const uint8_t *end;
	struct slice s;
	char *cell;

	for (; n > 0; data = end + 1) {
		end = memchr(data, '\n', n);
		if (end == NULL)
			end = data + n;
		s.len = (size_t)(end - data);
		n -= s.len < n ? s.len + 1 : s.len;
		cell = malloc(s.len + SLICE_SLACK);
		if (cell == NULL)
			abort();
		memcpy(cell, data, s.len);
		memset(cell + s.len, s.len % 2 ? '7' : 0, SLICE_SLACK);
		s.at = cell;
		check_number(s);
		check_address(s);
		check_time(&memo, s);
		try_times(s);
		free(cell);
	}
	return 0;
}
