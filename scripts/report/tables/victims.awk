# victims.awk - to whom flagged sources sent most of their packets
# In: flagged.csv, then the directions of connections (by flows.awk).  Out, by
# tabs: source, address, its share of the source's packets in percent, the number
# of addresses that it sent to.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { file++; next }
file == 1 { flagged[$1]; next }
$1 in flagged {
	all[$1] += $3
	if (!(($1, $2) in to))
		addresses[$1]++
	to[$1, $2] += $3
	if (to[$1, $2] > most[$1]) {
		most[$1] = to[$1, $2]
		victim[$1] = $2
	}
}
END {
	for (src in most)
		printf "%s\t%s\t%.0f\t%d\n", src, victim[src], \
		    100 * most[src] / all[src], addresses[src]
}
