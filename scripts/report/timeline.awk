# timeline.awk - bytes per second over time, for the picture
# In: rate.csv (time,packets,bytes,spike); base, the seconds of its bins;
# wide, those of the picture's; shift, seconds to add for the time zone.
# Out: time, mean, busiest bin, the same if a spike or else NaN.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
function flush() {
	if (bin != "")
		printf "%.6f\t%.6g\t%.6g\t%s\n", bin * wide, \
		    sum / wide, top, red ? sprintf("%.6g", top) : "NaN"
	sum = top = red = 0
}
FNR == 1 || $1 == "" { next }
{
	b = int(($1 + shift) / wide + 0.01)
	if ($1 + shift < 0 && b * wide > $1 + shift + 0.01)
		b--
	if (b != bin) {
		flush()
		bin = b
	}
	sum += $3
	if ($3 / base > top)
		top = $3 / base
	red = red || $4
}
END { flush() }
