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
	pcap2csv "${from[@]}" --fields sport,dport,flags,iface \
	    --write "$PKTPIPE_WEB/recording" &
	recorder=$!
	ln -s -- recording "$PKTPIPE_WEB/rows"
	state live "${interfaces[*]}"
	keep &
	keeper=$!
}

# Looks once a second whether the recording is too large, or at its end.  One
# that is turned over has a while, in which viewers come to its end.
keep() {
	local file=$PKTPIPE_WEB/recording turned=-5

	trap - EXIT
	trap 'exit 0' INT TERM
	while sleep 1 && kill -0 "$recorder" 2> /dev/null; do
		[ $((SECONDS - turned)) -ge 5 ] || continue
		[ "$(stat -c %s -- "$file" 2> /dev/null || echo 0)" -gt \
		    "$max_size" ] || continue
		mv -f -- "$file" "$file.1"
		kill -HUP "$recorder"
		turned=$SECONDS
	done
	state ended "${interfaces[*]}"
}
