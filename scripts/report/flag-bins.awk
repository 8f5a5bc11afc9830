# flag-bins.awk - sources that send more than limit packets in some 10 s
# In: seconds by source (time,src,packets), sorted by source, then in time.
# Out: src,peak,start of those that do so within ten whole seconds.  A window
# between seconds lies in eleven of them: sources that exceed the limit in
# eleven only go to the file unsure, to be counted packet by packet.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
$2 != src { judge(); src = $2; begin() }
{
	# A queue; the sums over its last ten and eleven seconds are kept.
	at[last] = $1
	packets[last++] = $3
	ten += $3
	eleven += $3
	while (at[from10] <= $1 - 10)
		ten -= packets[from10++]
	while (at[from11] <= $1 - 11)
		eleven -= packets[from11++]
	if (ten > peak) {
		peak = ten
		start = $1 - 9
	}
	if (eleven > limit)
		close_call = 1
}
END { judge() }
function begin() {
	last = from10 = from11 = ten = eleven = peak = close_call = 0
}
function judge() {
	if (peak > limit)
		printf "%s,%.0f,%.6f\n", src, peak, start
	else if (close_call)
		print src > unsure
}
