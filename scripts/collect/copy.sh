# copy.sh - the copies of a sensor's recordings
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

most=$((16 << 20))	# bytes of one request, so that no recording waits long

# size_of FILE: its size, or 0 if it is not there.
size_of() {
	stat -c %s -- "$1" 2> /dev/null || echo 0
}

# set_aside COPY: the sensor has something else of this name: the copy is kept
# under another one.
set_aside() {
	local to=$1.differs n=1

	while [ -e "$to" ]; do
		n=$((n + 1))
		to=$1.differs$n
	done
	mv -- "$1" "$to" || return
	unset 'ends[$1]' 'copied[$1]' || return
	say "$sensor: $1: the copy is not what the sensor has: it is kept as" \
	    "$to, and made again"
}

# measure COPY: sets copied to its size, unless that is known.
measure() {
	[ -n "${copied[$1]-}" ] || copied[$1]=$(size_of "$1")
}

# look_at COPY: sets newest to the time of its last complete row, and ends to its
# last bytes, which the sensor must have too; to none if there is a NUL.
look_at() {
	local text row

	{ text=$(tail -c 8192 -- "$1" && echo .) || text=.; } 2> /dev/null
	text=${text%.}
	row=${text%$'\n'*} row=${row##*$'\n'} row=${row%%,*}
	! [[ $row =~ ^[0-9]{9,11}\.[0-9]+$ ]] ||
	    [ "${row%.*}" -lt "0${newest%.*}" ] || newest=$row
	[ "${#text}" -eq \
	    $((${copied[$1]} < 8192 ? ${copied[$1]} : 8192)) ] || text=''
	[ "${#text}" -le 64 ] || text=${text: -64}
	ends[$1]=$text
}

# fits COPY: whether what comes begins with the end of the copy.  If not, the
# session is over.
fits() {
	local got='' n=${#ends[$1]}

	[ "$n" -eq 0 ] || IFS= read -r -N "$n" -t 60 got <&"$from" || return
	[ "$got" != "${ends[$1]}" ] || return 0
	set_aside "$1" && echo "$1 has other rows than before" > .said
	return 1
}

# grow FILE COPY SIZE: appends what the copy lacks; false if the session or the
# disk is at an end, of which what has come stays.
grow() {
	local have n back

	measure "$2" || return
	have=${copied[$2]}
	n=$(($3 - have))
	[ "$n" -gt 0 ] || return 0
	[ "$n" -le "$most" ] || n=$most
	[ -n "${ends[$2]+known}" ] || look_at "$2"
	back=${#ends[$2]}
	ask send "$1" $((have - back)) $((n + back)) && fits "$2" || return
	unset 'ends[$2]' 'copied[$2]' || return
	# In the background, as a signal is heeded while the shell waits.
	{ head -c "$n" <&"$from" >> "$2" 2> .said 9>&- & } || return
	wait "$!" || return
	measure "$2" && [ "${copied[$2]}" -eq $((have + n)) ] || return
	look_at "$2" || return
	behind=$((behind + $3 - have - n))
}

# shrink FILE SIZE: the recording has become shorter than its copy, which is kept
# as long as it begins alike.
shrink() {
	local n=$(($2 < 64 ? $2 : 64))

	[ "${short[$1]-}" != "$2" ] || return 0
	if [ "$n" -gt 0 ]; then
		ask send "$1" $(($2 - n)) "$n" || return
		head -c "$n" <&"$from" | cmp -s - <(tail -c "+$(($2 - n + 1))" \
		    -- "$1" | head -c "$n") || { set_aside "$1"; return; }
	fi
	short[$1]=$2
	say "$sensor: $1: the recording has become shorter than its copy," \
	    "which is kept"
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
		measure "$copy" || return
		while [ "${copied[$copy]}" -lt "$length" ]; do
			grow "$1" "$copy" "$length" || return
		done
		! sha256sum -c --status - <<< "$sum  $copy" || break
		set_aside "$copy" || return
	done
	printf '%s\n' "$copy" >> .whole
}

# bring FILE SIZE: brings the copy of a recording up to date.
bring() {
	measure "$1" || return
	[ "${copied[$1]}" -le "$2" ] || shrink "$1" "$2" || return
	grow "$1" "$1" "$2"
}

# removed: says which recordings went before they were copied.
removed() {
	local file lack

	for file in "${!known[@]}"; do
		[ -z "${there[$file]-}${there[$file.zst]-}${there[$file.gz]-}" ] &&
		    [ -z "${there[$file.xz]-}" ] || continue
		measure "$file" || return
		lack=$((${known[$file]} - ${copied[$file]}))
		unset 'known[$file]' 'copied[$file]' 'short[$file]' || return
		[ "$lack" -gt 0 ] || continue
		missing=$((missing + lack))
		say "$sensor: $file: the sensor removed it before $lack bytes" \
		    "were copied"
	done
}

# copy_files: brings each recording of entries up to date.
copy_files() {
	local entry size file

	behind=0 there=()
	for entry in ${entries[@]+"${entries[@]}"}; do
		size=${entry%% *} file=${entry#* }
		there[$file]=yes
		! is_retired "$file" "$size" || continue
		if [[ $file != *.csv ]]; then
			unpack "$file" || return
			continue
		fi
		known[$file]=$size
		bring "$file" "$size" || return
	done
	removed
}
