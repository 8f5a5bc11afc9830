# span.sh - from when to when, and the bin of the rates
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
