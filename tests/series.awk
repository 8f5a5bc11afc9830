# series.awk - made-up series of many kinds, each with known events
#
# seed; events, a file for a line for each event: key, its first and last time.
# Writes the rows time,proto,packets,bytes of 28 days in bins of 5 minutes from
# a Monday on.  A key is KIND/EVENT.  The generator is MINSTD, so every awk
# writes the same.
# SPDX-License-Identifier: ISC

function uniform() { x = x * 16807 % 2147483647; return x / 2147483647 }
function normal(	i, s) {
	for (i = 0; i < 12; i++) s += uniform()
	return s - 6
}
# What a kind has at a bin, without noise.
function usual(kind, i,	hour, weekday, day) {
	day = i / 288
	hour = i % 288 / 12
	weekday = int(day) % 7
	wave = 1 + 0.7 * sin((hour - 9) / 24 * 6.2832)
	if (kind == "flat") return 3e5
	if (kind == "daily") return 4e6 * wave
	if (kind == "weekly") return 4e6 * wave * (weekday > 4 ? 0.3 : 1)
	if (kind == "rising") return 4e6 * wave * (1 + day / 14)
	if (kind == "falling") return 4e6 * wave * (1 - day / 35)
	if (kind == "nights") return hour >= 7 && hour < 23 ? 5e5 * wave : 0
	if (kind == "hourly") return i % 12 == 0 ? 2e6 : 2e5
	return int(hour / 2) % 2 ? 1e6 : 2e4
}
# Noise: a slow one and a fast one.
function noise(k) {
	drift[k] = 0.95 * drift[k] + 0.05 * normal()
	return exp(drift[k] + 0.15 * normal())
}
# The events: a day is 288 bins, and from[k] is in the morning of a late one.
function changed(k, v, i,	into) {
	into = i - from[k]
	if (what[k] == "reset" && i % 864 == 137 && i < from[k])
		return 4294967296
	if (what[k] == "burst" && into >= -288 && into < -285)
		return 300 * top[k]
	if (what[k] == "none" || into < 0 || into >= lasts[what[k]])
		return v
	if (what[k] == "outage") return 0
	if (what[k] == "shift") return 3 * v
	return v + 6 * top[k]
}

BEGIN {
	x = seed
	start = 1704067200
	kinds = split("flat daily weekly rising falling nights hourly " \
	    "steps", kind, " ")
	whats = split("none flood outage shift reset burst", event, " ")
	lasts["flood"] = lasts["reset"] = lasts["burst"] = 3
	lasts["outage"] = 9
	lasts["shift"] = 8064
	for (a = 1; a <= kinds; a++)
		for (b = 1; b <= whats; b++) {
			k = kind[a] "/" event[b]
			key[++n] = k
			of[k] = kind[a]
			what[k] = event[b]
			from[k] = 288 * (16 + (a + b) % 7) + 120 + int(60 * uniform())
			for (i = 0; i < 2016; i++)
				if (usual(of[k], i) > top[k])
					top[k] = usual(of[k], i)
			till = from[k] + lasts[what[k]]
			if (what[k] != "none")
				print k, start + 300 * from[k],
				    start + 300 * till > events
		}
	print "time,proto,packets,bytes"
	for (i = 0; i < 8064; i++)
		for (j = 1; j <= n; j++) {
			k = key[j]
			v = int(changed(k, usual(of[k], i) * noise(k), i))
			# Nothing was captured for three hours of every fifth
			# day: then no key has a row.
			if (int(i / 288) % 5 == 3 && i % 288 < 36)
				continue
			if (v > 0)
				printf "%d.000000,%s,%d,%s\n", start + i * 300,
				    k, v / 700 + 1, sprintf("%.0f", v)
		}
}
