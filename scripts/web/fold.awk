# fold.awk - of each time's tally rows the first, and the sums of the others
# In and out: time,src,dst,proto[,service],alert,packets,bytes in order of
# time.  What is beyond the first rows of a time is summed by protocol and
# alert, in rows of the source REST.
# -v most=N: how many rows of a time are kept
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }

function rest(	key, part) {
	for (key in packets) {
		split(key, part, FS)
		print time, "REST", "", part[1] (columns > 7 ? FS : ""),
		    part[2], packets[key], bytes[key]
	}
	split("", packets)
	split("", bytes)
	fflush()
}

$1 == "time" {
	columns = NF
	print
	next
}

$1 != time {
	rest()
	time = $1
	n = 0
}

++n <= most {
	print
	next
}

{
	key = $4 FS $(NF - 2)
	packets[key] += $(NF - 1)
	bytes[key] += $NF
}

END { rest() }
