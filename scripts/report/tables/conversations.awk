# conversations.awk - the rows of conversations.csv: the chosen flow rows in
# their order, and REST, the sum of the others
# In: the ranks of the chosen rows (by ranks.awk), then flows, all rows.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
FILENAME !~ /flows$/ {
	sub(/^[^\t]*\t[^\t]*\t/, "")
	chosen[$0]
	next
}
FNR == 1 {
	for (i = 1; i <= NF; i++) {
		at[$i] = i
		if ($i ~ /^(packets|bytes)/)
			sums[i] = 0
	}
	columns = NF
	print
	next
}
$0 in chosen { print; next }
{
	rest++
	for (i in sums)
		sums[i] += $i
}
END {
	if (!rest)
		exit
	for (i = 1; i <= columns; i++)
		printf "%s%s", i == at["src"] ? "REST" : \
		    i in sums ? sprintf("%.0f", sums[i]) : "",
		    i < columns ? "," : "\n"
}
