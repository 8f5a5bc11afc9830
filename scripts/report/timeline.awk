# timeline.awk - bytes per second over time, for the picture
# In: rate.csv (time,packets,bytes,spike); base, the seconds of its bins;
# wide, those of the picture's; shift, seconds to add for the time zone.
# Out: time, mean, busiest bin, the same if a spike or else 0: the corners of
# steps, from the ground and back to it.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
function corner(t, a, b, c) {
	printf "%.6f\t%.6g\t%.6g\t%.6g\n", t * wide, a, b, c
}
function flush() {
	if (bin != "") {
		corner(bin, sum / wide, top, red * top)
		corner(bin + 1, sum / wide, top, red * top)
	}
	sum = top = red = 0
}
FNR == 1 || $1 == "" { next }
{
	b = int(($1 + shift) / wide + 0.01)
	if ($1 + shift < 0 && b * wide > $1 + shift + 0.01)
		b--
	if (b != bin) {
		if (bin == "")
			corner(b, 0, 0, 0)
		flush()
		bin = b
	}
	sum += $3
	if ($3 / base > top)
		top = $3 / base
	red = red || $4
}
END {
	flush()
	if (bin != "")
		corner(bin + 1, 0, 0, 0)
}
