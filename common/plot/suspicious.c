/*
 * suspicious - protocols that deserve a look, and from which share on
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <string.h>

#include "plot/suspicious.h"

const struct suspicious suspicious_table[] = {
	{ "ICMP", 10, "more than 10 % of all packets" },
	{ "ICMPV6", 50, "more than 50 % of all packets" },
	{ "UDP", 50,
	    "more than 50 % of all packets are UDP of no known protocol" },
	{ "TELNET", 0, "login and session in clear text" },
	{ "RLOGIN", 0, "login and session in clear text" },
	{ "FTP", 0, "login in clear text" },
	{ "POP", 0, "login in clear text" },
	{ "IMAP", 0, "login in clear text" },
	{ "SNMP", 0, "community names in clear text" },
	{ "TFTP", 0, "file transfer without a login" },
	{ "OTHER", 0, "unknown link layer" },
	{ "ETH", 0, "unknown protocol on Ethernet" },
	{ NULL, 0, NULL }
};

const char *
suspicious_why(const char *proto, uint64_t packets, uint64_t all)
{
	const struct suspicious *s;

	for (s = suspicious_table; s->proto != NULL; s++)
		if (strcmp(s->proto, proto) == 0 &&
		    (unsigned __int128)packets * 100 >
		    (unsigned __int128)all * s->percent)
			return s->why;
	return NULL;
}
