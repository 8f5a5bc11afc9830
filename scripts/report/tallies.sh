# tallies.sh - a report of sums: of bins, of nights, of flows
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154,SC2034  # the other parts set and use them

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

# The width of a tally's bins in seconds: what all its times are multiples of (at
# most a day if there is but one time), or 0 if that is below a millisecond.
# Rows of one packet may be of packets given with the tally: the others decide.
tally_step() {
	awk -F, 'function common(a, b,	c) {
		b = b < 0 ? -b : b
		while (b) {
			c = a % b
			a = b
			b = c
		}
		return a
	    }
	    NR == 1 { while ($(++packets) != "packets"); next }
	    $1 == "" || $1 == last[one = $packets == 1] { next }
	    {
		last[one] = $1
		n[one]++
		step[one] = common(step[one], $1 * 1000000)
	    }
	    END {
		one = !n[0]
		if (n[one] < 2)
			step[one] = common(step[one], 86400000000)
		printf "%.10g\n", step[one] < 1000 ? 0 : step[one] / 1000000
	    }' traffic.csv
}

# Sets what is known of the sums in traffic.csv; fails without what a report
# needs.  sums is bins or flows, or empty for packets.
find_sums() {
	local header column

	IFS= read -r header < traffic.csv
	header=,$header,
	[[ $header = *,packets,bytes,* ]] || return 0
	for column in time proto; do
		[[ $header = *,$column,* ]] || fail 3 "the sums have no column" \
		    "\"$column\": ratebw --by src,proto writes what a report needs"
	done
	sums=bins
	sums_step=$(tally_step)
	[[ $header != *,end,* ]] || sums=flows
	[ "$sums_step" != 0 ] || sums=flows
	# Flows start at any time; some programs cut it to the second.
	[ "$sums" = bins ] || sums_step=$(awk -v step="$sums_step" 'BEGIN {
	    print (step >= 1) }')
	[ "$sums" = flows ] && [[ $header = *,dst,* ]] ||
	    sums_without=connections
	[[ $header = *,src,* ]] || sums_without='sources and connections'
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
