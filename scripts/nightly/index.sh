# index.sh - hourly.csv, daily.csv and index.html over all reports
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The rows of hourly.csv for days whose reports were deleted.
hours_of_old() {
	[ -e "$dir/hourly.csv" ] || return 0
	reported | date -f - +%s |
	    awk -F, '!rows { here[$1 / 86400]; next }
		FNR == 1 || !(int($1 / 86400) in here)' - rows=1 \
		"$dir/hourly.csv"
}

# files_of NAME ...: sets paths to the files of these names in every report.
files_of() {
	local day one

	paths=()
	for day in $(reported); do
		for one; do paths+=("$dir/$day/$one"); done
	done
}

# Merges the days' sums, with the program that made them.
sum_up() {
	local paths

	files_of hourly.csv
	{
		hours_of_old
		cat -- /dev/null ${paths[@]+"${paths[@]}"}
	} | ratebw --bin 1h --by proto --max-bins 4194304 > "$tmp/hourly.csv"
	ratebw --bin 1d --by proto --max-bins 4194304 -- "$tmp/hourly.csv" \
	    > "$tmp/daily.csv"
	mv -f -- "$tmp/hourly.csv" "$tmp/daily.csv" "$dir"
}

# Prints of each day: day, packets, bytes, peak, alerts, those of high severity.
# An alert has several rows; the one of its start is counted.
facts_of_days() {
	local paths

	files_of summary.csv alerts.csv
	[ ${#paths[@]} -eq 0 ] || awk -F, '
	    function print_day() {
		if (day != "")
			printf "%s,%s,%s,%s,%d,%d\n", day, p, b, k, alerts,
			    high
	    }
	    FNR == 1 { split("", at)
		for (i = 1; i <= NF; i++) at[$i] = i
		if (!("peak" in at)) next
		print_day(); alerts = high = 0
		n = split(FILENAME, part, "/"); day = part[n - 1]; next }
	    "peak" in at { p = $at["packets"]; b = $at["bytes"]
		k = $at["peak"] }
	    "state" in at && $at["state"] == "start" { alerts++
		high += $at["severity"] == "high" }
	    END { print_day() }' "${paths[@]}"
}

# The days whose page says that rows are missing.
days_with_gaps() {
	local day

	for day in $(reported); do
		! grep -qa '^<p class="red">.*: no rows' \
		    "$dir/$day/report.html" || printf '%s\n' "$day"
	done
}

make_index() {
	facts_of_days > "$tmp/days"
	days_with_gaps > "$tmp/gaps"
	{
		page_head
		awk -F, -f "$share/lib/format.awk" -f "$share/lib/html.awk" \
		    -v page_title="$title" -f "$room/index.awk" "$tmp/gaps" \
		    "$tmp/days"
	} > "$tmp/page"
	count_note sensors > "$tmp/note"
	awk -v note="$tmp/note" '{ print }
	    /^<h1>/ { while ((getline line < note) > 0) print line }' \
	    "$tmp/page" > "$tmp/index.html"
	mv -f -- "$tmp/index.html" "$dir"
	link_days
}

# link PATH TEXT: a link of the line of links; the text alone without a path.
link() {
	[ -z "$1" ] || printf ' <a href="../%s">%s</a>' "$1" "$2"
}

# The line of links on each day's page: the day before, the index, the next day.
link_days() {
	local all=() i before next line page

	mapfile -t all < <(reported)
	for ((i = 0; i < ${#all[@]}; i++)); do
		page=$dir/${all[i]}/report.html
		[ -e "$page" ] || continue
		before='' next=''
		[ "$i" -eq 0 ] || before=${all[i - 1]}/report.html
		[ -z "${all[i + 1]-}" ] || next=${all[i + 1]}/report.html
		line=$(echo "<nav>$(link "$before" "&#8592; ${before%/*}")$(link \
		    index.html 'All days')$(link "$next" "${next%/*} &#8594;")</nav>")
		[ "$(grep -am 1 '^<nav>' "$page")" != "$line" ] || continue
		awk -v line="$line" '/^<nav>/ { next }
		    /^<h1>/ { print line } { print }' "$page" > "$tmp/page"
		chmod --reference="$page" -- "$tmp/page"
		mv -f -- "$tmp/page" "$page"
	done
}
