# notes.awk - what a reader has to know about the figures, a sentence a line
# In: unseen (unseen.awk).  Out: 1 if something is missing or else 0, a tab, the
# sentence.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
$1 == "rows" { unseen = $2; why = $3 }
$1 == "rules" { off = $2; columns = $3 }
END {
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
		print "0\tRules that need columns the table does not have (" \
		    columns "): " off "."
}
