/*
 * protoset - the protocols that a user chose
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <string.h>

#include "base/option.h"
#include "base/protoset.h"
#include "base/show.h"

void
protoset_parse(struct protoset *set, const char *list)
{
	const char *name[PROTO_COUNT];
	size_t i, n = option_list("proto", list, name, PROTO_COUNT);
	enum protocol p;

	*set = (struct protoset){ .given = true };
	for (i = 0; i < n; i++) {
		p = protocol_find(name[i], strlen(name[i]));
		if (p == PROTO_NONE)
			set->other[set->others++] = name[i];
		else
			set->has[p] = true;
	}
}

void
protoset_choose(struct protoset *set, const char *list)
{
	size_t i;

	protoset_parse(set, list);
	for (i = 0; i < set->others; i++)
		warnx("unknown protocol \"%s\": matched literally",
		    show_str(set->other[i]));
}

bool
protoset_has_other(const struct protoset *set, struct slice name)
{
	size_t i;

	for (i = 0; i < set->others; i++)
		if (slice_is(name, set->other[i]))
			return true;
	return false;
}

void
protoset_write(const struct protoset *set, struct output *o)
{
	const char *before = " proto ";
	size_t i;

	for (i = 0; i < PROTO_COUNT; i++) {
		if (!set->has[i])
			continue;
		output_str(o, before);
		output_str(o, protocol_name((enum protocol)i));
		before = " ";
	}
	for (i = 0; i < set->others; i++) {
		output_str(o, before);
		output_str(o, set->other[i]);
		before = " ";
	}
}

bool
protoset_has_name(const struct protoset *set, struct slice name)
{
	return !set->given || protoset_has(set, protocol_exact(name), name);
}
