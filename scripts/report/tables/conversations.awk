# conversations.awk - the rows of conversations.csv: the first of each rank, in
# the order of the flow rows, and REST, the sum of the others
# In: totals, the rows by two ranks (of flows.awk), the flow rows; most, a
# number of each.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
FILENAME ~ /totals/ {
	split($0, total)
	next
}
FILENAME ~ /largest|longest/ {
	if (FNR <= most)
		chosen[$3]
	next
}
FNR == 1 {
	columns = split($0, name, ",")
	for (i = 1; i <= columns; i++)
		if (name[i] ~ /^(packets|bytes)/)
			sums[++n] = i
	print
}
FNR in chosen {
	print
	split($0, cell, ",")
	total[1]--
	for (i = 1; i <= n; i++)
		total[i + 1] -= cell[sums[i]]
}
END {
	if (total[1] < 1)
		exit
	for (i = 1; i <= columns; i++)
		cell[i] = name[i] == "src" ? "REST" : ""
	for (i = 1; i <= n; i++)
		cell[sums[i]] = sprintf("%.0f", total[i + 1])
	for (i = 1; i <= columns; i++)
		printf "%s%s", cell[i], i < columns ? "," : "\n"
}
