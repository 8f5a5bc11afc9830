# unusual.sh - rates of a day that are not what they usually are
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# state_before DAY NAME: the newest file of that name in the report of a day
# before: what is known by then.  So a day made again gives the same.
state_before() {
	local one last=''

	for one in $(reported); do
		[[ $one < $1 ]] || break
		[ ! -e "$dir/$one/$2" ] || last=$dir/$one/$2
	done
	printf '%s\n' "$last"
}

# learn NAME BIN [KEY [OPTION ...]]: prints what rateflag makes of the day's
# rates in bins, and keeps in the file NAME what is known after it.
learn() {
	local old code=0 by=(${3:+--by "$3"})
	local flags=(--bin "$2" ${by[@]+"${by[@]}"} "${@:4}" --state "$new/$1")

	old=$(state_before "$day" "$1")
	[ -z "$old" ] || cp -- "$old" "$new/$1"
	ratebw --bin "$2" ${by[@]+"${by[@]}"} -- "$tmp/rows/$day" > "$tmp/sums"
	rateflag "${flags[@]}" -- "$tmp/sums" || code=$?
	if [ "$code" -eq 2 ]; then
		trouble 1 "$day: usual rates are learnt anew"
		rm -f -- "$new/$1"
		code=0
		rateflag "${flags[@]}" -- "$tmp/sums" || code=$?
	fi
	[ "$code" -le 1 ] || fail 3 "$day: unusual rates are not known"
}

# find_band: sets band to the options for the usual range in the report's
# figure, once there are two days to know it from.
find_band() {
	local one n=0

	for one in $(reported); do
		[[ $one < $day ]] || break
		[ ! -e "$dir/$one/band.state" ] || n=$((n + 1))
	done
	learn band.state 5m '' --scores > "$tmp/band"
	band=()
	[ "$n" -lt 2 ] || band=(--usual "$tmp/band")
}

# find_unusual: writes unusual.csv of the day's report, the minutes of each
# protocol and the hours of all traffic, and the sentences of the list.
find_unusual() {
	local one before

	{
		learn minutes.state 1m proto > "$tmp/minutes"
		learn hours.state 1h > "$tmp/hours"
		head -n 1 -- "$tmp/minutes"
		for one in minutes hours; do
			tail -n +2 -- "$tmp/$one"
		done | sort -t , -k 1,1n -s
	} > "$new/unusual.csv"
	before=$dir/$(date -d "$day - 1 day" +%F)/unusual.csv
	[ -e "$before" ] || before=/dev/null
	awk -F, -f "$share/lib/alert.awk" -f "$room/unusual.awk" \
	    "$before" known=1 "$new/unusual.csv" > "$tmp/unusual"
}

# list_unusual FILE: a list of them at the end of the day's page, if there are
# any, and a link to the table.
list_unusual() {
	while IFS=$'\t' read -r at sentence; do
		printf '%s\t%s\n' "$(in_words "$at")" "$sentence"
	done < "$tmp/unusual" > "$tmp/list"
	awk -f "$share/lib/html.awk" -f "$room/unusual-list.awk" \
	    "$tmp/list" page=1 "$1" > "$tmp/page"
	cat -- "$tmp/page" > "$1"
}
