# flag-rows.awk - sources that send more than limit packets in some 10 s
# In: packet rows in time order.  Out: src,peak,start, of those that do.
# Exact: whole microseconds; packets less than 10 s apart share a window.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
{
	split($1, part, ".")
	t = (part[1] + 0) * 1000000 + \
	    ($1 ~ /^-/ ? -1 : 1) * substr(part[2] "000000", 1, 6)
	seen[$2, ++last[$2]] = t
	while (t - seen[$2, gone[$2] + 1] >= 10000000)
		delete seen[$2, ++gone[$2]]
	n = last[$2] - gone[$2]
	if (n > peak[$2]) {
		peak[$2] = n
		start[$2] = seen[$2, gone[$2] + 1]
	}
}
END {
	for (src in peak)
		if (peak[src] > limit)
			printf "%s,%d,%.6f\n", src, peak[src], \
			    start[src] / 1000000
}
