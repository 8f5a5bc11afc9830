# index.sh - hourly.csv, daily.csv and index.html over all reports
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The rows of hourly.csv whose days have no report any more.
hours_of_old() {
	local day

	[ -e "$dir/hourly.csv" ] || return 0
	while read -r day; do
		echo $(($(seconds_at "$day") / 86400))
	done < <(reported) |
	    awk -F, '!rows { here[$1]; next }
		FNR == 1 || !(int($1 / 86400) in here)' - rows=1 \
		"$dir/hourly.csv"
}

# The nights' tallies merged by the program that made them.
sum_up() {
	local day

	{
		hours_of_old
		for day in $(reported); do cat -- "$dir/$day/hourly.csv"; done
	} | ratebw --bin 1h --by proto --max-bins 4194304 > "$tmp/hourly.csv"
	ratebw --bin 1d --by proto --max-bins 4194304 -- "$tmp/hourly.csv" \
	    > "$tmp/daily.csv"
	mv -f -- "$tmp/hourly.csv" "$tmp/daily.csv" "$dir"
}

# The facts of each day: day, packets, bytes, peak, alerts.  An alert has rows
# for its start, its state from time to time, and its end.
facts_of_days() {
	local day

	for day in $(reported); do
		awk -F, -v day="$day" '
		    FNR == 1 { split("", at)
			for (i = 1; i <= NF; i++) at[$i] = i; next }
		    "peak" in at { p = $at["packets"]; b = $at["bytes"]
			k = $at["peak"] }
		    "state" in at && $at["state"] == "start" { alerts++ }
		    END { printf "%s,%s,%s,%s,%d\n", day, p, b, k, alerts }' \
		    "$dir/$day/summary.csv" "$dir/$day/alerts.csv"
	done
}

make_index() {
	facts_of_days > "$tmp/days"
	{
		page_head
		awk -F, -f "$lib/units.awk" -f "$lib/html.awk" \
		    -f "$share/nightly/index.awk" "$tmp/days"
	} > "$tmp/index.html"
	mv -f -- "$tmp/index.html" "$dir"
}
