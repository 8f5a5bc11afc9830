# sums.sh - the tables of a report, by the suite's own programs
# Sourced by pktpipe-report, which stands in the directory of the tables.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The bin of the rates over a span: a second, unless it is short or long.
bin_of() {
	awk -v s="$1" 'BEGIN {
		print s < 0.2 ? "1ms" : s < 2 ? "10ms" : s <= 172800 ? "1s" : \
		    s <= 10368000 ? "1m" : s <= 630720000 ? "1h" : "1d" }'
}

# The first and last time, and their distance.  Rows may be out of order, but
# the bins know the first and last second: only these are searched.
find_span() {
	local ends

	ends=$(awk -F, 'FNR > 1 && $2 > 0 { if (!n++) print int($1)
	    last = int($1) } END { if (n) print last }' work/rate.csv)
	if [ "$bin" = 1s ] && [ "${ends#-}" = "$ends" ]; then
		grep -E "^(${ends/$'\n'/|})\." traffic.csv
	else
		tail -n +2 traffic.csv
	fi | awk -F, 'NR == 1 { first = last = $1 }
	    $1 + 0 < first + 0 { first = $1 }
	    $1 + 0 > last + 0 { last = $1 }
	    END { print first, last, last - first }'
}

# Of a capture without packets all that follows is zero.
no_packets() {
	[ "$rejected" -eq 0 ] && [ "$status" -lt 3 ] ||
	    fail 3 "no packet could be read"
	bin=1s first=0 last=0 span=0
	ratebw --bin 1s -- traffic.csv > work/rate.csv
}

# The bin is a guess from the first and last row, corrected by the bins.
find_rates() {
	local guess

	[ -n "$(head -n 2 traffic.csv | tail -n +2)" ] ||
	    { no_packets; return; }
	guess=$({ head -n 2 traffic.csv; tail -n 1 traffic.csv; } |
	    awk -F, 'NR == 2 { a = $1 } END { print $1 < a ? a - $1 : $1 - a }')
	bin=$(bin_of "$guess")
	case $bin in *ms) bin=1s ;; esac
	ratebw --bin "$bin" -- traffic.csv > work/rate.csv
	read -r first last span < <(find_span)
	[ "$bin" != "$(bin_of "$span")" ] || return 0
	bin=$(bin_of "$span")
	ratebw --bin "$bin" -- traffic.csv > work/rate.csv
}

# Sources above the limit of packets in any 10 s, the busiest first.
find_flagged() {
	ratebw --bin 1s --by src -- traffic.csv |
	    awk -v limit="$flag" -v unsure=work/unsure -f "$lib/flag-bins.awk" \
	    > work/flagged
	if [ -s work/unsure ]; then
		grep -F -f work/unsure traffic.csv | sort -t , -k 1,1n |
		    awk -v limit="$flag" -f "$lib/flag-rows.awk" > work/close
		awk -F, 'NR == FNR { unsure[$1]; next } $1 in unsure' \
		    work/unsure work/close >> work/flagged
	fi
	{ echo src,peak,start; sort -t , -k 2,2nr -k 1,1 work/flagged; } \
	    > flagged.csv
}

find_sources() {
	toptalk --by src,proto --proto "$protos" -- traffic.csv > work/pairs.csv
	toptalk --by src --top 100 -- work/pairs.csv > sources.csv
}

find_protocols() {
	protobw --sort bytes -- traffic.csv > protocols.csv
	awk -f "$lib/suspicious.awk" "$lib/suspicious.tsv" protocols.csv \
	    > suspicious.csv
}

find_parts() {
	ratebw --bin "$bin" --by proto -- traffic.csv > rate-by-protocol.csv
}

# The figures of summary.csv as variables, and what depends on them.
find_figures() {
	local figures

	case $bin in
	*ms) base=0.$(printf %03d "${bin%ms}") ;;
	1s) base=1 ;; 1m) base=60 ;; 1h) base=3600 ;; 1d) base=86400 ;;
	esac
	tail -n +2 work/rate.csv | cut -d , -f 3 | sort -n > work/sorted
	figures=$(awk -v base="$base" -v span="$span" -v limit="$spike" \
	    -f "$lib/stats.awk" work/sorted protocols.csv)
	read -r packets bytes mean peak p95 spike <<< "$figures"
	ratebw --bin "$bin" --spike "$spike" -- work/rate.csv > rate.csv
	awk -v list="$protos" -v base="$base" -v span="$span" \
	    -f "$lib/selected.awk" protocols.csv rate-by-protocol.csv \
	    work/pairs.csv > selected.csv
	{
		echo first,last,span,packets,bytes,mean,peak,p95,bin,spike,rejected
		echo "$first,$last,$span,$packets,$bytes,$mean,$peak,$p95,$base,$spike,$rejected"
	} > summary.csv
}

# Runs each of the functions named beside the others; fails if one fails.
side_by_side() {
	local job pid pids=() failed=0

	for job; do
		"$job" & pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || failed=1
	done
	return "$failed"
}
