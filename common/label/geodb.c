/*
 * geodb - labels of networks, from a MaxMind database
 *
 * SPDX-License-Identifier: ISC
 */
#include <netinet/in.h>

#include <err.h>
#include <maxminddb.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/sandbox.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "label/geodb.h"
#include "label/labelspec.h"
#include "label/labeltable.h"

/* An entry of the database whose labels are made. */
struct geodb_known {
	uint32_t	offset;		/* in its data */
	uint32_t	number;		/* of the tuple; 0: a free slot */
};

/*
 * The fields of a database whose type has one of the words, as MaxMind, DB-IP,
 * IPinfo and ip-location-db name them.
 */
static const struct field {
	const char	*label;
	const char	*types[4];
	const char	*paths[GEODB_PATHS_MAX];
} fields[] = {
	{ "country", { "country", "city", "enterprise", "location" },
	    { "country.iso_code", "country_code", "country" } },
	{ "city", { "city", "enterprise", "location" },
	    { "city.names.en", "city" } },
	{ "asn", { "asn", "isp", "enterprise" },
	    { "autonomous_system_number", "asn",
	    "traits.autonomous_system_number" } },
	{ "as_name", { "asn", "isp", "enterprise" },
	    { "autonomous_system_organization", "as_name", "name",
	    "traits.autonomous_system_organization" } },
};

#define FIELDS	(sizeof(fields) / sizeof(fields[0]))

const char *
geodb_type(const struct geodb *g)
{
	return g->db->metadata.database_type;
}

uint64_t
geodb_time(const struct geodb *g)
{
	return g->db->metadata.build_epoch;
}

/* Splits the path of a field at its dots; false: it has too many. */
static bool
add_path(struct geodb *g, size_t label, size_t at, const char *path)
{
	char *rest;
	size_t n = 0;

	rest = g->text[label][at] = xstrdup(path);
	while (rest != NULL) {
		if (n == GEODB_STEPS_MAX)
			return false;
		g->step[label][at][n++] = strsep(&rest, ".");
	}
	return true;
}

/* The fields of the database's type. */
static bool
add_default_fields(struct geodb *g, char *why)
{
	const struct field *f;
	size_t i, j;

	for (f = fields; f < fields + FIELDS; f++) {
		for (i = 0; i < 4 && f->types[i] != NULL; i++)
			if (strcasestr(geodb_type(g), f->types[i]) != NULL)
				break;
		if (i == 4 || f->types[i] == NULL)
			continue;
		g->label[g->labels] = xstrdup(f->label);
		for (j = 0; j < GEODB_PATHS_MAX && f->paths[j] != NULL; j++)
			add_path(g, g->labels, j, f->paths[j]);
		g->labels++;
	}
	if (g->labels == 0)
		snprintf(why, LABEL_WHY_MAX, "%s: no fields are known of the "
		    "type \"%s\": name them, as in FILE:FIELD=NAME",
		    show_str(g->path), show_str(geodb_type(g)));
	return g->labels > 0;
}

/* A field that an option names: FIELD[=NAME]. */
static bool
add_field(struct geodb *g, const char *word, char *why)
{
	const char *equals = strchr(word, '=');
	size_t i, n = equals == NULL ? strlen(word) : (size_t)(equals - word);
	const char *name = equals == NULL ? word : equals + 1;
	char *path, *p;
	bool good;

	if (n == 0 || name[0] == '\0' || g->labels == LABELS_MAX ||
	    strlen(name) > LABEL_TEXT_MAX) {
		snprintf(why, LABEL_WHY_MAX, "%s: bad field \"%s\", want "
		    "FIELD or FIELD=NAME, at most %d", show_str(g->path),
		    show_str(word), LABELS_MAX);
		return false;
	}
	p = g->label[g->labels] = xstrdup(name);
	for (; equals == NULL && (p = strchr(p, '.')) != NULL;)
		*p = '_';
	for (i = 0; i < g->labels; i++)
		if (strcmp(g->label[i], g->label[g->labels]) == 0)
			break;
	path = xstring(word, n);
	good = i == g->labels && add_path(g, g->labels, 0, path);
	free(path);
	g->labels++;
	if (!good)
		snprintf(why, LABEL_WHY_MAX, "%s: bad field \"%s\", want a "
		    "name that comes once, and at most %d names in a path",
		    show_str(g->path), show_str(word), GEODB_STEPS_MAX);
	return good;
}

static bool
add_fields(struct geodb *g, const struct labelspec *s, char *why)
{
	size_t i;

	if (s->count == 0)
		return add_default_fields(g, why);
	for (i = 0; i < s->count; i++)
		if (!add_field(g, s->word[i], why))
			return false;
	return true;
}

bool
geodb_open(struct geodb *g, const char *spec, char *why)
{
	struct labelspec s;
	MMDB_s *db = xcalloc(1, sizeof(*db));
	bool good = false;
	int error;

	*g = (struct geodb){ 0 };
	tuple_init(&g->tuple);
	labelspec_parse(&s, spec);
	g->path = xstrdup(s.path);
	sandbox_reads(s.path);
	error = MMDB_open(s.path, MMDB_MODE_MMAP, db);
	if (error == MMDB_SUCCESS) {
		g->db = db;
		good = add_fields(g, &s, why);
	} else if (error == MMDB_OUT_OF_MEMORY_ERROR)
		errx(STATUS_FAILED, "out of memory");
	else {
		free(db);
		snprintf(why, LABEL_WHY_MAX, "%s: %s, want a MaxMind database",
		    show_str(s.path), MMDB_strerror(error));
	}
	labelspec_release(&s);
	return good;
}

