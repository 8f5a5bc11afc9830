/*
 * network - an IP network as text and as an address with a prefix
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/number.h"
#include "nets/network.h"

bool
network_parse(struct network *net, struct slice text)
{
	const char *slash = memchr(text.at, '/', text.len);
	size_t n = slash == NULL ? text.len : (size_t)(slash - text.at);
	uint64_t prefix;

	if (!ipaddr_parse(&net->ip, text.at, n))
		return false;
	prefix = net->ip.family == 4 ? 32 : 128;
	if (slash != NULL && !number_parse(slash + 1, text.len - n - 1, prefix,
	    &prefix))
		return false;
	net->prefix = (unsigned)prefix;
	return true;
}
