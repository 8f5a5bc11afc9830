# late.awk - the alerts of a sliding rule, by a search over all rows
#
# Rows of one rule on packets (or, with distinct, on distinct ports) of a source
# in; its alerts out.  Of each row the window is that of the newest row of the
# source, and all rows before it count that lie within.  No alert is earlier
# than the one before it.  n: the threshold; s: the window in seconds.
# SPDX-License-Identifier: ISC
function micro(t,    p) { split(t, p, "."); return p[1] * 1e6 + p[2] }
function say(what, when, k) {
	printf "%s,%d.%06d,%s\n", what, when / 1e6, when % 1e6, k }
function finish(now,    k) {
	for (k in open) if (now == "" || now > last[k] + s * 1e6) {
		if (open[k])
			say("end", now == "" ? clock : \
			    last[k] + s * 1e6, k)
		delete open[k]
	}
}
# Rows are a second late at most: before one that is a second older than the
# window, none lies within.
function count(k,    j, c, found) {
	split("", found)
	for (j = rows[k]; j >= 1 && \
	    newest[k] - us[k, j] < s * 1e6 + 1e6; j--)
		if (newest[k] - us[k, j] < s * 1e6 &&
		    !(distinct && port[k, j] in found)) {
			c += distinct ? 1 : weight[k, j]
			found[port[k, j]]
		}
	return c
}
NR == 1 { next }
{
	now = micro($1)
	if (now > clock) finish(clock = now)
	if (clock - now > 1e6) next
	k = $2
	rows[k]++
	us[k, rows[k]] = now
	weight[k, rows[k]] = $5
	port[k, rows[k]] = $7
	if (now > newest[k]) newest[k] = now
	if (count(k) <= n || newest[k] - now >= s * 1e6)
		next
	if (!(k in open))
		open[k] = last[k] = 0
	if (now > last[k]) last[k] = now
	if (open[k] || now < said[k])
		next
	say("start", now, k)
	open[k] = 1
	said[k] = now
}
END { finish("") }
