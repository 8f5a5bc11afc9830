# terminal.awk - the main tables of a report, for a terminal
# In: protocols.csv, sources.csv.  Out: text.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	if (!packets) {
		print "no packets"
		exit
	}
	printf "%s to %s %s, %s\n%s packets, %s, mean %s, peak %s, " \
	    "95th percentile %s\n", since, until, zone, seconds(span), \
	    grouped(packets), si(bytes, "B"), rate(mean), \
	    rate(peak), rate(p95)
}
FNR == 1 {
	line(++file == 1 ? "PROTOCOL" : "SOURCE", "PACKETS", "BYTES", "SHARE")
	next
}
FNR <= 11 {
	line($1 == "" ? "(no address)" : $1, grouped($2), grouped($3), \
	    percent($3, bytes))
}
function line(a, b, c, d) {
	if (b == "PACKETS")
		print ""
	printf "%-40s %13s %17s %8s\n", a, b, c, d
}
