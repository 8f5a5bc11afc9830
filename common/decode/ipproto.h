/*
 * ipproto - the protocol numbers of IP that <netinet/in.h> does not name
 *
 * Numbers are those of IANA's list.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef IPPROTO_H
#define IPPROTO_H

#include <netinet/in.h>

enum {
	IPPROTO_NHRP = 54,		/* RFC 2332 */
	IPPROTO_MOBILE = 55,		/* RFC 2004 */
	IPPROTO_EIGRP = 88,
	IPPROTO_OSPF = 89,
	IPPROTO_ETHERIP = 97,		/* RFC 3378 */
	IPPROTO_VRRP = 112,
	IPPROTO_HIP = 139,		/* RFC 7401 */
	IPPROTO_SHIM6 = 140		/* RFC 5533 */
};

/* These came to the C library over the years. */
#ifndef IPPROTO_PGM
#define IPPROTO_PGM	113
#endif
#ifndef IPPROTO_L2TP
#define IPPROTO_L2TP	115
#endif
#ifndef IPPROTO_ETHERNET
#define IPPROTO_ETHERNET 143		/* RFC 8986 */
#endif

#endif
