/*
 * alerts - the incidents that ipflag --alerts reports, from its lines
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "plot/alerts.h"

static const char *const severities[] = { "(low", "(medium", "(high" };

/*
 * Finds the severity behind the rule's name, and where the subject starts.
 * False if the text has none.
 */
static bool
parse_severity(struct alerts_incident *a)
{
	const char *at, *end = strstr(a->text, "): ");
	size_t i;

	for (i = 0; i < 3; i++) {
		at = strstr(a->text, severities[i]);
		if (at != NULL && end != NULL && at < end &&
		    at - a->text == (ptrdiff_t)strcspn(a->text, " ") + 1 &&
		    strchr(",)", at[strlen(severities[i])]) != NULL)
			break;
	}
	if (i == 3)
		return false;
	a->severity = (int)i;
	a->name = strcspn(a->text, " ");
	a->subject = (size_t)(end - a->text) + 3;
	at += strlen(severities[i]);
	a->ended = strncmp(at, ", ended", 7) == 0;
	return true;
}

/* The subject ends at the last comma and blank before the threshold. */
static size_t
end_of_subject(const struct alerts_incident *a)
{
	const char *limit = strstr(a->text + a->subject, ", threshold ");
	size_t n = limit == NULL ? strlen(a->text) : (size_t)(limit - a->text),
	    i;

	for (i = n; i > a->subject; i--)
		if (a->text[i] == ',' && a->text[i + 1] == ' ' && i < n)
			return i;
	return n;
}

bool
alerts_parse(const char *line, struct alerts_incident *a)
{
	size_t when = strcspn(line, " "), i;

	if (line[when] == '\0' || memchr(line, 'T', when) == NULL ||
	    !timestamp_parse(line, when, &a->time_ns))
		return false;
	for (i = 0, line += when + 1; line[i] != '\0' && line[i] != '\n' &&
	    i < ALERTS_TEXT_MAX - 1; i++)
		a->text[i] = line[i] < ' ' || line[i] > '~' ? '?' : line[i];
	a->text[i] = '\0';
	if (!parse_severity(a))
		return false;
	a->end = end_of_subject(a);
	return true;
}

static bool
is_same(const struct alerts_incident *a, const struct alerts_incident *b)
{
	return a->name == b->name && memcmp(a->text, b->text, a->name) == 0 &&
	    a->end - a->subject == b->end - b->subject &&
	    memcmp(a->text + a->subject, b->text + b->subject,
	    a->end - a->subject) == 0;
}

/* Whether a is of less interest: open ones, severe ones, new ones lead. */
static int
compare(const struct alerts_incident *a, const struct alerts_incident *b)
{
	if (a->ended != b->ended)
		return a->ended ? 1 : -1;
	if (a->severity != b->severity)
		return a->severity < b->severity ? 1 : -1;
	if (a->time_ns != b->time_ns)
		return a->time_ns < b->time_ns ? 1 : -1;
	return strcmp(a->text, b->text);
}

/* The incident of least interest. */
static size_t
find_least(const struct alerts *s)
{
	size_t i, least = 0;

	for (i = 1; i < s->incidents; i++)
		if (compare(&s->incident[i], &s->incident[least]) > 0)
			least = i;
	return least;
}

/* The newest line of an incident replaces that before; the least makes room. */
static void
keep(struct alerts *s, const struct alerts_incident *a)
{
	size_t i;

	for (i = 0; i < s->incidents && !is_same(&s->incident[i], a); i++)
		continue;
	if (i == ALERTS_MAX) {
		i = find_least(s);
		if (compare(a, &s->incident[i]) > 0)
			return;
	} else if (i == s->incidents)
		s->incidents++;
	s->incident[i] = *a;
}

void
alerts_init(struct alerts *s, const char *file)
{
	s->incidents = 0;
	followed_init(&s->file, file, true);
}

void
alerts_release(struct alerts *s)
{
	followed_release(&s->file);
}

void
alerts_read(struct alerts *s, int64_t newest_ns)
{
	struct alerts_incident a;
	const char *line;

	while ((line = followed_line(&s->file)) != NULL) {
		if (!alerts_parse(line, &a))
			continue;
		if (a.time_ns > newest_ns) {
			followed_unread(&s->file);
			return;
		}
		keep(s, &a);
	}
}

static int
compare_places(const void *va, const void *vb)
{
	return compare(*(const struct alerts_incident *const *)va,
	    *(const struct alerts_incident *const *)vb);
}

size_t
alerts_list(const struct alerts *s, int64_t since_ns,
    const struct alerts_incident **list)
{
	size_t i, n = 0;

	for (i = 0; i < s->incidents; i++)
		if (!s->incident[i].ended || s->incident[i].time_ns >=
		    since_ns)
			list[n++] = &s->incident[i];
	qsort(list, n, sizeof(void *), compare_places);
	return n;
}
