# stack.awk - bytes per second by protocol over time, stacked from below
# In: timeline.tsv (its times), colours, rate-by-protocol.csv; wide and shift
# as for timeline.awk.
# Out: time, then the tops of: suspicious, five calm, REST (columns 2 to 8);
# the corners of steps, from the ground and back to it.
# SPDX-License-Identifier: ISC
FILENAME ~ /timeline/ {
	if (!n++)
		from = $1
	bins = int(($1 - from) / wide + 0.5)
	next
}
FILENAME ~ /colours/ {
	split($0, cell, "\t")
	band[cell[1]] = cell[3] != "" ? 1 : \
	    cell[2] == "0xBBBBBB" ? 7 : ++calm + 1
	next
}
FNR == 1 { next }
{
	split($0, cell, ",")
	if (cell[1] == "")
		next
	b = int((cell[1] + shift - from) / wide + 0.01)
	sum[b, band[cell[2]]] += cell[4]
}
END {
	ground = "\t0\t0\t0\t0\t0\t0\t0"
	if (bins > 0)
		corner(0, ground)
	for (b = 0; b < bins; b++) {
		top = 0
		line = ""
		for (i = 1; i <= 7; i++) {
			top += sum[b, i] / wide
			line = line sprintf("\t%.6g", top)
		}
		corner(b, line)
		corner(b + 1, line)
	}
	if (bins > 0)
		corner(bins, ground)
}
function corner(b, line) {
	printf "%.6f%s\n", from + b * wide, line
}
