# bars.awk - the largest protocols as bars, the others folded into REST
# In: classes, protocols.csv; column=2 packets or 3 bytes; unit "" or "B".
# Out: slot, value, class, label, text at the bar's end, by tabs.
# Suspicious ones keep up to four slots, however small they are.  REST has a bar
# unless it is longer than all others, which would be too short to see.
# SPDX-License-Identifier: ISC
FILENAME ~ /classes/ {
	split($0, cell, "\t")
	class[cell[1]] = cell[2]
	next
}
FNR > 1 {
	split($0, cell, ",")
	v = cell[column] + 0
	for (i = ++n; i > 1 && value[i - 1] < v; i--) {
		value[i] = value[i - 1]
		name[i] = name[i - 1]
	}
	value[i] = v
	name[i] = cell[1]
	all += v
}
END {
	room = n <= 10 ? 10 : 9
	for (i = 1; i <= n && kept < 4; i++)
		if (class[name[i]] == "suspicious") {
			keep[i]
			kept++
		}
	for (i = 1; i <= n && kept < room; i++)
		if (!(i in keep)) {
			keep[i]
			kept++
		}
	for (i = 1; i <= n; i++)
		if (i in keep)
			bar(value[i], value[i], class[name[i]], name[i])
		else
			rest += value[i]
	if (n > kept)
		bar(rest, rest_bar(rest, value[1]), "rest", \
		    "REST (" grouped(n - kept) ")")
}
function bar(v, size, class_of, label) {
	printf "%d\t%s\t%s\t%s\t%s   %s%s\n", ++slot, whole(size), class_of,
	    label, unit != "" ? si(v, unit) : v < 10000000 ? grouped(v) : \
	    count(v), percent(v, all), size < v ? no_bar() : ""
}
