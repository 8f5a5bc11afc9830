# pipeline.sh - from the recorded rows to a viewer's frames
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # query.sh and the CGI set them

viewers=$(< "$PKTPIPE_WEB/viewers")
spike=$(< "$PKTPIPE_WEB/spike")
old_max=$((16 << 20)) new_max=$((64 << 20))

# Takes one of the viewers' slots, which is free again when the last process of
# this viewer has ended, or refuses the viewer.
take_slot() {
	local i

	for ((i = 0; i < viewers; i++)); do
		exec 9> "$PKTPIPE_WEB/slot.$i"
		flock -n 9 && return
	done
	refuse 503 "$viewers of $viewers viewers are connected; try again later"
}

# rows [-F]: the header and the newest rows, with -F also rows added later.
# The recording before the last rotation comes first.  After a later rotation
# the old file is followed until it has not grown for 2 s, so that no row is
# lost: as the name is a symbolic link, tail polls, where with inotify it would
# leave a renamed file at once.
rows() {
	local file=$PKTPIPE_WEB/rows old=$PKTPIPE_WEB/recording.1 from

	if [ -e "$old" ]; then
		tail_from "$old" "$old_max"
		tail -c "+$from" -- "$old" || true
	fi
	tail_from "$file" "$new_max"
	tail -c "+$from" -s 0.2 --max-unchanged-stats=10 "$@" -- "$file"
}

# Sets captured, the options of liveplot that say when the capture ran.  What
# the rows are complete from is known as long as they are read from the start.
when_captured() {
	local log=$PKTPIPE_WEB/captured since=''

	captured=(--captured "$log")
	[ ! -e "$PKTPIPE_WEB/recording.1" ] &&
	    [ "$(stat -L -c %s -- "$PKTPIPE_WEB/rows")" -le "$new_max" ] &&
	    IFS=, read -r since _ < "$log" || return 0
	captured+=(--begin "$since")
}

# frames [OPTION...]: prints tables and pictures in the format of liveplot
# --rows, and writes alerts as lines to the file $alerts.
frames() {
	local captured=()

	[ ! -e "$PKTPIPE_WEB/captured" ] || when_captured
	csvclean |
	    ipflag --tag --alerts --rules "$PKTPIPE_WEB/rules" 2> "$alerts" |
	    liveplot --rows --terminal svg --size "$size" --top 50 \
	    --red alerts ${spike:+--spike "$spike"} \
	    --window "$window" --refresh "$refresh" \
	    ${captured[@]+"${captured[@]}"} ${proto:+--proto "$proto"} \
	    ${where:+--where "$where"} "$@" |
	    gnuplot
}
