# recorder.sh - the rows that viewers follow
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # the main script's

# state WORD TEXT: the state of the rows' source, as the viewers show it.  They
# read the first line.  The file keeps its place and its size, so that the state
# is told on a full disk, too.
state() {
	printf '%s %s\n%1000s' "$1" "$2" '' 1<> "$PKTPIPE_WEB/state" || :
}

# captured WORD: notes when the capture started (on) or ended (off), for
# liveplot --captured.  What has no room on the disk is noted the next time, on
# a line of its own, since a part of it may have been written.
captured() {
	unnoted+=$EPOCHREALTIME,$1$'\n'
	if printf %s "$unnoted" >> "$PKTPIPE_WEB/captured"; then
		unnoted=''
	else
		unnoted=$'\n'${unnoted#$'\n'}
	fi 2> /dev/null
}

# no_room: nothing is recorded, for the viewers.
no_room() {
	state full "${interfaces[*]}"
}

# turned WHY: what is wrong with the recording, or '', for the viewers.
turned() {
	if [ -n "$1" ]; then
		state stuck "${interfaces[*]}"
	else
		state live "${interfaces[*]}"
	fi
}

# Viewers follow a file that others write, or all recordings of a directory.
follow() {
	local file

	real_path file -f "$operand"
	if [ -e "$file" ]; then need r "$file"; else need x "${file%/*}/"; fi
	if [ -d "$file" ]; then
		need x "$file/."
		ln -s -- "$file" "$PKTPIPE_WEB/folder"
		: > "$PKTPIPE_WEB/rows"
	else
		ln -s -- "$file" "$PKTPIPE_WEB/rows"
	fi
	state file "$(show "${operand##*/}")"
}

# place_recording: sets write to the recording: that of --write, which stays, or
# a private one, of which one old file is kept.  The analyst passes over the
# files that are there.
place_recording() {
	local parts recorder_user=$user why=''

	if [ -z "$write" ]; then
		write=$PKTPIPE_WEB/recording.csv keep=${keep:-1}
	else
		[ -d "$(dirname -- "$write")" ] ||
		    fail 3 "$write: no such folder"
		can_turn "$write" || fail 3 "$write: $why, or another --user"
		write=$(readlink -f -- "$(dirname -- "$write")")/${write##*/}
		need r "${write%/*}/"
	fi
	find_parts "$write"
	printf '%s\0' "$write" ${parts[@]+"${parts[@]}"} \
	    > "$PKTPIPE_WEB/recording"
	chmod a+r "$PKTPIPE_WEB/recording"
}

# Records the interfaces, into a new file when one is large.
record() {
	local i from=()

	for i in "${interfaces[@]}"; do from+=(-i "$i"); done
	[ "$EUID" -ne 0 ] || from+=(--user "$user")
	try_capture "${from[@]}"
	place_recording
	keep_recording "${from[@]}" 8>&- &
	keeper=$!
	guarded "$keeper"
}

# keep_recording OPTION ...: captures until a signal ends it; after the
# interfaces went down or the disk was full, again as soon as pcap2csv can
# capture from them and there is room.
keep_recording() {
	local recorder_user=$user unnoted=''

	guard_end=''
	start_guard
	# A second signal must not end the wait for the recorder.
	trap 'trap "" INT TERM; end_recorder || :; end_guard; exit 0' INT TERM
	while :; do
		start_recorder "$write" "$@" --fields "$recorded_fields"
		captured on
		guarded "$recorder"
		state live "${interfaces[*]}"
		# Five seconds let the viewers reach the end of the old file.
		turn_over "$write" "${keep:-4}" 5 0
		end_recorder || :
		captured off
		guarded
		state ended "${interfaces[*]}"
		! await_room "${write%/*}" || state ended "${interfaces[*]}"
		until pcap2csv "$@" --duration 1ms > /dev/null 2>&1; do
			sleep 1
		done
	done
}
