/*
 * polling - services that are asked in regular steps by design
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/protocol.h"
#include "base/show.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "baseline/polling.h"

const struct polling polling_known[] = {
	{ "NTP", 123, "clocks are compared every 64 to 1024 s (RFC 5905)" },
	{ "PTP", 319, "clocks are compared every second or so" },
	{ "DNS", 53, "a name is asked for again when its lifetime is over" },
	{ "MDNS", 5353, "services are announced again (RFC 6762)" },
	{ "LLMNR", 5355, "names are asked for again (RFC 4795)" },
	{ "NBNS", 137, "names are registered again (RFC 1002)" },
	{ "BROWSER", 138, "servers announce themselves every 12 minutes" },
	{ "SSDP", 1900, "devices announce themselves (UPnP)" },
	{ "WSD", 3702, "devices are searched for (WS-Discovery)" },
	{ "DHCP", 67, "leases are renewed at half of their time (RFC 2131)" },
	{ "DHCPV6", 547, "leases are renewed (RFC 8415)" },
	{ "ICMP", 0, "hosts are monitored by pings" },
	{ "ICMPV6", 0, "neighbours are checked (RFC 4861)" },
	{ "STUN", 3478, "calls keep the NAT open every 15 s (RFC 8445)" },
	{ "ISAKMP", 4500, "tunnels keep the NAT open every 20 s (RFC 3948)" },
	{ "ESP", 0, "tunnels keep the NAT open" },
	{ "WIREGUARD", 51820, "tunnels keep the NAT open every 25 s" },
	{ "TEREDO", 3544, "tunnels keep the NAT open every 30 s (RFC 4380)" },
	{ "SNMP", 161, "devices are monitored" },
	{ "SYSLOG", 514, "events are reported, marks at regular times" },
	{ "RADIUS", 1812, "servers are checked by status requests" },
	{ "BFD", 3784, "links are checked" },
	{ "CAPWAP", 5246, "access points are checked by echo requests" },
	{ "RIP", 520, "routes are announced every 30 s (RFC 2453)" },
	{ NULL, 110, "mail programs ask for mail every few minutes (POP)" },
	{ NULL, 143, "mail programs ask for mail every few minutes (IMAP)" },
	{ NULL, 993, "mail programs ask for mail every few minutes (IMAP)" },
	{ NULL, 995, "mail programs ask for mail every few minutes (POP)" },
	{ NULL, 5228, "phones keep a connection for messages (Google)" },
	{ NULL, 5223, "phones keep a connection for messages (Apple)" },
	{ NULL, 9100, "hosts are monitored (Prometheus)" },
	{ NULL, 10050, "hosts are monitored (Zabbix)" },
	{ NULL, 5666, "hosts are monitored (Nagios NRPE)" },
	{ NULL, 0, NULL }
};

static _Noreturn void
bad_line(const char *path, unsigned long line, const char *text)
{
	errx(STATUS_USAGE, "%s:%lu: bad service \"%s\", want a protocol or a "
	    "port, and a reason", show_str(path), line, show_str(text));
}

/* Reads a line into an entry; false if there is nothing in it. */
static bool
read_line(char *line, struct polling *p)
{
	enum protocol proto;
	uint64_t port;
	size_t n;

	line[strcspn(line, "#\r\n")] = '\0';
	line += strspn(line, " \t");
	n = strcspn(line, " \t");
	if (n == 0)
		return false;
	*p = (struct polling){ .why = "" };
	if (line[n] != '\0' && line[n + 1 + strspn(line + n + 1, " \t")] !=
	    '\0')
		p->why = "allowed";
	line[n] = '\0';
	proto = protocol_find(line, n);
	if (number_parse(line, n, 65535, &port))
		p->port = (unsigned)port;
	else
		p->name = xstrdup(proto != PROTO_NONE ? protocol_name(proto) :
		    line);
	return true;
}

void
polling_read(struct polling_list *list, const char *path)
{
	char *line = NULL;
	size_t cap = 0;
	unsigned long lines = 0;
	struct polling p;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		err(STATUS_USAGE, "%s", show_str(path));
	while (getline(&line, &cap, f) != -1) {
		lines++;
		if (!read_line(line, &p))
			continue;
		if (p.why[0] == '\0' || (p.name == NULL && p.port == 0))
			bad_line(path, lines, line);
		list->more = xreallocarray(list->more, list->used + 1,
		    sizeof(*list->more));
		list->more[list->used++] = p;
	}
	/* Without memory getline fails, too, which is no error of the file. */
	if (!feof(f))
		err(STATUS_USAGE, "%s", show_str(path));
	free(line);
	fclose(f);
}

void
polling_release(struct polling_list *list)
{
	size_t i;

	for (i = 0; i < list->used; i++)
		free((void *)(uintptr_t)list->more[i].name);
	free(list->more);
}

static bool
is_of(const struct polling *p, struct slice proto, uint64_t port)
{
	return (p->port != 0 && p->port == port) ||
	    (p->name != NULL && slice_is(proto, p->name));
}

/* An address that many hosts listen to: multicast, or all of a network. */
static bool
is_of_many(struct slice a)
{
	uint64_t first;
	size_t n = 0;

	if (a.len > 2 && (a.at[0] | 32) == 'f' && (a.at[1] | 32) == 'f' &&
	    memchr(a.at, ':', a.len) != NULL)
		return true;
	while (n < a.len && a.at[n] != '.')
		n++;
	return (n < a.len && number_parse(a.at, n, 255, &first) &&
	    first >= 224 && first < 240) || slice_is(a, "255.255.255.255");
}

bool
polling_expects(const struct polling_list *list, struct slice proto,
    struct slice port, struct slice dst)
{
	const struct polling *p;
	uint64_t number = 0;
	size_t i;

	number_parse(port.at, port.len, 65535, &number);
	for (p = polling_known; p->why != NULL; p++)
		if (is_of(p, proto, number))
			return true;
	for (i = 0; i < list->used; i++)
		if (is_of(&list->more[i], proto, number))
			return true;
	return is_of_many(dst);
}
