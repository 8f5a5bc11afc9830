/*
 * keyfile - a file of keys and what is known of each, between two runs
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/show.h"
#include "base/xalloc.h"
#include "baseline/keyfile.h"
#include "csv/csv.h"

#define ORDER		0x01020304U	/* tells the byte order */
#define IDENTITY_MAX	4096
#define TEXT_MAX	(2 * CSV_RECORD_MAX)

static const char ending[8] = "complete";

struct head {
	char	 magic[16];
	uint32_t version;
	uint32_t order;
	uint32_t bytes;			/* of the data of a key */
	uint32_t identity;		/* its bytes, which follow */
};

void
keyfile_write_head(FILE *f, const struct keyfile_kind *kind,
    const char *identity)
{
	struct head h = { .version = kind->version, .order = ORDER,
	    .bytes = kind->bytes, .identity = (uint32_t)strlen(identity) };

	memcpy(h.magic, kind->magic, sizeof(h.magic));
	fwrite(&h, sizeof(h), 1, f);
	fwrite(identity, 1, h.identity, f);
}

void
keyfile_write_keys(FILE *f, const struct keyfile_kind *kind,
    const struct keytable *t)
{
	const struct keytable_entry *e;
	uint64_t len;
	size_t i;

	for (i = 0; i < t->used; i++) {
		e = keytable_entry(t, i);
		len = e->len;
		fwrite(&len, sizeof(len), 1, f);
		fwrite(keytable_key(e), 1, e->len, f);
		fwrite(e->seen.data, kind->bytes, 1, f);
	}
}

void
keyfile_write_end(FILE *f)
{
	fwrite(ending, sizeof(ending), 1, f);
}

bool
keyfile_get(FILE *f, void *to, size_t n)
{
	return fread(to, 1, n, f) == n;
}

/* Says whether the file is of this kind and identity. */
static const char *
read_head(FILE *f, const struct keyfile_kind *kind, const char *identity)
{
	static char why[2 * IDENTITY_MAX + 64];
	char found[IDENTITY_MAX + 1];
	struct head h;

	if (!keyfile_get(f, &h, sizeof(h)) ||
	    memcmp(h.magic, kind->magic, sizeof(h.magic)) != 0) {
		snprintf(why, sizeof(why), "not a state of %s", kind->owner);
		return why;
	}
	if (h.order != ORDER)
		return "a state of a machine with another byte order";
	if (h.version != kind->version || h.bytes != kind->bytes) {
		snprintf(why, sizeof(why), "a state of version %u.%u, want "
		    "%u.%u", h.version, h.bytes, kind->version, kind->bytes);
		return why;
	}
	if (h.identity > IDENTITY_MAX || !keyfile_get(f, found, h.identity))
		return KEYFILE_DAMAGED;
	if (h.identity == strlen(identity) &&
	    memcmp(found, identity, h.identity) == 0)
		return NULL;
	snprintf(why, sizeof(why), "a state of \"%s\", want \"%s\"",
	    show(found, h.identity), show_str(identity));
	return why;
}

const char *
keyfile_open(FILE **f, const char *path, const struct keyfile_kind *kind,
    const char *identity)
{
	const char *why;

	*f = fopen(path, "re");
	if (*f == NULL)
		return errno == ENOENT ? NULL : strerror(errno);
	why = read_head(*f, kind, identity);
	if (why != NULL) {
		fclose(*f);
		*f = NULL;
	}
	return why;
}

const char *
keyfile_read(const char *path, const struct keyfile_kind *kind,
    const char *identity, const char *(*read_rest)(FILE *, void *), void *arg)
{
	FILE *f;
	const char *why = keyfile_open(&f, path, kind, identity);

	if (f == NULL)
		return why;
	why = read_rest(f, arg);
	fclose(f);
	return why;
}

char *
keyfile_get_text(FILE *f, uint64_t len)
{
	char *text;

	if (len > TEXT_MAX)
		return NULL;
	text = xcalloc(1, len + SLICE_SLACK);
	if (keyfile_get(f, text, len))
		return text;
	free(text);
	return NULL;
}

static bool
get_key(FILE *f, const struct keyfile_kind *kind, struct keytable *t)
{
	struct keytable_entry *e = NULL;
	uint64_t len;
	size_t used = t->used;
	char *text;
	void *data;

	if (!keyfile_get(f, &len, sizeof(len)) ||
	    (text = keyfile_get_text(f, len)) == NULL)
		return false;
	data = xcalloc(1, kind->bytes);
	if (keyfile_get(f, data, kind->bytes) && kind->is_valid(data))
		e = keytable_insert_rest(t, text, len);
	free(text);
	if (e == NULL || t->used == used) {
		free(data);
		return false;
	}
	e->seen.data = data;
	return true;
}

bool
keyfile_get_keys(FILE *f, const struct keyfile_kind *kind, struct keytable *t,
    uint64_t n)
{
	for (; n > 0; n--)
		if (!get_key(f, kind, t))
			return false;
	return true;
}

bool
keyfile_get_end(FILE *f)
{
	char end[sizeof(ending)];

	return keyfile_get(f, end, sizeof(end)) &&
	    memcmp(end, ending, sizeof(end)) == 0 && getc(f) == EOF;
}