void
geodb_release(struct geodb *g)
{
	size_t i, j;

	for (i = 0; i < g->labels; i++) {
		free(g->label[i]);
		for (j = 0; j < GEODB_PATHS_MAX; j++)
			free(g->text[i][j]);
	}
	if (g->db != NULL)
		MMDB_close(g->db);
	free(g->db);
	free(g->path);
	free(g->known);
	tuple_release(&g->tuple);
}

/* The text of a value, in out where it is no text itself. */
static struct slice
text_of(const MMDB_entry_data_s *d, char out[32])
{
	uint64_t number;

	switch (d->type) {
	case MMDB_DATA_TYPE_UTF8_STRING:
		return (struct slice){ d->utf8_string, d->data_size };
	case MMDB_DATA_TYPE_UINT16:
		number = d->uint16;
		break;
	case MMDB_DATA_TYPE_UINT32:
		number = d->uint32;
		break;
	case MMDB_DATA_TYPE_UINT64:
		number = d->uint64;
		break;
	case MMDB_DATA_TYPE_BOOLEAN:
		number = d->boolean;
		break;
	case MMDB_DATA_TYPE_INT32:
		return (struct slice){ out, (size_t)snprintf(out, 32, "%jd",
		    (intmax_t)d->int32) };
	case MMDB_DATA_TYPE_DOUBLE:
		return (struct slice){ out, (size_t)snprintf(out, 32, "%.10g",
		    d->double_value) };
	default:
		return (struct slice){ NULL, 0 };
	}
	return (struct slice){ out, number_put(out, number) };
}

/* The label of an entry: of the first of its fields that is there. */
static struct slice
label_of(struct geodb *g, MMDB_entry_s *entry, size_t label, char out[32])
{
	struct slice text = { NULL, 0 };
	MMDB_entry_data_s data;
	size_t i;
	int error;

	for (i = 0; i < GEODB_PATHS_MAX && g->text[label][i] != NULL; i++) {
		error = MMDB_aget_value(entry, &data, g->step[label][i]);
		if (error == MMDB_SUCCESS && data.has_data)
			text = text_of(&data, out);
		else if (error != MMDB_SUCCESS &&
		    error != MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR &&
		    error != MMDB_INVALID_LOOKUP_PATH_ERROR)
			g->damage = MMDB_strerror(error);
		if (text.at != NULL)
			break;
	}
	return text;
}

static uint32_t
make_tuple(struct geodb *g, MMDB_entry_s *entry)
{
	struct slice text;
	char out[32];
	size_t i;

	tuple_start(&g->tuple);
	for (i = 0; i < g->labels; i++) {
		text = label_of(g, entry, i, out);
		g->found[i] |= text.at != NULL;
		tuple_add(&g->tuple, text);
	}
	return tuple_end(&g->tuple);
}

/* The slot of an entry, which is free if it is not known. */
static struct geodb_known *
find_known(const struct geodb *g, uint32_t offset)
{
	size_t i = (size_t)(offset * UINT64_C(0x9e3779b97f4a7c15) >> 32);

	for (;; i++) {
		i &= g->slots - 1;
		if (g->known[i].number == 0 || g->known[i].offset == offset)
			return &g->known[i];
	}
}

/* At most half of the slots are taken. */
static void
grow_known(struct geodb *g)
{
	struct geodb_known *old = g->known;
	size_t i, slots = g->slots;

	if (g->used * 2 < slots)
		return;
	g->slots = slots == 0 ? 1024 : slots * 2;
	g->known = xcalloc(g->slots, sizeof(g->known[0]));
	for (i = 0; i < slots; i++)
		if (old[i].number != 0)
			*find_known(g, old[i].offset) = old[i];
	free(old);
}

/* The labels of an entry, made the first time: 0 if there is no room. */
static uint32_t
tuple_of(struct geodb *g, MMDB_entry_s *entry)
{
	struct geodb_known *k;

	grow_known(g);
	k = find_known(g, entry->offset);
	if (k->number == 0) {
		k->number = make_tuple(g, entry);
		k->offset = entry->offset;
		g->used += k->number != 0;
	}
	return k->number;
}

static MMDB_lookup_result_s
look_up(const struct geodb *g, const struct ipaddr *a, int *error)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (a->family == 4) {
		memcpy(&four.sin_addr, a->byte, 4);
		return MMDB_lookup_sockaddr(g->db,
		    (const struct sockaddr *)&four, error);
	}
	memcpy(&six.sin6_addr, a->byte, 16);
	return MMDB_lookup_sockaddr(g->db, (const struct sockaddr *)&six,
	    error);
}

bool
geodb_find(struct geodb *g, const struct ipaddr *a, struct slice *cell,
    unsigned *prefix)
{
	MMDB_lookup_result_s result;
	uint32_t number;
	int error;

	result = look_up(g, a, &error);
	if (error != MMDB_SUCCESS &&
	    error != MMDB_IPV6_LOOKUP_IN_IPV4_DATABASE_ERROR)
		g->damage = MMDB_strerror(error);
	if (error != MMDB_SUCCESS || !result.found_entry)
		return false;
	/* IPv4 is below ::/96 of a database that has both. */
	*prefix = result.netmask;
	if (a->family == 4 && g->db->metadata.ip_version == 6)
		*prefix = *prefix > 96 ? *prefix - 96 : 0;
	g->asked = true;
	number = tuple_of(g, &result.entry);
	if (number != 0)
		tuple_get(&g->tuple, number, cell, g->labels);
	return number != 0;
}
