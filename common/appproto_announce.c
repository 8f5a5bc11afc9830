/*
 * appproto_announce - connections that other connections announce
 *
 * SPDX-License-Identifier: ISC
 */
#include "appproto_rules.h"

bool
appproto_may_announce(enum protocol protocol)
{
	return protocol == PROTO_TFTP;
}

size_t
appproto_announces(const struct packet *p, enum protocol protocol,
    struct appproto_end *ends)
{
	(void)p;
	(void)protocol;
	(void)ends;
	return 0;
}
