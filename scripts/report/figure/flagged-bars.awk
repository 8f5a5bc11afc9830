# flagged-bars.awk - the flagged sources as bars, by their severity
# In: flagged.csv, the worst first.  Out: as bars.awk does; the class is the
# severity.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { next }
++n <= 10 {
	held = sprintf("%d\t%s\t%s\t%s\t%s", n, $5, $2, $1, words())
	if (n < 10)
		print held
}
END {
	if (n == 10)
		print held
	if (n > 10)
		print "10\t0\trest\t" n - 9 " more\tin flagged.csv"
}
# The packets, and the other rules it broke, two of them by name.
function words(	name, i, m, s, k) {
	s = $5 > 0 ? count($5) : ""
	m = split($4, name, " ")
	for (i = 1; i <= m; i++)
		if (name[i] != "src-rate" && ++k <= 2)
			s = s (s == "" ? "" : k > 1 ? ", " : "   ") name[i]
	return k > 2 ? s " +" k - 2 : s
}
