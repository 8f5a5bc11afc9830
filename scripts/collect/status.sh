# status.sh - how far the copies of each sensor are
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# note_state: what a sensor's process knows, for the table of all, if that has
# changed: with many sensors a process for each every second counts.
note_state() {
	local row

	printf -v row '%s,%s,%s,%s,%s,%s,%s' "$sensor" "$state" "$newest" \
	    "$behind" "$missing" "$disk" "$clock"
	[ "$row" != "$noted" ] || return 0
	echo "$row" > .status.new && mv -f .status.new .status && noted=$row
} 2> /dev/null		# on a full disk the table says so

# write_status: status.csv, a row for each sensor, replaced as a whole.
write_status() {
	local s row now age code=0

	printf -v now '%(%s)T' -1
	{
		echo sensor,state,newest,age,behind_bytes,missing_bytes,\
disk_bytes,clock
		for s in "${sensors[@]}"; do
			IFS=, read -r -a row < "$s/.status" 2> /dev/null ||
			    row=("$s" connecting '' 0 0)
			age=''
			[ -z "${row[2]}" ] || age=$((now - 10#${row[2]%.*}))
			echo "$s,${row[1]},${row[2]},$age,${row[3]},${row[4]},${row[5]-},${row[6]-}"
		done
	} > .status.csv 2> /dev/null && mv -f -- .status.csv status.csv || code=3
	# Said once, until it can be written again.
	[ "$code" -eq 0 ] || [ "${status_failed-0}" -ne 0 ] ||
	    say "$dir/status.csv: cannot write"
	status_failed=$code
}

# note_room: says once when less than a twentieth of the disk is free.
note_room() {
	local free size

	once_a_minute room || return 0
	read -r free size < <(df -k --output=avail,size . | tail -n 1) || return 0
	if [ $((free * 20)) -ge "$size" ]; then
		room_said=''
	elif [ -z "${room_said-}" ]; then
		room_said=yes
		say "$dir: only $((free / 1024)) MiB of the disk are free"
	fi
}

# show_status: the table of a running or an ended pktpipe-collect.
show_status() {
	[ -r "$dir/status.csv" ] ||
	    fail 3 "$dir: no status.csv: no pktpipe-collect has run there"
	cat -- "$dir/status.csv" 2> /dev/null || fail 3 "stdout: cannot write"
}

# any_runs: whether a sensor's process still runs.
any_runs() {
	kill -0 "${loops[@]}" 2> /dev/null || [ -n "$(jobs -pr)" ]
}

# exit_once: the end of --once; 3 if a sensor could not be reached.
exit_once() {
	local pid status=0

	for pid in "${loops[@]}"; do
		wait "$pid" || status=3
	done
	loops=()
	exit "$status"
}
