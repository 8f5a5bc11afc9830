# joined.awk - tables in order of time, joined, whose headers differ
#
# seed: which of them.
# SPDX-License-Identifier: ISC
BEGIN { srand(seed); t = 1700000000
    split("time,src,dst,proto,len time,dst,src,proto,len " \
	"len,proto,dst,src,time proto,time,len,src,dst " \
	"sport,time,src,dst,proto,len,dport " \
	"time,src,dst,proto,len,dport,sport " \
	"frame.time_epoch,ip.src,ip.dst,_ws.col.Protocol,frame.len " \
	"note,time,src,dst,proto,len", head, " ")
    sections = 2 + int(rand() * 4)
    for (s = 1; s <= sections; s++) {
	h = 1 + int(rand() * 8)
	if (s == 1 && seed % 4 == 0)
		h = 1
	else
		print head[h]
	n = split(head[h], name, ",")
	for (i = int(1 + rand() * 12000); i > 0; i--)
		row()
    } }
function row(    j, line, v) {
	t += rand() / 50
	for (j = 1; j <= n; j++) {
		v = name[j]
		line = line (j > 1 ? "," : "") (\
		    v ~ /time/ ? (rand() < 0.01 ? "" : \
			sprintf("%.6f", t)) : \
		    v ~ /src/ ? "10.0.0." i % 256 : \
		    v ~ /dst/ ? "2001:db8::" i % 9999 : \
		    v ~ /[pP]roto/ ? "TCP" : \
		    v ~ /port/ ? i % 65536 : \
		    v ~ /note/ ? note() : i % 1500)
	}
	print line
}
function note() {
	return rand() < 0.5 ? "x" : rand() < 0.5 ? "\"a, \"\"b\"\"\"" : \
	    "\"1,2\n1699999999.5,192.0.2.1,192.0.2.2,UDP,9\ntime,dst\""
}
