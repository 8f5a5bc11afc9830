/*
 * stream_utf16 - an operand in UTF-16 read as UTF-8
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/stream.h"
#include "base/xalloc.h"

void
stream_utf16(struct stream *s)
{
	size_t n;
	char *raw;

	if (s->is_utf16 || !stream_need(s, 2))
		return;
	(void)stream_need(s, 4);
	n = s->end - s->start;
	if (!utf16_detect(&s->utf16, s->buf + s->start, n))
		return;
	s->is_utf16 = true;
	raw = xmalloc(n);
	memcpy(raw, s->buf + s->start, n);
	if (s->cap < UTF16_ROOM(n)) {
		s->cap = UTF16_ROOM(n);
		s->buf = xreallocarray(s->buf, s->cap + SLICE_SLACK, 1);
	}
	s->start = 0;
	s->end = utf16_convert(&s->utf16, raw, n, s->buf);
	memset(s->buf + s->end, 0, SLICE_SLACK);
	free(raw);
}
