# bars.awk - the largest protocols as bars, the others folded into REST
# In: classes, protocols.csv.  Out, in packets.tsv and in bytes.tsv: slot,
# value, class, label, text at the bar's end, by tabs.
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
	add("packets", cell[1], cell[2] + 0)
	add("bytes", cell[1], cell[3] + 0)
	n++
}
END {
	draw("packets", "")
	draw("bytes", "B")
}
function add(panel, proto, v,	i) {
	for (i = n + 1; i > 1 && value[panel, i - 1] < v; i--) {
		value[panel, i] = value[panel, i - 1]
		name[panel, i] = name[panel, i - 1]
	}
	value[panel, i] = v
	name[panel, i] = proto
	all[panel] += v
}
function draw(panel, unit,	room, i, kept, keep, rest) {
	room = n <= 10 ? 10 : 9
	for (i = 1; i <= n && kept < 4; i++)
		if (class[name[panel, i]] == "suspicious") {
			keep[i]
			kept++
		}
	for (i = 1; i <= n && kept < room; i++)
		if (!(i in keep)) {
			keep[i]
			kept++
		}
	printf "" > (panel ".tsv")
	for (i = 1; i <= n; i++)
		if (i in keep)
			bar(panel, value[panel, i], value[panel, i],
			    class[name[panel, i]], name[panel, i], unit)
		else
			rest += value[panel, i]
	if (n > kept)
		bar(panel, rest, rest_bar(rest, value[panel, 1]), "rest", \
		    "REST (" grouped(n - kept) ")", unit)
}
function bar(panel, v, size, class_of, label, unit) {
	printf "%d\t%s\t%s\t%s\t%s   %s%s\n", ++slot[panel], whole(size), \
	    class_of, label, unit != "" ? si(v, unit) : \
	    v < 10000000 ? grouped(v) : count(v), percent(v, all[panel]), \
	    (size < v ? no_bar() : "") > (panel ".tsv")
}
