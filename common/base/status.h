/*
 * status - the suite's exit statuses; the highest of a run wins
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef STATUS_H
#define STATUS_H

enum {
	STATUS_DONE = 0,	/* all is well */
	STATUS_SKIPPED = 1,	/* rows were skipped, or an input cut short */
	STATUS_USAGE = 2,	/* bad options or rule files */
	STATUS_FAILED = 3	/* an operand or a write failed */
};

#endif
