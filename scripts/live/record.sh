# record.sh - the recording of pktpipe-live
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # set by the other parts

# Starts to record in the background.
record() {
	start_recorder "$write" "${interfaces[@]}" "${capture[@]}" \
	    --fields "$fields" 2>> "$tmp/said"
	keep_files 8>&- &
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
