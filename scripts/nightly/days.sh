# days.sh - which days are to be reported
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# How far back missed nights are looked for.
nights_back=62

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
	local first end at one

	end=${until:-$(date +%F)}
	if [ -n "$since" ]; then
		first=$since
	else
		# Not head: it would leave the others to a closed pipe.
		first=$(reported | sed -n 1p)
		one=$(date -d "$end - $nights_back days" +%F)
		[[ ! $first < $one ]] || first=${first:+$one}
		first=${first:-$(date -d "$end - 1 day" +%F)}
	fi
	for ((at = $(seconds_at "$first"); at < $(seconds_at "$end"); at += 86400)); do
		one=$(date -d "@$at" +%F)
		if [ -n "$since" ] || [ ! -d "$dir/$one" ]; then
			printf '%s\n' "$one"
		fi
	done
}
