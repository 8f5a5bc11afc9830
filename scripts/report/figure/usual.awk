# usual.awk - the usual range of bytes per second over time, for the picture
# In: time,value,low,high,score of all traffic, bytes of each bin, as of
# rateflag --scores; zone_offset, seconds to add to a time.  Out: time, low,
# high: the corners of steps.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
!("low" in at) || !("high" in at) { next }
{
	time[++n] = $at["time"] + zone_offset
	low[n] = $at["low"]
	high[n] = $at["high"]
}
# The width of a bin is the least distance between two.
n > 1 && (!width || time[n] - time[n - 1] < width) {
	width = time[n] - time[n - 1]
}
END {
	for (i = 1; i <= n && width > 0; i++) {
		for (side = 0; side < 2; side++)
			printf "%.6f\t%.6g\t%.6g\n", time[i] + side * width, \
			    low[i] / width, high[i] / width
		if (i < n && time[i + 1] - time[i] > width * 1.5)
			print ""
	}
}
