# one-way.awk - each direction of connections as a row of its own
# In: flow rows.  Out: src,dst,packets,bytes.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	src = at["src"]
	dst = at["dst"]
	packets = at["packets"]
	bytes = at["bytes"]
	packets_back = at["packets_back"]
	bytes_back = at["bytes_back"]
	print "src,dst,packets,bytes"
	next
}
{
	there = $packets - $packets_back
	if (there > 0)
		print $src, $dst, sprintf("%.0f", there),
		    sprintf("%.0f", $bytes - $bytes_back)
	if ($packets_back > 0)
		print $dst, $src, $packets_back, $bytes_back
}
