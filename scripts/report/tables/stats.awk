# stats.awk - the figures of summary.csv
# In: the bins in rising order of bytes, then protocols.csv; bin_s, the
# seconds of a bin; span in seconds; limit, the spike asked for, or "auto".
# Out: packets, bytes, mean, peak, 95th percentile, spike, as CSV.  Packets that
# all lie within a millisecond have no rates.
#
# By itself a spike is what stands out from the bins that had traffic: it is
# above Tukey's outer fence (the third quartile and three times the distance
# of the quartiles), three times the median, and 2000 bytes per second.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FILENAME ~ /sorted/ {
	if ($1 == "time")
		next
	v[++n] = $3 / bin_s
	timed += $3
	silent += $3 == 0
	next
}
FNR > 1 { packets += $2; bytes += $3 }
END {
	p95 = quantile(0.95, 0)
	rated = !packets || span >= 0.001
	if (limit == "auto" && rated)
		limit = threshold()
	printf "%.0f,%.0f,", packets, bytes
	if (!rated)
		print ",,," (limit == "auto" ? "" : limit)
	else
		printf "%.0f,%.0f,%.0f,%.0f\n", mean(), v[n], p95, limit
}
# Between the first and the last packet there is a bin less than packets fill.
function mean(	m) {
	m = span > 0 ? timed / span : 0
	return m < v[n] ? m : v[n]
}
function threshold(	high, fence, median) {
	high = quantile(0.75, silent)
	fence = high + 3 * (high - quantile(0.25, silent))
	median = quantile(0.5, silent)
	if (fence < 3 * median)
		fence = 3 * median
	# ratebw reads numbers below 2^63.
	return fence < 2000 ? 2000 : fence < 9.2e18 ? fence : 9.2e18
}
# That part of the bins is as low or lower; without the lowest.
function quantile(part, lowest,	m, rank) {
	m = n - lowest
	rank = int(m * part)
	if (rank < m * part)
		rank++
	return m > 0 ? v[lowest + rank] : 0
}
