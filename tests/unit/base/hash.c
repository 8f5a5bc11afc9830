/*
 * hash - against the values that Python's own SipHash-1-3 gives: with
 * PYTHONHASHSEED=0 its key is zero and hash(b"abcd") is the third one here
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "base/hash.h"
#include "tap.h"

static const struct {
	const char	*key;
	uint64_t	 hash;
} known[] = {
	{ "a", 0x407448d2b89b1813 },
	{ "abcd", 0xe3d1d5fdd52aae89 },
	{ "1234567", 0xa33d651594fdae81 },
	{ "12345678", 0x3489982430560a87 },
	{ "123456789", 0x0fbc0f0007965fcf },
	{ "the quick brown fox jumps over the lazy dog",
	    0x80a65583f613da2d },
};

int
main(void)
{
	uint64_t before;
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		ok(hash_bytes(known[i].key, strlen(known[i].key)) ==
		    known[i].hash, "the hash of \"%s\"", known[i].key);
	ok(hash_16(known[5].key) == hash_bytes(known[5].key, 16),
	    "sixteen bytes have the same hash unrolled");
	ok(hash_40(known[5].key) == hash_bytes(known[5].key, 40),
	    "forty bytes have the same hash unrolled");
	ok(hash_15(UINT64_C(0x3837363534333231), UINT64_C(0xff66656463623039))
	    == hash_bytes("1234567890bcdef", 15),
	    "two words without the last byte have the hash of 15 bytes");
	before = hash_bytes("abcd", 4);
	hash_seed();
	ok(hash_bytes("abcd", 4) != before, "a seed changes the hash");
	before = hash_bytes("abcd", 4);
	hash_seed();
	ok(hash_bytes("abcd", 4) == before, "the seed is drawn only once");
	hash_set_seed(0, 0);
	ok(hash_bytes(known[0].key, 1) == known[0].hash,
	    "a given seed takes effect");
	ok(hash_bytes(NULL, 0) != hash_bytes("", 1),
	    "the length is part of the key");
	return tap_done();
}
