# head.awk - the top of report.html: the files and the figures first
# In: files (a name a line).  Out: HTML up to the picture.
# SPDX-License-Identifier: ISC
{ name[NR] = html($0) }
END {
	more = NR > 1 ? " and " NR - 1 " more" : ""
	print "<title>" name[1] more " - traffic report</title>"
	print "</head>\n<body>\n<h1>" name[1] more "</h1>"
	if (NR > 1) {
		print "<ul>"
		for (i = 1; i <= NR; i++)
			print "<li>" name[i] "</li>"
		print "</ul>"
	}
	if (packets == 0) {
		print "<p>It contains no packets.</p>"
		exit
	}
	print "<p>" since " to " until " " zone "</p>\n<dl>"
	fact("Span", seconds(span))
	fact("Packets", grouped(packets))
	fact("Bytes", si(bytes, "B"))
	fact("Mean rate", span > 0 ? rate(mean) : "-")
	fact("Peak, busiest " each(bin_s), rate(peak))
	fact("95th percentile", rate(p95))
	print "</dl>"
	if (rejected)
		print "<p class=\"red\">Rows left out because they are not packets: " \
		    grouped(rejected) " (see rejected.csv).</p>"
	else if (status)
		print "<p class=\"red\">Not all of the input could be read." \
		    "</p>"
}
