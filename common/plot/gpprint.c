/*
 * gpprint - tables as CSV, which gnuplot prints in order with the pictures
 *
 * A command each line: a data block would end at any line that starts as its
 * end mark does.
 *
 * SPDX-License-Identifier: ISC
 */
#include "base/timestamp.h"
#include "plot/gpprint.h"

void
gpprint_mark(struct output *o, const char *word, uint64_t number)
{
	output_str(o, "print '#");
	output_str(o, word);
	output_char(o, ' ');
	output_u64(o, number);
	output_char(o, '\'');
	output_end_row(o);
}

void
gpprint_table(struct output *o, const char *name, const char *header)
{
	output_str(o, "print '#");
	output_str(o, name);
	output_char(o, '\'');
	output_end_row(o);
	output_str(o, "print '");
	output_str(o, header);
	output_char(o, '\'');
	output_end_row(o);
}

void
gpprint_table_end(struct output *o)
{
	output_str(o, "print ''");
	output_end_row(o);
}

void
gpprint_row(struct output *o)
{
	output_str(o, "print '");
}

/* The last cell ends with a comma, which is taken back. */
void
gpprint_row_end(struct output *o)
{
	o->used--;
	output_char(o, '\'');
	output_end_row(o);
}

void
gpprint_text(struct output *o, const char *token)
{
	output_str(o, token);
	output_char(o, ',');
}

void
gpprint_number(struct output *o, uint64_t value)
{
	output_u64(o, value);
	output_char(o, ',');
}

void
gpprint_time(struct output *o, int64_t ns)
{
	output_time(o, ns, TIMESTAMP_EPOCH, 6);
	output_char(o, ',');
}
