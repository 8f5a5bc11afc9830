/*
 * cleanrow_option - the values of csvclean's options about cells
 *
 * SPDX-License-Identifier: ISC
 */
#include <err.h>

#include "base/option.h"
#include "base/show.h"
#include "base/status.h"
#include "clean/cleanrow.h"

void
cleanrow_anonymize(struct cleanrow_settings *s, const char *arg)
{
	const char *part[2];

	if (option_list("anonymize", arg, part, 2) != 2)
		errx(STATUS_USAGE, "bad anonymize \"%s\", want two prefix "
		    "lengths such as 16,48", show_str(arg));
	s->anonymize = true;
	s->keep4 = (unsigned)option_number("IPv4 prefix", part[0], 0, 32);
	s->keep6 = (unsigned)option_number("IPv6 prefix", part[1], 0, 128);
}

void
cleanrow_time_format(struct cleanrow_settings *s, const char *arg)
{
	s->time_unit = timecell_unit_of(arg);
	s->time_form = arg;
	if (s->time_unit == TIMECELL_ANY)
		errx(STATUS_USAGE, "bad time-format \"%s\", want s, ms, us, "
		    "ns, excel or a format such as \"%%d/%%m/%%Y %%H:%%M:%%S\"",
		    show_str(arg));
}
