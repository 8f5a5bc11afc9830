# span.sh - the time that a report is about, its bins, and times far from it
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# The bin of the rates over a span: a second, unless it is short or long.
bin_of() {
	awk -v s="$1" 'BEGIN {
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

# The first and the last bin, each with its number of packets.
edge_bins() {
	awk -F, 'FNR == 1 || $1 == "" { next }
	    from == "" { from = $1 }
	    { packets[$1] += $3; to = $1 }
	    END { printf "%s %.0f %s %.0f\n", from, packets[from], to,
	        packets[to] }' rate-by-protocol.csv
}

# The rows of the first and the last bin, and perhaps others.  A bin has as many
# rows as packets, so once that many are found the search ends: in order of time
# they are at the ends of the file, and nothing between is read.
edge_rows() {
	local from to n m header

	read -r from n to m < <(edge_bins)
	IFS= read -r header < traffic.csv
	if [[ $bin$from = 1s[0-9]* && ,$header, != *,packets,* ]]; then
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

# The first and last time, and their distance.  Rows may be out of order.
find_span() {
	edge_rows | awk -F, '$1 == "" { next }
	    first == "" { first = last = $1 }
	    $1 + 0 < first + 0 { first = $1 }
	    $1 + 0 > last + 0 { last = $1 }
	    END { printf "%s %s %.6f\n", first, last, last - first }'
}

# Whether two neighbouring bins are an hour apart, beyond their own width.
has_gap() {
	awk -F, -v hour="$hour" 'FNR == 1 || $1 == "" { next }
	    seen && $1 - t >= hour { gap = 1; exit }
	    { t = $1; seen = 1 }
	    END { exit !gap }' rate-by-protocol.csv
}

# The bin is a guess from the first and last row, corrected by the bins.  Times
# far from the others are found in bins of a minute at most.
find_bins() {
	local guess hour

	hour=$(awk -v step="$sums_step" 'BEGIN { print 3600 + step }')
	guess=$({ head -n 2 traffic.csv; tail -n 1 traffic.csv; } |
	    awk -F, 'NR == 2 { a = $1 } END { print $1 < a ? a - $1 : $1 - a }')
	bin=$(bin_of "$guess")
	case $bin in *ms) bin=1s ;; 1h|1d) bin=1m ;; esac
	bin=$(wide_enough "$bin")
	sum_bins
	if has_gap; then
		read -r first last span strays near far < <(awk -F, \
		    -v hour="$hour" -f "$room/tables/strays.awk" \
		    rate-by-protocol.csv traffic.csv)
	else
		read -r first last span < <(find_span)
	fi
	guess=$bin
	bin=$(wide_enough "$(bin_of "$span")")
	[ "$bin" = "$guess" ] || sum_bins
	# The last of its bins lasts as long as the others.
	[ "$sums" != bins ] || read -r last span < <(awk -v a="$first" \
	    -v b="$last" -v step="$sums_step" 'BEGIN {
		printf "%.6f %.6f\n", b + step, b + step - a }')
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
	awk -F, 'NR > 1 && $1 != "" { found = 1; exit }
	    END { exit !found }' traffic.csv
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
