# page.sh - the last stage of a report: report.html, and tables for a terminal
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options, and what tables.sh set

# The largest spikes first: time, bytes per second.
spikes() {
	awk -F, -v bin_s="$bin_s" 'FNR > 1 && $4 == 1 {
		printf "%s,%.0f\n", $1, $3 / bin_s }' rate.csv |
	    sort -t , -k 2,2nr -k 1,1n
}

# The starts of alerts, the most severe first: rank of the severity, time,
# sentence, by tabs.
starts() {
	! has_rows alerts.csv || awk -F, -f "$share/lib/alert.awk" \
	    -f "$room/page/starts.awk" alerts.csv |
	    sort -t $'\t' -k 1,1nr -k 2,2n
}

# Writes work/largest-connections and work/longest-connections.
connections() {
	local header

	IFS= read -r header < work/flows || :
	awk -v header="$header" -f "$room/page/connections.awk" work/largest \
	    work/longest
}

# Whether there are so few packets that they say more than a figure.
is_tiny() {
	local rows

	mapfile -n 14 -t rows < traffic.csv || return
	[ -z "$sums" ] && has_packets && [ ${#rows[@]} -le 13 ]
}

# What the page shows beside the tables.
make_lists() {
	spikes > work/spikes
	starts > work/starts
	connections
	awk -f "$share/lib/alert.awk" -f "$room/page/flagged.awk" flagged.csv \
	    work/victims alerts.csv > work/flagged
	! is_tiny || tail -n +2 traffic.csv | tr -d '\000' |
	    cut -d , -f 1-5 > work/packets
}

# The panels of the figure one by one, so that they can stand beside or below
# one another: each is a part of one drawing, and on a phone of the narrow one.
page_picture() {
	sed -n '/<svg/,/<\/svg>/ { s/<svg */<svg class="drawing" /; p; }' \
	    report.svg work/narrow.svg
	render page/panels.awk work/narrow/captions \
	    work/narrow/{packets,bytes,sources,flagged}.tsv
}

# The tables, in the order of the page; few packets stand for their sums.
page_tables() {
	local f shown=(suspicious.csv)
	local by_protocol=(selected.csv protocols.csv)
	local others=(sources.csv destinations.csv pairs.csv ports.csv
	    countries.csv interfaces.csv work/spikes work/largest-connections
	    work/longest-connections)

	[ ! -e work/packets ] || others=()
	[[ ${facts[*]} != *\ packets=1\ * ]] || by_protocol=()
	[ ! -e comparison.csv ] || others=(comparison.csv
	    ${others[@]+"${others[@]}"})
	for f in work/packets work/flagged work/starts \
	    ${by_protocol[@]+"${by_protocol[@]}"} ${others[@]+"${others[@]}"}; do
		[ ! -e "$f" ] || shown+=("$f")
	done
	render page/tables.awk "${shown[@]}"
}

# Files' names are outside text: made harmless, one a line, then escaped.
page() {
	local f

	page_head
	make_lists
	render page/summary.awk work/starts protocols.csv sources.csv \
	    destinations.csv > work/summary
	render page/notes.awk work/unseen ${against:+comparison.csv} > work/notes
	printf '%s\n' "$heading" > work/heading
	for f in "${operands[@]}"; do show "${f##*/}"; done |
	    render page/head.awk work/heading - work/summary work/notes
	[ -e work/packets ] || ! has_packets || page_picture
	page_tables
	printf '<footer>The folder of this page has the tables as CSV:'
	for f in *.csv; do printf ' <a href="%s">%s</a>' "$f" "$f"; done
	printf '</footer>\n</body>\n</html>\n'
}

make_page() {
	page | tr -d '\000' > report.html
}

print_tables() {
	local where=${dir//[[:cntrl:]]/?}

	render page/terminal.awk work/notes protocols.csv sources.csv
	printf '\npicture  %s\npage     %s\n' "$where/report.png" \
	    "$where/report.html"
}
