# table.sh - tables of packets: CSV with a header
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # for the scripts that read this

# The fields that the built-in rules of ipflag need beside the five columns of
# every table.
rule_fields=ids

# The fields of recordings and reports, which tell interfaces apart.
# pktpipe-record@.service has the same.
recorded_fields=$rule_fields,iface

# Whether a file is a table and no capture: pcap2csv finds out, compressed or
# not, since a file's name proves nothing.
is_table() {
	local code=0

	[ -f "$1" ] && [ -r "$1" ] || return 1
	pcap2csv --count 1 -- "$1" > /dev/null 2>&1 || code=$?
	[ "$code" -eq 3 ]
}

# tail_from FILE BYTES: sets from, for tail -c "+$from": where the file starts,
# or, if it is longer, the first row that is whole in its last BYTES.  Prints the
# header that is then passed over; a line with a number in a cell is none.
tail_from() {
	local size line number=$'(^|[,;\t])"?[0-9.]+"?([,;\t]|$)'

	from=1
	size=$(stat -L -c %s -- "$1" 2> /dev/null) || return 0
	[ "$size" -gt "$2" ] || return 0
	line=$(head -n 1 -- "$1")
	[[ ${line%$'\r'} =~ $number ]] || printf '%s\n' "$line"
	from=$((size - $2 + 1))
	line=$(tail -c "+$from" -- "$1" | head -n 1 | wc -c || :)
	from=$((from + line))
}

# plain_cells RECORD: sets row to its cells, without quotes; commas in those that
# were quoted are question marks.
plain_cells() {
	local line=$1

	while [[ $line =~ ^([^\"]*)\"([^\"]*)\"(.*)$ ]]; do
		line=${BASH_REMATCH[2]//,/?}
		line=${BASH_REMATCH[1]}$line${BASH_REMATCH[3]}
	done
	IFS=, read -r -a row <<< "$line"
}

# one_line_each FILE: the line breaks in cells of a table, as csvclean writes it,
# become question marks, for all that reads rows as lines.
one_line_each() {
	local code=0

	grep -qF '"' -- "$1" || code=$?
	[ "$code" -eq 0 ] || return $((code - 1))
	awk '{ row = row $0; quotes += gsub(/"/, "\"") }
	    quotes % 2 { row = row "?"; next }
	    { print row; row = "" }' < "$1" > "$1.new" &&
	    mv -f -- "$1.new" "$1"
}

# in_order [OPTION ...]: a table's rows, sorted by time; the options are sort's.
in_order() {
	local header

	! IFS= read -r header || printf '%s\n' "$header"
	sort -s -t , -k 1,1n "$@"
}
