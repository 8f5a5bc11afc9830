# days.sh - which days are to be reported
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# Missed days are made up for if they are at most this many days old.
nights_back=62

# When today began.
midnight=$((EPOCHSECONDS - EPOCHSECONDS % 86400))

seconds_at() {
	date -d "$1" +%s
}

# is_whole DIRECTORY: whether it has the files that every report has.  An older
# version could leave a report without them on a full disk.
is_whole() {
	[ -s "$1/report.html" ] && [ -s "$1/summary.csv" ] &&
	    [ -s "$1/hourly.csv" ]
}

# The days that have a directory.
folders() {
	local path

	for path in "$dir"/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]; do
		[ ! -d "$path" ] || printf '%s\n' "${path##*/}"
	done
}

# The days that have a report.
reported() {
	local day

	for day in $(folders); do
		! is_whole "$dir/$day" || printf '%s\n' "$day"
	done
}

# Prints the days to report: all days of the span that the options give, else
# yesterday and the days without a whole report since the first that has one.
days() {
	local end=$midnight at one back=$((nights_back * 86400))

	[ -z "$until" ] || end=$(seconds_at "$until")
	# sed, since head would close the pipe before all days are written.
	one=${since:-$(folders | sed -n 1p)}
	at=$((end - 86400))
	[ -z "$one" ] || at=$(seconds_at "$one")
	if [ -z "$since" ] && [ "$at" -lt $((end - back)) ]; then
		at=$((end - back))
	fi
	for (( ; at < end; at += 86400)); do
		printf -v one '%(%F)T' "$at"
		if [ -n "$since" ] || ! is_whole "$dir/$one"; then
			printf '%s\n' "$one"
		fi
	done
}
