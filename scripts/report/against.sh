# against.sh - another capture, table or report that a report is compared with
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154,SC2034  # other parts set and use them

# Whether the other is a report's directory.
is_report() {
	[ -d "$against" ]
}

ingest_other() {
	local tmp=$tmp/work/other since='' until='' status=0 rules_job=none

	ingest "$against"
	any_packets
	echo "$status" > "$tmp/work/status"
}

# Reads the other, whose messages people see, as the report's own input is read.
read_other() {
	local code

	if is_report; then
		[ -r "$against/summary.csv" ] && [ -r "$against/rate.csv" ] ||
		    fail 3 "no report in \"$(show "$against")\""
		return
	fi
	mkdir -- "$tmp/work/other" "$tmp/work/other/work" 2> /dev/null ||
	    cannot_write
	( ingest_other )
	read -r code < "$tmp/work/other/work/status"
	[ "$code" -le "$status" ] || status=$code
}

# The other's tables, made by the functions that make the report's.
make_other() {
	local tmp=$tmp/work/other spike=auto
	local sums='' sums_step=0 sums_without='' first=0 last=0 span=0

	cd -- "$tmp"
	find_sums
	side_by_side find_rates find_sources
	read -r bin first last span strays near far < work/span
	bin_s=$(seconds_of "$bin")
	find_protocols
	find_figures
	toptalk --by src -- work/pairs.csv > sources.csv
}

# Writes comparison.csv, and the other's summary and rates in work/.
find_comparison() {
	local other=work/other

	if is_report; then other=$against; else ( make_other ); fi
	cp -- "$other/summary.csv" work/other-summary.csv
	cp -- "$other/rate.csv" work/other-rate.csv
	toptalk --by src -- work/pairs.csv > work/all-sources.csv
	{
		echo kind,name,packets,bytes,other_packets,other_bytes
		awk -f "$room/tables/compare.awk" \
		    kind=proto protocols.csv other=1 "$other/protocols.csv" \
		    kind=src other=0 work/all-sources.csv other=1 \
		    "$other/sources.csv" |
		    sort -t $'\t' -k 1,1 -k 2,2nr -k 3,3 | cut -f 3- |
		    awk '!/^src,/ || ++n <= 100'
	} > comparison.csv
}
