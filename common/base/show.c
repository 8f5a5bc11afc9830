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

static bool
is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\0') || c == 0x7f;
}

char *
show_name(const char *path)
{
	size_t n, controls = 0;
	char *copy, *p;

	for (n = 0; path[n] != '\0'; n++)
		controls += is_control(path[n]);
	if (controls == 0)
		return NULL;
	copy = p = xmalloc(n + 3 * controls + 1);
	for (; *path != '\0'; path++)
		if (is_control(*path))
			p += snprintf(p, 5, "\\x%02X", (unsigned char)*path);
		else
			*p++ = *path;
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
