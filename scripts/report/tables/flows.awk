# flows.awk - what a report needs of connections, in one pass over them
# In: flow rows; most, a number.  Out: in the file large the rows with the most
# bytes, in the file long those that lasted longest: most of each, and others;
# by tabs: bytes, seconds from the first packet to the last, the row's number,
# the row.  In the file totals, by tabs: the number of rows, then the sums of
# packets, bytes, packets_back and bytes_back.
#
# Sorting all rows would take most of a report's time where there are a million.
# So rows are left out once "most" others are known to be before them: values
# are counted in bins 2 % wide, and the lowest bins are given up.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	time = at["time"]
	end = at["end"]
	packets = at["packets"]
	bytes = at["bytes"]
	packets_back = at["packets_back"]
	bytes_back = at["bytes_back"]
	printf "" > large
	printf "" > long
	next
}
{
	size = $bytes + 0
	all_packets += $packets
	all_bytes += size
	if ($packets_back + 0) {
		all_packets_back += $packets_back
		all_bytes_back += $bytes_back
	}
	length_us = end ? int(($end - $time) * 1000000 + 0.5) : 0
	if (size >= least_size && ++of_size[size] <= most)
		least_size = keep(large, sizes, size)
	# Of equal lengths the larger is first.
	order = length_us * 1e12 + size
	if (order >= least_order && (length_us || ++of_none[size] <= most))
		least_order = keep(long, orders, order)
}
END {
	printf "%d\t%.0f\t%.0f\t%.0f\t%.0f\n", (NR ? NR - 1 : 0), \
	    all_packets, all_bytes, all_packets_back, all_bytes_back > totals
}
# Writes the row and counts its value.  Returns the least value that is needed.
function keep(file, count, v,	bin) {
	printf "%s\t%.6f\t%d\t%s\n", $bytes, length_us / 1000000, NR, $0 > file
	bin = int(log(v + 1) * 50)
	if (bin >= count["lowest"]) {
		count[bin]++
		count["all"]++
	}
	while (count["all"] - count[count["lowest"] + 0] >= most)
		count["all"] -= count[count["lowest"]++ + 0]
	return (exp(count["lowest"] / 50) - 1) * 0.999999
}
