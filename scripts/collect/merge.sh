# merge.sh - the rows of all sensors in time order, for pktpipe-collect --merge
#
# Rows wait until each recording has reached their time: but none that has had
# no row for the slack, or is that far behind, is waited for.  What waits is in
# a file, so that the memory is that of a piece of each recording.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# limit: sets until to the time up to which rows can be printed, and newest to
# that of the newest row, in milliseconds.
limit() {
	local r

	newest=0 until=''
	for r in "${!reached[@]}"; do
		[ "${reached[$r]}" -le "$newest" ] || newest=${reached[$r]}
	done
	for r in "${!reached[@]}"; do
		[ -n "${unread[$r]-}" ] ||
		    [ "${reached[$r]}" -ge $((newest - slack)) ] || continue
		[ -n "$until" ] && [ "$until" -le "${reached[$r]}" ] ||
		    until=${reached[$r]}
	done
}

# name_silent: says which sensors are not waited for, once a minute at most.
name_silent() {
	local r s
	local -A latest=()

	for r in "${!reached[@]}"; do
		s=${r%%/*}
		[ "${reached[$r]}" -le "${latest[$s]-0}" ] ||
		    latest[$s]=${reached[$r]}
	done
	for s in "${!latest[@]}"; do
		if [ "${latest[$s]}" -ge $((newest - slack)) ]; then
			silent[$s]=''
		elif [ -z "${silent[$s]-}" ]; then
			silent[$s]=yes
			! once_a_minute "silent $s" ||
			    say "$s: silent, or behind: it is not waited for"
		fi
	done
}

# print_until TIME: prints the rows that wait, up to that time in milliseconds.
print_until() {
	sort -s -t , -k 1,1n -T "$tmp" -- "$tmp/waiting" |
	    awk -F, -v until="$1" -v rest="$tmp/rest" '
		$1 * 1000 < until + 1 { print; next }
		{ print > rest }'
	[ -e "$tmp/rest" ] || : > "$tmp/rest"
	mv -f -- "$tmp/rest" "$tmp/waiting"
}

# merge_rows: takes what is new, and prints what need not wait.  Where nothing
# has come for the slack, all is printed.
merge_rows() {
	local until newest now

	take_all 3>&1 >> "$tmp/waiting"
	now=${EPOCHREALTIME/[.,]/}
	[ -z "$grown" ] || last_growth=$now
	[ -s "$tmp/waiting" ] || return 0
	limit
	name_silent
	[ $((now - last_growth)) -lt $((slack * 1000)) ] || until=$newest
	[ "$until" != "$printed" ] || [ -n "$grown" ] || return 0
	printed=$until
	print_until "$until"
}
