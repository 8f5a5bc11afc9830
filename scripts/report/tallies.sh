# tallies.sh - a report of sums: of bins, of nights, of flows
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154,SC2034  # other parts set and use them

# Whether a table has sums in place of packets.
is_tally() {
	local header

	header=$(csvclean -- "$1" 2> /dev/null | head -n 1) || true
	[[ ,$header, = *,packets,bytes,* ]]
}

# Sets tables to those given, tallies first: packets can follow as sums of one.
tallies_first() {
	local f packets=()

	tables=()
	for f; do
		if is_tally "$f"; then tables+=("$f"); else packets+=("$f"); fi
	done
	first_tallies=${#tables[@]}
	tables+=(${packets[@]+"${packets[@]}"})
}

# The width of a tally's bins in seconds.
tally_step() {
	awk -f "$room/tables/step.awk" traffic.csv
}

# header_of FILE: sets header, which may be its caller's, to the names of a
# table's columns between commas.
header_of() {
	IFS= read -r header < "$1" || :
	header=,$header,
}

# Whether traffic.csv has all of these columns.
has_columns() {
	local column

	for column; do
		[[ $header = *,"$column",* ]] || return 1
	done
}

# Sets what is known of the sums in traffic.csv; fails without what a report
# needs.  sums is bins or flows, or empty for packets.
find_sums() {
	local column

	header_of traffic.csv
	has_columns packets bytes || return 0
	for column in time proto; do
		has_columns "$column" || fail 3 "the sums have no column" \
		    "\"$column\": ratebw --by src,proto writes what a report needs"
	done
	sums=bins
	sums_step=$(tally_step)
	! has_columns end || sums=flows
	[ "$sums_step" != 0 ] || sums=flows
	# Flows start at any time; some programs cut it to the second.
	[ "$sums" = bins ] || sums_step=$(awk -v step="$sums_step" 'BEGIN {
	    print (step >= 1) }')
	[ "$sums" = flows ] && has_columns dst || sums_without=connections
	has_columns src || sums_without='sources and connections'
}

# wide_enough BIN: that bin of the rates, or the sums' own if it is wider.
wide_enough() {
	awk -v s="$(seconds_of "$1")" -v step="$sums_step" -v bin="$1" 'BEGIN {
		print (step > s ? step "s" : bin) }'
}

# Whether rules can look at the rows: they need packets, or sums of a second.
has_detail() {
	[ -z "$sums" ] || { [ "$sums" = bins ] &&
	    awk -v step="$sums_step" 'BEGIN { exit step > 1 }'; }
}
