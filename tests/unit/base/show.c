/*
 * show - outside text in messages and tokens; option lists and numbers
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
#include "base/option.h"
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

static bool
reads(const char *text, uint64_t max, uint64_t want)
{
	uint64_t value = 0;

	return number_parse(text, strlen(text), max, &value) && value == want;
}

int
main(void)
{
	static const char long_text[] = "0123456789012345678901234567890123456"
	    "789012345678901234567890123456789";
	const char *list[3];
	uint64_t value;

	shown("plain", 5, "plain", "printable text stays");
	shown("a\nb\x1b[0m", 7, "a\\x0Ab\\x1B[0m", "control bytes are named");
	shown("\xff\"\\", 3, "\\xFF\\x22\\x5C", "quotes and backslashes too");
	shown(long_text, 64, "0123456789012345678901234567890123456789012345678"
	    "901234567890123", "64 bytes are shown");
	shown(long_text, 65, "0123456789012345678901234567890123456789012345678"
	    "901234567890123...", "65 are cut");

	ok(reads("0", 10, 0) && reads("10", 10, 10), "numbers up to the limit");
	ok(reads("9223372036854775807", INT64_MAX, INT64_MAX), "2^63 - 1");
	ok(!number_parse("11", 2, 10, &value), "past the limit");
	ok(!number_parse("", 0, 10, &value), "nothing is no number");
	ok(!number_parse("-1", 2, 10, &value), "a sign is none");
	ok(!number_parse("99999999999999999999", 20, UINT64_MAX, &value),
	    "twenty digits");

	same_int((int64_t)option_list("part", "a,bc", list, 3), 2,
	    "a list has two parts");
	same_text(list[1], strlen(list[1]), "bc", "and this is the second");
	tokens();
	return tap_done();
}
