/*
 * option - reads the values of command-line options, and ends the program
 *
 * A bad value ends the program with status 2 and a message that says what was
 * wanted and what was found.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef OPTION_H
#define OPTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/timestamp.h"

/* A whole number from min to max.  what is its name in a message: "count". */
uint64_t option_number(const char *what, const char *arg, uint64_t min,
	    uint64_t max);

/* A number of bytes, at least min; k, M and G are powers of 1024: 64k. */
uint64_t option_bytes(const char *what, const char *arg, uint64_t min);

/* --max-memory, at least 4k: what is more than can be addressed is all. */
size_t	 option_memory(const char *arg);

/* A duration of at least min_ns, in ns (see timestamp_parse_duration). */
int64_t	 option_duration(const char *what, const char *arg, int64_t min_ns);

/* A point in time of any form, in ns since the epoch (see timestamp_parse). */
int64_t	 option_time(const char *what, const char *arg);

/* The value of --time: epoch, iso or sheet. */
enum timestamp_format option_time_format(const char *arg);

/*
 * One of the NULL-ended words; returns its index.  The message lists them.
 */
size_t	 option_word(const char *what, const char *arg,
	    const char *const *words);

/*
 * Splits "a,b,c" at its commas into at most max strings, parts of a copy that
 * is never freed.  Empty parts are refused.  Returns the number of strings.
 */
size_t	 option_list(const char *what, const char *arg, const char **list,
	    size_t max);

/*
 * The same for names of key columns: each at most once, and neither packets nor
 * bytes, which are the sums.
 */
size_t	 option_keys(const char *what, const char *arg, const char **list,
	    size_t max);

/*
 * Ends the program after text that an option asks for was printed on stdout:
 * status 0, or 3 with a message if any of it could not be written.
 */
_Noreturn void	option_printed(void);

/* Prints "prog (pktpipe) version" on stdout and ends with status 0. */
_Noreturn void	option_version(void);

/* The same, followed by lines about what is built in. */
_Noreturn void	option_version_with(const char *parts);

/* Prints the usage text on stdout and ends with status 0. */
_Noreturn void	option_help(const char *text);

/* Prints the usage text on stderr and ends with status 2. */
_Noreturn void	option_usage(const char *text);

/*
 * The same, if getopt_long found no operands and standard input is a terminal,
 * where nobody types packets.
 */
void	option_want_input(int argc, const char *text);

#endif
