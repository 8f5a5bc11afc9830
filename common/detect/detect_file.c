/*
 * detect_file - the counts of rules, kept in a file between two runs
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/newfile.h"
#include "base/xalloc.h"
#include "detect/detect_carry.h"
#include "detect/detect_file.h"

#define VERSION		3
#define ORDER		0x01020304
#define NARROW		(sizeof(size_t) == 8 ? 0 : sizeof(size_t))
/* Bytes of a file: 4 GiB, or 1 GiB where addresses have 32 bits. */
#define ROOM_MAX	((size_t)1 << (sizeof(size_t) > 4 ? 32 : 30))

static const char magic[16] = "pktpipe ipflag";
static const char damaged[] = "a damaged state; remove it to start anew";

struct head {
	char		magic[16];
	uint32_t	order;			/* tells the byte order */
	uint32_t	version;
	uint32_t	columns;		/* of a row */
	uint32_t	narrow;			/* bytes of a word, if not 8 */
	uint64_t	seed[2];
};

static struct head
head_now(void)
{
	struct head h = { .order = ORDER, .version = VERSION,
	    .columns = RULES_COLUMNS, .narrow = NARROW };

	memcpy(h.magic, magic, sizeof(h.magic));
	hash_get_seed(h.seed);
	return h;
}

/* Reads all of a file. */
static const char *
read_all(struct detect_file *file, FILE *f)
{
	size_t room = 0, n;

	do {
		if (room == ROOM_MAX)
			return "too much state";
		room = room == 0 ? (size_t)1 << 16 : 2 * room;
		file->data = xreallocarray(file->data, room + SLICE_SLACK, 1);
		n = fread(file->data + file->size, 1, room - file->size, f);
		file->size += n;
	} while (file->size == room);
	return ferror(f) ? strerror(errno) : NULL;
}

/* Says whether the file is a state that this program can read. */
static const char *
check(const struct detect_file *file)
{
	struct head h;
	uint64_t sum;

	if (file->size < sizeof(h) ||
	    memcmp(file->data, magic, sizeof(magic)) != 0)
		return "not a state of ipflag";
	memcpy(&h, file->data, sizeof(h));
	if (h.order != ORDER)
		return "a state of a machine with another byte order; remove "
		    "it to start anew";
	if (h.narrow != NARROW)
		return "a state of a machine with other words; remove it to "
		    "start anew";
	if (h.version != VERSION || h.columns != RULES_COLUMNS)
		return "a state of another version of ipflag; remove it to "
		    "start anew";
	if (file->size < sizeof(h) + sizeof(sum))
		return damaged;
	memcpy(&sum, file->data + file->size - sizeof(sum), sizeof(sum));
	return sum == carry_sum(0, file->data, file->size - sizeof(sum)) ?
	    NULL : damaged;
}

const char *
detect_file_read(struct detect_file *file, const char *path)
{
	FILE *f = fopen(path, "re");
	struct head h;
	const char *why;

	memset(file, 0, sizeof(*file));
	if (f == NULL)
		return errno == ENOENT ? NULL : strerror(errno);
	why = read_all(file, f);
	fclose(f);
	if (why == NULL)
		why = check(file);
	if (why != NULL) {
		free(file->data);
		file->data = NULL;
		return why;
	}
	memset(file->data + file->size, 0, SLICE_SLACK);
	memcpy(&h, file->data, sizeof(h));
	hash_set_seed(h.seed[0], h.seed[1]);
	return NULL;
}

/* Notes that the counts of a rule of the file are left out. */
static void
lose(struct detect_file *file, struct slice line)
{
	static const char rule[] = "rule ";
	size_t n = strlen(file->lost), len = 0;

	if (line.len <= sizeof(rule) - 1)
		return;
	line.at += sizeof(rule) - 1;
	line.len -= sizeof(rule) - 1;
	while (len < line.len && line.at[len] > ' ' && line.at[len] < 0x7f)
		len++;
	if (len > RULES_NAME_MAX || n + len + 3 > sizeof(file->lost))
		return;
	if (n > 0) {
		memcpy(file->lost + n, ", ", 2);
		n += 2;
	}
	memcpy(file->lost + n, line.at, len);
	file->lost[n + len] = '\0';
}

/* The rule that is written as this line, or -1; most are at their old place. */
static int
find_rule(const struct rules *set, struct slice line, size_t place)
{
	struct output o;
	int found = -1;
	size_t i, tries;

	output_init(&o, -1, "rule");
	for (tries = 0; tries < set->count && found == -1; tries++) {
		i = (place + tries) % set->count;
		o.used = o.whole = 0;
		rules_write(&o, &set->rule[i]);
		if (o.used == line.len &&
		    memcmp(o.buf, line.at, o.used) == 0)
			found = (int)i;
	}
	free(o.buf);
	return found;
}

/* Carries the rules, as they are written. */
static void
carry_set(struct carry *c, const struct detect *d, struct detect_file *file)
{
	uint32_t n = (uint32_t)d->rules->count, i;
	struct slice line = { "", 0 };
	struct output o;

	CARRY(c, n);
	if (!carry_check(c, n <= RULES_MAX))
		return;
	output_init(&o, -1, "rule");
	for (i = 0; i < n && !c->bad; i++) {
		o.used = o.whole = 0;
		if (c->to != NULL) {
			rules_write(&o, &d->rules->rule[i]);
			line = (struct slice){ o.buf, o.used };
		}
		line = carry_text(c, line);
		if (c->to != NULL)
			continue;
		c->rule[i] = find_rule(d->rules, line, i);
		if (c->rule[i] == -1)
			lose(file, line);
	}
	c->rules = i;
	free(o.buf);
}

/* Carries all that a run continues; the order is that of the file. */
static void
carry_all(struct carry *c, struct detect *d, struct detect_file *file)
{
	carry_set(c, d, file);
	detect_carry_names(c, d);
	detect_carry_clock(c, d);
	detect_carry_shares(c, d);
	detect_carry_answers(c, d);
	detect_carry_talks(c, &d->talks);
	turns_carry(c, &d->turns);
	file->lost_keys = detect_carry_states(c, d);
}

const char *
detect_file_continue(struct detect_file *file, struct detect *d)
{
	struct carry c;

	if (file->data == NULL)
		return NULL;
	memset(&c, 0, sizeof(c));
	c.at = file->data + sizeof(struct head);
	c.end = file->data + file->size - sizeof(uint64_t);
	carry_all(&c, d, file);
	carry_check(&c, c.at == c.end);
	/* What has ended since is found at the first row. */
	d->wake_ns = INT64_MIN;
	free(file->data);
	file->data = NULL;
	if (c.full)
		return "a state of more keys than --max-keys";
	return c.bad ? damaged : NULL;
}

const char *
detect_file_write(struct detect *d, const char *path)
{
	struct head h = head_now();
	struct carry c = { .to = NULL };
	struct detect_file none;
	struct newfile file;
	const char *why;

	detect_flush(d);
	why = newfile_open(&file, path, 0600);
	if (why != NULL)
		return why;
	c.to = file.to;
	CARRY(&c, h);
	carry_all(&c, d, &none);
	fwrite(&c.sum, sizeof(c.sum), 1, c.to);
	return newfile_close(&file);
}
