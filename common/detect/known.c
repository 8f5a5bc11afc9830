/*
 * known - addresses that were seen before; a bad file of them ends the program
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/newfile.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "detect/known.h"
#include "detect/rules_private.h"
#include "nets/netlist.h"

struct known_address {
	struct ipaddr	ip;
	unsigned	prefix;		/* of a network; else 0 */
	int64_t		ns;
};

/* What add_network needs. */
struct adding {
	struct rules	*set;
	ruleset		 side[2];	/* rules about sources, and others */
};

static const char *
add_network(void *arg, struct slice text, bool of_table)
{
	struct adding *a = arg;
	struct rules_parser p = { .set = a->set };
	struct rules_net net = { .group = -1 };
	struct network n;
	int s;

	(void)of_table;
	if (!network_parse(&n, text))
		return NETWORK_WANTED;
	net.addr = n.ip;
	net.prefix = (uint8_t)n.prefix;
	for (s = 0; s < 2; s++) {
		net.src = s == 0;
		net.dst = s == 1;
		net.rules = a->side[s];
		if (ruleset_any(net.rules) && !rules_add_net(&p, &net))
			return "at most " RULES_TEXT(RULES_NETS_MAX)
			    " networks with those of the rules";
	}
	return NULL;
}

void
known_read(struct known *k, struct rules *set)
{
	struct adding a = { .set = set };
	const char *why;
	size_t i, line;

	for (i = 0; i < set->count; i++)
		if (set->rule[i].known) {
			k->rules |= ruleset_of(i);
			a.side[rules_about_dst(set->rule[i].track)] |=
			    ruleset_of(i);
		}
	if (k->path == NULL)
		return;
	k->first = k->learning && access(k->path, F_OK) == -1 &&
	    errno == ENOENT;
	why = k->first ? NULL : netlist_read(k->path, add_network, &a, &line,
	    &k->table);
	if (why != NULL && line == 0)
		errx(STATUS_USAGE, "%s: %s", show_str(k->path), why);
	if (why != NULL)
		errx(STATUS_USAGE, "%s:%zu: %s", show_str(k->path), line,
		    why);
	if (k->learning && k->table)
		errx(STATUS_USAGE, "%s: a table, to which --learn adds "
		    "nothing; want a file with an address on each line",
		    show_str(k->path));
	k->room = RULES_NETS_MAX - set->nets;
}

ruleset
known_off(const struct known *k)
{
	return k->path == NULL || k->first ? k->rules : RULESET_NONE;
}

void
known_see(struct known *k, const struct rules *set,
    const struct detect_alert *a)
{
	size_t rule = (size_t)(a->rule - set->rule);
	unsigned prefix = a->rule->track == RULES_BY_DST_NET ?
	    rules_net_bits(&a->dst) : 0;

	if (!k->learning || !ruleset_has(k->rules, rule) ||
	    a->phase != DETECT_START)
		return;
	if (k->used == k->room) {
		k->over++;
		return;
	}
	/* Doubled each time it is a power of two. */
	if ((k->used & (k->used - 1)) == 0)
		k->added = xreallocarray(k->added, k->used == 0 ? 1 :
		    2 * k->used, sizeof(*k->added));
	k->added[k->used++] = (struct known_address){
	    rules_about_dst(a->rule->track) ? a->dst : a->src, prefix,
	    a->time_ns };
}

static int
compare_address(const struct known_address *a, const struct known_address *b)
{
	int order = memcmp(&a->ip, &b->ip, sizeof(a->ip));

	return order != 0 ? order : (int)a->prefix - (int)b->prefix;
}

static int
compare(const void *va, const void *vb)
{
	const struct known_address *a = va, *b = vb;
	int order = compare_address(a, b);

	return order != 0 ? order : (a->ns > b->ns) - (a->ns < b->ns);
}

/* Copies the file as it is, with a newline at its end. */
static bool
copy(FILE *from, FILE *to)
{
	char block[4096], last = '\n';
	size_t n;

	while ((n = fread(block, 1, sizeof(block), from)) > 0) {
		fwrite(block, 1, n, to);
		last = block[n - 1];
	}
	if (last != '\n')
		putc('\n', to);
	return !ferror(from);
}

/* Writes the noted addresses, each once. */
static void
write_added(struct known *k, FILE *to)
{
	char address[IPADDR_TEXT_MAX + 1], when[TIMESTAMP_TEXT_MAX + 1];
	const struct known_address *a;
	size_t i;

	if (k->used > 0)
		qsort(k->added, k->used, sizeof(*k->added), compare);
	for (i = 0; i < k->used; i++) {
		a = &k->added[i];
		if (i > 0 && compare_address(a, &a[-1]) == 0)
			continue;
		address[ipaddr_format(address, a->ip.family, a->ip.byte)] =
		    '\0';
		when[timestamp_format(when, a->ns, TIMESTAMP_ISO, 0)] = '\0';
		fputs(address, to);
		if (a->prefix > 0)
			fprintf(to, "/%u", a->prefix);
		fprintf(to, " # %s\n", when);
	}
}

/* Replaces the file by a copy of the old one, or none, and what is added. */
static const char *
replace(struct known *k, FILE *old)
{
	struct stat st = { .st_mode = 0666 };
	struct newfile file;
	const char *why;

	if (old != NULL && fstat(fileno(old), &st) == -1)
		return strerror(errno);
	why = newfile_open(&file, k->path, st.st_mode & 0777);
	if (why != NULL)
		return why;
	if (old != NULL && !copy(old, file.to))
		return newfile_cancel(&file, "it cannot be read again");
	write_added(k, file.to);
	return newfile_close(&file);
}

const char *
known_write(struct known *k)
{
	const char *why;
	FILE *old = NULL;

	if (!k->learning || (k->used == 0 && !k->first))
		return NULL;
	if (!k->first && (old = fopen(k->path, "re")) == NULL)
		return strerror(errno);
	why = replace(k, old);
	if (old != NULL)
		fclose(old);
	return why;
}

void
known_release(struct known *k)
{
	free(k->added);
}
