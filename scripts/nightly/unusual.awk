# unusual.awk - the starts of a day's unusual rates as sentences
# In: unusual.csv of the day before; known=1; that of the day.  Out: time,
# sentence, by a tab.  What was unusual in the same way at the same time of the
# day before, give or take half an hour, is known and left out.
# SPDX-License-Identifier: ISC
FNR == 1 {
	split("", name)
	for (i = 1; i <= NF; i++)
		name[i] = $i
	next
}
{
	split("", cell)
	for (i in name)
		cell[name[i]] = $i
	if (cell["state"] != "start")
		next
	what = cell["rule"] "," cell["proto"] "," cell["window"]
	half = int(cell["time"] / 1800)
}
!known {
	for (i = -1; i <= 1; i++)
		seen[what, half + i + 48]
	next
}
!((what, half) in seen) { print $1 "\t" alert_sentence(cell) }
