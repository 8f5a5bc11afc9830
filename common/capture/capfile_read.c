/*
 * capfile_read - what the readers of pcap and of pcapng share
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/timestamp.h"
#include "capture/capfile_read.h"

enum capfile_result
capfile_damaged(struct capfile *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->why, sizeof(c->why), fmt, ap);
	va_end(ap);
	c->at = c->in->offset + c->in->start;
	return CAPFILE_DAMAGED;
}

bool
capfile_scale(uint64_t ticks, uint64_t per_s, int64_t offset_s, int64_t *ns)
{
	int64_t s;

	if (ticks / per_s > INT64_MAX || __builtin_add_overflow(
	    (int64_t)(ticks / per_s), offset_s, &s) ||
	    __builtin_mul_overflow(s, NS_PER_S, ns))
		return false;
	/* A fraction of a second in ticks: 128 bits hold any resolution. */
	return !__builtin_add_overflow(*ns, (int64_t)((unsigned __int128)
	    (ticks % per_s) * NS_PER_S / per_s), ns);
}
