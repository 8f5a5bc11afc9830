# flagged.sh - sources that break the rules of ipflag
# Sourced by pktpipe-report, which stands in the directory of the tables.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The built-in rules about sources, those that traffic.csv has columns for.
source_rules() {
	ipflag --print-rules | awk -v head="$(head -n 1 traffic.csv)" \
	    -v flag="$flag" '
		!/^rule .* track=by_(src|both) / { next }
		/ flags=/ && head !~ /,flags(,|$)/ { next }
		/ unique=dport/ && head !~ /,dport(,|$)/ { next }
		$2 == "src-rate" { sub(/ packets=[0-9]+/, " packets=" flag) }
		{ print }'
}

# Rows that come late are seen by no rule, so if there are any, as in captures
# given one after the other, all are put into the order of time.
find_alerts() {
	source_rules > work/rules
	! ipflag --rules work/rules -- traffic.csv > alerts.csv \
	    2> work/unseen || return 0
	in_order < traffic.csv | ipflag --rules work/rules > alerts.csv ||
	    [ $? -eq 1 ]
}

# The worst first: by severity, then by packets in 10 s and by incidents.
find_flagged() {
	{
		echo src,severity,incidents,rules,packets,first
		awk -f "$room/flagged.awk" alerts.csv |
		    sort -t , -k 1,1nr -k 6,6nr -k 4,4nr -k 2,2 |
		    cut -d , -f 2-
	} > flagged.csv
}
