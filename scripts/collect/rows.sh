# rows.sh - the rows of all sensors, as they come
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# whole_rows FILE: sets until to the end of its last complete row.
whole_rows() {
	local size torn start

	size=$(stat -c %s -- "$1" 2> /dev/null) || { until=0; return; }
	start=$((size > 65536 ? size - 65536 : 0))
	torn=$(tail -c "+$((start + 1))" -- "$1" | head -c $((size - start)) |
	    awk -v RS='\1' '{ n = split($0, part, "\n")
		print length(part[n]) }')
	until=$((size - ${torn:-0}))
}

# print_rows FILE FROM UNTIL SENSOR: these rows, with the sensor.
print_rows() {
	tail -c "+$(($2 + 1))" -- "$1" | head -c $(($3 - $2)) |
	    awk -v sensor="$4" -v header="$header" '
		$0 == header { next }
		{ print $0 "," sensor }'
}

# start_header FILE: the first header is that of all; false if this one differs.
start_header() {
	local first

	IFS= read -r first < "$1" || return
	if [ -z "$header" ]; then
		header=$first
		printf '%s,sensor\n' "$first" || exit 3
	fi
	[ "$first" = "$header" ] && return
	[ -n "${told[$1]-}" ] || say "$1: left out, since it has other columns"
	told[$1]=yes
	return 1
}

# follow_rows: prints what is added to the copies from now on.
follow_rows() {
	local f header='' until first=yes
	declare -A at=() told=()

	cd -- "$dir" || fail 3 "$dir: cannot enter it"
	while :; do
		for f in */*.csv; do
			[ -f "$f" ] && start_header "$f" || continue
			whole_rows "$f"
			[ -z "$first" ] || at[$f]=$until
			[ "$until" -gt "${at[$f]-0}" ] || continue
			print_rows "$f" "${at[$f]-0}" "$until" "${f%%/*}"
			at[$f]=$until
		done
		first=
		sleep 0.5
	done
}
