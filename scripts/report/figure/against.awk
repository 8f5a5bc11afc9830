# against.awk - the rate of another capture, moved beside this one's
# In: its summary.csv, its rate.csv; first, last, axis_from, axis_to,
# picture_bin, zone_offset.  Out: time, bytes per second: the corners of steps, of
# the bins of the axis only, since the other may be far longer.
# SPDX-License-Identifier: ISC
BEGIN { FS = ","; day = 86400 }
FNR == 1 {
	file++
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
file == 1 {
	other_first = $at["first"]
	other_last = $at["last"]
	other_bin = $at["bin"]
	shift = distance()
	next
}
$1 != "" {
	b = bin($1 + shift)
	if (!(b in sum)) {
		sum[b] = 0
		if (low == "" || b < low)
			low = b
		if (high == "" || b > high)
			high = b
	}
	sum[b] += $3
}
END {
	wide = picture_bin > other_bin ? picture_bin : other_bin
	from = bin(axis_from != "" && axis_from < first ? axis_from : first)
	to = bin(axis_to != "" && axis_to > last ? axis_to : last)
	if (low < from && low != "") {
		# What goes on from before the axis.
		for (b in sum)
			if (b + 0 < from && b + 0 >= low)
				low = b + 0
		v = wide == picture_bin ? 0 : sum[low] / wide
		low = from
	}
	if (high > to)
		high = to
	for (b = low; low != "" && b <= high; b++) {
		if (b in sum)
			v = sum[b] / wide
		else if (wide == picture_bin)
			v = 0
		printf "%.6f\t%.6g\n%.6f\t%.6g\n", b * picture_bin, v,
		    (b + 1) * picture_bin, v
	}
}
# Whole days, if the two then have half of this one's time in common; else both
# start together.
function distance(	days, from, to) {
	days = day * floor((first - other_first) / day + 0.5)
	from = other_first + days
	to = other_last + days
	from = from > first ? from : first
	to = to < last ? to : last
	return days && to - from >= (last - first) / 2 ? days : \
	    first - other_first
}
function bin(t) {
	return floor((t + zone_offset) / picture_bin + 0.01)
}
function floor(v) {
	return int(v) > v ? int(v) - 1 : int(v)
}
