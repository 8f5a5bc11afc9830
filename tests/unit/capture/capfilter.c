/*
 * capfilter - one expression over packets of several link types
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/capfilter.h"
#include "decode.h"

enum { ETHERNET = 1, ATM_RFC1483 = 100, RAW = 101, COOKED = 113, USER0 = 147,
    COOKED2 = 276 };

#define COOKED_HEAD	"0000 0001 0006 0200000000010000 0800"
#define COOKED2_HEAD	"0800 0000 00000001 0001 00 06 020000000001 0000"
#define DATAGRAM	IP4("11") UDP("0035") "61626364"

/* Whether the packet passes. */
static bool
passes(struct capfilter *f, unsigned linktype, const char *text)
{
	uint8_t data[PACKET_MAX];
	struct captured k = { .data = data, .linktype = linktype };

	k.caplen = k.len = (uint32_t)make_packet(data, text);
	return capfilter_match(f, &k);
}

static void
test_links(void)
{
	struct capfilter *f = capfilter_new("udp port 53");
	int turn;

	/* Twice: the second time each program is at hand. */
	for (turn = 1; turn <= 2; turn++) {
		ok(passes(f, ETHERNET, ETHER("0800") DATAGRAM),
		    "turn %d: Ethernet", turn);
		ok(passes(f, RAW, DATAGRAM), "turn %d: raw IP", turn);
		ok(passes(f, ATM_RFC1483, LLC_SNAP "0800" DATAGRAM),
		    "turn %d: LLC over ATM", turn);
		ok(passes(f, COOKED, COOKED_HEAD DATAGRAM),
		    "turn %d: Linux cooked", turn);
		ok(passes(f, COOKED2, COOKED2_HEAD DATAGRAM),
		    "turn %d: Linux cooked, version 2", turn);
		ok(passes(f, RAW, IP6("11") UDP("0035")),
		    "turn %d: IPv6 as raw IP", turn);
		ok(!passes(f, RAW, IP4("11") UDP("0036")),
		    "turn %d: another port", turn);
		ok(!passes(f, ETHERNET, DATAGRAM),
		    "turn %d: raw IP is no Ethernet frame", turn);
	}
	capfilter_free(f);
	capfilter_free(NULL);
}

static void
test_lengths(void)
{
	struct capfilter *f = capfilter_new("greater 100");
	uint8_t data[PACKET_MAX];
	struct captured k = { .data = data, .linktype = RAW };

	k.caplen = (uint32_t)make_packet(data, DATAGRAM);
	k.len = 100;
	ok(capfilter_match(f, &k), "lengths are those on the wire");
	k.len = 99;
	ok(!capfilter_match(f, &k), "and one byte less is less");
	capfilter_free(f);
	f = capfilter_new("udp port 53");
	k.caplen = 21;
	ok(!capfilter_match(f, &k), "a port that was not captured is none");
	capfilter_free(f);
}

/*
 * Runs one in a child, whose messages go to a file: its status, and text at
 * the start of what it said.
 */
static int
child_says(const char *expression, unsigned linktype, char *said, size_t size)
{
	char path[] = "/tmp/pktpipe-capfilter." "XX" "XX" "XX";
	int fd = mkstemp(path), status;
	ssize_t n;
	pid_t child;

	if (fd == -1)
		err(1, "%s", path);
	child = fork();
	if (child == 0) {
		struct capfilter *f;
		int passed;

		dup2(fd, STDERR_FILENO);
		f = capfilter_new(expression);
		passed = passes(f, linktype, DATAGRAM) +
		    passes(f, linktype, DATAGRAM);
		passed += capfilter_failed(f) ? 20 : 10;
		capfilter_free(f);
		_exit(passed);
	}
	if (child == -1 || waitpid(child, &status, 0) == -1)
		err(1, "fork");
	n = pread(fd, said, size - 1, 0);
	said[n > 0 ? n : 0] = '\0';
	close(fd);
	unlink(path);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_complaints(void)
{
	char said[1024], *line;

	same_int(child_says("no such thing", RAW, said, sizeof(said)), 2,
	    "what libpcap refuses is a usage error");
	ok(strstr(said, "bad filter \"no such thing\": ") != NULL,
	    "and is shown with the reason");
	same_int(child_says("ether host 02:00:00:00:00:01", RAW, said,
	    sizeof(said)), 20, "what means nothing to a link type passes none");
	line = strstr(said, "filter \"ether host 02:00:00:00:00:01\" passes no "
	    "packet of link type 101: ");
	ok(line != NULL, "and a warning says so");
	ok(line != NULL && strchr(line, '\n') != NULL &&
	    strstr(strchr(line, '\n'), "filter") == NULL, "once");
	same_int(child_says("udp", USER0, said, sizeof(said)), 20,
	    "an unknown link type passes none");
	same_int(child_says("udp", RAW, said, sizeof(said)), 12,
	    "what means something passes what it should");
	same_text(said, strlen(said), "", "and nothing is said");
}

int
main(void)
{
	test_links();
	test_lengths();
	test_complaints();
	return tap_done();
}
