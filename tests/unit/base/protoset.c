/*
 * protoset - unit test of chosen protocols
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/protoset.h"
#include "tap.h"

/* A cell of a record: more may be read after it than belongs to it. */
static bool
has(const struct protoset *set, const char *name)
{
	char text[64] = "";

	memcpy(text, name, strlen(name));
	return protoset_has_name(set, (struct slice){ text, strlen(name) });
}

/* Whether two lists make the same text. */
static bool
same_written(const char *a, const char *b)
{
	struct protoset set;
	struct output text;
	size_t half;
	bool same;

	output_init(&text, -1, "text");
	protoset_parse(&set, a);
	protoset_write(&set, &text);
	half = text.used;
	protoset_parse(&set, b);
	protoset_write(&set, &text);
	same = half > 0 && text.used == 2 * half &&
	    memcmp(text.buf, text.buf + half, half) == 0;
	free(text.buf);
	return same;
}

int
main(void)
{
	struct protoset set = { .given = false };
	const struct slice mine = { "MINE", 4 };

	ok(has(&set, "TLS") && has(&set, "MINE") && has(&set, ""),
	    "all protocols are in a set that nobody gave");
	protoset_parse(&set, "tlsv1.3,MINE,http2");
	ok(has(&set, "TLS") && has(&set, "HTTP2"),
	    "names are folded as the table says");
	ok(!has(&set, "HTTP") && !has(&set, "TCP") && !has(&set, ""),
	    "others are not in the set");
	ok(!has(&set, "tls"), "a cell counts as it stands");
	same_int((int64_t)set.others, 1, "one name is outside the table");
	ok(has(&set, "MINE") && !has(&set, "MIN") && !has(&set, "mine"),
	    "such a name is taken as it stands");
	ok(protoset_has(&set, PROTO_NONE, mine) &&
	    !protoset_has(&set, PROTO_TCP, mine),
	    "a known protocol is not looked for by its text");
	ok(same_written("tlsv1.3,MINE,dns", "DNS,MINE,tls") &&
	    !same_written("tls", "dns"), "the text of a set has one order");
	return tap_done();
}
