# flags.awk - the flagged sources as bars
# In: flagged.csv, the busiest first.  Out: as bars.awk does.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { next }
++n <= 9 || n == 10 {
	held = sprintf("%d\t%s\t0x4477AA\t%s\t%s", n, $2, $1, count($2))
	if (n < 10)
		print held
}
END {
	if (n == 10)
		print held
	if (n > 10)
		print "10\t0\t0xBBBBBB\t" n - 9 " more\tin flagged.csv"
}
