# title.awk - the facts under the picture's heading, as one line
# SPDX-License-Identifier: ISC
BEGIN {
	if (packets == 0)
		print "no packets"
	else
		print since " to " until " " zone "   " seconds(span) "   " \
		    count(packets) " packets   " si(bytes, "B") "   mean " \
		    rate(mean) "   peak " rate(peak)
}
