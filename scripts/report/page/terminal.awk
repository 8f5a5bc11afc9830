# terminal.awk - the main tables of a report, for a terminal
# In: notes (a sentence a line), protocols.csv, sources.csv.  Out: text.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	if (!packets)
		print "no packets"
	else
		figures()
}
FILENAME ~ /notes$/ {
	sub(/^.\t/, "")
	sub(/\t.*/, "")	# a list, which is on the page
	print
	next
}
!packets { next }
FNR == 1 {
	rest()
	line(++file == 1 ? "PROTOCOL" : "SOURCE", "PACKETS", "BYTES", "SHARE")
	next
}
FNR <= 11 {
	line($1 == "" ? "(no address)" : $1, grouped($2), grouped($3), \
	    percent($3, bytes))
	next
}
{
	rest_packets += $2
	rest_bytes += $3
}
END { rest() }
# What is below the lines of a table.
function rest() {
	if (rest_packets)
		line("REST", grouped(rest_packets), grouped(rest_bytes), \
		    percent(rest_bytes, bytes))
	rest_packets = rest_bytes = 0
}
function line(a, b, c, d) {
	if (b == "PACKETS")
		print ""
	printf "%-40s %13s %17s %8s\n", a, b, c, d
}
function figures() {
	print when() (span > 0 ? ", " seconds(span) : "")
	print packet_words(packets) ", " si(bytes, "B") rates()
}
function rates() {
	if (mean == "")
		return packets > 1 ? ", " no_rates() : ""
	return ", mean " rate(mean) ", peak " rate(peak) \
	    ", 95th percentile " rate(p95) ", in bins of " seconds(bin_s)
}
