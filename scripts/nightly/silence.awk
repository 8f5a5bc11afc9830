# silence.awk - of each recording and interface, the rows of a day and gaps
# In: rows of one recording (recording), in any order; start and end of the day;
# expect, "A-B" in seconds of the day, several joined by commas, or "none";
# new, whether the recording starts on this day.
# Out, by tabs: recording, place, first, last, rows, since, until: the longest
# time without rows of which more than an hour was expected; since is empty if
# there is none, until if it lasts to the end of the day.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	hour = 3600
	windows = expect == "none" ? 0 : split(expect, window, ",")
	for (i = 1; i <= windows; i++) {
		split(window[i], edge, "-")
		from[i] = start + edge[1]
		to[i] = start + edge[2]
	}
}
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
$1 < start || $1 >= end || $1 == "" { next }
# Commas in quotes are question marks.
/"/ {
	n = split($0, part, "\"")
	line = part[1]
	for (i = 2; i <= n; i++) {
		if (i % 2 == 0)
			gsub(/,/, "?", part[i])
		line = line part[i]
	}
	$0 = line
}
{
	place = at["sensor"] ? $at["sensor"] : ""
	if (at["iface"] && $at["iface"] != "")
		place = place (place == "" ? "" : " ") $at["iface"]
	if (!rows[place]++)
		first[place] = last[place] = $1
	if ($1 < first[place])
		first[place] = $1
	if ($1 > last[place])
		last[place] = $1
	# The minutes with rows; a gap is of over an hour.
	busy[place, int(($1 - start) / 60)]
}
END {
	for (place in rows)
		report(place)
}
function report(place,	m, quiet) {
	since = until = ""
	longest = 0
	quiet = -1
	for (m = 0; m <= 1440; m++)
		if (m == 1440 || (place, m) in busy) {
			# From the end of the last busy minute to this one.
			gap(place, start + (quiet + 1) * 60, start + m * 60)
			quiet = m
		}
	printf "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", recording, place, first[place],
	    last[place], rows[place], since, until
}
# Remembers the longest gap of which over an hour was expected.
function gap(place, a, b,	i, x, y, need) {
	# Before the first rows of all there was no recorder.
	if (a == start && new)
		return
	for (i = 1; i <= windows; i++) {
		x = a > from[i] ? a : from[i]
		y = b < to[i] ? b : to[i]
		need = (to[i] - from[i]) / 2
		if (need > hour)
			need = hour
		if (y - x > need && y - x > longest) {
			longest = y - x
			since = b >= end ? last[place] : a
			until = b >= end ? "" : b
		}
	}
}
