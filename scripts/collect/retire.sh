# retire.sh - copies of old recordings are compressed and removed
#
# What the sensor still has would be copied again: .retired has a line "LENGTH
# TIME NAME" of each recording that is here no longer as it was copied.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

remembered=$((30 * 86400))	# seconds, after the sensor has removed it too

# read_retired: sets retired to "LENGTH TIME" of each recording.
read_retired() {
	local length time file

	[ -e .retired ] || return 0
	while read -r length time file; do
		! [[ $length$time =~ ^[0-9]+$ ]] || retired[$file]="$length $time"
	done < .retired
}

# is_retired FILE SIZE: whether its copy has been compressed or removed.
is_retired() {
	local file=$1 length

	[[ $1 = *.csv ]] || file=${1%.csv.*}.csv
	[ -n "${retired[$file]-}" ] || return
	length=${retired[$file]%% *}
	[[ $1 != *.csv ]] || [ "$2" -eq "$length" ] || trouble "$1: it has" \
	    "changed since its copy was compressed or removed: want another name"
}

# note_retired FILE: it is not copied again.
note_retired() {
	local length

	[ -z "${retired[$1]-}" ] || return 0
	length=$(size_of "$1") || return
	printf '%s %s %s\n' "$length" "$EPOCHSECONDS" "$1" >> .retired || return
	retired[$1]="$length $EPOCHSECONDS"
	unset 'known[$1]' 'copied[$1]' 'ends[$1]'
}

# pack FILE: compresses a copy, which keeps its time.
pack() {
	[[ $1 = *.csv ]] || return 0
	note_retired "$1" || return
	{ zstd -qf -o ".$1.zst" -- "$1" 2> .said 9>&- & } || return
	wait "$!" && touch -r "$1" -- ".$1.zst" && mv -f -- ".$1.zst" "$1.zst" &&
	    rm -f -- "$1"
}

# discard FILE: removes a copy, compressed or not.
discard() {
	[[ $1 != *.csv ]] || note_retired "$1" || return
	rm -f -- "$1"
}

# is_over FILE: whether the recording of this copy grows no more, and all of it
# has been copied: the sensor has removed it, or has a later file of it.
is_over() {
	local file=${1%.zst} recording

	[ -z "${retired[$file]-}" ] || return 0
	recording_name "$file" || return
	if [ -n "${there[$file]-}" ]; then
		[ "${copied[$file]-0}" -ge "${known[$file]}" ] &&
		    [ "${last[$recording]-$file}" != "$file" ]
	elif [ -n "${there[$file.zst]-}${there[$file.gz]-}${there[$file.xz]-}" ]
	then
		grep -qxF -- "$file" .whole 2> /dev/null
	fi
}

# older DAYS COMMAND: runs it on each copy that was last written so long ago.
older() {
	local f recording
	local -A last=()

	[ -n "$1" ] || return 0
	while read -r f; do
		recording_name "$f"
		last[$recording]=$f
	done < <(printf '%s\n' "${!there[@]}" | grep '\.csv$' | sort)
	while read -r f; do
		is_recording "$f" && is_over "$f" || continue
		"$2" "$f" || say "$sensor: $f: not compressed or removed:" \
		    "$(show "$(tail -n 1 .said)")"
	done < <(find . -maxdepth 1 -type f -name '*.csv*' ! -newermt \
	    "@$((EPOCHSECONDS - $1 * 86400))" -printf '%f\n' | sort)
}

# forget_retired: drops what the sensor has removed long ago.
forget_retired() {
	local f kept=()

	for f in "${!retired[@]}"; do
		if [ "${retired[$f]#* }" -lt $((EPOCHSECONDS - remembered)) ] &&
		    [ -z "${there[$f]-}${there[$f.zst]-}" ] &&
		    [ -z "${there[$f.gz]-}${there[$f.xz]-}" ]; then
			unset 'retired[$f]'
		else
			kept+=("${retired[$f]} $f")
		fi
	done
	[ ${#kept[@]} -eq "$(wc -l < .retired)" ] || {
		printf '%s\n' ${kept[@]+"${kept[@]}"} > .retired.new &&
		    mv -f -- .retired.new .retired
	}
}

# keep_house: once a minute, what is old, and how much disk the copies take.
keep_house() {
	once_a_minute housework || return 0
	older "$remove_after" discard
	older "$compress_after" pack
	[ ! -e .retired ] || forget_retired
	read -r disk _ < <(du -s --block-size=1 .) || disk=''
}
