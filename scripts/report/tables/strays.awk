# strays.awk - packets whose time is far from that of the others
# In: rate-by-protocol.csv, traffic.csv.  Out: the first and the last time of
# the others, their distance, the number of strays, and the least and the
# greatest distance of a stray from the others, in seconds.  hour is an hour in
# seconds, and the width of a tally's bins.
#
# Times more than an hour apart are in different groups.  The groups at either
# end are strays if they have fewer than 16 rows, or at most a tenth of all but
# nowhere 16 consecutive rows, as the stream clock of ipflag needs for a jump.
# If that is true of all groups, one with more than half of the rows stays.
# SPDX-License-Identifier: ISC
FNR == 1 { file++; next }
$1 !~ /^-?[0-9]+\.[0-9]+$/ { next }
file == 1 {
	if (!n || $1 - t >= hour)
		start[++n] = $1 + 0
	t = $1 + 0
	next
}
{
	t = $1 + 0
	if (!g || t < start[g] || (g < n && t >= start[g + 1])) {
		g = group(t)
		run = 0
	}
	if (++run > longest[g])
		longest[g] = run
	rows[g]++
	all++
	if (rows[g] == 1 || t < low[g] + 0)
		low[g] = $1
	if (rows[g] == 1 || t > high[g] + 0)
		high[g] = $1
}
END {
	join_groups()
	for (from = 1; from <= n && is_stray(from); from++)
		;
	for (to = n; to > 0 && is_stray(to); to--)
		;
	if (from > n) {
		from = 1
		to = n
		for (g = 1; g <= n; g++)
			if (rows[g] * 2 > all)
				from = to = g
	}
	for (g = 1; g <= n; g++)
		if (g < from || g > to)
			strays += rows[g]
	if (from > 1)
		distances(low[from] - high[from - 1], low[from] - low[1])
	if (to < n)
		distances(low[to + 1] - high[to], high[n] - high[to])
	printf "%s %s %.6f %d %.0f %.0f\n", low[from], high[to], \
	    high[to] - low[from], strays, near, far
}
# The last group that starts at the time or before.
function group(t,	a, b, m) {
	a = 1
	b = n
	while (a < b) {
		m = int((a + b + 1) / 2)
		if (start[m] <= t)
			a = m
		else
			b = m - 1
	}
	return a
}
# The groups are of bins; joins those whose rows are an hour apart or less.
function join_groups(	g, k) {
	k = 1
	for (g = 2; g <= n; g++)
		if (low[g] - high[k] > hour) {
			rows[++k] = rows[g]
			low[k] = low[g]
			high[k] = high[g]
			longest[k] = longest[g]
		} else {
			rows[k] += rows[g]
			high[k] = high[g]
			if (longest[g] > longest[k])
				longest[k] = longest[g]
		}
	n = k
}
function is_stray(g) {
	return rows[g] < 16 || (longest[g] < 16 && rows[g] * 10 <= all)
}
function distances(least, most) {
	if (!near || least < near)
		near = least
	if (most > far)
		far = most
}
