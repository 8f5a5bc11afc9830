/*
 * capmagic - captures told by their first bytes
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <string.h>

#include "capmagic.h"

bool
capmagic_detect(const char *at, size_t n)
{
	/*
	 * Pcap with microseconds, with nanoseconds, and with Kuznetzov's
	 * longer packet headers, in both byte orders; pcapng's block type of
	 * a section header reads the same in either.
	 */
	static const char magics[][5] = {
		"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1",
		"\xa1\xb2\x3c\x4d", "\x4d\x3c\xb2\xa1",
		"\xa1\xb2\xcd\x34", "\x34\xcd\xb2\xa1",
		"\x0a\x0d\x0d\x0a",
	};
	size_t i;

	if (n < 4)
		return false;
	for (i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (memcmp(at, magics[i], 4) == 0)
			return true;
	return false;
}

/* The name for a shell, as far as it needs no quotes there. */
static const char *
operand_for_shell(const struct stream *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+=:@%-";

	if (strcmp(s->name, "stdin") == 0)
		return "-";
	if (s->name[strspn(s->name, plain)] != '\0' || s->name[0] == '-')
		return "FILE";
	return s->name;
}

bool
capmagic_refuse(struct stream *s)
{
	stream_need(s, 4);
	if (!capmagic_detect(s->buf + s->start, s->end - s->start))
		return false;
	stream_warn(s, STATUS_FAILED,
	    "this is a capture, want CSV: pcap2csv %s | %s",
	    operand_for_shell(s), program_invocation_short_name);
	return true;
}
