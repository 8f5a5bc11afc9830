# talks.sh - who talks to whom: connections, and the sums of them
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154,SC2034  # other parts set and use them

# flows FILE: runs flowbw, whose messages are seen at once only if it fails.
flows() {
	flowbw --pairs work/ways -- "$1" > work/flows 2> work/flow-messages || {
		cat work/flow-messages >&2
		return 3
	}
}

# Writes work/flows, the connections, and in work/ways what each source sent to
# each destination by protocol.  Of rows that came late, as of captures given one
# after the other, all are sorted by time first.
connect() {
	local rows=traffic.csv

	if [ -n "$sums_without" ]; then
		rows=work/no-rows
		echo time,src,dst,proto,len > "$rows"
	fi
	flows "$rows"
	[ -s work/flow-messages ] || return 0
	if grep -q ' came late: ' work/flow-messages; then
		in_order < traffic.csv | flows -
	fi
	grep -v 'the stream clock jumped' work/flow-messages >&6 || true
}

# Whether the sums of work/ways by source and protocol are those of traffic.csv:
# they are unless flowbw left out a row or a name, or there are no packets.
ways_are_whole() {
	[ -z "$sums" ] && [ -e work/ways ] || return
	[ ! -s work/flow-messages ] ||
	    ! grep -qv 'the stream clock jumped' work/flow-messages
}

# Writes conversations.csv, the 1000 largest and the 1000 longest connections
# and the sum of the others, and the ranks of all in work/.
find_connections() {
	awk -v most=1000 -v large=work/large -v long=work/long \
	    -v totals=work/totals -f "$room/tables/flows.awk" work/flows
	sort -t $'\t' -k 1,1nr -k 3,3n work/large > work/largest
	sort -t $'\t' -k 2,2nr -k 1,1nr -k 3,3n work/long > work/longest
	awk -v most=1000 -f "$room/tables/conversations.awk" work/totals \
	    work/largest work/longest work/flows > conversations.csv
}

# top_sums COLUMN KEY FILE: the sums of the first 100 keys, and REST; if the
# table does not have the column, the header alone.
top_sums() {
	local header

	header_of "$3"
	if has_columns "$1"; then
		toptalk --by "$2" --top 100 -- "$3"
	else
		echo "$2,packets,bytes"
	fi
}

# Writes destinations.csv, pairs.csv and ports.csv: of the connections, or of
# sums that have no connections but the columns for it.
find_ends() {
	local rows=work/flows ways=work/ways

	[ -z "$sums_without" ] || rows=traffic.csv ways=traffic.csv
	top_sums dst dst "$ways" > destinations.csv
	top_sums dst ends/32/128 "$ways" > pairs.csv
	top_sums dport service,proto "$rows" > ports.csv
}

find_talks() {
	connect
	side_by_side find_sources find_connections find_ends
}

# Writes work/victims: for each flagged source that the page names the address
# to which most of its packets went, and their share.  grep passes over the rows
# of other sources faster than awk.
find_victims() {
	local header

	sed -n '2,27s/,.*/,/p' flagged.csv > work/flagged-sources
	[ -s work/flagged-sources ] || { : > work/victims; return; }
	{
		IFS= read -r header < work/flows
		printf '%s\n' "$header"
		grep -aF -f work/flagged-sources work/flows || :
	} | awk -f "$room/tables/victims.awk" work/flagged-sources - \
	    > work/victims
}
