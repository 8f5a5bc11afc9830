# session.sh - a session of ssh with a sensor, which is opened again if it ends
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# ask WORD ...: sends a request; false if the session is over.
ask() {
	printf '%s\n' "$*" >&"$to"
} 2> /dev/null

# answer: sets line to a line of the answer; false if none comes.
answer() {
	IFS= read -r -t 60 line <&"$from"
}

# check_clock SECONDS ASKED: sets clock to how far that of the sensor is ahead,
# given what it was between then and now.
check_clock() {
	local how=ahead

	clock=0
	[ "$1" -le "$EPOCHSECONDS" ] || clock=$((10#$1 - EPOCHSECONDS))
	[ "$1" -ge "$2" ] || clock=$((10#$1 - $2)) how=behind
	if [ "${clock#-}" -lt 5 ]; then
		clock_said=''
	elif [ -z "$clock_said" ]; then
		clock_said=yes
		say "$sensor: its clock is ${clock#-} seconds $how"
	fi
}

# check_disk PERCENT: says once when that little of the sensor's disk is free.
check_disk() {
	if [ "$1" -ge 3 ]; then
		disk_said=''
	elif [ -z "$disk_said" ]; then
		disk_said=yes
		say "$sensor: only $1 % of its disk is free"
	fi
}

# check_others COUNT: says once how many files of the sensor are no recordings.
check_others() {
	[ "$1" -eq 0 ] || [ "$1" = "$others_said" ] ||
	    say "$sensor: files not copied: $1: want names of letters," \
		"digits and . _ : @ + - that end in .csv"
	others_said=$1
}

# list_files: sets entries to "SIZE NAME" of each recording of the sensor.
list_files() {
	local asked=$EPOCHSECONDS
	local end='^\. ([0-9]{1,11}) ([0-9]{1,3}) ([0-9]{1,9})$'

	entries=()
	ask list || return
	while answer; do
		if [[ $line =~ $end ]]; then
			set -- "${BASH_REMATCH[@]:1}"
			check_clock "$1" "$asked" && check_disk "$2" &&
			    check_others "$3"
			return
		fi
		[[ $line =~ ^[0-9]{1,18}\ ([^ ]+)$ ]] &&
		    is_recording "${BASH_REMATCH[1]}" || return
		entries+=("$line")
	done
	return 1
}

# talk HOST DIR: copies until the session ends, or all is copied with --once.
talk() {
	local session

	# shellcheck disable=SC2086  # a command and its options
	coproc SENSOR { trap - PIPE; exec ${PKTPIPE_SSH:-ssh -T -o BatchMode=yes \
	    -o ConnectTimeout=10 -o ServerAliveInterval=10 \
	    -o ServerAliveCountMax=3} "$1" "pktpipe-sensor $2" 2> .said 9>&-; }
	session=$SENSOR_PID
	# Those of a coprocess would be closed in what runs in the background.
	exec {from}<&"${SENSOR[0]}" {to}>&"${SENSOR[1]}"
	while list_files && copy_files; do
		pause=1 state=live
		keep_house
		note_state
		[ -z "$once" ] || [ "$behind" -gt 0 ] || { done=yes; break; }
		[ "$behind" -gt 0 ] || pause_for "$interval"
	done
	kill "$session" 2> /dev/null || true
	exec {from}<&- {to}>&-
	wait "$session" 2> /dev/null || true
}

# pause_for SECONDS: a signal ends it, and no process is left of it.
pause_for() {
	read -r -t "$1" -u "$idle" || :
}

# trouble TEXT: says it once, until something else is said.
trouble() {
	[ "$said" = "$1" ] || say "$sensor: $1"
	said=$1
}

# reason: what ssh, the sensor or the disk said last.
reason() {
	local why

	why=$(tail -n 1 .said 2> /dev/null) || :
	why=${why%$'\r'}
	show "${why:-no answer, or no room}"
}

# watch_sensor NAME HOST DIR: keeps the copies of a sensor, in a directory of
# its name, up to date.
watch_sensor() {
	local sensor=$1 said='' pause=1 done='' from to line entries=()
	local state=connecting behind=0 newest='' missing=0 idle
	local clock='' disk='' noted=''
	local clock_said='' disk_said='' others_said=0
	declare -A known=() copied=() ends=() short=() there=() retired=()

	trap 'kill "${SENSOR_PID:-$!}" 2> /dev/null; exit 0' TERM INT HUP
	trap '' PIPE
	set +e
	exec {idle}<> <(:)
	mkdir -p -- "$1" && cd -- "$1" || exit 3
	read_retired
	while [ -z "$done" ]; do
		note_state
		talk "$2" "$3"
		[ -z "$done" ] || break
		state=down
		trouble "trying again: $(reason)"
		note_state
		[ -z "$once" ] || [ "$pause" -lt 4 ] || exit 3
		pause_for "$pause"
		pause=$((pause < 32 ? pause * 2 : 60))
	done
}
