# pipeline.sh - from the rows to a viewer's frames
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # query.sh and the CGI set them

viewers=$(< "$PKTPIPE_WEB/viewers")
spike=$(< "$PKTPIPE_WEB/spike")
new_max=$((64 << 20))

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

# rows [-f]: the header and the newest rows, as the rules have tagged them, with
# -f also rows added later.
rows() {
	local file=$PKTPIPE_WEB/tagged from

	tail_from "$file" "$new_max"
	tail -c "+$from" "$@" -- "$file"
}

# Sets captured, the options of liveplot that say when the capture ran.  What
# the rows are complete from is known as long as they are read from the start.
when_captured() {
	local log=$PKTPIPE_WEB/captured since=''

	captured=(--captured "$log")
	[ "$(stat -c %s -- "$PKTPIPE_WEB/tagged")" -le "$new_max" ] &&
	    IFS=, read -r since _ < "$log" || return 0
	captured+=(--begin "$since")
}

# frames [OPTION...]: prints tables and pictures in the format of liveplot
# --rows.
frames() {
	local captured=()

	[ ! -e "$PKTPIPE_WEB/captured" ] || when_captured
	liveplot --rows --terminal svg --size "$size" --top 200 \
	    --red alerts ${spike:+--spike "$spike"} \
	    --window "$window" --refresh "$refresh" \
	    ${captured[@]+"${captured[@]}"} ${proto:+--proto "$proto"} \
	    ${where:+--where "$where"} "$@" |
	    gnuplot
}
