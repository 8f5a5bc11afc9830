# guard.sh - what ends with the script, even if that is killed
# Descriptor 8 leads to the guard: a child that outlives the script closes it.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # share is place.sh's

# start_guard [DIRECTORY [FILE ...]]: starts the guard, in a session of its own
# (lib/guard says what it is given).  It is no child of the script: bash's wait
# for a child that has ended can go on until all of them have.
start_guard() {
	local folder from

	folder=$(mktemp -d)
	mkfifo -- "$folder/pipe"
	# Both ends are opened here: neither process waits for the other, which may
	# end, or finds the pipe removed.
	exec 8<> "$folder/pipe" {from}< "$folder/pipe"
	guard=$(setsid sh "$share/lib/guard" "$@" > /dev/null \
	    <&"$from" 8>&- {from}<&- & echo $!)
	exec {from}<&-
	rm -r -- "$folder"
}

# guarded PID ...: what is running now; -PID is a process group.
guarded() {
	printf '%s\n' "$*" >&8
}

# end_guard: nothing is left to be ended; the guard removes its directory.
end_guard() {
	local i

	[ -n "${guard-}" ] || return 0
	printf '\n' >&8 || :
	exec 8>&-
	for ((i = 0; i < 100; i++)); do
		kill -0 "$guard" || break
		sleep 0.01
	done 2> /dev/null
}
