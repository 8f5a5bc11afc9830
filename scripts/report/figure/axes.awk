# axes.awk - ranges, ticks and margins of the picture, as gnuplot variables
# In: the tables of the panels.  Out: numbers, and no text from outside.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = "\t"
	chars["names"] = chars["hosts"] = 5
	slots["names"] = slots["hosts"] = 6
}
FILENAME ~ /timeline/ {
	if (from == "")
		from = $1
	to = $1
	if ($3 > highest_rate)
		highest_rate = $3
	next
}
FILENAME ~ /against/ {
	has_against = 1
	if ($2 > highest_rate)
		highest_rate = $2
	next
}
FILENAME ~ /usual/ {
	has_usual = 1
	next
}
FILENAME ~ /stack/ && FNR == 1 {
	columns = NF
	for (i = 2; i <= columns; i++)
		class[i] = $i
	next
}
FILENAME ~ /stack/ {
	for (i = 2; i <= columns; i++)
		if ($i > (i > 2 ? $(i - 1) : 0))
			used[i]
	if ($columns > highest_stack)
		highest_stack = $columns
	next
}
{
	panel = FILENAME
	gsub(/.*\/|\..*/, "", panel)
	v = panel == "sources" ? $3 : $2
	if (v < 1)
		v = 1	# a text without a bar still needs an axis
	if (v > most[panel])
		most[panel] = v
	label = panel == "sources" ? $5 : $4
	kind = panel ~ /packets|bytes/ ? "names" : "hosts"
	if (length(label) > chars[kind])
		chars[kind] = length(label)
	if (panel == "flagged" && length($5) > end)
		end = length($5)
	if ($1 > slots[kind])
		slots[kind] = $1
}
END {
	for (kind in chars)
		printf "%s = %d\n%s_slots = %d\n", kind, \
		    14 + 7.3 * chars[kind], kind, slots[kind]
	printf "flagged_room = %d\n", 14 + 6.8 * end
	n = split("packets bytes sources flagged", name, " ")
	for (i = 1; i <= n; i++)
		printf "%s_most = %.0f.0\n", name[i], most[name[i]]
	if (from == "")
		exit
	if (axis_from != "")
		from = axis_from + zone_offset
	if (axis_to != "")
		to = axis_to + zone_offset
	printf "has_usual = %d\nhas_against = %d\n", has_usual, has_against
	printf "x_name = '%s'\nspike = %s\n", axis, spike
	printf "from = %.6f\nto = %.6f\n", from, to
	x_ticks(to - from)
	y_ticks("rate", highest_rate)
	# One scale for both, unless the means would be too low to see.
	own_scale = highest_stack < highest_rate / 4
	printf "own_scale = %d\n", own_scale
	y_ticks("stack", own_scale ? highest_stack : highest_rate)
	bands_of_stack()
}
# The columns that are drawn, from above, and their classes; one if no packet
# has a byte.
function bands_of_stack(	i, bands, classes) {
	for (i = columns; i > 1; i--)
		if (i in used || i == 2 && bands == "") {
			bands = bands " " i
			classes = classes " " class[i]
		}
	printf "bands = '%s'\nclasses = '%s'\n", bands, classes
}

# Ticks at round times, and only as many as fit side by side.
function x_ticks(span,	step, i, n, format) {
	n = split("0.001 0.002 0.005 0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10 15 " \
	    "30 60 120 300 600 900 1800 3600 7200 10800 21600 43200 86400 " \
	    "172800 345600 604800 1209600 2592000 7776000 15552000 31536000 " \
	    "63072000 157680000 315360000 1576800000 3153600000", step, " ")
	for (i = 1; i < n && span / step[i] > labels_of(step[i]); i++)
		;
	format = step[i] < 0.01 ? "%H:%M:%.3S" : \
	    step[i] < 1 ? "%H:%M:%.2S" : step[i] < 60 ? "%H:%M:%S" : \
	    step[i] >= 2592000 ? "%Y-%m-%d" : step[i] >= 86400 ? "%d %b" : \
	    span > 86400 ? "%d %b\\n%H:%M" : "%H:%M"
	printf "x_step = %s\nx_first = %.6f\nx_format = \"%s\"\n", step[i], \
	    step[i] * int(from / step[i] + (from > 0 ? 0.999999 : 0)), format
}
# How many labels of a step have room beside each other.
function labels_of(step) {
	return step < 1 ? (narrow ? 3 : 4) : \
	    step < 60 || step >= 2592000 ? (narrow ? 4 : 5) : narrow ? 6 : 7
}
function y_ticks(name, top,	step, v) {
	if (top <= 0)
		top = 1
	for (step = 1; step * 10 <= top; step *= 10)
		;
	if (top / step < 1.6)
		step /= 5
	else if (top / step < 4)
		step /= 2
	else if (top / step >= 8)
		step *= 2
	printf "%s_top = %.6g\nset_%s = \"set ytics (", name, top * 1.04, name
	for (v = 0; v <= top * 1.04; v += step)
		printf "%s'%s' %.6g", v ? "," : "", tick(v), v
	print ")\""
}

function tick(v,	s) {
	s = v ? si(v, "B/s") : "0"
	if (s ~ /\./)
		sub(/\.?0+ /, " ", s)
	return s
}
