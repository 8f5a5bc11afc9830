/*
 * sandbox - gives up the rights that a program does not need to read its input
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <linux/capability.h>

#include "base/capabilities.h"
#include "base/decompress.h"
#include "base/landlock.h"
#include "base/sandbox.h"
#include "base/sandbox_private.h"
#include "base/sanitized.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "base/zone.h"

/* To write a file of another name and rename it. */
#define REPLACE	(LANDLOCK_WRITE_FILE | LANDLOCK_REMOVE_FILE | \
		    LANDLOCK_MAKE_FILE | LANDLOCK_TRUNCATE)

/* The files that were named, and the rights in their directories. */
static struct named {
	char		*path;
	unsigned	 rights;
} *named;
static size_t named_used;
static bool entered;
static bool opens_later;	/* files that were named */

bool
sandbox_has_landlock(void)
{
	return landlock_is_there();
}

bool
sandbox_is_missing(void)
{
	return !SANITIZED && !sandbox_has_landlock() && !sandbox_has_seccomp();
}

static void
name_file(const char *path, unsigned rights)
{
	if (path == NULL || entered)
		return;
	named = xreallocarray(named, named_used + 1, sizeof(*named));
	named[named_used++] = (struct named){ xstrdup(path), rights };
}

static void
forget_files(void)
{
	entered = true;
	while (named_used > 0)
		free(named[--named_used].path);
	free(named);
	named = NULL;
}

void
sandbox_reads(const char *path)
{
	name_file(path, LANDLOCK_READ_FILE);
}

void
sandbox_replaces(const char *path)
{
	name_file(path, LANDLOCK_READ_FILE | REPLACE);
}

/* Allows the rights in the directory of a file. */
static void
allow_beside(int rules, const char *path, unsigned rights)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');

	if (slash == NULL)
		landlock_allow(rules, ".", rights);
	else {
		slash[slash == dir] = '\0';
		landlock_allow(rules, dir, rights);
	}
	free(dir);
}

/* Allows a file itself; one that does not exist yet, by its directory. */
static void
allow_operand(int rules, const char *path, bool first)
{
	if (strcmp(path, "-") == 0)
		return;
	if (!landlock_allow(rules, path, LANDLOCK_READ_FILE |
	    LANDLOCK_READ_DIR) || !first)
		allow_beside(rules, path, LANDLOCK_READ_FILE);
}

/* Allows the parts of a list of directories, such as PATH. */
static void
allow_list(int rules, const char *list, unsigned rights)
{
	char *rest, *all, *part;

	if (list == NULL || *list == '\0')
		return;
	rest = all = xstrdup(list);
	while ((part = strsep(&rest, ":")) != NULL)
		landlock_allow(rules, *part == '\0' ? "." : part, rights);
	free(all);
}

/* What programs of the system need to be run. */
static void
allow_programs(int rules)
{
	static const char *const of_system[] = {
		"/usr", "/bin", "/lib", "/lib32", "/lib64", "/nix/store",
		"/etc/ld.so.cache", NULL
	};
	const unsigned rights = LANDLOCK_READ_FILE | LANDLOCK_EXECUTE;
	size_t i;

	for (i = 0; of_system[i] != NULL; i++)
		landlock_allow(rules, of_system[i], rights);
	allow_list(rules, getenv("PATH"), rights);
	allow_list(rules, getenv("LD_LIBRARY_PATH"), LANDLOCK_READ_FILE);
	landlock_allow(rules, "/dev/null", LANDLOCK_READ_FILE |
	    LANDLOCK_WRITE_FILE);
}

/* Whether what is open at fd may need a decompressor. */
static bool
may_be_compressed(int fd)
{
	char head[DECOMPRESS_MAGIC_MAX];
	off_t at = lseek(fd, 0, SEEK_CUR);
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) || at == -1)
		return true;
	n = pread(fd, head, sizeof(head), at);
	return n > 0 && decompress_detect(head, (size_t)n) != NULL;
}

static bool
operand_may_be_compressed(const char *path)
{
	struct stat st;
	bool may;
	int fd;

	if (strcmp(path, "-") == 0)
		return may_be_compressed(STDIN_FILENO);
	/* A pipe is not opened: its writer would see that. */
	if (stat(path, &st) == -1 || !S_ISREG(st.st_mode))
		return true;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	may = fd == -1 || may_be_compressed(fd);
	if (fd != -1)
		close(fd);
	return may;
}

static bool
needs_decompressor(char *const *operands)
{
	if (*operands == NULL)
		return may_be_compressed(STDIN_FILENO);
	for (; *operands != NULL; operands++)
		if (operand_may_be_compressed(*operands))
			return true;
	return false;
}

static void
close_files(char *const *operands, bool runs)
{
	int rules = landlock_start();
	size_t i;

	if (rules == -1)
		return;
	for (i = 0; operands[i] != NULL; i++)
		allow_operand(rules, operands[i], i == 0);
	for (i = 0; i < named_used; i++)
		allow_beside(rules, named[i].path, named[i].rights);
	if (runs)
		allow_programs(rules);
	landlock_enter(rules);
}

/*
 * Of root's privileges, keeps what is needed to open further files: as another
 * user, the right to read any; as root, if files of others are replaced, also
 * the rights to write them, in a sticky directory too.
 */
static void
drop_privileges(void)
{
	uint32_t keep = 1U << CAP_DAC_READ_SEARCH;
	bool replaces = false;
	size_t i;

	for (i = 0; i < named_used; i++)
		replaces |= (named[i].rights & LANDLOCK_WRITE_FILE) != 0;
	opens_later = named_used > 0;
	if (replaces || !capabilities_leave_root())
		keep |= 1U << CAP_DAC_OVERRIDE | 1U << CAP_FOWNER;
	if (!capabilities_keep(keep))
		err(STATUS_FAILED, "cannot drop privileges");
}

void
sandbox_enter(char *const *operands)
{
	bool runs;

	/* The rules of the time zone are in a file; libc tells no failure. */
	if (zone_check() && *tzname[0] == '\0')
		errx(STATUS_FAILED, "out of memory for the time zone");
	if (SANITIZED) {
		forget_files();
		return;
	}
	runs = needs_decompressor(operands);
	drop_privileges();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		err(STATUS_FAILED, "cannot set no_new_privs");
	close_files(operands, runs);
	if (sandbox_has_seccomp() && !seccomp_enter(runs))
		err(STATUS_FAILED, "seccomp");
	forget_files();
}

void
sandbox_opened_all(void)
{
	if (entered && !SANITIZED && !opens_later && !capabilities_keep(0))
		err(STATUS_FAILED, "cannot drop privileges");
}

void
sandbox_decompressor(void)
{
	int rules = landlock_start();

	if (rules == -1)
		return;
	allow_programs(rules);
	landlock_enter(rules);
}
