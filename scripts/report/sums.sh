# sums.sh - the tables of a report, by the suite's own programs
# Sourced by pktpipe-report, which stands in the directory of the tables.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The sums of sources and protocols: the others are made from them.
find_pairs() {
	toptalk --by src,proto --proto "$protos" -- traffic.csv > work/pairs.csv
	toptalk --by src --top 100 -- work/pairs.csv > sources.csv
}

find_protocols() {
	protobw --sort bytes -- rate-by-protocol.csv > protocols.csv
	awk -f "$room/suspicious.awk" "$room/suspicious.tsv" protocols.csv \
	    > suspicious.csv
}

# The figures of summary.csv as variables, and what depends on them.
find_figures() {
	local figures

	base=$(seconds_of "$bin")
	tail -n +2 work/rate.csv | cut -d , -f 3 | sort -n > work/sorted
	figures=$(awk -v base="$base" -v span="$span" -v limit="$spike" \
	    -f "$room/stats.awk" work/sorted protocols.csv)
	read -r packets bytes mean peak p95 spike <<< "$figures"
	ratebw --bin "$bin" --spike "$spike" -- work/rate.csv > rate.csv
	awk -v list="$protos" -v base="$base" -v span="$span" \
	    -f "$room/selected.awk" protocols.csv rate-by-protocol.csv \
	    work/pairs.csv > selected.csv
	{
		echo first,last,span,packets,bytes,mean,peak,p95,bin,\
spike,rejected
		echo "$first,$last,$span,$packets,$bytes,$mean,$peak,$p95,\
$base,$spike,$rejected"
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
