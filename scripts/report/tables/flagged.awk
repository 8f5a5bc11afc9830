# flagged.awk - one row a source from the alerts about it
# In: alerts.csv.  Out: rank of the severity, then the columns of flagged.csv:
# its worst severity, its incidents, the rules, the most packets counted in
# the window of src-rate (0 if it kept that rule), the time of its first alert.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	rank["low"] = 1
	rank["medium"] = 2
	rank["high"] = 3
}
FNR == 1 || $4 == "" { next }
!($4 in worst) { worst[$4] = $3; first[$4] = $1 }
rank[$3] > rank[worst[$4]] { worst[$4] = $3 }
$10 == "start" { incidents[$4]++ }
!(($4, $2) in known) {
	known[$4, $2]
	rules[$4] = rules[$4] (rules[$4] == "" ? "" : " ") $2
}
$2 == "src-rate" && $7 + 0 > packets[$4] { packets[$4] = $7 }
END {
	for (src in worst)
		printf "%d,%s,%s,%d,%s,%.0f,%s\n", rank[worst[src]], src,
		    worst[src], incidents[src], rules[src], packets[src],
		    first[src]
}
