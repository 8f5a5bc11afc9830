# pipeline.sh - from the recorded rows to a viewer's frames
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # query.sh and the CGI set them

viewers=$(cat "$PKTPIPE_WEB/viewers")
spike=$(cat "$PKTPIPE_WEB/spike")
rules=()
[ ! -e "$PKTPIPE_WEB/rules" ] || rules=(--rules "$PKTPIPE_WEB/rules")

# Takes one of the places of viewers, for as long as any process of it lives,
# or refuses the viewer.
take_slot() {
	local i

	for ((i = 0; i < viewers; i++)); do
		exec 9> "$PKTPIPE_WEB/slot.$i"
		flock -n 9 && return
	done
	refuse 503 "$viewers of $viewers viewers are here already; try later"
}

# rows [-F]: the header and the newest rows, with -F also those to come.
# A recording that was just rotated away comes first.  One that is rotated
# later is followed until nothing was added to it for 2 s, so that no row
# between its new name and the new file is lost: tail looks for changes, as the
# name is a symbolic link, where it would leave a renamed file at once.
rows() {
	local file=$PKTPIPE_WEB/rows old=$PKTPIPE_WEB/recording.1

	head -n 1 -- "$file" || true
	[ ! -e "$old" ] || tail -c 16M -- "$old" || true
	tail -c 64M -s 0.2 --max-unchanged-stats=10 "$@" -- "$file"
}

# frames [OPTION...]: tables and pictures, as liveplot(1) --rows says; alerts
# as lines in the file that alerts names.
frames() {
	csvclean | ipflag --tag --alerts "${rules[@]}" 2> "$alerts" |
	    liveplot --rows --terminal svg --size "$size" --top 50 \
	    --spike "$spike" --window "$window" --refresh "$refresh" \
	    ${proto:+--proto "$proto"} "$@" | gnuplot
}
