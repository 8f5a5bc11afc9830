/*
 * condition - any text as a condition, for a fuzzer
 *
 * What reads is put to cells of every kind, and the negation of it must give
 * the opposite answer.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pick/condition.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const cells[] = { "", "53", "-1.5", "10.0.0.1",
    "2001:db8::1", "TLS", "1704067200.000000", "9223372036854775807", "x",
    "10.1.0.0/16", "200.30" };

#define CELLS	(sizeof(cells) / sizeof(cells[0]))

static void
put_cells(const struct condition *c, const struct condition *negated)
{
	static char room[CELLS][SLICE_SLACK * 2];
	struct slice cell[CONDITION_COLUMNS_MAX];
	enum answer a, b;
	size_t i, j;

	for (i = 0; i < CELLS; i++) {
		for (j = 0; j < c->columns; j++) {
			const char *text = cells[(i + j) % CELLS];

			strcpy(room[(i + j) % CELLS], text);
			cell[j] = (struct slice){ room[(i + j) % CELLS],
			    strlen(text) };
		}
		a = condition_test(c, cell);
		b = condition_test(negated, cell);
		if ((a == ANSWER_UNREADABLE) != (b == ANSWER_UNREADABLE) ||
		    (a != ANSWER_UNREADABLE && a == b))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct condition c, negated;
	struct condition_error error;
	char *text = malloc(n + 16);

	/* No files: what they hold does not come from the fuzzer. */
	if (text == NULL || memchr(data, '@', n) != NULL) {
		free(text);
		return 0;
	}
	memcpy(text, "not (", 5);
	memcpy(text + 5, data, n);
	memcpy(text + 5 + n, ")", 2);
	if (condition_parse(&negated, text, &error)) {
		text[5 + n] = '\0';
		if (condition_parse(&c, text + 5, &error)) {
			put_cells(&c, &negated);
			condition_release(&c);
		}
		condition_release(&negated);
	}
	free(text);
	return 0;
}
