# twice.awk - packets that were seen on two interfaces
# In: packet rows in order of time, with a column iface or sensor.  Out: the
# number of packets seen again on another interface, and the interfaces.
#
# A packet that passes a router or a bridge has a row for each interface: all
# other columns are the same, and the times at most 10 ms apart.
# SPDX-License-Identifier: ISC
BEGIN { FS = ","; near = 0.01 }
/"/ { fields() }
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
$1 == "" { next }
{
	where = at["sensor"] ? $at["sensor"] : ""
	if (at["iface"])
		where = where (where == "" ? "" : " ") $at["iface"]
	if (!(where in number)) {
		number[where] = ++places
		name[places] = where
	}
	key = $2 SUBSEP $3 SUBSEP $4 SUBSEP $5
	if (at["dport"])
		key = key SUBSEP $at["dport"]
	if (at["flags"])
		key = key SUBSEP $at["flags"]
	if (!match_other(key, number[where], $1)) {
		if (!((key, number[where]) in seen) && ++kept > 100000)
			forget($1)
		seen[key, number[where]] = $1
		waiting[key, number[where]]++
	}
}
END {
	for (p in pair) {
		pairs++
		split(p, end, SUBSEP)
	}
	if (pairs == 1)
		words = name[end[1]] " and " name[end[2]]
	else
		words = "two interfaces"
	printf "%.0f\t%s\n", twice, words
}
# Whether the packet is one that waits on another interface.
function match_other(key, here, t,	p) {
	if ((key, here) in seen && t - seen[key, here] > near)
		waiting[key, here] = 0
	for (p = 1; p <= places; p++)
		if (p != here && (key, p) in seen && waiting[key, p] > 0 && \
		    t - seen[key, p] <= near) {
			waiting[key, p]--
			twice++
			pair[p < here ? p : here, p < here ? here : p]
			return 1
		}
	return 0
}
# Bounds the memory.
function forget(t,	k) {
	kept = 0
	for (k in seen)
		if (t - seen[k] > near) {
			delete seen[k]
			delete waiting[k]
		} else
			kept++
}
