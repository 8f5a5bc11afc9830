# span.sh - from when to when, and packets and bytes over that time
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The bin of the rates over a span: a second, unless it is short or long.
bin_of() {
	awk -v s="$1" 'BEGIN {
		print s < 0.2 ? "1ms" : s < 2 ? "10ms" : s <= 172800 ? "1s" : \
		    s <= 10368000 ? "1m" : s <= 630720000 ? "1h" : "1d" }'
}

# The same in seconds.
seconds_of() {
	case $1 in
	*ms) printf '0.%03d\n' "${1%ms}" ;;
	1s) echo 1 ;;
	1m) echo 60 ;;
	1h) echo 3600 ;;
	1d) echo 86400 ;;
	esac
}

# The one pass over all rows that knows their times; the sums by bin alone,
# and those by protocol alone, are made from its sums.
sum_bins() {
	ratebw --bin "$bin" --by proto --max-bins 4194304 -- traffic.csv \
	    > rate-by-protocol.csv
}

# A time and some seconds as csvclean takes it, who reads -1 as a second ago.
instant() {
	date -u -d "@$(awk -v t="$1" -v s="$2" 'BEGIN {
	    printf "%.6f", t + s }')" +%Y-%m-%dT%H:%M:%S.%6NZ
}

# The rows of the first and the last bin, and perhaps some more.  As many rows
# as a bin has packets are all there are: in order of time they stand at the
# ends of the file, and nothing between is read.
end_rows() {
	local from to n m head

	read -r from n to m < <(awk -F, 'FNR == 2 { from = $1 }
	    FNR > 1 { packets[$1] += $3; to = $1 }
	    END { printf "%s %.0f %s %.0f\n", from, packets[from], to,
	        packets[to] }' rate-by-protocol.csv)
	IFS= read -r head < traffic.csv
	if [[ $bin$from = 1s[0-9]* && ,$head, != *,packets,* ]]; then
		grep -m "$n" -e "^${from%.*}\." -- traffic.csv
		# Not what a service starts with: SIGPIPE is to end tac.
		env --default-signal=PIPE tac -- traffic.csv |
		    grep -m "$m" -e "^${to%.*}\." ||
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
	end_rows | awk -F, 'NR == 1 { first = last = $1 }
	    $1 + 0 < first + 0 { first = $1 }
	    $1 + 0 > last + 0 { last = $1 }
	    END { printf "%s %s %.6f\n", first, last, last - first }'
}

# The bin is a guess from the first and last row, corrected by the bins.
find_bins() {
	local guess

	guess=$({ head -n 2 traffic.csv; tail -n 1 traffic.csv; } |
	    awk -F, 'NR == 2 { a = $1 } END { print $1 < a ? a - $1 : $1 - a }')
	bin=$(bin_of "$guess")
	case $bin in *ms) bin=1s ;; esac
	sum_bins
	read -r first last span < <(find_span)
	if [ "$bin" != "$(bin_of "$span")" ]; then
		bin=$(bin_of "$span")
		sum_bins
	fi
	echo "$bin" "$first" "$last" "$span" > work/span
}

find_rates() {
	if [ "$empty" = yes ]; then sum_bins; else find_bins; fi
	ratebw --bin "$bin" -- rate-by-protocol.csv > work/rate.csv
}

# Of a capture without packets all that follows is zero.
look_for_packets() {
	empty=no bin=1s first=0 last=0 span=0
	[ -z "$(sed -n 2p\;2q traffic.csv)" ] || return 0
	[ "$rejected" -eq 0 ] && [ "$status" -lt 3 ] ||
	    fail 3 "no packet could be read"
	empty=yes
}
