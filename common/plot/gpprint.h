/*
 * gpprint - tables as CSV, which gnuplot prints in order with the pictures
 *
 * A table is a line "#name", its header, its rows and an empty line, each
 * printed by a command.  All outside text in them is tokens (show_token): no
 * cell needs quotes, and none can end the string that a line is.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef GPPRINT_H
#define GPPRINT_H

#include "base/output.h"

/* Writes the command that prints a line such as "#end 3". */
void	 gpprint_mark(struct output *, const char *word, uint64_t number);

/* Starts and ends a table; header is its line of column names. */
void	 gpprint_table(struct output *, const char *name, const char *header);
void	 gpprint_table_end(struct output *);

/* Starts and ends a row, which has one cell at least. */
void	 gpprint_row(struct output *);
void	 gpprint_row_end(struct output *);

/* The next cell of a row: a token, a number, seconds of a time or duration. */
void	 gpprint_text(struct output *, const char *token);
void	 gpprint_number(struct output *, uint64_t value);
void	 gpprint_time(struct output *, int64_t ns);

#endif
