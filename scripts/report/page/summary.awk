# summary.awk - what a reader wants to know first, in sentences
# In: starts (starts.awk), protocols.csv, sources.csv, destinations.csv.  Out: 1
# if something is suspicious or else 0, a tab, the sentences.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 {
	table = FILENAME
	sub(/.*\//, "", table)
}
table == "starts" {
	split($0, cell, "\t")
	alerts++
	high += cell[1] == 3
	rule = cell[3]
	sub(/ .*/, "", rule)
	if (!(rule in times))
		name[++rules] = rule
	times[rule]++
	next
}
FNR == 1 || packets == 0 { next }
table == "protocols.csv" && FNR <= 4 {
	if (FNR == 2 || $3 * 20 >= bytes)
		protocols = protocols (FNR == 2 ? $1 " has " : ", " $1 " ") \
		    percent($3, bytes) (FNR == 2 ? " of the bytes" : "")
}
table == "sources.csv" && FNR == 2 && protos == "" {
	sender = ends() " sent most, " percent($3, bytes)
}
table == "destinations.csv" && FNR == 2 && protos == "" {
	receiver = ends() " received most, " percent($3, bytes)
}
END {
	# So few packets are all on the page.
	if (packets > 12 && protocols != "")
		print "0\t" protocols "." (sender == "" ? "" : " " sender \
		    (receiver == "" ? "" : "; " receiver) ".")
	if (packets && has_rules)
		print (high ? 1 : 0) "\tThe rules of " rule_names " " found() "."
}
function ends() {
	return $1 == "" ? "What has no address" : $1
}
function found(	i, s) {
	if (!alerts)
		return "found nothing"
	for (i = 1; i <= rules && i <= 8; i++)
		s = s (i == 1 ? "" : ", ") name[i] (times[name[i]] == 1 ? "" : \
		    " (" grouped(times[name[i]]) ")")
	return "raised " (alerts == 1 ? "1 alert" : grouped(alerts) " alerts") \
	    (high && high < alerts ? ", " grouped(high) " of high severity" : \
	    "") ": " s (rules > 8 ? ", and others" : "")
}
