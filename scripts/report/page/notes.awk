# notes.awk - what a reader has to know about the figures, a sentence a line
# In: unseen (rows that the rules did not evaluate, a tab, why).  Out: text.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
{ unseen = $1; why = $2 }
END {
	if (strays)
		print stray_words() ": in the totals, but not in the rates " \
		    "and the figure."
	if (untimed)
		print packet_words(untimed, "has", "have") " no time: in the " \
		    "totals, but not in the rates and the figure."
	if (rejected)
		print "Rows left out because they are not packets: " \
		    grouped(rejected) " (see rejected.csv)."
	if (cut_short)
		print "Not all of the input could be read."
	if (unseen)
		print "Rows that the rules did not evaluate: " grouped(unseen) \
		    " (" why ")."
	else if (rules_status)
		print "The rules did not evaluate all rows."
}
