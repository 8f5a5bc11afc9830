# timeline.awk - bytes per second over time, for the picture
# In: rate.csv (time,packets,bytes,spike); bin_s, the seconds of its bins;
# picture_bin, those of the picture's; zone_offset, seconds to add to a time.
# Out: time, mean, busiest bin, the same if a spike or else 0: the corners of
# steps, from the ground and back to it.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
function corner(t, a, b, c) {
	printf "%.6f\t%.6g\t%.6g\t%.6g\n", t * picture_bin, a, b, c
}
function flush() {
	if (bin != "") {
		corner(bin, sum / picture_bin, top, red * top)
		corner(bin + 1, sum / picture_bin, top, red * top)
	}
	sum = top = red = 0
}
FNR == 1 || $1 == "" { next }
{
	at = ($1 + zone_offset) / picture_bin + 0.01
	b = int(at)
	if (b > at)
		b--
	if (bin == "" || b != bin) {
		if (bin == "")
			corner(b, 0, 0, 0)
		flush()
		bin = b
	}
	sum += $3
	if ($3 / bin_s > top)
		top = $3 / bin_s
	red = red || $4
}
END {
	flush()
	if (bin != "")
		corner(bin + 1, 0, 0, 0)
}
