/*
 * selection - which good rows were asked for, and how many were not
 *
 * SPDX-License-Identifier: ISC
 */
#include <ctype.h>
#include <err.h>
#include <stdlib.h>

#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "clean/selection.h"

bool
selection_option(struct selection *s, int ch, const char *arg)
{
	switch (ch) {
	case 'p':
		s->proto_list = arg;
		return true;
	case SELECTION_REQUIRE_IP:
		s->require_ip = true;
		return true;
	case SELECTION_REQUIRE_TIME:
		s->require_time = true;
		return true;
	case SELECTION_SINCE:
		s->range.since = timelimit_parse("since", arg);
		return true;
	case SELECTION_UNTIL:
		s->range.until = timelimit_parse("until", arg);
		return true;
	default:
		return false;
	}
}

/* Names as protoset_parse takes them; in upper case, as the rows then are. */
static void
read_any(struct protoset *set, const char *list)
{
	char *upper = xstrdup(list), *p;

	for (p = upper; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	protoset_parse(set, upper);
	free(upper);
}

static void
read_known(struct protoset *set, const char *list)
{
	protoset_parse(set, list);
	if (set->others > 0)
		errx(STATUS_USAGE, "bad proto \"%s\", want a protocol such as "
		    "TLS (--any-proto)", show_str(set->other[0]));
}

void
selection_check(struct selection *s, bool any_proto)
{
	if (s->proto_list != NULL && any_proto)
		read_any(&s->protos, s->proto_list);
	else if (s->proto_list != NULL)
		read_known(&s->protos, s->proto_list);
	if (timerange_is_empty(&s->range))
		errx(STATUS_USAGE, "--since is not before --until");
}

void
selection_report(const struct selection *s)
{
	static const char *const options[SELECTION_REASONS] = {
		[SELECTION_TIME] = "--since or --until",
		[SELECTION_NO_TIME] = "--require-time",
		[SELECTION_PROTO] = "--proto",
		[SELECTION_NO_ADDRESS] = "--require-ip",
	};
	int i;

	for (i = 0; i < SELECTION_REASONS; i++)
		if (s->excluded[i] > 0)
			warnx("%ju excluded by %s",
			    (uintmax_t)s->excluded[i], options[i]);
}
