# spool.sh - messages on disk until they are delivered
# Without --spool the queue is in memory, and a message that fails is lost.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

spooled=() pause=1 sent='' number=0
in_memory=''		# said, until one can be written again

# open_spool: makes the directory, and queues what an earlier run left there.
open_spool() {
	local file text alerts

	[ -n "$spool" ] || return 0
	# Its own lock: a file in it may be a link of another user.
	mkdir -p -- "$spool" && [ -w "$spool" ] && exec 7< "$spool" ||
	    fail 3 "$spool: cannot write there"
	flock -n 7 || fail 3 "$spool: another pktpipe-notify uses it"
	for file in "$spool"/*.alert; do
		[[ -f $file && ${file##*/} =~ ^[0-9]{12}\.alert$ ]] || continue
		text=$(cat -- "$file") || fail 3 "$file: cannot read it"
		queue+=("$text") spooled+=("$file")
		number=${file##*/} number=$((10#${number%.alert}))
		alerts_in "$text"
		taken=$((taken + alerts))
	done
}

# enqueue MESSAGE: at the end of the queue, and on disk first.
enqueue() {
	local file=''

	if [ -n "$spool" ]; then
		number=$((number + 1))
		printf -v file '%s/%012d.alert' "$spool" "$number"
		if { printf '%s\n' "$1" > "$file.new" &&
		    mv -f -- "$file.new" "$file"; } 2> /dev/null; then
			in_memory=''
		else
			[ -n "$in_memory" ] ||
			    say "$spool: cannot write: alerts are in memory only"
			rm -f -- "$file.new"
			in_memory=yes file=''
		fi
		spooled+=("$file")
	fi
	queue+=("$1")
}

# delivered: the message that was sent is done.
delivered() {
	[ -n "$spool" ] || return 0
	failing=0 pause=1 again=0
	take_off
}

# take_off: forgets the file of the message that was sent, and removes it.
take_off() {
	[ -z "${spooled[0]}" ] || rm -f -- "${spooled[0]}"
	spooled=("${spooled[@]:1}")
}

# put_back: the message that failed is tried again, after a pause that grows to
# a minute; false without a spool.
put_back() {
	[ -n "$spool" ] || return
	queue=("$sent" ${queue[@]+"${queue[@]}"})
	again=$((elapsed + pause))
	pause=$((pause < 32 ? pause * 2 : 60))
}

# left_in_spool: says what the next run is to send.
left_in_spool() {
	local message alerts n=0

	for message in ${queue[@]+"${queue[@]}"}; do
		alerts_in "$message"
		n=$((n + alerts))
	done
	[ "$over_queue" -eq 0 ] ||
	    say "$spool is full: $(counted "$over_queue" alert) not sent"
	[ "$n" -eq 0 ] || say "$(counted "$n" alert) not delivered yet:" \
	    "the next run with --spool $spool sends them"
	[ $((n + over_queue)) -eq 0 ] || status=$((status > 1 ? status : 1))
}
