# guard.sh - what ends with the script, even if that is killed
# Descriptor 8 leads to the guard: a child that outlives the script closes it.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # share is place.sh's

guard_end=''		# ends with the guard, if there is one

# start_guard [DIRECTORY [FILE ...]]: starts the guard, in a session of its own
# (lib/guard says what it is given).  It is no child of the script: bash's wait
# for a child that has ended can go on until all of them have.  Traps for signals
# are best set afterwards: bash 5.2 cannot always read them within <().
start_guard() {
	local from to

	# Pipes without names: no signal can leave them behind.  All ends are opened
	# here, so that neither process waits for the other, which may end.  Only the
	# guard holds the end that guard_end is read from.
	exec 8<> <(:)
	exec {to}<> <(:)
	exec {from}< /dev/fd/8 {guard_end}< "/dev/fd/$to"
	(setsid sh "$share/lib/guard" "$@" > /dev/null 3>&"$to" <&"$from" 8>&- \
	    {from}<&- {to}>&- {guard_end}<&- &)
	exec {from}<&- {to}>&-
}

# guarded PID ...: what is running now; -PID is a process group.
guarded() {
	printf '%s\n' "$*" >&8
}

# end_guard: nothing is left to be ended; waits until the guard has removed its
# directory, for a second at most.
end_guard() {
	[ -n "$guard_end" ] || return 0
	printf '\n' >&8 || :
	exec 8>&-
	read -r -t 1 -u "$guard_end" || :
	exec {guard_end}<&-
	guard_end=''
}

# end_children PID ...: ends children, and waits until they have ended.  bash can
# lose a signal to a child that it has just made, which gets another one later.
end_children() {
	local idle i left pid

	exec {idle}<> <(:) || return
	for ((i = 0; $# > 0; i++)); do
		left=()
		for pid; do
			[ $((i % 500)) -gt 0 ] || kill -- "$pid" || :
			! kill -0 "$pid" || left+=("$pid")
		done 2> /dev/null
		set -- ${left[@]+"${left[@]}"}
		[ $# -eq 0 ] || read -r -t 0.02 -u "$idle" || :
	done
	exec {idle}<&-
}
