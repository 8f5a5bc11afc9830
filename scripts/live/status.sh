# status.sh - the status of pktpipe-live, from those of its programs
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # set by the other parts

# judge PROGRAM STATUS: the status of the script is the highest; one that was
# killed while nobody had told the script to end is 3.  A program whose reader
# has ended is killed by SIGPIPE.
judge() {
	local n=$2

	if [ "$n" -ge 128 ]; then
		[ "$n" -ne $((128 + 13)) ] && ! told || return 0
		say "$1 was killed by signal $(kill -l "$n")" 2>&4
		n=3
	fi
	[ "$n" -le "$status" ] || status=$n
}

# told: whether the rows were told to end.
told() {
	[ -e "$tmp/over" ] || [ -e "$tmp/ended" ]
}

# judge_all STATUS ...: those of the pipeline's programs.  Where gnuplot ended
# with its input, and yet the rows found no reader, a program between them was
# told to end: not by the script, nor by a window that was closed.
judge_all() {
	local codes=("$@") programs=(rows csvclean ipflag liveplot gnuplot) i

	[ ${#interfaces[@]} -eq 0 ] || [ -n "$write" ] || programs[0]=pcap2csv
	for i in "${!programs[@]}"; do
		judge "${programs[i]}" "${codes[i]}"
	done
	case $terminal in qt | wxt | x11) return ;; esac
	if [ "${codes[0]}" -eq $((128 + 13)) ] && ! told &&
	    [ "$status" -eq 0 ] && [ "${codes[4]}" -eq 0 ]; then
		say "a program of the pipeline was told to end" 2>&4
		status=3
	fi
}

# Waits for the pipeline's end; without a status it was killed itself.
await() {
	while kill -0 "$picture"; do
		if [ -n "$keys" ]; then
			next_key || :
		else
			wait "$picture" || true
		fi
	done 2> /dev/null
	if [ -s "$tmp/status" ]; then
		status=$(cat "$tmp/status")
	else
		end_rows
		judge "$name" 137
	fi
}
