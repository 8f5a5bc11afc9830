/*
 * show - outside text made harmless: in messages, and as tokens
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/show.h"
#include "base/xalloc.h"

#define SHOWN_MAX	64

const char *
show(const char *text, size_t n)
{
	static char buf[4][SHOWN_MAX * 4 + sizeof("...")];
	static unsigned turn;
	char *out = buf[turn++ % 4], *p = out;
	size_t i;

	for (i = 0; i < n && i < SHOWN_MAX; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x20 || c > 0x7e || c == '"' || c == '\\')
			p += snprintf(p, 5, "\\x%02X", c);
		else
			*p++ = (char)c;
	}
	memcpy(p, n > SHOWN_MAX ? "..." : "", n > SHOWN_MAX ? 4 : 1);
	return out;
}

const char *
show_str(const char *text)
{
	return show(text, strlen(text));
}

/*
 * The bytes of the control character that a text starts with, or 0: one of
 * ASCII, or of U+0080 to U+009F, which terminals act on as well.
 */
static size_t
control(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	if ((p[0] < 0x20 && p[0] != '\0') || p[0] == 0x7f)
		return 1;
	return p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f ? 2 : 0;
}

char *
show_name(const char *path)
{
	size_t n, left, controls = 0;
	char *copy, *p;

	for (n = 0; path[n] != '\0'; n++)
		controls += control(&path[n]);
	if (controls == 0)
		return NULL;
	copy = p = xmalloc(n + 3 * controls + 1);
	while (*path != '\0') {
		if ((left = control(path)) == 0)
			*p++ = *path++;
		for (; left > 0; left--)
			p += snprintf(p, 5, "\\x%02X", (unsigned char)*path++);
	}
	*p = '\0';
	return copy;
}

const char *
show_count(uint64_t n, const char *noun)
{
	static char buf[4][SHOWN_MAX];
	static unsigned turn;
	char *out = buf[turn++ % 4];

	snprintf(out, sizeof(buf[0]), "%ju %s%s", (uintmax_t)n, noun,
	    n == 1 ? "" : "s");
	return out;
}

static bool
is_harmless(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c != '\0' && strchr("0123456789._:/%|-", c) != NULL);
}

void
show_token(char *out, size_t size, struct slice text)
{
	size_t i;

	for (i = 0; i < text.len && i < size - 1; i++)
		out[i] = is_harmless(text.at[i]) &&
		    (i > 0 || text.at[i] != '-') ? text.at[i] : '?';
	out[i] = '\0';
}
