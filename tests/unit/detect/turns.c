/*
 * turns - unit test of replies that are of one length
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/turns.h"
#include "tap.h"

static struct turns turns;

/*
 * Rows as in "c9s5", of the side that asks and of the other, after * those of a
 * connection joined in the middle; how many are refused.  The place is the
 * number's last digit.
 */
static int
see(unsigned number, const char *rows)
{
	uint64_t hash = (uint64_t)(number % 10) << (64 - TURNS_BITS) | number;
	bool joined = rows[0] == '*';
	int n = 0;

	for (rows += joined; *rows != '\0'; rows += 2)
		n += turns_see(&turns, hash, !joined, rows[0] == 's',
		    (uint64_t)rows[1]);
	return n;
}

static void
test_turns(void)
{
	turns_init(&turns);
	same_int(see(1, "c9s5c9s5"), 0, "two replies of one length");
	same_int(see(1, "c9"), 1, "what comes after them is refused");
	same_int(see(1, "s5c7s5c9"), 2, "and so on, of any length");
	same_int(see(1, "s6c9s6"), 0, "a reply of another length ends it");
	same_int(see(2, "c1"), 0, "another connection");
	same_int(see(1, "c9"), 1, "has no part in it");
	same_int(see(7, "*c9s5c9s5c9"), 0, "one joined in the middle is not "
	    "looked at");
	same_int(see(7, "c9s5c9s5c9"), 0, "nor is it later");
	same_int(see(3, "c9s5s6c9s6c9"), 0, "two replies in a turn are none");
	same_int(see(3, "s6c9"), 1, "after them others count");
	same_int(see(4, "c9c9s5s5c9c9s5s5c9c9"), 1, "rows that are "
	    "there twice are one");
	same_int(see(5, "c9c9"), 0, "two in a turn");
	same_int(see(6, "c9s5c9s5c9s5c9s5c9s5c9s5c9s5c9s5c9s5c9s5c9s5c9s5"
	    "c9s5c9s5"), 10, "%d rows of a connection are looked at",
	    TURNS_ROWS);
	same_int(see(16, "c9s5c9s5c9"), 1, "one takes the "
	    "place of another");
	turns_clear(&turns);
	same_int(see(1, "s6c9"), 0, "all are forgotten");
	turns_release(&turns);
}

int
main(void)
{
	test_turns();
	return tap_done();
}
