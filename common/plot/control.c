/*
 * control - what a person wants to see, as another program wrote it to a file
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/timestamp.h"
#include "plot/control.h"
#include "plot/followed.h"

static void
read_text(char out[CONTROL_TEXT_MAX], const char *value)
{
	snprintf(out, CONTROL_TEXT_MAX, "%s", value);
}

static void
read_kind(struct control *c, const char *value)
{
	size_t i;

	for (i = 0; talkers_words[i] != NULL; i++)
		if (strcmp(talkers_words[i], value) == 0)
			c->talkers = (enum talkers_kind)(i + 1);
}

static void
read_line(struct control *c, const char *name, const char *value)
{
	uint64_t n;

	if (strcmp(name, "where") == 0)
		read_text(c->where, value);
	else if (strcmp(name, "proto") == 0)
		read_text(c->proto, value);
	else if (strcmp(name, "line") == 0)
		read_text(c->line, value);
	else if (strcmp(name, "talkers") == 0)
		read_kind(c, value);
	else if (strcmp(name, "window") == 0 &&
	    number_parse(value, strlen(value), 86400, &n))
		c->window_ns = (int64_t)n * NS_PER_S;
	else if (strcmp(name, "scroll") == 0 &&
	    number_parse(value, strlen(value), 1000000, &n))
		c->scroll = n;
	else if (strcmp(name, "paused") == 0)
		c->paused = true;
}

void
control_read(struct control *c, const char *file)
{
	struct followed f;
	char *line, *value;

	followed_init(&f, file, false);
	while ((line = followed_line(&f)) != NULL) {
		value = line + strcspn(line, " ");
		if (*value == ' ')
			*value++ = '\0';
		read_line(c, line, value);
	}
	followed_release(&f);
}
