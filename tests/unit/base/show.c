/*
 * show - outside text in messages and tokens
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/show.h"
#include "tap.h"

static void
shown(const char *text, size_t n, const char *want, const char *title)
{
	const char *got = show(text, n);

	same_text(got, strlen(got), want, "%s", title);
}

/* At most seven bytes of a token are wanted. */
static void
is_token(const char *text, size_t n, const char *want, const char *title)
{
	char got[8];

	show_token(got, sizeof(got), (struct slice){ text, n });
	same_text(got, strlen(got), want, "%s", title);
}

static void
tokens(void)
{
	is_token("ok-1.2", 6, "ok-1.2", "a token stays as it is");
	is_token("`'\"$<&\\", 7, "???????", "other punctuation is replaced");
	is_token("-=too long", 10, "??too?l",
	    "a token is cut, and never looks like an option");
	is_token("a\0b\n", 4, "a?b?", "NUL and newline are replaced");
}

static void
counts(void)
{
	same_text(show_count(0, "row"), 6, "0 rows", "none are many");
	same_text(show_count(1, "row"), 5, "1 row", "one is one");
	same_text(show_count(UINT64_MAX, "row"), 25,
	    "18446744073709551615 rows", "2^64 - 1 are many");
	same_text(show_word(1, "is", "are"), 2, "is", "a word for one");
	same_text(show_word(2, "is", "are"), 3, "are", "and one for two");
}

static void
names(void)
{
	char *name = show_name("a\n\xc2\x9b" "2J\xc3\xa9\xc2");

	same_text(name, strlen(name), "a\\x0A\\xC2\\x9B2J\xc3\xa9\xc2",
	    "control characters of a name are named, letters stay");
	free(name);
	ok(show_name("\xc3\xa9t\xc3\xa9.csv") == NULL, "a plain name stays");
}

int
main(void)
{
	static const char long_text[] = "0123456789012345678901234567890123456"
	    "789012345678901234567890123456789";

	shown("plain", 5, "plain", "printable text stays");
	shown("a\nb\x1b[0m", 7, "a\\x0Ab\\x1B[0m", "control bytes are named");
	shown("\xff\"\\", 3, "\\xFF\\x22\\x5C", "quotes and backslashes too");
	shown(long_text, 64, "0123456789012345678901234567890123456789012345678"
	    "901234567890123", "64 bytes are shown");
	shown(long_text, 65, "0123456789012345678901234567890123456789012345678"
	    "901234567890123...", "65 are cut");
	names();
	tokens();
	counts();
	return tap_done();
}
