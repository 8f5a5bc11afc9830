# silence.sh - recordings and interfaces that have no rows where they should
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# A recording or interface is missed for as many days after its last row.
days_missed=7

# recording_of FILE: the name of the recording that a file is a part of: without
# directory, numbers and dates, and what follows the suffix; behind that of its
# sensor.
recording_of() {
	local s=${1##*/} sensor=''

	[ "$depth" -eq 1 ] || { sensor=${1%/*} sensor=${sensor##*/}:; }

	s=$(sed -E ':a; $!{N;ba}; s/\n/?/g
	    s/\.(csv|pcapng|pcap|cap)[-._0-9TZ]*(\.(gz|zst|xz|bz2|lz4))?$/.\1/
	    s/[-_.]?[0-9]{4,}[-_.0-9TZ]*(\.[a-z]+)$/\1/' <<< "$s") || return
	printf '%s\n' "$sensor${s//[^A-Za-z0-9._:@-]/?}"
}

# in_words SECONDS [FORMAT]: a time of the day.
in_words() {
	printf "%(${2-%H:%M:%S})T" "${1%.*}"
}

# known_before DAY: of the reports of the days before, each recording and place
# with its last row, by commas.
known_before() {
	local at one i

	at=$(seconds_at "$1")
	for ((i = 1; i <= days_missed; i++)); do
		one=$dir/$(in_words $((at - i * 86400)) %F)/recordings.csv
		[ ! -e "$one" ] || tail -n +2 -- "$one"
	done | awk -F, '!(($1, $2) in seen) { seen[$1, $2]
	    print $1 "," $2 "," $4 }'
}

# last_row RECORDING: the time of the last row of its newest file.
last_row() {
	local f newest=''

	for f in ${files[@]+"${files[@]}"}; do
		[ "$(recording_of "$f")" != "$1" ] || newest=$f
	done
	[ -n "$newest" ] || return 0
	look_into "$newest"
	if [ -n "${table[$newest]}" ]; then
		csvclean -- "$newest"
	else
		pcap2csv -- "$newest"
	fi 2> /dev/null | awk -F, 'NR > 1 && $1 > t { t = $1 }
	    END { if (t) print t }' || true
}

# silent TEXT: a problem, for the messages, the page and the mail.
silent() {
	trouble 1 "$day: $1"
	printf '%s\n' "$1" >> "$tmp/silent"
}

# absent NAME LAST: reports that there are no rows on the day at all.
absent() {
	local last=''

	[ -z "$2" ] || last="; the last row is of $(in_words "$2" "%F %T") UTC"
	silent "$1: no rows$last"
}

# gaps: reports the gaps that silence.awk found.
gaps() {
	local recording place since until

	while IFS=, read -r recording place _ _ _ since until; do
		[ -n "$since" ] || continue
		if [ -n "$until" ]; then
			until=$(in_words "$until")
			since="from $(in_words "$since") to $until"
		else
			since="since $(in_words "$since")"
		fi
		silent "$recording${place:+, $place}: no rows $since UTC"
	done
}

# missing: reports the recordings and interfaces that have no rows on the day,
# those of the days before and those of which there are files.
missing() {
	local recording place last f start found known

	start=$(seconds_at "$day")
	known_before "$day" > "$tmp/before"
	found=$(cut -d , -f 1,2 "$tmp/recordings")
	known=$(cut -d , -f 1 "$tmp/recordings" "$tmp/before")
	while IFS=, read -r recording place last; do
		grep -qxF -- "$recording,$place" <<< "$found" ||
		    absent "$recording${place:+, $place}" "$last"
	done < "$tmp/before"
	for f in ${files[@]+"${files[@]}"}; do
		[ "${written[$f]}" -ge $((start - days_missed * 86400)) ] ||
		    [ "${resting[$f]}" -eq 1 ] || continue
		look_into "$f"
		[ "${first[$f]:-$start}" -lt $((start + 86400)) ] || continue
		recording_of "$f"
	done | sort -u > "$tmp/expected"
	while IFS= read -r recording; do
		grep -qxF -- "$recording" <<< "$known" ||
		    absent "$recording" "$(last_row "$recording")"
	done < "$tmp/expected"
}

# find_silence: writes recordings.csv of the day's report, and reports what is
# missing unless nothing is expected.
find_silence() {
	{
		echo recording,place,first,last,rows
		cut -d , -f 1-5 "$tmp/recordings"
	} > "$tmp/new/recordings.csv"
	: > "$tmp/silent"
	[ "$expect" != none ] || return 0
	gaps < "$tmp/recordings"
	missing
}
