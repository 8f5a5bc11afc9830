# alerts.awk - how many alerts of each rule were raised, and have not ended
# In: a table of alerts.  Out: two metrics with their labels, unsorted.
# SPDX-License-Identifier: ISC
/"/ { fields() }
NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
{
	rule = $at["rule"]
	severity = $at["severity"]
	gsub(/[^A-Za-z0-9_., -]/, "?", rule)
	gsub(/[^A-Za-z0-9_., -]/, "?", severity)
	key = "rule=\"" rule "\",severity=\"" severity "\""
	if ($at["state"] == "start") { all[key]++; open[key]++ }
	if ($at["state"] == "end" && open[key] > 0) open[key]--
}
END {
	for (key in all)
		print "pktpipe_alerts_total{" key "}", all[key]
	for (key in all)
		print "pktpipe_alerts_open{" key "}", open[key] + 0
}
