# page.sh - the last stage of a report: report.html, and tables for a terminal
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options, and what tables.sh set

# The largest spikes with their times in words: "clock,bytes per second".
spikes() {
	local time rate words

	awk -F, -v bin_s="$bin_s" 'FNR > 1 && $4 == 1 {
		printf "%s %.0f\n", $1, $3 / bin_s }' rate.csv |
	    sort -k 2,2nr -k 1,1n | sed -n 1,10p |
	    while read -r time rate; do
		clock words "$time" "$offset"
		printf '%s,%s\n' "$words" "$rate"
	    done
}

# The starts of alerts: rank of the severity, time, sentence, by tabs.
starts() {
	awk -F, -f "$share/lib/alert.awk" -f "$room/page/starts.awk" alerts.csv |
	    sort -t $'\t' -k 1,1nr -k 2,2n
}

# The most severe alerts in words: "clock,1 if red,sentence".
events() {
	local rank time sentence words

	sed -n 1,26p work/starts | while IFS=$'\t' read -r rank time sentence; do
		clock words "$time" "$offset"
		printf '%s,%d,%s\n' "$words" $((rank == 3)) "$sentence"
	done
}

# connections FILE: the first of work/largest or work/longest, with their starts
# in words.
connections() {
	local header time rest

	IFS= read -r header < work/flows || :
	{ printf '%s\n' "$header"; sed -n 1,10p "$1"; } |
	    awk -f "$room/page/connections.awk" |
	    while IFS=, read -r time rest; do
		[ -z "$time" ] || clock time "$time" "$offset"
		printf '%s,%s\n' "$time" "$rest"
	    done
}

# Whether there are so few packets that they say more than a figure.
is_tiny() {
	local rows

	mapfile -n 14 -t rows < traffic.csv || return
	[ -z "$sums" ] && has_packets && [ ${#rows[@]} -le 13 ]
}

# The packets, with their times in words.
packets() {
	tail -n +2 traffic.csv | tr -d '\000' | cut -d , -f 1-5 | worded
}

# worded: rows, with their times in words.
worded() {
	local time rest fraction

	while IFS=, read -r time rest; do
		fraction=${time#"${time%.*}"}
		[ -z "$time" ] || clock time "$time" "$offset"
		printf '%s%s,%s\n' "$time" "$fraction" "$rest" || return
	done
}

# What the page shows with times in words.
make_lists() {
	spikes > work/spikes
	starts > work/starts
	events > work/events
	connections work/largest > work/largest-connections
	connections work/longest > work/longest-connections
	flagged > work/flagged
	! is_tiny || packets > work/packets
}

# The flagged sources, the most severe first, with the time in words where the
# page has room for them.
flagged() {
	local src time rest n=0

	awk -f "$share/lib/alert.awk" -f "$room/page/flagged.awk" flagged.csv \
	    work/victims alerts.csv |
	    while IFS=$'\t' read -r src time rest; do
		[ $((n++)) -ge 26 ] || clock time "$time" "$offset"
		printf '%s\t%s\t%s\n' "$src" "$time" "$rest"
	    done
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
	local f alerts shown=(suspicious.csv)
	local by_protocol=(selected.csv protocols.csv)
	local others=(sources.csv destinations.csv pairs.csv ports.csv
	    countries.csv interfaces.csv work/spikes work/largest-connections
	    work/longest-connections)

	alerts=$(wc -l < work/starts)
	[ ! -e work/packets ] || others=()
	[[ ${facts[*]} != *\ packets=1\ * ]] || by_protocol=()
	[ ! -e comparison.csv ] || others=(comparison.csv
	    ${others[@]+"${others[@]}"})
	for f in work/packets work/flagged work/events \
	    ${by_protocol[@]+"${by_protocol[@]}"} ${others[@]+"${others[@]}"}; do
		[ ! -e "$f" ] || shown+=("$f")
	done
	render page/tables.awk \
	    more_alerts=$((alerts > 26 ? alerts - 26 : 0)) "${shown[@]}"
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
	render page/terminal.awk work/notes protocols.csv sources.csv
	printf '\npicture  %s\npage     %s\n' "$dir/report.png" \
	    "$dir/report.html"
}
