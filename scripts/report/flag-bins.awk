# flag-bins.awk - sources that send more than limit packets in some 10 s
# In: seconds by source (time,src,packets), sorted by source, then in time.
# Out: src,peak,start of those that do so within ten whole seconds.  A window
# between seconds lies in eleven of them: sources that exceed the limit in
# eleven only go to the file unsure, to be counted packet by packet.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
$2 != src { judge(); src = $2; first = last = peak = close_call = 0 }
{
	# A queue from first to last; few entries, so its sums are cheap.
	at[last] = $1
	packets[last++] = $3
	while (at[first] <= $1 - 11)
		first++
	ten = eleven = 0
	for (i = first; i < last; i++) {
		eleven += packets[i]
		if (at[i] > $1 - 10)
			ten += packets[i]
	}
	if (ten > peak) {
		peak = ten
		start = $1 - 9
	}
	if (eleven > limit)
		close_call = 1
}
END { judge() }
function judge() {
	if (peak > limit)
		printf "%s,%.0f,%.6f\n", src, peak, start
	else if (close_call)
		print src > unsure
}
