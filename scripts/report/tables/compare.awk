# compare.awk - packets and bytes of two captures side by side
# In: tables of a key, packets, bytes; kind, what the keys are; other=1 for the
# other capture's.  Out, by tabs: the rank of the kind, the difference in bytes,
# the row of comparison.csv; of sources the 100 with the greatest difference.  If
# the other lists its first 100 sources only, cells of further ones are empty.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
FNR == 1 { next }
kind == "src" && $1 == "REST" { short += other; next }
{
	key = kind SUBSEP $1
	if (!(key in seen)) {
		seen[key]
		order[++n] = key
	}
	packets[key, other + 0] += $2
	bytes[key, other + 0] += $3
	if (kind == "proto") {
		all_packets[other + 0] += $2
		all_bytes[other + 0] += $3
	}
}
END {
	printf "0\t0\ttotal,,%.0f,%.0f,%.0f,%.0f\n", all_packets[0],
	    all_bytes[0], all_packets[1], all_bytes[1]
	for (i = 1; i <= n; i++) {
		split(order[i], part, SUBSEP)
		line(order[i], part[1], part[2])
	}
}
function line(key, kind, name,	difference, there) {
	difference = bytes[key, 0] - bytes[key, 1]
	there = sprintf("%.0f,%.0f", packets[key, 1], bytes[key, 1])
	if (kind == "src" && short && !((key, 1) in bytes))
		there = ","
	printf "%d\t%.0f\t%s,%s,%.0f,%.0f,%s\n", kind == "proto" ? 1 : 2, \
	    difference < 0 ? -difference : difference, kind, name, \
	    packets[key, 0], bytes[key, 0], there
}
