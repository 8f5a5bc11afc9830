# page.sh - the last stage of a report: report.html, and tables for a terminal
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options, and what tables.sh set

# The largest spikes with their times in words: "clock,bytes per second".
spikes() {
	local time rate offset

	offset=$(zone_offset "$first")
	awk -F, -v bin_s="$bin_s" 'FNR > 1 && $4 == 1 {
		printf "%s %.0f\n", $1, $3 / bin_s }' rate.csv |
	    sort -k 2,2nr -k 1,1n | sed -n 1,10p |
	    while read -r time rate; do
		printf '%s,%s\n' "$(clock "$time" "$offset")" "$rate"
	    done
}

# The starts of alerts: rank of the severity, time, sentence, by tabs.
starts() {
	awk -F, -f "$share/lib/alert.awk" -f "$room/page/starts.awk" alerts.csv |
	    sort -t $'\t' -k 1,1nr -k 2,2n
}

# The most severe alerts in words: "clock,1 if red,sentence".
events() {
	local rank time sentence offset

	offset=$(zone_offset "$first")
	sed -n 1,26p work/starts | while IFS=$'\t' read -r rank time sentence; do
		printf '%s,%d,%s\n' "$(clock "$time" "$offset")" \
		    $((rank == 3)) "$sentence"
	done
}

# connections FILE: the first of work/largest or work/longest, with their starts
# in words.
connections() {
	local time rest offset

	offset=$(zone_offset "$first")
	{ head -n 1 work/flows; sed -n 1,10p "$1"; } |
	    awk -f "$room/page/connections.awk" |
	    while IFS=, read -r time rest; do
		[ -z "$time" ] || time=$(clock "$time" "$offset")
		printf '%s,%s\n' "$time" "$rest"
	    done
}

# What the page shows with times in words.
make_lists() {
	spikes > work/spikes
	starts > work/starts
	events > work/events
	connections work/largest > work/largest-connections
	connections work/longest > work/longest-connections
}

# The picture without its own heading, which the page's is, and margins.
page_picture() {
	echo '<figure>'
	sed -n '/<svg/,$ {
	    s/width="1200" height="1080"/width="1160" height="1012"/
	    s/viewBox="0 0 1200 1080"/viewBox="20 64 1160 1012"/; p; }' \
	    report.svg
	echo '</figure>'
}

# Files' names are outside text: made harmless, one a line, then escaped.
page() {
	local f alerts interfaces=interfaces.csv countries=countries.csv

	page_head
	render page/notes.awk work/unseen > work/notes
	printf '%s\n' "$heading" > work/heading
	for f in "${operands[@]}"; do show "${f##*/}"; done |
	    render page/head.awk work/heading - work/notes
	page_picture
	make_lists
	alerts=$(wc -l < work/starts)
	[ -e "$interfaces" ] || interfaces=
	[ -e "$countries" ] || countries=
	render page/tables.awk more_alerts=$((alerts > 26 ? alerts - 26 : 0)) \
	    suspicious.csv selected.csv protocols.csv sources.csv \
	    ${countries:+"$countries"} ${interfaces:+"$interfaces"} \
	    flagged.csv work/events work/spikes \
	    work/largest-connections work/longest-connections
	printf '<footer>Beside this page, as CSV:'
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
