# pipeline.sh - from the rows to a viewer's frames
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # query.sh and the CGI set them

viewers=$(< "$PKTPIPE_WEB/viewers")
spike=$(< "$PKTPIPE_WEB/spike")
new_max=$((64 << 20))
late=60		# seconds by which a row may be out of order
# shellcheck source=scripts/web/reach.sh
. "$here/reach.sh"

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

# take_share: one of the places that this viewer's address may have, which are
# half of all, or refuses it.  This machine, behind which a proxy or ssh has
# many viewers, may have all.
take_share() {
	local i from=${REMOTE_ADDR-} most=$(((viewers + 1) / 2))

	[[ $from =~ ^[0-9a-fA-F.:]+$ ]] || return 0
	[[ ! $from =~ ^(127\.|::1$) ]] || return 0
	for ((i = 0; i < most; i++)); do
		exec 6> "$PKTPIPE_WEB/share.${from//:/_}.$i"
		flock -n 6 && return
	done
	refuse 503 "$most of $most viewers are connected from $from;\
 try again later"
}

# rows [-f]: the header and the rows of the window, as the rules have tagged
# them, with -f also rows added later.
rows() {
	local file=$PKTPIPE_WEB/tagged n size from=1 header part oldest newest

	times_of tail -n 17 -- "$file"
	reach "$file" $((${oldest:-0} - window - late)) 0
	if [ "$n" -gt 0 ]; then
		IFS= read -r header < "$file"
		printf '%s\n' "$header"
		from=$((size - n + 1))
		IFS= read -r part < <(tail -c "+$from" -- "$file")
		from=$((from + ${#part} + 1))
	fi
	exec tail -c "+$from" "$@" -- "$file"
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
