# record.sh - the recording of pktpipe-live
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # set by the other parts

# Ends the script if the recording could not be turned over.
check_record() {
	local why=''

	[ ! -d "$(dirname -- "$write")" ] || can_turn "$write" ||
	    fail 3 "$write: $why, or another --user"
}

# turned WHY: what is wrong is shown on the picture.
turned() {
	if [ -z "$1" ]; then
		rm -f -- "$tmp/note"
	else
		note "$write: $1"
	fi
}

# note TEXT: shows it in the heading of the picture.
note() {
	printf '%s\n' "$*" > "$tmp/note.new" || return
	mv -f -- "$tmp/note.new" "$tmp/note"
}

# no_room: the note was written when there was room.
no_room() {
	ln -f -- "$tmp/full" "$tmp/note"
}

# Starts to record in the background; known are the files that were there.
record() {
	local parts

	find_parts "$write"
	known=(${parts[@]+"${parts[@]}"})
	[ ! -e "$write" ] || say "$write is left alone: recordings are named" \
	    "${write%.csv}-TIME.csv" 2>&4
	printf '%s\n' "$write: the disk is full: nothing is recorded" \
	    > "$tmp/full"
	keep_files 2>&4 8>&- &
	keeper=$!
}

# keep_files: records until a signal ends it; after the disk was full, again as
# soon as there is room.  Ends with the recorder's status.  When the recorder
# ends for another reason, so does what follows its file.
keep_files() {
	local code messages=5

	exec 5>&2 2> /dev/null
	guard_end=''
	trap '' INT	# which would end its sleep, and bash with that
	start_guard
	trap end_keeping TERM HUP
	while :; do
		start_recorder "$write" "${interfaces[@]}" "${capture[@]}" \
		    --fields "$recorded_fields" 2>> "$tmp/said"
		guarded "$recorder"
		turn_over "$write" "$keep" 0 "$max_age"
		code=0
		end_recorder || code=$?
		guarded
		await_room "$(dirname -- "$write")" || break
		turned ''
	done
	end_guard
	: > "$tmp/ended"
	end_rows
	exit "$code"
}

# end_keeping: a second signal must not end the wait for the recorder.
# shellcheck disable=SC2317  # by a trap
end_keeping() {
	local code=0

	trap '' TERM HUP
	end_recorder || code=$?
	end_guard
	exit "$code"
}

end_record() {
	local pid=$keeper

	[ -n "$pid" ] || return 0
	keeper=''
	end_children "$pid"
	rm -f -- "$tmp/ended"	# that was for the rows
	wait "$pid" || judge pcap2csv $?
}
