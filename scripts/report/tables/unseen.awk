# unseen.awk - rows that the rules did not evaluate, from ipflag's messages
# In: ipflag's messages.  Out: the number of rows, a tab, and why, in words;
# nothing if it evaluated all.
# SPDX-License-Identifier: ISC
/^ipflag: [0-9]+ bad rows in all/ { all_bad = $2 }
/^ipflag: [0-9]+ rows .*: not evaluated$/ {
	n += $2
	sub(/^ipflag: /, "")
	sub(/: not evaluated$/, "")
	sub(/ rows /, " ")
	why = why (why == "" ? "" : "; ") $0
}
/^ipflag: .*:[0-9]+: bad / {
	bad++
	if (bad == 1) {
		example = $0
		sub(/^ipflag: .*:[0-9]+: bad /, "", example)
	}
}
END {
	if (all_bad > bad)
		bad = all_bad
	if (bad) {
		n += bad
		why = bad " with a bad cell, such as " example \
		    (why == "" ? "" : "; ") why
	}
	if (n)
		printf "%.0f\t%s\n", n, why
}
