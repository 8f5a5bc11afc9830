# tables.sh - the first stage of a report: from captures and tables of any kind
# to the report's tables, by the suite's own programs
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options

# Whether a file, decompressed, has no bytes: it is neither a capture nor a
# table, and pcap2csv reports it.
is_empty() {
	local said

	said=$(pcap2csv --count 1 < "$1" 2>&1 > /dev/null) || true
	[ "$said" = 'pcap2csv: stdin: empty, want a pcap or pcapng capture' ]
}

# Sets captures and tables, which are its caller's.
tell_apart() {
	local f path

	for f; do
		path=$f
		if [ "$f" = - ]; then
			path=$tmp/work/stdin
			cat > "$path"
		fi
		if is_table "$path" && ! is_empty "$path"; then
			tables+=("$path")
		else
			captures+=("$f")
		fi
	done
}

read_captures() {
	local input=/dev/null

	[ ! -e "$tmp/work/stdin" ] || input=$tmp/work/stdin
	[ $# -eq 0 ] || pcap2csv --fields "$rule_fields" -- "$@" < "$input"
}

# Shows on a terminal how many rows have passed.
show_progress() {
	if [ -t 2 ] && command -v pv > /dev/null; then
		pv -l -t -a -b -N packets
	else
		cat
	fi
}

# Writes traffic.csv and rejected.csv, and sets status and rejected.  pcap2csv
# names the files that cannot be opened.  The last process of the pipeline owns
# the file, so that its failure (a full disk) cannot be taken for that of an
# operand.
ingest() {
	local code captures=() tables=() codes=()

	tell_apart "$@"
	read_captures ${captures[@]+"${captures[@]}"} |
	    csvclean --rejects "$tmp/rejected.csv" -- - \
	    ${tables[@]+"${tables[@]}"} |
	    show_progress > "$tmp/traffic.csv" || codes=("${PIPESTATUS[@]}")
	for code in "${codes[@]:0:2}"; do
		[ "$code" -le 3 ] ||
		    fail 3 "a program ended with status $code"
		[ "$code" -le "$status" ] || status=$code
	done
	[ "${codes[2]:-0}" -eq 0 ] || fail 3 "cannot write traffic.csv"
	rejected=$(awk 'NR > 1 { q += gsub(/"/, "") }
	    NR > 1 && q % 2 == 0 { n++ } END { print n + 0 }' \
	    "$tmp/rejected.csv")
}

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
	1s) echo 1 ;;
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
	awk -F, 'FNR == 2 { from = $1 }
	    FNR > 1 { packets[$1] += $3; to = $1 }
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
		grep -m "$n" -e "^${from%.*}\." -- traffic.csv
		# A service starts with SIGPIPE ignored: it has to end tac.
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
	edge_rows | awk -F, 'NR == 1 { first = last = $1 }
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
}

has_packets() {
	[ -n "$(sed -n 2p\;2q traffic.csv)" ]
}

# Of a capture without packets all figures are zero.
find_rates() {
	if has_packets; then find_bins; else sum_bins; fi
	echo "$bin" "$first" "$last" "$span" > work/span
	ratebw --bin "$bin" -- rate-by-protocol.csv > work/rate.csv
}

# The sums of sources and protocols: the others are made from them.
find_pairs() {
	toptalk --by src,proto ${protos:+--proto "$protos"} -- traffic.csv \
	    > work/pairs.csv
	toptalk --by src --top 100 -- work/pairs.csv > sources.csv
}

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

# Rules do not see rows that come late, so if there are any, as in captures
# given one after the other, all rows are sorted by time first.
find_alerts() {
	source_rules > work/rules
	! ipflag --rules work/rules -- traffic.csv > alerts.csv \
	    2> work/unseen || return 0
	in_order < traffic.csv | ipflag --rules work/rules > alerts.csv ||
	    [ $? -eq 1 ]
}

find_protocols() {
	protobw --sort bytes -- rate-by-protocol.csv > protocols.csv
	awk -f "$room/tables/suspicious.awk" "$room/suspicious.tsv" \
	    protocols.csv > suspicious.csv
}

# The worst first: by severity, then by packets in 10 s and by incidents.
find_flagged() {
	{
		echo src,severity,incidents,rules,packets,first
		awk -f "$room/tables/flagged.awk" alerts.csv |
		    sort -t , -k 1,1nr -k 6,6nr -k 4,4nr -k 2,2 |
		    cut -d , -f 2-
	} > flagged.csv
}

# The figures of summary.csv, and the tables that depend on them.
find_figures() {
	local figures packets bytes mean peak p95

	tail -n +2 work/rate.csv | cut -d , -f 3 | sort -n > work/sorted
	figures=$(awk -v bin_s="$bin_s" -v span="$span" -v limit="$spike" \
	    -f "$room/tables/stats.awk" work/sorted protocols.csv)
	read -r packets bytes mean peak p95 spike <<< "$figures"
	ratebw --bin "$bin" --spike "$spike" -- work/rate.csv > rate.csv
	awk -v list="$protos" -v bin_s="$bin_s" -v span="$span" \
	    -f "$room/tables/selected.awk" protocols.csv \
	    rate-by-protocol.csv work/pairs.csv > selected.csv
	{
		echo first,last,span,packets,bytes,mean,peak,p95,bin,\
spike,rejected
		echo "$first,$last,$span,$packets,$bytes,$mean,$peak,$p95,\
$bin_s,$spike,$rejected"
	} > summary.csv
}

make_tables() {
	has_packets || { [ "$rejected" -eq 0 ] && [ "$status" -lt 3 ]; } ||
	    fail 3 "no packet could be read"
	side_by_side find_rates find_pairs find_alerts ||
	    fail 3 "a table could not be made"
	read -r bin first last span < work/span
	bin_s=$(seconds_of "$bin")
	find_protocols
	find_flagged
	find_figures
}
