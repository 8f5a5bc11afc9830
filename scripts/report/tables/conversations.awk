# conversations.awk - the rows of conversations.csv: the chosen flow rows, and
# REST, the sum of the others
# In: the header of flow rows, totals and chosen rows (both of flows.awk).
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
NR == 1 {
	columns = NF
	for (i = 1; i <= NF; i++) {
		if ($i == "src")
			src = i
		if ($i ~ /^(packets|bytes)/)
			sums[++n] = i
	}
	print
	next
}
NR == 2 {
	split($0, total, "\t")
	next
}
{
	sub(/^[^\t]*\t[^\t]*\t[^\t]*\t/, "")
	print
	total[1]--
	for (i = 1; i <= n; i++)
		total[i + 1] -= $sums[i]
}
END {
	if (total[1] < 1)
		exit
	cell[src] = "REST"
	for (i = 1; i <= n; i++)
		cell[sums[i]] = sprintf("%.0f", total[i + 1])
	for (i = 1; i <= columns; i++)
		printf "%s%s", cell[i], i < columns ? "," : "\n"
}
