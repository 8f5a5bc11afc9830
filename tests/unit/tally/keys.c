/*
 * keys - unit test of computed columns of a key
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/stream.h"
#include "tally/keys.h"
#include "tap.h"

static char path[] = "/tmp/pktpipe-keys." "XX" "XX" "XX";

static void
write_file(const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC);
	ssize_t n = (ssize_t)strlen(text);

	if (fd == -1 || write(fd, text, (size_t)n) != n || close(fd) == -1)
		err(1, "%s", path);
}

/* One result: the keys of a table's rows, cells joined by |, rows by ;. */
static void
keys_of(const char *list, const char *table, const char *want,
    uint64_t unreadable, const char *title)
{
	static struct keys keys;
	char *operands[] = { path, NULL };
	const struct slice *cell;
	struct row_reader rows;
	struct stream in;
	struct output got;
	const struct row *row;
	size_t i;

	write_file(table);
	output_init(&got, -1, "got");
	stream_init(&in, operands, NULL);
	row_init(&rows, &in);
	keys_parse(&keys, "by", list);
	keys_want(&keys, &rows);
	while ((row = row_next(&rows)) != NULL) {
		cell = keys_cells(&keys, row);
		for (i = 0; i < keys.columns; i++) {
			output_bytes(&got, cell[i].at, cell[i].len);
			output_char(&got, i + 1 < keys.columns ? '|' : ';');
		}
	}
	output_char(&got, '\0');
	same_text(got.buf, got.used - 1, want, "%s", title);
	same_int((int64_t)keys.part[0].unreadable, (int64_t)unreadable,
	    "%s: cells not read", title);
	row_release(&rows);
	stream_finish(&in);
	keys_release(&keys);
	free(got.buf);
}

static void
test_prefixes(void)
{
	keys_of("src/24", "src,len\n10.1.2.3,1\n10.1.2.255,1\n,1\n2001:db8:1:"
	    "2:3:4:5:6,1\n", "10.1.2.0/24;10.1.2.0/24;;2001:db8:1:2::/64;", 0,
	    "IPv4 and IPv6");
	keys_of("src/23/56", "src,len\n10.1.3.3,1\n2001:db8:1:2ff::6,1\n",
	    "10.1.2.0/23;2001:db8:1:200::/56;", 0, "both widths");
	keys_of("src/0/0", "src,len\n10.1.3.3,1\n::6,1\n", "0.0.0.0/0;::/0;",
	    0, "width 0");
	keys_of("src/32/128", "src,len\n10.1.3.3,1\n2001:db8::6,1\n",
	    "10.1.3.3;2001:db8::6;", 0, "full length");
	keys_of("src/24", "src,len\nhost,1\n17,1\nREST,1\n10.1.2.0/24,1\n",
	    "host;17;REST;10.1.2.0/24;", 3, "no addresses");
	keys_of("client/24", "client,len\n10.1.2.3,1\n77,1\n",
	    "10.1.2.0/24;72;", 0, "a column of any name");
	keys_of("client/99", "client,len\n10.1.2.3,1\n177,1\n",
	    "10.1.2.3;99;", 1, "a width that is no prefix");
	keys_of("src/24", "src/24,src,len\n10.0.0.0/24,10.1.2.3,1\n",
	    "10.0.0.0/24;", 0, "a table with the column itself");
}

static void
test_classes(void)
{
	keys_of("len/100", "len\n0\n99\n100\n1514\n4294967295\n",
	    "0;0;100;1500;4294967200;", 0, "whole numbers");
	keys_of("x/60", "x,len\n59.999,1\n60.000000,1\n-0.5,1\n-60.0,1\n"
	    "-60.000001,1\n", "0;60;-60;-60;-120;", 0,
	    "classes are rounded down");
	keys_of("x/7", "x,len\n9223372036854775807,1\n9223372036854775808,1\n"
	    "1e3,1\n0x7,1\n5.,1\n", "9223372036854775807;9223372036854775808;"
	    "1e3;0x7;5.;", 4, "what is no number stands as it is");
	keys_of("x/y", "x/y,len\n3,1\n", "3;", 0, "a name with a slash");
}

static void
test_ends(void)
{
	keys_of("ends", "src,dst,len\n10.0.0.2,10.0.0.1,1\n10.0.0.1,10.0.0.2,1"
	    "\n,,1\n10.0.0.1,,1\n", "10.0.0.1 10.0.0.2;10.0.0.1 10.0.0.2;;"
	    "10.0.0.1;", 0, "both directions");
	keys_of("ends", "src,sport,dst,dport,len\n10.0.0.2,9,10.0.0.1,50000,1\n"
	    "10.0.0.1,9,10.0.0.1,80,1\n::2,,::1,,1\n::2,22,::1,9,1\n",
	    "10.0.0.1:50000 10.0.0.2:9;10.0.0.1:9 10.0.0.1:80;::1 ::2;"
	    "[::1]:9 [::2]:22;", 0, "ports");
	keys_of("ends/20", "src,sport,dst,dport,len\n10.0.9.1,1,10.0.16.1,2,1\n"
	    "10.0.16.1,2,10.0.1.1,1,1\n",
	    "10.0.0.0/20 10.0.16.0/20;10.0.0.0/20 10.0.16.0/20;", 0,
	    "prefixes are put in order after the cut");
	keys_of("ends,proto", "ends,proto,packets,bytes\nb a,TCP,1,2\n",
	    "b a|TCP;", 0, "a table with the column itself");
}

static void
test_service(void)
{
	keys_of("service", "sport,dport,len\n443,50000,1\n50000,443,1\n"
	    "53,53,1\n60000,50000,1\n,,1\n,80,1\n8080,3306,1\n",
	    "443;443;53;;;80;3306;", 0, "the lower registered port");
	keys_of("service", "sport,dport,len\nhttp,1,1\n1,99999,1\nREST,,1\n",
	    "http;99999;REST;", 2, "no ports");
	keys_of("service", "sport,dport,service,len\n1,2,22,1\n", "22;", 0,
	    "a table with the column itself");
}

/* What ends the program, told by a child's status. */
static int
status_of(const char *list)
{
	struct keys keys = { .columns = 0 };
	pid_t child = fork();
	int status;

	if (child == 0) {
		close(STDERR_FILENO);
		keys_parse(&keys, "by", list);
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ?
	    WEXITSTATUS(status) : -1;
}

static void
test_bad(void)
{
	same_int(status_of("src/33"), 2, "IPv4 has 32 bits");
	same_int(status_of("src/24/129"), 2, "IPv6 has 128 bits");
	same_int(status_of("ends/33"), 2, "those of both ends, too");
	same_int(status_of("len/0"), 0, "a class of no width reads nothing");
	same_int(status_of("src/24,src/24"), 2, "an expression twice");
}

int
main(void)
{
	if (mkstemp(path) == -1)
		err(1, "%s", path);
	test_prefixes();
	test_classes();
	test_ends();
	test_service();
	test_bad();
	unlink(path);
	return tap_done();
}
