# recorder.sh - the rows that viewers follow
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # the main script's

# What viewers are told of the source of the rows: a word, then a text.
state() {
	printf '%s %s\n' "$1" "$2" > "$PKTPIPE_WEB/state.new"
	mv -- "$PKTPIPE_WEB/state.new" "$PKTPIPE_WEB/state"
}

# Viewers follow a file that others write.
follow() {
	local file

	file=$(readlink -f -- "$operand")
	if [ -e "$file" ]; then need r "$file"; else need x "${file%/*}/"; fi
	ln -s -- "$file" "$PKTPIPE_WEB/rows"
	state file "${operand##*/}"
}

# Records the interfaces, in files that are turned over when they are large.
record() {
	local i from=()

	for i in "${interfaces[@]}"; do from+=(-i "$i"); done
	[ "$(id -u)" -ne 0 ] || from+=(--user "$user")
	try_capture "${from[@]}"
	ln -s -- recording "$PKTPIPE_WEB/rows"
	keep_recording "${from[@]}" &
	recorder=$!
}

# Captures with these options until it is told to end, and again once that is
# possible after the interfaces went down.
keep_recording() {
	local capture=''

	trap - EXIT
	trap '[ -z "$capture" ] || kill "$capture" 2> /dev/null || :
	    wait; exit 0' INT TERM
	while :; do
		pcap2csv "$@" --fields sport,dport,flags,iface \
		    --write "$PKTPIPE_WEB/recording" &
		capture=$!
		state live "${interfaces[*]}"
		turn_over "$capture"
		wait "$capture" || :
		capture=''
		state ended "${interfaces[*]}"
		until pcap2csv "$@" --duration 1ms > /dev/null 2>&1; do
			sleep 1
		done
	done
}

# Looks once a second whether the recording is too large, while its process is
# there.  One that is turned over has a while, in which viewers come to its
# end.
turn_over() {
	local file=$PKTPIPE_WEB/recording turned=-5

	while sleep 1 && kill -0 "$1" 2> /dev/null; do
		[ $((SECONDS - turned)) -ge 5 ] || continue
		[ "$(stat -c %s -- "$file" 2> /dev/null || echo 0)" -gt \
		    "$max_size" ] || continue
		mv -f -- "$file" "$file.1"
		kill -HUP "$1"
		turned=$SECONDS
	done
}
