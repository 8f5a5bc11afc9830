/*
 * condition_option - the condition of a command line
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/show.h"
#include "base/status.h"
#include "pick/condition.h"
#include "pick/condition_node.h"

void
condition_option(struct condition *c, const char *text)
{
	static const char *const none[] = {
		[VALUE_ADDRESS] = "no address",
		[VALUE_NUMBER] = "no number",
		[VALUE_PROTO] = "unknown protocol"
	};
	struct condition_error error;
	const struct valueset *set;
	size_t i;

	if (!condition_parse(c, text, &error)) {
		if (error.at == 0)
			errx(STATUS_USAGE, "%s", error.why);
		errx(STATUS_USAGE, "bad condition \"%s\" at %zu: %s",
		    show_str(text), error.at, error.why);
	}
	for (i = 0; i < c->nodes; i++) {
		set = &c->node[i].set;
		if (set->unknown != NULL)
			warnx("%s \"%s\": matched literally", none[set->type],
			    show_str(set->unknown));
	}
}
