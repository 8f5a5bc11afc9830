# stack.awk - bytes per second by protocol over time, stacked from below
# In: timeline.tsv (its times), classes, rate-by-protocol.csv; picture_bin and
# zone_offset as for timeline.awk.
# Out: the classes of the columns after "#time", as a comment for gnuplot: from
# below, the suspicious, the largest others and the rest.  Then the time and the
# tops of the bands: the corners of steps, from the ground and back to it.
# SPDX-License-Identifier: ISC
BEGIN {
	bands = split("suspicious 1 2 3 4 5 6 7 8 rest", band_name, " ")
	for (i = 1; i <= bands; i++) {
		at[band_name[i]] = i
		class[i] = band_name[i]
		ground = ground "\t0"
	}
}
FILENAME ~ /timeline/ {
	if (!n++)
		from = $1
	bins = int(($1 - from) / picture_bin + 0.5)
	next
}
FILENAME ~ /classes/ {
	split($0, cell, "\t")
	band[cell[1]] = at[cell[3]]
	if (cell[3] ~ /^[0-9]/)
		class[at[cell[3]]] = cell[2]
	next
}
FNR == 1 {
	printf "#time"
	for (i = 1; i <= bands; i++)
		printf "\t%s", class[i]
	print ""
	next
}
{
	split($0, cell, ",")
	if (cell[1] == "")
		next
	b = int((cell[1] + zone_offset - from) / picture_bin + 0.01)
	sum[b, band[cell[2]]] += cell[4]
}
END {
	if (bins > 0)
		corner(0, ground)
	for (b = 0; b < bins; b++) {
		top = 0
		line = ""
		for (i = 1; i <= bands; i++) {
			top += sum[b, i] / picture_bin
			line = line sprintf("\t%.6g", top)
		}
		corner(b, line)
		corner(b + 1, line)
	}
	if (bins > 0)
		corner(bins, ground)
}
function corner(b, line) {
	printf "%.6f%s\n", from + b * picture_bin, line
}
