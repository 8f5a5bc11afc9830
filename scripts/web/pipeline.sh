# pipeline.sh - from the recorded rows to a viewer's frames
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # query.sh and the CGI set them

viewers=$(cat "$PKTPIPE_WEB/viewers")
spike=$(cat "$PKTPIPE_WEB/spike")
rules=()
[ ! -e "$PKTPIPE_WEB/rules" ] || rules=(--rules "$PKTPIPE_WEB/rules")

# Takes one of the places of viewers, for as long as any process of it lives.
take_slot() {
	local i

	for ((i = 0; i < viewers; i++)); do
		exec 9> "$PKTPIPE_WEB/slot.$i"
		flock -n 9 && return
	done
	return 1
}

# rows [-F]: the header and the newest rows, with -F also those to come.
# A recording that was just rotated away comes first.
rows() {
	local file=$PKTPIPE_WEB/rows

	head -n 1 -- "$file" || true
	[ ! -e "$file.1" ] || tail -c 16M -- "$file.1" || true
	tail -c 64M "$@" -- "$file"
}

# frames [OPTION...]: tables and pictures, as liveplot(1) --rows says; alerts
# as lines in the file that alerts names.
frames() {
	local size=640x320

	[ "$width" = wide ] || size=420x260
	csvclean | ipflag --tag --alerts "${rules[@]}" 2> "$alerts" |
	    liveplot --rows --terminal svg --size "$size" --top 50 \
	    --spike "$spike" --window "$window" --refresh "$refresh" \
	    ${proto:+--proto "$proto"} "$@" | gnuplot
}
