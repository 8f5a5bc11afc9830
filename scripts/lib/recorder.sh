# recorder.sh - a capture into files whose number, size and age are bounded
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options of the scripts

# A script whose shell must not report that the recorder was killed has set
# messages to the descriptor for its own messages.

# try_capture OPTION ...: ends the script with pcap2csv's own message if it
# cannot capture with these, before anything is shown.
try_capture() {
	local said

	said=$(pcap2csv "$@" --duration 1ms 2>&1 > /dev/null) ||
	    { printf '%s\n' "$said" >&2; exit 3; }
}

# start_recorder FILE OPTION ...: captures in the background, into a file that
# has the time in its name (parts.sh); sets recorder, and seen to the files that
# were there before, of which none is gone on with.
start_recorder() {
	local parts part format f

	declare -gA seen=()
	part_now "$1"
	while [ -e "$part" ]; do
		sleep 0.05
		part_now "$1"
	done
	find_parts "$1"
	for f in ${parts[@]+"${parts[@]}"}; do seen[$f]=yes; done
	part_format "$1"
	# After a signal that comes before the next line, it is the last one.
	recorder=starting before=${!-}
	pcap2csv "${@:2}" --write "$format" 8>&- &
	recorder=$!
}

# as_recorder COMMAND ...: runs it as the user who records.
as_recorder() {
	if [ "$(id -u)" -ne 0 ] || [ "$(id -u -- "$recorder_user")" -eq 0 ]; then
		"$@"
	else
		setpriv --reuid "$recorder_user" --init-groups \
		    --regid "$(id -g -- "$recorder_user")" -- "$@"
	fi
}

# can_turn FILE: whether a new file of that name can be made; sets why, with
# what mends it.
can_turn() {
	local folder owner=$recorder_user

	folder=$(dirname -- "$1") || return
	[ "$(id -u)" -eq 0 ] || owner=$(id -un)
	as_recorder test -w "$folder" -a -x "$folder" && return
	why="user $owner cannot make files in $folder, so that the recording"
	why+=" could not be turned over: want chown $owner $folder"
	return 1
}

# prune FILE KEEP: removes the oldest files, but KEEP and the one that grows.
prune() {
	local parts n

	find_parts "$1"
	n=$((${#parts[@]} - $2 - 1))
	for ((; n > 0; n--)); do
		[ "${parts[n - 1]}" = "$current" ] ||
		    rm -f -- "${parts[n - 1]}" || :
	done
	forget_parts
}

# turn FILE KEEP: lets the recorder open a new file, and sets current to it.  If
# it cannot, the old one grows on; why says what is wrong.
turn() {
	local i part now

	can_turn "$1" || return
	for ((i = 0; i < 100; i++)); do
		part_now "$1" || return
		now=$part
		# In a second that has a file no new one can begin.
		[ -n "$signalled" ] || [ -e "$now" ] ||
		    { kill -HUP "$recorder" 2> /dev/null || :; signalled=yes; }
		if next_part "$1"; then
			current=$part signalled=''
			prune "$1" "$2"
			return
		fi
		sleep 0.05
	done
	signalled=''
	why="no new file came, so that the old one grows on"
	return 1
}

# told_turn FILE KEEP: the same, and says what is wrong, once; a script may
# have a function turned that is told it, or '' when it is over.
told_turn() {
	local why=''

	if turn "$1" "$2"; then
		[ -z "$trouble" ] || turned ''
	elif [ "$why" != "$trouble" ]; then
		say "$1: $why" 2>&"${messages:-2}" || :
		turned "$why" || :
	fi
	trouble=$why
	[ -z "$why" ]
}

# has_room FOLDER: whether the user who records can write 64 KiB there.
has_room() {
	# shellcheck disable=SC2016  # for the other shell to expand
	as_recorder sh -c 'f=$(mktemp -p "$1") || exit
	    head -c 65536 /dev/zero > "$f"
	    code=$?
	    rm -f -- "$f"
	    exit "$code"' sh "$1" 2> /dev/null
}

# await_room FOLDER: waits until there is room; 1 if there was room all along.
# The script's no_room shows that nothing is recorded meanwhile.
await_room() {
	! has_room "$1" || return
	say "$1: the disk is full: nothing is recorded until there is room" \
	    2>&"${messages:-2}" || :
	no_room || :
	until has_room "$1"; do sleep 1; done
}

# turn_over FILE KEEP LEAST MOST: checks once a second, while the recorder
# runs, whether the file that grows is larger than max_size or older than MOST
# seconds (0: any age), and then lets the recorder open a new one, after LEAST
# seconds at the earliest.  Where that fails it is tried again every 10 seconds.
turn_over() {
	local started size age again=0 trouble='' current='' part signalled=''

	tick
	started=$((elapsed - $3))
	while sleep 1 && kill -0 "$recorder" 2> /dev/null; do
		tick
		age=$((elapsed - started))
		[ -n "$current" ] || first_part "$1" "$2" || continue
		size=$(stat -c %s -- "$current" 2> /dev/null || echo 0)
		[ "$age" -ge "$3" ] || continue
		[ "$size" -gt "$max_size" ] ||
		    { [ "$4" -gt 0 ] && [ "$age" -ge "$4" ]; } || continue
		[ "$elapsed" -ge "$again" ] || continue
		if told_turn "$1" "$2"; then
			started=$elapsed
		else
			again=$((elapsed + 10))
		fi
	done
}

# first_part FILE KEEP: sets current to the recorder's first file, once it is
# there.
first_part() {
	next_part "$1" || return
	current=$part
	prune "$1" "$2"
}

# end_recorder: returns the recorder's status, or 0 if there is none.
end_recorder() {
	local pid=$recorder

	[ "$pid" != starting ] || pid=${!-}
	[ -n "$pid" ] && [ "$pid" != "${before-}" ] || return 0
	recorder=''
	end_children "$pid" || :
	wait "$pid" 2> /dev/null
}
