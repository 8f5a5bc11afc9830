# talks.sh - who talks to whom: connections, and the sums of them
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# Writes conversations.csv, the 1000 largest and the 1000 longest connections
# and the sum of the others, and the ranks of both in work/.  Of rows that came
# late, as of captures given one after the other, all are sorted by time first.
find_connections() {
	local rows=traffic.csv

	if [ -n "$sums_without" ]; then
		rows=work/no-rows
		echo time,src,dst,proto,len > "$rows"
	fi
	flowbw -- "$rows" > work/flows 2> work/flow-messages
	if grep -q ' came late: ' work/flow-messages; then
		in_order < traffic.csv | flowbw > work/flows \
		    2> work/flow-messages
	fi
	grep -v 'the stream clock jumped' work/flow-messages >&6 || true
	awk -v most=1000 -v large=work/large -v long=work/long \
	    -v one_way=work/one-way -v totals=work/totals \
	    -f "$room/tables/flows.awk" work/flows
	sort -t $'\t' -k 1,1nr -k 3,3n work/large | sed -n 1,1000p \
	    > work/largest
	sort -t $'\t' -k 2,2nr -k 1,1nr -k 3,3n work/long | sed -n 1,1000p \
	    > work/longest
	{
		head -n 1 work/flows
		cat work/totals
		sort -u -t $'\t' -k 3,3n work/largest work/longest
	} | awk -f "$room/tables/conversations.awk" > conversations.csv
}

# top_sums COLUMN KEY FILE: the sums of the first 100 keys, and REST; if the
# table does not have the column, the header alone.
top_sums() {
	local header

	header=,$(head -n 1 "$3" | tr -d '\000'),
	if has_columns "$1"; then
		toptalk --by "$2" --top 100 -- "$3"
	else
		echo "$2,packets,bytes"
	fi
}

# Writes destinations.csv, pairs.csv and ports.csv: of the connections, or of
# sums that have no connections but the columns for it.
find_talks() {
	local rows=work/flows one_way=work/one-way

	find_connections
	[ -z "$sums_without" ] || rows=traffic.csv one_way=traffic.csv
	top_sums dst dst "$one_way" > destinations.csv
	top_sums dst ends/32/128 "$rows" > pairs.csv
	top_sums dport service,proto "$rows" > ports.csv
}

# Writes work/victims: for each flagged source the address to which most of its
# packets went, and their share.  grep passes over the rows of other sources
# faster than awk.
find_victims() {
	tail -n +2 flagged.csv | cut -d , -f 1 | sed 's/$/,/' \
	    > work/flagged-sources
	{
		head -n 1 work/one-way
		grep -aF -f work/flagged-sources work/one-way || :
	} | awk -f "$room/tables/victims.awk" flagged.csv - > work/victims
}
