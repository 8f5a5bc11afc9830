# record.sh - a recording, in files whose number and size are bounded
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# Starts to record in the background.
record() {
	pcap2csv "${interfaces[@]}" "${capture[@]}" \
	    --fields sport,dport,flags --write "$write" 2>> "$tmp/said" &
	recorder=$!
	turn_over &
	keeper=$!
}

# file is renamed file.1, file.1 file.2 and so on; the last is removed.
shift_files() {
	local i

	if [ "$keep" -eq 0 ]; then
		rm -f -- "$write"
		return
	fi
	for ((i = keep - 1; i >= 1; i--)); do
		[ ! -e "$write.$i" ] || mv -f -- "$write.$i" "$write.$((i + 1))"
	done
	mv -f -- "$write" "$write.1"
}

# Looks once a second whether the file is too large or too old.
turn_over() {
	local since=$SECONDS size

	trap - EXIT
	trap 'exit 0' TERM
	while sleep 1 && kill -0 "$recorder" 2> /dev/null; do
		size=$(stat -c %s -- "$write" 2> /dev/null || echo 0)
		[ "$size" -gt "$max_size" ] || { [ "$max_age" -gt 0 ] &&
		    [ $((SECONDS - since)) -ge "$max_age" ]; } || continue
		shift_files
		kill -HUP "$recorder"
		since=$SECONDS
	done
	# The recorder has ended by itself, and so does what follows the file.
	end_rows
}

end_record() {
	[ -n "${recorder-}" ] || return 0
	kill "$keeper" "$recorder" 2> /dev/null || true
	wait "$keeper" || true
	wait "$recorder" || status=$?
	recorder=''
}
