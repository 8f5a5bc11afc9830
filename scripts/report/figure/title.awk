# title.awk - the facts under the picture's heading, as one line
# SPDX-License-Identifier: ISC
BEGIN {
	if (packets == 0)
		print "no packets"
	else
		print when() (span > 0 ? "   " seconds(span) : "") "   " \
		    packet_words(packets) "   " si(bytes, "B") rates() \
		    (strays ? "   " stray_words() : "")
}
function rates() {
	if (mean == "")
		return packets > 1 ? "   " no_rates() : ""
	return "   mean " rate(mean) "   peak " rate(peak) " in " \
	    seconds(bin_s)
}
