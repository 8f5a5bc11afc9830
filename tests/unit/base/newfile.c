/*
 * newfile - unit test of files that are replaced whole
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/newfile.h"
#include "tap.h"

/* Whether a file has just this text. */
static bool
holds(const char *path, const char *text)
{
	char got[64] = "";
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return false;
	got[fread(got, 1, sizeof(got) - 1, f)] = '\0';
	fclose(f);
	return strcmp(got, text) == 0;
}

int
main(void)
{
	char dir[] = "/tmp/pktpipe-newfile." "XX" "XX" "XX";
	struct newfile n;
	struct stat st;

	if (mkdtemp(dir) == NULL || chdir(dir) == -1)
		err(1, "%s", dir);
	umask(022);
	ok(newfile_open(&n, "a", 0600) == NULL, "a file opens");
	fputs("one", n.to);
	ok(access("a", F_OK) == -1, "it is not there while it is written");
	ok(newfile_close(&n) == NULL && holds("a", "one"), "then it is");
	ok(stat("a", &st) == 0 && (st.st_mode & 0777) == 0600,
	    "with its permissions");
	ok(newfile_open(&n, "a", 0666) == NULL, "it opens anew");
	fputs("two", n.to);
	fflush(n.to);
	ok(holds("a", "one"), "the old one stays until the new one is whole");
	ok(newfile_close(&n) == NULL && holds("a", "two"),
	    "and is replaced then");
	ok(access("a.new", F_OK) == -1, "nothing is left beside it");
	ok(newfile_open(&n, "none/a", 0666) != NULL, "no such directory");
	ok(mkdir("d", 0700) == 0 && newfile_open(&n, "d", 0666) == NULL &&
	    newfile_close(&n) != NULL && access("d.new", F_OK) == -1,
	    "a directory is not replaced");
	unlink("a");
	rmdir("d");
	if (chdir("/") == -1 || rmdir(dir) == -1)
		err(1, "%s", dir);
	return tap_done();
}
