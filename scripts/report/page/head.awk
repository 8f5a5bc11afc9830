# head.awk - the top of report.html: the files and the figures first
# In: heading (a line, perhaps empty), files (a name a line), summary and notes
# (each line: 0 or 1, a tab, sentences; a tab and a list).  Out: HTML up to the
# picture.
# SPDX-License-Identifier: ISC
FILENAME ~ /(summary|notes)$/ {
	note[++notes] = html(substr($0, 3))
	if (sub(/\t/, "</summary><p>", note[notes]))
		note[notes] = "<details><summary>" note[notes] "</p></details>"
	else
		note[notes] = (/^1/ ? "<p class=\"red\">" : "<p>") \
		    note[notes] "</p>"
	next
}
FILENAME ~ /heading$/ { heading = html($0); next }
{ name[++names] = html($0) }
END {
	more = names > 1 ? " and " names - 1 " more" : ""
	if (heading == "")
		heading = name[1] more
	print "<title>" heading " - traffic report</title>"
	print "</head>\n<body>\n<h1>" heading "</h1>"
	if (names > 1) {
		print "<ul>"
		for (i = 1; i <= names; i++)
			print "<li>" name[i] "</li>"
		print "</ul>"
	}
	if (packets == 0)
		print "<p>It contains no packets.</p>"
	else
		facts()
	for (i = 1; i <= notes; i++)
		print note[i]
}
function facts() {
	print "<p>" when() (mean == "" && packets > 1 ? "; " no_rates() : "") \
	    "</p>\n<dl>"
	if (span > 0)
		fact("Span", seconds(span))
	fact("Packets", grouped(packets))
	fact("Bytes", si(bytes, "B"))
	if (mean != "") {
		fact("Mean rate", rate(mean))
		fact("Peak, bins of " seconds(bin_s), rate(peak))
		fact("95th percentile, bins of " seconds(bin_s), rate(p95))
	}
	print "</dl>"
}
