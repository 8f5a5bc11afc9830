# copy.sh - the copies of a sensor's recordings
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

most=$((16 << 20))	# bytes of one request, so that no recording waits long

# size_of FILE: its size, or 0 if it is not there.
size_of() {
	stat -c %s -- "$1" 2> /dev/null || echo 0
}

# grow FILE COPY SIZE: appends what the copy lacks; false if the session or the
# disk is at an end, of which what has come stays.
grow() {
	local have n

	have=$(size_of "$2") || return
	n=$(($3 - have))
	[ "$n" -gt 0 ] || return 0
	[ "$n" -le "$most" ] || n=$most
	ask send "$1" "$have" "$n" || return
	# In the background, as a signal is heeded while the shell waits.
	{ head -c "$n" <&"$from" >> "$2" 2> .said 9>&- & } || return
	wait "$!" || return
	[ "$(size_of "$2")" -eq $((have + n)) ] || return
	newest_row "$2" || return
	behind=$((behind + $3 - have - n))
}

# newest_row FILE: sets newest to the time of its last complete row.
newest_row() {
	local t

	t=$(tail -c 8192 -- "$1" | awk -v RS='\1' '
	    { n = split($0, line, "\n"); split(line[n - 1], cell, ",")
	    print cell[1] }' | grep -E '^[0-9]{9,11}\.[0-9]+$') || return 0
	[[ $t < $newest ]] || newest=$t
}

# unpack FILE: the copy of a recording that the sensor has compressed, perhaps
# before all of it was here; its length and digest tell that it is whole.
unpack() {
	local copy=${1%.csv.*}.csv length sum try

	! grep -qxF -- "$copy" .whole 2> /dev/null || return 0
	ask digest "$1" && answer || return
	[[ $line =~ ^([0-9]{1,18})\ ([0-9a-f]{64})$ ]] || return
	length=${BASH_REMATCH[1]} sum=${BASH_REMATCH[2]}
	for try in 1 2; do
		while [ "$(size_of "$copy")" -lt "$length" ]; do
			grow "$1" "$copy" "$length" || return
		done
		! sha256sum -c --status - <<< "$sum  $copy" || break
		say "$sensor: $copy: the copy is not what the sensor has:" \
		    "it is kept as $copy.differs$([ "$try" -eq 2 ] ||
		    echo ', and made again')"
		mv -f -- "$copy" "$copy.differs" || return
	done
	printf '%s\n' "$copy" >> .whole
}

# removed: says which recordings went before they were copied.
removed() {
	local file have lack

	for file in "${!known[@]}"; do
		[ -z "${there[$file]-}${there[$file.zst]-}${there[$file.gz]-}" ] &&
		    [ -z "${there[$file.xz]-}" ] || continue
		have=$(size_of "$file") || return
		lack=$((known[$file] - have))
		unset "known[$file]" || return
		[ "$lack" -gt 0 ] || continue
		missing=$((missing + lack))
		say "$sensor: $file: the sensor removed it before $lack bytes" \
		    "were copied"
	done
}

# copy_files: brings each recording of entries up to date.
copy_files() {
	local entry size file
	local -A there=()

	behind=0
	for entry in ${entries[@]+"${entries[@]}"}; do
		size=${entry%% *} file=${entry#* }
		there[$file]=yes
		if [[ $file != *.csv ]]; then
			unpack "$file" || return
			continue
		fi
		known[$file]=$size
		[ "$(size_of "$file")" -le "$size" ] ||
		    trouble "$file: the copy is longer than the recording"
		grow "$file" "$file" "$size" || return
	done
	removed
}
