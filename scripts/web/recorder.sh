# recorder.sh - the rows that viewers follow
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # the main script's

rows_max=$((64 << 20))		# bytes of the recording; one older is kept

# What viewers are told of the source of the rows: a word, then a text.
state() {
	printf '%s %s\n' "$1" "$2" > "$PKTPIPE_WEB/state.new"
	mv -- "$PKTPIPE_WEB/state.new" "$PKTPIPE_WEB/state"
}

# Viewers follow a file that others write.
follow() {
	ln -s -- "$(readlink -f -- "$operand")" "$PKTPIPE_WEB/rows"
	state file "${operand##*/}"
}

# Records the interfaces, in files that are turned over when they are large.
record() {
	local i from=()

	for i in "${interfaces[@]}"; do from+=(-i "$i"); done
	[ "$(id -u)" -ne 0 ] || from+=(--user "$user")
	pcap2csv "${from[@]}" --fields sport,dport,flags,iface \
	    --write "$PKTPIPE_WEB/rows" &
	recorder=$!
	state live "${interfaces[*]}"
	keep &
	keeper=$!
}

keep() {
	trap - EXIT
	trap 'exit 0' INT TERM
	while sleep 1 && kill -0 "$recorder" 2> /dev/null; do
		[ "$(stat -c %s -- "$PKTPIPE_WEB/rows" 2> /dev/null ||
		    echo 0)" -gt "$rows_max" ] || continue
		mv -f -- "$PKTPIPE_WEB/rows" "$PKTPIPE_WEB/rows.1"
		kill -HUP "$recorder"
	done
	state ended "${interfaces[*]}"
}
