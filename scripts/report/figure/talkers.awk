# talkers.awk - the busiest sources as bars, stacked by protocol
# In: classes, sources.csv (by src), pairs.csv (by src and proto).
# bytes, those of all traffic, which shares are of.
# Out: slot, from, to, class, label, text (label and text on the last part).
# REST has a bar unless it is longer than all others.
# SPDX-License-Identifier: ISC
function label(src) {
	return src == "" ? "(no address)" : src
}
FILENAME ~ /classes/ {
	split($0, cell, "\t")
	class[cell[1]] = cell[3] == "rest" ? "rest" : cell[2]
	next
}
FNR == 1 { file++; next }
{ split($0, cell, ",") }
file == 1 {
	if (n < 9 && cell[1] != "REST") {
		name[++n] = cell[1]
		sent[n] = cell[3]
		slot[cell[1]] = n
	} else
		rest += cell[3]
	next
}
{
	if (!(cell[1] in known)) {
		known[cell[1]]
		sources++
	}
	if (!(cell[1] in slot))
		next
	if (class[cell[2]] == "rest")
		small[slot[cell[1]]] += cell[4]
	else
		part(slot[cell[1]], cell[4], class[cell[2]])
}
END {
	short_names(name, n, short)
	for (i = 1; i <= n; i++)
		part(i, small[i], "rest")
	for (i = 1; i <= n; i++)
		print i "\t" whole(sent[i]) "\t" whole(sent[i]) "\t" \
		    (i in top_class ? top_class[i] : "rest") "\t" \
		    label(short[i]) "\t" si(sent[i], "B") \
		    "   " percent(sent[i], bytes)
	if (sources > n) {
		bar = rest_bar(rest, sent[1])
		print i "\t0\t" whole(bar) "\trest\tREST (" grouped(sources - n) \
		    ")\t" si(rest, "B") "   " percent(rest, bytes) \
		    (bar < rest ? no_bar() : "")
	}
}
function part(i, sum, class_of) {
	if (!sum)
		return
	printf "%d\t%s\t%s\t%s\n", i, whole(end[i] + 0), whole(end[i] + sum),
	    class_of
	end[i] += sum
	top_class[i] = class_of
}
