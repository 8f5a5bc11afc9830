# flag-bins.awk - sources that send more than limit packets in some 10 s
# In: seconds by source (time,src,packets,bytes), in time order.
# Out: src,peak,start of those that do so within ten whole seconds.  A window
# between seconds lies in eleven of them: sources that exceed the limit in
# eleven only go to the file unsure, to be counted packet by packet.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 || $2 == "" { next }
{
	t = int($1)
	ten = eleven = $3
	kept = t " " $3
	n = split(recent[$2], w, " ")
	for (i = 1; i < n && w[i] > t - 11; i += 2) {
		eleven += w[i + 1]
		if (w[i] > t - 10)
			ten += w[i + 1]
		kept = kept " " w[i] " " w[i + 1]
	}
	recent[$2] = kept
	if (ten > peak[$2]) {
		peak[$2] = ten
		start[$2] = t - 9
	}
	if (eleven > limit && ten <= limit)
		close_call[$2]
}
END {
	for (src in peak)
		if (peak[src] > limit)
			printf "%s,%.0f,%.6f\n", src, peak[src], start[src]
	for (src in close_call)
		if (peak[src] <= limit)
			print src > unsure
}
