/*
 * badtime - what to do about a time that csvclean cannot read
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BADTIME_H
#define BADTIME_H

#include "base/slice.h"

/*
 * What would have been right in place of this cell, for a message.  Valid
 * until the next call.
 */
const char	*badtime_wanted(struct slice);

#endif
