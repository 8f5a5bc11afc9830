# suspicious.awk - which protocols of a capture look suspicious, and why
# In: suspicious.tsv (the rules), protocols.csv.  Out: CSV, the reason last.
# SPDX-License-Identifier: ISC
FILENAME ~ /\.tsv$/ {
	if ($0 !~ /^#/) {
		split($0, rule, "\t")
		limit[rule[1]] = rule[2]
		why[rule[1]] = rule[3]
	}
	next
}
FNR > 1 {
	split($0, cell, ",")
	name[++n] = cell[1]
	packets[n] = cell[2]
	bytes[n] = cell[3]
	all += cell[2]
}
END {
	print "proto,packets,bytes,reason"
	for (i = 1; i <= n; i++)
		if (name[i] in limit && packets[i] * 100 > limit[name[i]] * all)
			print name[i] "," packets[i] "," bytes[i] "," \
			    why[name[i]]
}
