/*
 * suggest - thresholds from clean traffic
 *
 * A rule's windows are counted in a log-linear histogram, as HdrHistogram's:
 * each number up to 255 has a bucket, each power of two above 128 of them, so
 * that a threshold is under 1 % too high.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "detect/suggest.h"
#include "tally/timebins.h"

#define EXACT_BITS	7
#define HALF		(1 << EXACT_BITS)
#define BUCKETS		((64 - EXACT_BITS + 1) * HALF)

/* A state's window. */
struct suggest_window {
	int64_t		bin;
	uint64_t	most;
	uint8_t		rule;
	bool		open;
};

static size_t
bucket_of(uint64_t v)
{
	unsigned shift;

	if (v < 2 * HALF)
		return (size_t)v;
	shift = 63 - EXACT_BITS - (unsigned)__builtin_clzll(v);
	return (size_t)shift * HALF + (size_t)(v >> shift);
}

/* The greatest number of a bucket. */
static uint64_t
bucket_end(size_t b)
{
	unsigned shift;

	if (b < 2 * HALF)
		return b;
	shift = (unsigned)(b / HALF) - 1;
	return (((uint64_t)(b % HALF) + HALF + 1) << shift) - 1;
}

static void
add_window(struct suggest *s, size_t rule, uint64_t most)
{
	if (s->counts[rule] == NULL)
		s->counts[rule] = xcalloc(BUCKETS, sizeof(uint64_t));
	s->counts[rule][bucket_of(most)]++;
	s->windows[rule]++;
}

/* Keeps the most that a rule counted in a window of a state. */
static void
add_count(void *arg, const struct detect_sample *sample)
{
	struct suggest *s = arg;
	struct suggest_window *w = &s->window[sample->state];
	int64_t bin = timebin_of(sample->ns,
	    s->measured.rule[sample->rule].window_ns);

	/* A fresh state may have the place of one that was evicted. */
	if (w->open && (sample->fresh || bin > w->bin)) {
		add_window(s, w->rule, w->most);
		w->open = false;
	}
	if (!w->open)
		*w = (struct suggest_window){ .bin = bin, .open = true,
		    .rule = (uint8_t)sample->rule };
	if (sample->value > w->most)
		w->most = sample->value;
}

void
suggest_init(struct suggest *s, const struct rules *rules, size_t max_keys)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	s->rules = rules;
	s->measured = *rules;
	for (i = 0; i < rules->count; i++) {
		struct rule *r = &s->measured.rule[i];

		/* With share= it is a minimum volume, and stays. */
		if (r->share == 0 && r->regular == 0)
			r->limit = r->bins ? INT64_MAX : r->unique !=
			    RULES_ALL ? RULES_UNIQUE_MAX : RULES_SLIDING_MAX;
	}
	detect_init(&s->detect, &s->measured, max_keys, NULL, s);
	s->detect.on_count = add_count;
	s->window = xcalloc(max_keys, sizeof(*s->window));
}

void
suggest_release(struct suggest *s)
{
	size_t i;

	detect_release(&s->detect);
	for (i = 0; i < RULES_MAX; i++)
		free(s->counts[i]);
	free(s->window);
}

/* The 99.9th percentile of what a rule counted in its windows. */
static uint64_t
find_limit(const struct suggest *s, size_t rule)
{
	uint64_t need = s->windows[rule] - s->windows[rule] / 1000, sum = 0;
	size_t b;

	for (b = 0; b < BUCKETS - 1; b++)
		if ((sum += s->counts[rule][b]) >= need)
			break;
	return bucket_end(b);
}

/* Sets the threshold of a rule, limited to the most that it can have. */
static void
set_limit(struct rule *r, const struct rule *most, uint64_t limit)
{
	if (r->share > 0)
		r->share = limit >= 9900 ? 99 : limit == 0 ? 1 :
		    (unsigned)(limit + 99) / 100;
	else
		r->limit = limit < most->limit ? limit : most->limit;
}

void
suggest_write(struct suggest *s, struct output *o)
{
	struct rule r;
	size_t i;

	detect_finish(&s->detect);
	for (i = 0; i < s->detect.states.used; i++)
		if (s->window[i].open)
			add_window(s, s->window[i].rule, s->window[i].most);
	for (i = 0; i < s->rules->count; i++) {
		r = s->rules->rule[i];
		output_str(o, "# ");
		output_str(o, r.name);
		output_str(o, ": ");
		output_u64(o, s->windows[i]);
		output_str(o, " windows");
		output_end_row(o);
		/*
		 * A threshold of 0 forbids what the rule counts, and one of
		 * regular= is of steps, not of traffic: they stay.
		 */
		if (s->windows[i] > 0 && r.regular == 0 &&
		    (r.limit > 0 || r.share > 0))
			set_limit(&r, &s->measured.rule[i], find_limit(s, i));
		if (r.group >= 0)
			output_str(o, "# ");
		rules_write(o, &r);
	}
}
