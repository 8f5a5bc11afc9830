/*
 * beaconrows_option - the options about beacons from the command line
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/option.h"
#include "baseline/beaconrows.h"

bool
beaconrows_option(struct beaconrows *r, int ch, const char *arg)
{
	switch (ch) {
	case BEACONROWS_ALLOW:
		polling_read(&r->allowed, arg);
		return true;
	case BEACONROWS_JITTER:
		r->beacons.jitter = (double)option_number("jitter", arg, 0,
		    50) / 100;
		return true;
	case BEACONROWS_LEAST:
		r->beacons.least = option_number("least", arg, 4,
		    BEACON_TIMES);
		return true;
	case BEACONROWS_SPAN:
		r->beacons.span_ns = option_duration("span", arg, NS_PER_S);
		return true;
	default:
		return false;
	}
}
