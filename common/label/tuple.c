/*
 * tuple - the labels of one network, as cells ready to be written
 *
 * A tuple is the cells after each other, the length of each before it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "label/tuple.h"

#define ABSENT	UINT16_MAX	/* in place of a length */

void
tuple_init(struct tuple *t)
{
	*t = (struct tuple){ 0 };
	output_init(&t->text, -1, "labels");
}

void
tuple_release(struct tuple *t)
{
	textpool_release(&t->pool);
	free(t->text.buf);
	t->text.buf = NULL;
}

void
tuple_start(struct tuple *t)
{
	t->text.used = 0;
}

void
tuple_add(struct tuple *t, struct slice label)
{
	size_t at = t->text.used + sizeof(uint16_t);
	uint16_t len = ABSENT;

	output_bytes(&t->text, (const char *)&len, sizeof(len));
	if (label.at == NULL)
		return;
	if (label.len > LABEL_TEXT_MAX)
		label.len = LABEL_TEXT_MAX;
	output_text_cell(&t->text, label.at, label.len);
	len = (uint16_t)(t->text.used - at);
	memcpy(t->text.buf + at - sizeof(len), &len, sizeof(len));
}

uint32_t
tuple_end(struct tuple *t)
{
	return textpool_add(&t->pool, t->text.buf, t->text.used);
}

void
tuple_get(const struct tuple *t, uint32_t number, struct slice *cell,
    size_t n)
{
	const char *p = textpool_get(&t->pool, number).at;
	uint16_t len;
	size_t i;

	for (i = 0; i < n; i++) {
		memcpy(&len, p, sizeof(len));
		p += sizeof(len);
		cell[i] = len == ABSENT ? (struct slice){ NULL, 0 } :
		    (struct slice){ p, len };
		p += cell[i].len;
	}
}
