# unseen.awk - what the rules did not evaluate, from ipflag's messages
# In: ipflag's messages.  Out, by tabs: "rows", their number, why; "rules", the
# names of those that lack a column, the columns.
# SPDX-License-Identifier: ISC
/^ipflag: [0-9]+ bad rows in all/ { all_bad = $2 }
/^ipflag: .*:[0-9]+: bad / { bad++ }
/^ipflag: [0-9]+ rows? (was|were) not evaluated by rules / {
	n = $2
	sub(/^.* not evaluated by rules /, "")
	cell = $0
	sub(/: bad [a-z]+$/, "")
	sub(/^.*: bad /, "bad ", cell)
	add(n " by " $0 ", " cell)
}
/^ipflag: [0-9]+ rows? .*: not evaluated$/ {
	others += $2
	sub(/^ipflag: /, "")
	sub(/: not evaluated$/, "")
	sub(/ rows? /, " ")
	add($0)
}
/^ipflag: .*: no column "[^"]+".*: rules disabled: / {
	column = $0
	sub(/^.*: no column "/, "", column)
	sub(/".*/, "", column)
	columns = columns (columns == "" ? "" : ", ") column
	sub(/^.*: rules disabled: /, "")
	m = split($0, name, " ")
	for (i = 1; i <= m; i++)
		if (!(name[i] in off)) {
			off[name[i]]
			names = names (names == "" ? "" : ", ") name[i]
		}
}
END {
	n = (all_bad > bad ? all_bad : bad) + others
	if (n)
		printf "rows\t%.0f\t%s\n", n, why == "" ? "bad cells" : why
	if (names != "")
		print "rules\t" names "\t" columns
}
function add(s) {
	why = why (why == "" ? "" : "; ") s
}
