# ingest.sh - the report's input: captures and tables of any kind become
# traffic.csv
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154,SC2034  # other parts set and use them

# Whether a file, decompressed, has no bytes: it is neither a capture nor a
# table, and pcap2csv reports it.
is_empty() {
	local said

	said=$(pcap2csv --count 1 < "$1" 2>&1 > /dev/null) || true
	[ "$said" = 'pcap2csv: stdin: empty, want a pcap or pcapng capture' ]
}

# Sets captures and tables, which are its caller's.  What can be read only once is
# kept for the time of the report.
tell_apart() {
	local f path pipes=0

	for f; do
		path=$f
		if [ -p "$f" ]; then
			pipes=$((pipes + 1)) path=$tmp/work/pipe$pipes
			cat -- "$f" > "$path" 2> /dev/null || cannot_write
			f=$path
		fi
		if [ "$f" = - ]; then
			path=$tmp/work/stdin
			[ ! -e "$path" ] || continue
			need_input
			cat > "$path" 2> /dev/null || cannot_write
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
	[ $# -eq 0 ] || noted pcap2csv --fields "$recorded_fields" -- "$@" < "$input"
}

# Runs one of the programs that make rows; its status follows its messages.
noted() {
	local code=0

	"$@" || code=$?
	printf 'status %s %d\n' "$1" "$code" >&2
}

# rows CAPTURE ...: prints the rows of all operands.  What pcap2csv writes needs
# no csvclean, which would take a third of the time.
rows() {
	local clean=(${tables[@]+"${tables[@]}"})

	clean+=(${since:+--since "$since"} ${until:+--until "$until"})
	if [ ${#clean[@]} -eq 0 ]; then
		csvclean --rejects "$tmp/rejected.csv" < /dev/null \
		    > /dev/null || return
		read_captures "$@"
		return
	fi
	read_captures "$@" | noted csvclean ${since:+--since "$since"} \
	    ${until:+--until "$until"} --rejects "$tmp/rejected.csv" -- \
	    "${tables[@]:0:first_tallies}" - "${tables[@]:first_tallies}"
}

# Writes traffic.csv, and on a terminal how many rows have passed.
write_rows() {
	if [ -t 6 ] && command -v pv > /dev/null; then
		rows "$@" | noted pv -l -t -a -b -N packets 2>&6
	else
		rows "$@"
	fi > "$tmp/traffic.csv"
}

# Whether one of the messages is that a file could not be written.
could_not_write() {
	local line

	while IFS= read -r line; do
		[[ $line =~ ^(pcap2csv|csvclean)': stdout: write: ' ||
		    $line =~ ^csvclean': '.*': write: '[A-Z][a-z\ ]+$ ||
		    $line = 'status pv '[1-9]* ]] && return
	done
	return 1
}

# Sets rejected, and raises status if there are any.
count_rejected() {
	! has_rows "$tmp/rejected.csv" || rejected=$(awk 'NR > 1 { q += gsub(/"/, "") }
	    NR > 1 && q % 2 == 0 { n++ } END { print n + 0 }' \
	    "$tmp/rejected.csv" 2> /dev/null) ||
	    fail 3 'the rejected rows could not be counted'
	[ "$rejected" -eq 0 ] || [ "$status" -gt 1 ] || status=1
}

# Writes traffic.csv and rejected.csv, and sets status, rejected and cut_short
# (whether input is missing for another reason than that).  pcap2csv names the
# files that cannot be opened.  The messages are not in a file: the disk may be
# full, which must not be taken for the failure of an operand.
ingest() {
	local said line program code captures=() tables=() first_tallies

	tell_apart "$@"
	tallies_first ${tables[@]+"${tables[@]}"}
	[ "$first_tallies" -gt 0 ] || [ -n "$rules_job" ] || start_rules
	said=$(write_rows ${captures[@]+"${captures[@]}"} 2>&1) || cannot_write
	exec 5>&-
	! could_not_write <<< "$said" || cannot_write
	[ ${#tables[@]} -eq 0 ] || one_line_each "$tmp/traffic.csv" ||
	    cannot_write
	while IFS= read -r line; do
		[[ $line = 'status '* ]] || {
			[ -z "$line" ] || printf '%s\n' "$line" >&2
			continue
		}
		read -r _ program code <<< "$line"
		[ "$code" -le 3 ] ||
		    fail 3 "$program ended with status $code"
		[ "$code" -le "$status" ] || status=$code
		[ "$code" -le 1 ] && [ "$program$code" != pcap2csv1 ] ||
		    cut_short=1
	done <<< "$said"
	count_rejected
}

# Whether a table has a row.
has_rows() {
	{ IFS= read -r _ && IFS= read -r _; } < "$1"
}

has_packets() {
	has_rows "$tmp/traffic.csv"
}

# An input that has none gives a report of no packets; one that could not be
# read gives no report.
any_packets() {
	has_packets || { [ "$rejected" -eq 0 ] && [ "$status" -lt 3 ]; } ||
	    fail 3 "no packet could be read"
}
