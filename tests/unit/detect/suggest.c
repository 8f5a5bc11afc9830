/*
 * suggest - unit test of thresholds from clean traffic
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/hash.h"
#include "base/timestamp.h"
#include "detect/suggest.h"
#include "tap.h"

static struct rules rules;
static struct suggest suggest;

static void
start(const char *text, size_t max_keys)
{
	rules_init(&rules);
	if (!rules_parse(&rules, text, strlen(text)))
		abort();
	suggest_init(&suggest, &rules, max_keys);
}

/* Puts in n packets of 100 bytes, of the source 10.0.SRC, at a second. */
static void
put(unsigned src, int64_t second, uint64_t n)
{
	static const char tcp[128] = "TCP";
	struct detect_row row = { .time_ns = second * NS_PER_S, .packets = n,
	    .bytes = 100 * n, .present = 1U << RULES_COLUMN_SRC };

	row.src.ip = (struct ipaddr){ 4, { 10, 0, (uint8_t)(src >> 8),
	    (uint8_t)src } };
	row.src.hash = hash_bytes(&row.src.ip, sizeof(row.src.ip));
	row.proto = detect_proto(&suggest.detect, (struct slice){ tcp, 3 });
	detect_put(&suggest.detect, &row);
}

static void
suggests(const char *want, const char *what)
{
	struct output out;

	output_init(&out, -1, "text");
	suggest_write(&suggest, &out);
	same_text(out.buf, out.used, want, "%s", what);
	free(out.buf);
	suggest_release(&suggest);
	rules_release(&rules);
}

static void
test_percentile(void)
{
	int i;

	start("rule r track=by_src packets=1 seconds=1 cooldown=0", 100);
	for (i = 0; i < 2000; i++)
		put(1, i, i < 2 ? 90 : i < 3 ? 80 : 7);
	suggests("# r: 2000 windows\nrule r severity=medium track=by_src "
	    "packets=80 seconds=1 cooldown=0\n",
	    "2 of 2000 windows may have more");
	start("rule r track=by_src packets=1 seconds=1 cooldown=0", 100);
	for (i = 0; i < 999; i++)
		put(1, i, i == 500 ? 90 : 7);
	suggests("# r: 999 windows\nrule r severity=medium track=by_src "
	    "packets=90 seconds=1 cooldown=0\n",
	    "of fewer than 1000 none has more");
}

/* Buckets: exact to 255, then at most 1/128 too high. */
static void
test_buckets(void)
{
	start("rule r track=by_rule bytes=1 seconds=1 cooldown=0", 100);
	put(1, 0, 10);
	suggests("# r: 1 windows\nrule r severity=medium track=by_rule "
	    "bytes=1003 seconds=1 cooldown=0\n",
	    "1000 is in the bucket from 1000 to 1003");
	start("rule r track=by_rule bytes=1 seconds=1 cooldown=0", 100);
	put(1, 0, 2);
	put(1, 0, UINT64_C(1) << 50);
	suggests("# r: 1 windows\nrule r severity=medium track=by_rule "
	    "bytes=113152940637683711 seconds=1 cooldown=0\n",
	    "200 * 2^49 + 200 is in the bucket that ends at 201 * 2^49 - 1");
}

/* Fewer states than sources: a state that is taken over starts a window. */
static void
test_evictions(void)
{
	unsigned i;

	start("rule r track=by_src packets=1 seconds=10 cooldown=0\n"
	    "rule never track=by_src packets=0 seconds=10 cooldown=0", 16);
	for (i = 0; i < 300; i++)
		put(i, 5, 3);
	suggests("# r: 300 windows\nrule r severity=medium track=by_src "
	    "packets=3 seconds=10 cooldown=0\n# never: 300 windows\n"
	    "rule never severity=medium track=by_src packets=0 seconds=10 "
	    "cooldown=0\n",
	    "sources that evict each other have a window each, and a "
	    "threshold of 0 stays");
}

int
main(void)
{
	hash_set_seed(7, 8);
	test_percentile();
	test_buckets();
	test_evictions();
	return tap_done();
}
