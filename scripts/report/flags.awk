# flags.awk - the flagged sources as bars, in colours of their severity
# In: flagged.csv, the worst first.  Out: as bars.awk does.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	colour["low"] = "0x4477AA"
	colour["medium"] = "0xEE7733"
	colour["high"] = "0xCC3311"
}
FNR == 1 { next }
++n <= 10 {
	held = sprintf("%d\t%s\t%s\t%s\t%s", n, $5, colour[$2], $1, words())
	if (n < 10)
		print held
}
END {
	if (n == 10)
		print held
	if (n > 10)
		print "10\t0\t0xBBBBBB\t" n - 9 " more\tin flagged.csv"
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
