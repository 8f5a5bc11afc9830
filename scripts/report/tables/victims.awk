# victims.awk - to whom flagged sources sent most of their packets
# In: the sources, each before a comma, then flow rows with their header.  Out,
# by tabs: source, address, its share of the source's packets in percent, the
# number of addresses that it sent to.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FILENAME ~ /sources/ { flagged[$1]; next }
!header++ {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	src = at["src"]
	dst = at["dst"]
	packets = at["packets"]
	back = at["packets_back"]
	next
}
$src in flagged && ($packets > $back || !$back) {
	sent($src, $dst, $packets - $back)
}
$dst in flagged && $back + 0 { sent($dst, $src, $back) }
END {
	for (source in most)
		printf "%s\t%s\t%.0f\t%d\n", source, victim[source], \
		    100 * most[source] / all[source], addresses[source]
}
function sent(source, to, n) {
	all[source] += n
	if (!((source, to) in sum))
		addresses[source]++
	sum[source, to] += n
	if (sum[source, to] > most[source]) {
		most[source] = sum[source, to]
		victim[source] = to
	}
}
