# span.sh - the time that a report is about, its bins, and times far from it
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# bin_of FROM TO: the bin of the rates over that span: a second, unless it is
# short or long.
bin_of() {
	awk -v from="$1" -v to="$2" 'BEGIN {
		s = to < from ? from - to : to - from
		print s < 0.2 ? "1ms" : s < 2 ? "10ms" : s <= 172800 ? "1s" : \
		    s <= 10368000 ? "1m" : s <= 630720000 ? "1h" : "1d" }'
}

# A bin in seconds.
seconds_of() {
	case $1 in
	*ms) printf '0.%03d\n' "${1%ms}" ;;
	*s) echo "${1%s}" ;;
	1m) echo 60 ;;
	1h) echo 3600 ;;
	1d) echo 86400 ;;
	esac
}

# The one pass over all rows by time; the sums by bin alone, and those by
# protocol alone, are made from its sums.
sum_bins() {
	ratebw --bin "$bin" --by proto --max-bins 4194304 -- traffic.csv \
	    > rate-by-protocol.csv
}

# A time and some seconds, written as a date: csvclean reads -1 as a second ago.
instant() {
	date -u -d "@$(awk -v t="$1" -v s="$2" 'BEGIN {
	    printf "%.6f", t + s }')" +%Y-%m-%dT%H:%M:%S.%6NZ
}

# The first and the last bin, each with its number of packets, and 1 if two
# neighbouring bins are an hour apart, beyond their own width.
edge_bins() {
	awk -F, -v hour="$hour" 'FNR == 1 || $1 == "" { next }
	    from == "" { from = to = $1 }
	    { packets[$1] += $3; gap += $1 - to >= hour; to = $1 }
	    END { printf "%s %.0f %s %.0f %d\n", from, packets[from], to,
	        packets[to], (gap > 0) }' rate-by-protocol.csv
}

# edge_rows FROM N TO M: the rows of the first and the last bin, which have N
# and M packets, and perhaps others: all, if they are few.  A bin has as many rows
# as packets, so once that many are found the search ends: in order of time they
# are at the ends of the file, and nothing between is read.
edge_rows() {
	local from=$1 n=$2 to=$3 m=$4 header rows

	IFS= read -r header < traffic.csv
	mapfile -n 1000 -t rows < traffic.csv
	if [ ${#rows[@]} -lt 1000 ]; then
		printf '%s\n' "${rows[@]:1}"
	elif [[ $bin$from = 1s[0-9]* && ,$header, != *,packets,* ]]; then
		grep -a -m "$n" -e "^${from%.*}\." -- traffic.csv
		# A service starts with SIGPIPE ignored: it has to end tac.
		env --default-signal=PIPE tac -- traffic.csv |
		    grep -a -m "$m" -e "^${to%.*}\." ||
		    [ "${PIPESTATUS[*]}" = '141 0' ]
	else
		to=$(instant "$to" -0.001)
		from=$(instant "$from" "$(seconds_of "$bin")")
		csvclean --until "$from" -- traffic.csv | tail -n +2
		csvclean --since "$to" -- traffic.csv | tail -n +2
	fi
}

# The first and last time, and their distance, of the rows of these bins, see
# edge_rows.  Rows may be out of order.
find_span() {
	edge_rows "$@" | awk -F, '$1 == "" { next }
	    first == "" { first = last = $1 }
	    $1 + 0 < first + 0 { first = $1 }
	    $1 + 0 > last + 0 { last = $1 }
	    END { printf "%s %s %.6f\n", first, last, last - first }'
}

# The bin is a guess from the first and last row, corrected by the bins.  Times
# far from the others are found in bins of a minute at most.
find_bins() {
	local guess hour=3600 from n to m gap found

	[ "$sums_step" = 0 ] ||
	    hour=$(awk -v step="$sums_step" 'BEGIN { print 3600 + step }')
	{ IFS= read -r _; IFS=, read -r from _; } < traffic.csv
	to=$(tail -n 1 traffic.csv)
	bin=$(bin_of "$from" "${to%%,*}")
	case $bin in *ms) bin=1s ;; 1h|1d) bin=1m ;; esac
	[ "$sums_step" = 0 ] || bin=$(wide_enough "$bin")
	sum_bins
	found=$(edge_bins)
	read -r from n to m gap <<< "$found"
	if [ "$gap" -eq 1 ]; then
		read -r first last span strays near far < <(awk -F, \
		    -v hour="$hour" -f "$room/tables/strays.awk" \
		    rate-by-protocol.csv traffic.csv)
	else
		found=$(find_span "$from" "$n" "$to" "$m")
		read -r first last span <<< "$found"
	fi
	guess=$bin
	bin=$(bin_of 0 "$span")
	[ "$sums_step" = 0 ] || bin=$(wide_enough "$bin")
	[ "$bin" = "$guess" ] || sum_bins
	[ "$sums" != bins ] || add_last_bin
}

# The last bin of a table of bins lasts as long as the others.
add_last_bin() {
	local found

	found=$(awk -v a="$first" -v b="$last" -v step="$sums_step" 'BEGIN {
		printf "%.6f %.6f\n", b + step, b + step - a }')
	read -r last span <<< "$found"
}

# Splits the sums of the bins: by-protocol.csv has those from first to last,
# before and after have the sums of the bins of strays.
split_bins() {
	awk -F, -v OFS=, -v from="$first" -v to="$last" \
	    -v bin_s="$(seconds_of "$bin")" '
	    function flush() {
		if (n)
			printf "%s,%.0f,%.0f,0\n", t, n, b > file
		n = b = 0
	    }
	    FNR == 1 { print; next }
	    $1 != "" && $1 > from - 1.001 * bin_s && $1 <= to + 0 { print; next }
	    n && $1 != t { flush() }
	    { t = $1; n += $3; b += $4 }
	    { file = t != "" && t < from + 0 ? "work/before" : "work/after" }
	    END { flush() }' rate-by-protocol.csv > work/by-protocol.csv
}

has_times() {
	local time code=0

	{ IFS= read -r _; IFS=, read -r time _; } < traffic.csv
	[ -z "$time" ] || return 0
	awk -F, 'NR > 1 && $1 != "" { found = 1; exit }
	    END { exit !found }' traffic.csv || code=$?
	[ "$code" -le 1 ] || exit "$code"
	return "$code"
}

# Of a capture without packets, or without times, the span is zero.
find_rates() {
	local strays=0 near=0 far=0

	if has_packets && has_times; then find_bins; else sum_bins; fi
	echo "$bin" "$first" "$last" "$span" "$strays" "$near" "$far" > work/span
	: > work/before
	: > work/after
	split_bins
	ratebw --bin "$bin" -- work/by-protocol.csv > work/rate.csv
}
