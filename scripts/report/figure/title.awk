# title.awk - the facts under the picture's heading, as one line
# SPDX-License-Identifier: ISC
BEGIN {
	if (packets == 0)
		print "no packets"
	else
		print when() "   " seconds(span) "   " \
		    count(packets) " packets   " si(bytes, "B") "   " \
		    (mean == "" ? no_rates() : "mean " \
		    rate(mean) "   peak " rate(peak) " in " seconds(bin_s)) \
		    (strays ? "   " stray_words() : "")
}
