# ranks.awk - flow rows with what they are ranked by in front
# In: flow rows.  Out, by tabs: bytes, seconds from the first packet to the
# last, the row.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
{
	printf "%s\t%.6f\t%s\n", $at["bytes"],
	    "end" in at ? $at["end"] - $at["time"] : 0, $0
}
