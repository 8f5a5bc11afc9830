/*
 * beaconfile - the pairs of beacons, kept in a file between two runs
 *
 * A run that reads the file continues as if it were the run before.  The file
 * is written whole under another name and then renamed.  It is of this
 * version, this machine's byte order and one identity, which names what its
 * connections are; no other file is taken.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef BEACONFILE_H
#define BEACONFILE_H

#include "baseline/beacon.h"

/*
 * Both return NULL, or what went wrong, for a message after the file's name,
 * valid until the next call.  Reading wants beacons that have just been
 * started; a file that does not exist is no error.  After an error of reading
 * the beacons can only be released.
 */
const char *beaconfile_read(struct beacons *, const char *path,
	    const char *identity);
const char *beaconfile_write(const struct beacons *, const char *path,
	    const char *identity);

#endif
