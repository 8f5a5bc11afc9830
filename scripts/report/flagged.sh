# flagged.sh - sources above the limit of packets in any 10 s
# Sourced by pktpipe-report, which stands in the directory of the tables.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The packets of each source in each second: a pass over all rows.
find_seconds() {
	ratebw --bin 1s --by src --max-bins 4194304 -- traffic.csv \
	    > work/by-source
}

# Only sources with that many packets in all can have them in 10 s.
find_flagged() {
	: > work/unsure
	awk -F, -v limit="$flag" 'FNR == 1 { file++; next }
	    file == 1 { sum[$1] += $3; next }
	    $2 != "" && sum[$2] > limit' work/all-pairs.csv work/by-source |
	    sort -s -t , -k 2,2 |
	    awk -v limit="$flag" -v unsure=work/unsure \
	    -f "$lib/flag-bins.awk" > work/flagged
	if [ -s work/unsure ]; then
		grep -F -f work/unsure traffic.csv | sort -t , -k 1,1n |
		    awk -v limit="$flag" -f "$lib/flag-rows.awk" > work/close
		awk -F, 'NR == FNR { unsure[$1]; next } $1 in unsure' \
		    work/unsure work/close >> work/flagged
	fi
	{ echo src,peak,start; sort -t , -k 2,2nr -k 1,1 work/flagged; } \
	    > flagged.csv
}
