# flagged-bars.awk - the flagged sources as bars, by their severity
# In: flagged.csv, the worst first.  Out: as bars.awk does; the class is the
# severity.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { next }
++n <= 10 {
	src[n] = $1
	severity[n] = $2
	most[n] = $5
	text[n] = words()
}
END {
	shown = n > 10 ? 9 : n
	short_names(src, shown, short)
	for (i = 1; i <= shown; i++)
		printf "%d\t%s\t%s\t%s\t%s\n", i, most[i], severity[i],
		    short[i], text[i]
	if (n > shown)
		print "10\t0\trest\t" grouped(n - 9) " more\tin flagged.csv"
}
# The packets, and the other rules it broke, two of them by name, or one on a
# phone.
function words(	name, i, m, s, k, most_named) {
	most_named = narrow ? 1 : 2
	s = $5 > 0 ? grouped($5) : ""
	m = split($4, name, " ")
	for (i = 1; i <= m; i++)
		if (name[i] != "src-rate" && ++k <= most_named)
			s = s (s == "" ? "" : k > 1 ? ", " : "   ") name[i]
	return k > most_named ? s " +" k - most_named : s
}
