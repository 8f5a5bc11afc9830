# selected.awk - a row for each selected protocol, or for all of them
# In: protocols.csv, by-protocol.csv, pairs.csv; list, the protocols,
# empty for all; bin_s, the seconds of a bin; span in seconds.
# Out: CSV; rates in bytes/s, the share of all traffic.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { file++; next }
file == 1 {
	packets[$1] = $2
	bytes[$1] = $3
	all += $3
	every = every (every == "" ? "" : ",") $1
	next
}
file == 2 {
	timed[$2] += $4
	if ($4 > peak[$2])
		peak[$2] = $4
	next
}
$4 > most[$2] || !($2 in top) { most[$2] = $4; top[$2] = $1 }
END {
	print "proto,packets,bytes,share,mean,peak,source,source_bytes"
	n = split(list == "" ? every : list, name, ",")
	for (i = 1; i <= n; i++) {
		p = name[i]
		printf "%s,%.0f,%.0f,%.2f,%s,%s,%.0f\n", p, packets[p], \
		    bytes[p], (all > 0 ? 100 * bytes[p] / all : 0), rates(p), \
		    top[p], most[p]
	}
}
# The mean, which is at most the peak, and the peak; none of packets within a
# millisecond.
function rates(p,	mean, most) {
	if (span < 0.001)
		return ","
	mean = timed[p] / span
	most = peak[p] / bin_s
	return sprintf("%.0f,%.0f", mean < most ? mean : most, most)
}
