# rows.sh - where the rows come from, as one process that can be ended, and what
# the rules say of them
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # set by the other parts

held_most=1000000	# lines of alerts that a pause may leave
alert_line='^[0-9]{4}-[0-9-]+T[0-9:.]+Z '	# what one starts with

# is_over: whether a signal came before end_rows could find the process.
is_over() {
	[ -e "$tmp/over" ]
}

# source_is SIGNAL: this process has the rows; end_rows ends it by the signal,
# unless that is over: then it is false.  PIPE is for what copies rows and prints
# nothing at the end: the shell does not report it.  A ^C must not end that
# before csvclean has heard of it, or the last row would seem to be damaged.
source_is() {
	[ "$1" != PIPE ] || trap '' INT
	echo "-$1 $BASHPID" > "$tmp/source" || exit 3
	! is_over
}

# become SIGNAL PROGRAM ...: becomes the program, which has the rows.
become() {
	source_is "$1" || return 0
	shift
	exec "$@"
}

# wait_for FILE: until it has a line; the picture says what is missing.
wait_for() {
	while [ ! -e "$1" ]; do
		[ -e "$tmp/note" ] || note "$1 does not exist yet"
		sleep 0.2
	done
	rm -f -- "$tmp/note"
	until read -r _ < "$1"; do
		if [ -s "$1" ]; then
			rm -f -- "$tmp/note"
		elif [ ! -e "$tmp/note" ]; then
			note "$1 is empty"
		fi
		sleep 0.2
	done
	rm -f -- "$tmp/note"
}

# The header and the newest rows of a file, and those added later.  The file
# may be missing or empty at first, and may be truncated or renamed.
follow() {
	local from

	source_is PIPE || return 0
	wait_for "$1" 2> /dev/null
	tail_from "$1" $((64 << 20))
	exec tail -c "+$from" -F -- "$1" 2> /dev/null
}

# Captures as rows; tables as they are.  A signal ends it and what it runs.
play() {
	local f status=0 program

	source_is TERM || return 0
	trap 'end_children $(jobs -p); exit "$status"' TERM
	[ $# -gt 0 ] || set -- -
	for f; do
		! is_over || break
		program=(pcap2csv --fields "$recorded_fields")
		! is_table "$f" || program=(cat)
		"${program[@]}" -- "$f" <&0 &
		wait "$!" 2> /dev/null || status=$?
	done
	return "$status"
}

# sensor_rows DIRECTORY: the newest rows of its sensors, and those added later.
sensor_rows() {
	become PIPE env TMPDIR="$tmp" pktpipe-collect -o "$1" --rows --merge --newest 64M
}

# The rows of the recording that begins now.
recorded_rows() {
	source_is PIPE || return 0
	follow_parts "$write" ${known[@]+"${known[@]}"} 2> /dev/null
}

rows() {
	if [ -n "$write" ]; then
		recorded_rows
	elif [ ${#interfaces[@]} -gt 0 ]; then
		become TERM pcap2csv "${interfaces[@]}" "${capture[@]}" \
		    --fields "$recorded_fields"
	elif [ "${operands[0]}" = - ]; then
		become PIPE cat
	elif [ -d "${operands[0]}" ]; then
		sensor_rows "${operands[0]}"
	else
		follow "${operands[0]}"
	fi
}

# Where the rows are copied, csvclean is told first, so that a row of which only
# a part has come counts as not read.
end_rows() {
	local signal pid

	[ -s "$tmp/source" ] && read -r signal pid < "$tmp/source" || return 0
	[ "$signal" != -PIPE ] || signal TERM cleaner
	kill "$signal" "$pid" 2> /dev/null || true
}

clean_rows() {
	echo "$BASHPID" > "$tmp/cleaner"
	exec csvclean 2>&5
}

# Tags the rows.  On a terminal the alerts go to a file, for the picture.
tag() {
	local code=0

	[ -n "$alerts" ] || exec ipflag --tag "${flag[@]}" 2>&5
	# A signal to the whole group must not end it before ipflag.
	trap : INT TERM HUP
	if [ -n "$replay" ]; then
		# No row is drawn before its alert is there.
		ipflag --tag --alerts "${flag[@]}" 2> "$tmp/alerts" || code=$?
		grep -avE "$alert_line" "$tmp/alerts" >> "$tmp/said" || :
		return "$code"
	fi
	ipflag --tag --alerts "${flag[@]}" 2> >(split_alerts) || code=$?
	wait "$!"
	return "$code"
}

# split_alerts: the lines of ipflag --alerts, without its messages, which are
# shown at the end.  After 10,000 lines there is a new file; liveplot reads the
# old one to its end first, but none while it is paused.
split_alerts() {
	local n=0 line

	trap '' INT TERM HUP
	while IFS= read -r line; do
		if ! [[ $line =~ $alert_line ]]; then
			printf '%s\n' "$line" >> "$tmp/said" || :
			continue
		fi
		if [ $((n % 10000)) -eq 0 ] && { [ "$n" -ge "$held_most" ] ||
		    ! grep -qsx paused "$tmp/control"; }; then
			rm -f -- "$tmp/alerts" || :
			n=0
		fi
		n=$((n + 1))
		printf '%s\n' "$line" >> "$tmp/alerts" || :
	done
}
