# days.sh - which days are to be reported
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# How far back missed nights are looked for.
nights_back=62

# When today began.  Its name, and that of any time, printf knows at once.
midnight=$((EPOCHSECONDS - EPOCHSECONDS % 86400))

seconds_at() {
	date -d "$1" +%s
}

# The days that have a report.
reported() {
	local path

	for path in "$dir"/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]; do
		[ ! -d "$path" ] || printf '%s\n' "${path##*/}"
	done
}

# All days of a span that is given; else yesterday, and what was missed: the
# days without a report since the first that has one.
days() {
	local end=$midnight at one back=$((nights_back * 86400))

	[ -z "$until" ] || end=$(seconds_at "$until")
	# Not head: it would leave the others to a closed pipe.
	one=${since:-$(reported | sed -n 1p)}
	at=$((end - 86400))
	[ -z "$one" ] || at=$(seconds_at "$one")
	if [ -z "$since" ] && [ "$at" -lt $((end - back)) ]; then
		at=$((end - back))
	fi
	for (( ; at < end; at += 86400)); do
		printf -v one '%(%F)T' "$at"
		if [ -n "$since" ] || [ ! -d "$dir/$one" ]; then
			printf '%s\n' "$one"
		fi
	done
}
