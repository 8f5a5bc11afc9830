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
	printf '%s\n' "$*" > "$tmp/note.new"
	mv -f -- "$tmp/note.new" "$tmp/note"
}

# Starts to record in the background.
record() {
	start_recorder "$write" "${interfaces[@]}" "${capture[@]}" \
	    --fields "$fields" 2>> "$tmp/said"
	keep_files 2>&4 8>&- &
	keeper=$!
}

# When the recorder ends by itself, so does what follows its file.
keep_files() {
	trap - EXIT
	trap 'exit 0' TERM
	turn_over "$write" "$keep" 0 "$max_age"
	: > "$tmp/ended"
	end_rows
}

end_record() {
	[ -n "$recorder" ] || return 0
	kill "$keeper" 2> /dev/null || true
	rm -f -- "$tmp/ended"	# that was for the rows
	end_recorder || judge pcap2csv $?
	wait "$keeper" || true
}
