# sensors.sh - the directory of pktpipe-collect: a report of each sensor, and of
# all
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# find_sensors: sets sensors to the directories below that of the operand that
# have recordings, if it has none itself, and depth to that of the recordings.
find_sensors() {
	local path

	sensors=() depth=1
	[ -z "$(find -H "$from" -maxdepth 1 -type f ! -name status.csv \
	    -regextype posix-extended -regex "$recording_pattern" \
	    -print -quit)" ] || return 0
	for path in "$from"/*/; do
		path=${path%/}
		[[ ${path##*/} =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] &&
		    [ -n "$(find "$path" -maxdepth 1 -type f -name '*.csv*' \
		    -print -quit)" ] || continue
		sensors+=("${path##*/}") depth=2
	done
	[ ${#sensors[@]} -eq 0 ] || [ -z "$make_room" ] || fail 2 "want no" \
	    "$make_room for copies of pktpipe-collect, which would copy them again"
}

# each_sensor: the reports of each one, by a run of its own.
each_sensor() {
	local s code

	for s in ${sensors[@]+"${sensors[@]}"}; do
		code=0
		"$here/pktpipe-nightly" ${passed[@]+"${passed[@]}"} \
		    --title "$title: $s" -o "$dir/sensors/$s" -- "$from/$s" \
		    9>&- || code=$?
		[ "$status" -ge "$code" ] || status=$code
	done
}

# count_note LINKS: a sentence for a page that says how packets are counted; the
# reports of the sensors are in the directory LINKS.
count_note() {
	local s text=''

	[ ${#sensors[@]} -gt 0 ] || return 0
	for s in "${sensors[@]}"; do
		text+="${text:+, }<a href=\"$1/$s/index.html\">$s</a>"
	done
	printf '<p>Sensors: %s. A packet that several sensors saw counts once %s\n' \
	    "$text" 'for each of them.</p>'
}
