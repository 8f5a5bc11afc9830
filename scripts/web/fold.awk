# fold.awk - of each time's tally rows the first, and the sums of the others
# In and out: time,src,dst,proto[,service][,sensor],alert,packets,bytes in order
# of time.  What is beyond the first rows of a time is summed by protocol, sensor
# and alert, in rows of the source REST.  A sensor whose name is no plain word,
# and in these sums one beyond the first 64, has no name.
# -v most=N: how many rows of a time are kept
# SPDX-License-Identifier: ISC
BEGIN {
	FS = OFS = ","
	OFMT = "%.0f"	# for sums of more than 31 bits
}

function rest(	key, part, i, line) {
	for (key in packets) {
		split(key, part, FS)
		line = time
		for (i = 2; i < columns - 1; i++)
			line = line FS (i == at["src"] ? "REST" : \
			    i == at["proto"] ? part[1] : \
			    i == at["sensor"] ? part[2] : \
			    i == at["alert"] ? part[3] : "")
		print line, packets[key], bytes[key]
	}
	split("", packets)
	split("", bytes)
	fflush()
}

# A sensor whose name is no plain word, and may have commas, gets none.
function plain_name(	n, i) {
	n = NF - columns
	if (n == 0 && $at["sensor"] ~ /^[A-Za-z0-9._-]*$/)
		return
	for (i = at["sensor"] + 1; i <= columns; i++)
		$i = $(i + n)
	NF = columns
	$at["sensor"] = ""
}

# The sensor of a row of REST.
function known(s) {
	if (!(s in sensors) && ++sensor_count > 64)
		return ""
	sensors[s]
	return s
}

$1 == "time" {
	columns = NF
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	print
	next
}

# A name with a line break has parts that are no rows.
NF < columns || $1 !~ /^[0-9]+\.[0-9]+$/ || $NF !~ /^[0-9]+$/ { next }

"sensor" in at { plain_name() }

time == "" || $1 != time {
	rest()
	time = $1
	n = 0
}

++n <= most {
	print
	next
}

{
	key = $at["proto"] FS ("sensor" in at ? known($at["sensor"]) : "") FS \
	    $at["alert"]
	packets[key] += $(NF - 1)
	bytes[key] += $NF
}

END { rest() }
