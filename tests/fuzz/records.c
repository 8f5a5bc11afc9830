/*
 * records - the quick readers of records against a plain one, for a fuzzer
 *
 * Differential: a reader that looks at one byte after the other gives the same
 * cells, line numbers and raw text as csv_read, up to the first record that is
 * bad, which both refuse.  The first byte of the input chooses the delimiter.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "csv/csv.h"

#include "bytes.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What is left to read, and the record that was read. */
struct plain {
	const char	*at;
	const char	*end;
	char		 delimiter;
	uint64_t	 line;		/* of the next record */
	char		*text;		/* the cells, one after the other */
	size_t		 len[CSV_CELLS_MAX];
	size_t		 cells;
};

static void
want(bool holds)
{
	if (!holds)
		abort();
}

/* Whether the cell ends here. */
static bool
is_end(const struct plain *p)
{
	return p->at == p->end || *p->at == p->delimiter || *p->at == '\n';
}

/* Whether the record ends here. */
static bool
is_last(const struct plain *p)
{
	return p->at == p->end || *p->at == '\n';
}

/* Appends the text in quotes to out; NULL if it does not end as it must. */
static char *
quoted_cell(struct plain *p, char *out)
{
	bool closed = false;

	for (p->at++; p->at < p->end; *out++ = *p->at++) {
		if (*p->at != '"')
			continue;
		closed = ++p->at == p->end || *p->at != '"';
		if (closed)
			break;
	}
	if (!is_end(p) && *p->at == '\r')
		p->at++;
	return closed && is_end(p) ? out : NULL;
}

/* Reads a record that is not blank; false if it is bad. */
static bool
read_plain(struct plain *p)
{
	char *out = p->text, *from;

	for (p->cells = 0; p->cells < CSV_CELLS_MAX; p->at++) {
		from = out;
		if (p->at < p->end && *p->at == '"')
			out = quoted_cell(p, out);
		else {
			while (!is_end(p))
				*out++ = *p->at++;
			if (is_last(p) && out > from && out[-1] == '\r')
				out--;
		}
		if (out == NULL)
			return false;
		p->len[p->cells++] = (size_t)(out - from);
		if (is_last(p))
			return true;
	}
	return false;
}

static void
skip_blank_lines(struct plain *p)
{
	for (; p->at < p->end; p->at++) {
		if (*p->at == '\r' && p->at + 1 < p->end && p->at[1] == '\n')
			p->at++;
		if (*p->at != '\n')
			return;
		p->line++;
	}
}

static void
check_record(const struct plain *p, const struct csv *csv)
{
	const char *text = p->text;
	size_t i;

	want(csv->cells == p->cells && csv->line == p->line);
	for (i = 0; i < p->cells; text += p->len[i++])
		want(csv->cell[i].len == p->len[i] &&
		    memcmp(csv->cell[i].at, text, p->len[i]) == 0);
}

/* Compares record by record, up to a bad one. */
static void
compare(struct plain *p, struct csv *csv)
{
	enum csv_result result;
	const char *from;

	for (;;) {
		result = csv_read(csv);
		skip_blank_lines(p);
		from = p->at;
		if (p->at == p->end || (p->end - p->at == 1 && *from == '\r')) {
			want(result == CSV_END);
			return;
		}
		if (!read_plain(p) ||
		    memchr(from, '\0', (size_t)(p->at - from)) != NULL) {
			want(result == CSV_BAD);
			return;
		}
		want(result == CSV_RECORD);
		check_record(p, csv);
		want(csv->raw.len <= (size_t)(p->at - from) &&
		    memcmp(csv->raw.at, from, csv->raw.len) == 0);
		for (; from < p->at; from++)
			p->line += *from == '\n';
		p->line += p->at < p->end;
		p->at += p->at < p->end;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct plain plain = { .line = 1 };
	struct stream in;
	struct csv csv;
	char *text;

	/* A compressed input would start a process each time. */
	if (n < 3 || strchr("\x1f\x28\xfd\x42\x04\x02", data[1]) != NULL)
		return 0;
	text = malloc(2 * n);
	if (text == NULL)
		abort();
	memcpy(text, data + 1, --n);
	plain.delimiter = ",;\t|"[data[0] % 4];
	plain.at = text;
	plain.end = text + n;
	plain.text = text + n;
	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		plain.at += 3;
	open_bytes(&in, text, n);
	csv_init(&csv, &in);
	if (stream_next(&in)) {
		csv_start(&csv, plain.delimiter);
		compare(&plain, &csv);
		/* Lets the stream close the operand. */
		while (csv_read(&csv) != CSV_END)
			;
		(void)stream_next(&in);
	}
	csv_release(&csv);
	stream_finish(&in);
	free(text);
	return 0;
}
