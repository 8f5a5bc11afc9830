/*
 * delimiter - the character between the cells of other programs' tables
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef DELIMITER_H
#define DELIMITER_H

#include <stddef.h>

#include "base/stream.h"

/*
 * The delimiter (, TAB ; | or blank) of text whose first line is within n
 * bytes: the one that separates most names of packet columns or, if the line
 * has none, the most frequent one.
 */
char	delimiter_of(const char *, size_t n);

/*
 * The delimiter of the stream's unread text, of which it reads the first line
 * if that is not longer than a record can be.
 */
char	delimiter_find(struct stream *);

/*
 * Passes over unread lines before the header that are no part of the table:
 * Excel's "sep=;", PowerShell's "#TYPE ..." and other comments, blank lines.
 * Returns their number.
 */
uint64_t delimiter_skip_preamble(struct stream *);

/*
 * A character that is no delimiter of ours but separates names of packet
 * columns in this header: ':' of "time:src:dst:proto:len".  0 if there is
 * none.
 */
char	delimiter_foreign(const char *, size_t n);

#endif
