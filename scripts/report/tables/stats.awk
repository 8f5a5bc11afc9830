# stats.awk - the figures of summary.csv
# In: the bins' bytes in rising order, then protocols.csv; bin_s, the
# seconds of a bin; span in seconds; limit, the spike asked for, or "auto".
# Out: packets, bytes, mean, peak, 95th percentile, spike, as CSV.  Packets that
# all lie within a millisecond have no rates.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FILENAME ~ /sorted/ { v[++n] = $1 / bin_s; timed += $1; next }
FNR > 1 { packets += $2; bytes += $3 }
END {
	rank = int(n * 0.95)
	if (rank < n * 0.95)
		rank++
	p95 = n ? v[rank] : 0
	rated = !packets || span >= 0.001
	if (limit == "auto" && rated)
		limit = 3 * p95 > 2000 ? 3 * p95 : 2000
	printf "%.0f,%.0f,", packets, bytes
	if (!rated)
		print ",,," (limit == "auto" ? "" : limit)
	else
		printf "%.0f,%.0f,%.0f,%.0f\n", (span > 0 ? timed / span : 0),
		    (n ? v[n] : 0), p95, limit
}
