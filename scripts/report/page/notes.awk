# notes.awk - what a reader has to know about the figures, a sentence a line
# In: unseen (unseen.awk); comparison.csv, if there is one.  Out: 1 if something
# is missing or else 0, a tab, the sentence; a tab and a list, if it is too long
# for the sentence.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
FILENAME ~ /comparison/ {
	split($0, cell, ",")
	if (cell[1] == "total") {
		here = cell[4]
		there = cell[6]
	} else if (!(cell[1] in most) && cell[4] != cell[6] && cell[6] != "") {
		# Rows are in the order of their change.
		most[cell[1]] = cell[2]
		change[cell[1]] = cell[4] - cell[6]
	}
	next
}
$1 == "rows" { unseen = $2; why = $3 }
$1 == "rules" { off = $2; columns = $3 }
END {
	if (here != "")
		print "0\tCompared with " against ": " compared() "."
	if (strays)
		print "1\t" stray_words() ": in the totals, but not in the " \
		    "rates and the figure."
	if (untimed)
		print "1\t" packet_words(untimed, "has", "have") " no time: " \
		    "in the totals, but not in the rates and the figure."
	if (rejected)
		print "1\tRows left out because they are not packets: " \
		    grouped(rejected) " (see rejected.csv)."
	if (cut_short)
		print "1\tNot all of the input could be read."
	if (unseen)
		print "1\tRows that the rules did not evaluate: " \
		    grouped(unseen) " (" why ")."
	else if (rules_status)
		print "1\tThe rules did not evaluate all rows."
	if (twice)
		print "0\t" packet_words(twice, "was", "were") " seen on " \
		    places ", and " (twice == 1 ? "counts" : "count") \
		    " twice in the totals."
	if (!has_rules)
		print "0\tThe rules were not evaluated: they need packets, or " \
		    "sums by the second."
	if (sums == "flows")
		print "0\tThe rates count each flow where it starts."
	if (sums_without != "")
		print "0\tThe sums do not have " sums_without "."
	if (off != "")
		print "0\t" rules_off(split(off, name, ", "))
}
function rules_off(n) {
	return (n == 1 ? "1 rule needs" : n " rules need") " columns that the " \
	    "table does not have (" columns "), and " (n == 1 ? "was" : "were") \
	    " not evaluated" (n > 8 ? ".\t" : ": ") off "."
}
# The change of all bytes, and what has most of it.
function compared(	s) {
	s = how_many() " bytes, " si(here, "B") " against " si(there, "B")
	if ("proto" in most)
		s = s ". The protocol that changed most is " most["proto"] \
		    " (" amount(change["proto"]) ")"
	if ("src" in most)
		s = s ", the source " (most["src"] == "" ? "(no address)" : \
		    most["src"]) " (" amount(change["src"]) ")"
	return s
}
function how_many(	part) {
	part = there > 0 ? here / there : here > 0 ? 2 : 1
	return part >= 1.995 && there > 0 ? \
	    sprintf("%.3g times as many", part) : \
	    part > 1.005 ? (there > 0 ? sprintf("%.0f %% ", \
	    100 * (part - 1)) : "") "more" : \
	    part < 0.995 ? sprintf("%.0f %% fewer", 100 * (1 - part)) : \
	    "as many"
}
function amount(v) {
	return (v < 0 ? "-" : "+") si(v < 0 ? -v : v, "B")
}
