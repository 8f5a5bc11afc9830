/*
 * parsed - a set of rules for unit tests
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef PARSED_H
#define PARSED_H

#include <string.h>

#include "detect/rules.h"

static struct rules set;

/* Reads text as the set, instead of what it has. */
static bool
parse(const char *text)
{
	rules_release(&set);
	rules_init(&set);
	return rules_parse(&set, text, strlen(text));
}

#endif
