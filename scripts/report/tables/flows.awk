# flows.awk - what a report needs of connections, in one pass over them
# In: flow rows.  Out, by tabs: bytes, seconds from the first packet to the last,
# the row's number, the row.  In the file one_way: each direction as a row,
# src,dst,packets,bytes.  In the file totals: the number of rows, then the sums
# of their columns of packets and bytes, by tabs.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
NR == 1 {
	for (i = 1; i <= NF; i++) {
		at[$i] = i
		if ($i ~ /^(packets|bytes)/)
			column[++columns] = i
	}
	time = at["time"]
	end = at["end"]
	src = at["src"]
	dst = at["dst"]
	packets = at["packets"]
	bytes = at["bytes"]
	packets_back = at["packets_back"]
	bytes_back = at["bytes_back"]
	print "src,dst,packets,bytes" > one_way
	next
}
{
	printf "%s\t%.6f\t%d\t%s\n", $bytes, end ? $end - $time : 0, NR, $0
	there = $packets - $packets_back
	if (there > 0)
		printf "%s,%s,%.0f,%.0f\n", $src, $dst, there, \
		    $bytes - $bytes_back > one_way
	if ($packets_back > 0)
		print $dst, $src, $packets_back, $bytes_back > one_way
	for (i = 1; i <= columns; i++)
		sum[i] += $column[i]
}
END {
	printf "%d", (NR ? NR - 1 : 0) > totals
	for (i = 1; i <= columns; i++)
		printf "\t%.0f", sum[i] > totals
	print "" > totals
}
