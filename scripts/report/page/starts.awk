# starts.awk - the starts of alerts as sentences
# In: alerts.csv.  Out: rank of the severity, time, sentence, by tabs.
# SPDX-License-Identifier: ISC
BEGIN {
	rank["low"] = 1
	rank["medium"] = 2
	rank["high"] = 3
}
FNR == 1 {
	for (i = 1; i <= NF; i++)
		name[i] = $i
	next
}
{
	for (i in name)
		cell[name[i]] = $i
	if (cell["state"] == "start")
		printf "%d\t%s\t%s\n", rank[cell["severity"]], cell["time"],
		    alert_sentence(cell)
}
