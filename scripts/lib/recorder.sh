# recorder.sh - a capture into files whose number, size and age are bounded
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options of the scripts

# try_capture OPTION ...: ends the script with pcap2csv's own message if it
# cannot capture with these, before anything is shown.
try_capture() {
	local said

	said=$(pcap2csv "$@" --duration 1ms 2>&1 > /dev/null) ||
	    { printf '%s\n' "$said" >&2; exit 3; }
}

# start_recorder FILE OPTION ...: captures in the background; sets recorder.
start_recorder() {
	pcap2csv "${@:2}" --write "$1" 8>&- &
	recorder=$!
}

# shift_files FILE KEEP: renames it FILE.1, FILE.1 FILE.2 and so on, and keeps
# that many of them.
shift_files() {
	local i

	if [ "$2" -eq 0 ]; then
		rm -f -- "$1"
		return
	fi
	for ((i = $2 - 1; i >= 1; i--)); do
		[ ! -e "$1.$i" ] || mv -f -- "$1.$i" "$1.$((i + 1))"
	done
	mv -f -- "$1" "$1.1"
}

# turn_over FILE KEEP LEAST MOST: checks once a second, while the recorder
# runs, whether the file is larger than max_size or older than MOST seconds
# (0: any age), and then lets the recorder open a new one, after LEAST seconds
# at the earliest.
turn_over() {
	local started=$((SECONDS - $3)) size age

	while sleep 1 && kill -0 "$recorder" 2> /dev/null; do
		age=$((SECONDS - started))
		size=$(stat -c %s -- "$1" 2> /dev/null || echo 0)
		[ "$age" -ge "$3" ] || continue
		[ "$size" -gt "$max_size" ] ||
		    { [ "$4" -gt 0 ] && [ "$age" -ge "$4" ]; } || continue
		shift_files "$1" "$2"
		kill -HUP "$recorder"
		started=$SECONDS
	done
}

# end_recorder: returns the recorder's status, or 0 if there is none.
end_recorder() {
	local pid=$recorder

	[ -n "$pid" ] || return 0
	recorder=''
	kill "$pid" 2> /dev/null || true
	wait "$pid" 2> /dev/null
}
