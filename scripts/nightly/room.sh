# room.sh - compresses and removes old recordings that no process writes
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# Checked again, since the file may have been opened in the meantime.
still_at_rest() {
	at_rest "$1" && [ "$(stat -c '%i %s %Y' -- "$1")" = "$2" ]
}

# A run that was killed between the copy and the removal of the original has
# left both: the original is removed.
finish_packing() {
	local f shown

	for f in ${files[@]+"${files[@]}"}; do
		[ -e "$f.zst" ] && [ "${resting[$f]}" -eq 0 ] || continue
		if zstd -dcq -- "$f.zst" | cmp -s -- - "$f"; then
			forget "$f"
		else
			shown=$(show "$f")
			trouble 1 "$shown: differs from $(show "${f##*/}.zst")"
		fi
	done
}

forget() {
	local f left=()

	if ! rm -f -- "$1"; then
		trouble 3 "$(show "$1"): not removed"
		return
	fi
	for f in "${files[@]}"; do [ "$f" = "$1" ] || left+=("$f"); done
	files=(${left[@]+"${left[@]}"})
}

# Compresses a recording.  The copy is checked, and has the original's time,
# owner and mode.
pack() {
	local new=$from/.${1##*/}.zst was

	was=$(stat -c '%i %s %Y' -- "$1")
	if zstd -qf -o "$new" -- "$1" && zstd -tq -- "$new" &&
	    touch -r "$1" -- "$new" && still_at_rest "$1" "$was" &&
	    mv -n -- "$new" "$1.zst" && [ ! -e "$new" ]; then
		forget "$1"
		files+=("$1.zst")
		written[$1.zst]=${written[$1]} resting[$1.zst]=0
	else
		rm -f -- "$new"
		trouble 1 "$(show "$1"): not compressed"
	fi
}

# older DAYS COMMAND: runs the command on each recording that was last written
# that many days ago or earlier.
older() {
	local f limit

	limit=$((midnight - $1 * 86400))
	for f in ${files[@]+"${files[@]}"}; do
		[ "${written[$f]}" -lt "$limit" ] || continue
		case ${resting[$f]} in
		0) "$2" "$f" ;;
		2)	trouble 1 "$(show "$f"): cannot find out whether it is" \
			    "open for writing" ;;
		esac
	done
}

pack_plain() {
	case $1 in
	*.gz|*.zst|*.xz|*.bz2|*.lz4) ;;
	*) pack "$1" ;;
	esac
}

# bound_disk BYTES: removes the oldest recordings until the others fit.
bound_disk() {
	local f used=0 n order=()

	for f in ${files[@]+"${files[@]}"}; do
		used=$((used + $(stat -c '%b * %B' -- "$f")))
		order+=("${written[$f]} $f")
	done
	[ "$used" -gt "$1" ] || return 0
	while IFS= read -r -d '' f && [ "$used" -gt "$1" ]; do
		f=${f#* }
		[ "${resting[$f]}" -eq 0 ] || continue
		[ "${written[$f]}" -lt "$midnight" ] ||
		    trouble 1 "$(show "$f"): removed before its day was reported"
		n=$(($(stat -c '%b * %B' -- "$f")))
		forget "$f"
		used=$((used - n))
	done < <(printf '%s\0' "${order[@]}" | sort -z -n)
	[ "$used" -le "$1" ] ||
	    trouble 1 "recordings still take $used bytes; the other files" \
		"are open for writing"
}

make_room() {
	[ -z "$remove_after" ] || older "$remove_after" forget
	[ -z "$compress_after" ] || older "$compress_after" pack_plain
	[ -z "$max_disk" ] || bound_disk "$max_disk"
}
