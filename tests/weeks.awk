# weeks.awk - made-up weeks of traffic with known events
#
# seed, days and each, the number of keys of each kind.  Writes the rows
# time,proto,packets,bytes of each minute from a Monday on, and to the file
# events a line for each event: key, kind of event, its first and last time.
# The generator is MINSTD, so every awk writes the same.
# SPDX-License-Identifier: ISC

function uniform() { x = x * 16807 % 2147483647; return x / 2147483647 }
function normal(	i, s) {
	for (i = 0; i < 12; i++) s += uniform()
	return s - 6
}
# The usual rate of a key at a minute: what its kind does at this hour.
function usual(k, m,	hour, weekday, day) {
	hour = m % 1440 / 60
	weekday = int(m / 1440) % 7
	day = 1 + 0.7 * sin((hour - 9) / 24 * 6.2832)
	if (kind[k] == "web") return 4e6 * day * (weekday > 4 ? 0.6 : 1)
	if (kind[k] == "office")
		return weekday < 5 && hour >= 8 && hour < 18 ? 8e5 : 2e4
	if (kind[k] == "steady") return 3e5
	if (kind[k] == "bursty") return 2e5 * (uniform() < 0.05 ? 8 : 1)
	if (kind[k] == "backup") return hour >= 1 && hour < 2 ? 6e6 : 5e4
	return 4000 * day
}
# What the event of a key makes of a rate.
function changed(k, v, t,	into) {
	into = (t - from[k]) / 60
	if (t < from[k] || t >= till[k]) return v
	if (event[k] == "flood") return v + 12 * size[k]
	if (event[k] == "outage") return 0
	if (event[k] == "ramp") return v * (1 + into / 40)
	if (event[k] == "shift") return v * 3
	return v + 3 * size[k]
}
function plan(k, i,	day, hour) {
	event[k] = what[i % 5 + 1]
	day = 15 + i % (days - 16)
	hour = event[k] == "night" ? 3 : 10 + int(6 * uniform())
	from[k] = start + day * 86400 + hour * 3600 + int(60 * uniform()) * 60
	till[k] = from[k] + 60 * lasts[event[k]]
	print k, event[k], from[k], till[k] > events
}

BEGIN {
	start = 1704067200
	x = seed
	kinds = split("web office steady bursty backup small", name, " ")
	split("flood outage ramp night shift", what, " ")
	lasts["flood"] = 15; lasts["outage"] = 45; lasts["ramp"] = 240
	lasts["night"] = 90; lasts["shift"] = days * 1440
	for (n = 0; n < kinds * each; n++) {
		k = toupper(name[n % kinds + 1]) n
		key[n] = k
		kind[k] = name[n % kinds + 1]
		for (m = 0; m < 1440; m++)
			size[k] += usual(k, m) / 1440
		plan(k, n + int(n / kinds))
	}
	print "time,proto,packets,bytes"
	for (m = 0; m < days * 1440; m++)
		for (i = 0; i < n; i++) {
			k = key[i]
			drift[k] = 0.95 * drift[k] + 0.05 * normal()
			v = usual(k, m) * exp(drift[k] + 0.15 * normal())
			t = start + m * 60
			v = int(changed(k, v, t))
			if (v > 0)
				printf "%d.000000,%s,%d,%d\n", t, k,
				    v / 700 + 1, v
		}
}
