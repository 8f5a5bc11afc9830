# room.sh - packs old recordings, removes older ones, never one being written
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# Once more, as it may have been opened since.
still_at_rest() {
	at_rest "$1" && [ "$(stat -c '%i %s %Y' -- "$1")" = "$2" ]
}

# Killed after a copy was made and before its original went: the twin goes.
finish_packing() {
	local f

	for f in ${files[@]+"${files[@]}"}; do
		[ -e "$f.zst" ] && [ "${resting[$f]}" -eq 0 ] || continue
		if zstd -dcq -- "$f.zst" | cmp -s -- - "$f"; then
			forget "$f"
		else
			trouble 1 "$(show "$f"): differs from $(show \
			    "${f##*/}.zst")"
		fi
	done
}

forget() {
	local f left=()

	rm -f -- "$1"
	for f in "${files[@]}"; do [ "$f" = "$1" ] || left+=("$f"); done
	files=(${left[@]+"${left[@]}"})
}

# The copy has its original's time, owner and mode, and is checked.
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

# Runs a command on each recording last written so many days ago or more.
older() {
	local f limit

	limit=$((midnight - $1 * 86400))
	for f in ${files[@]+"${files[@]}"}; do
		[ "${written[$f]}" -lt "$limit" ] || continue
		case ${resting[$f]} in
		0) "$2" "$f" ;;
		2) trouble 1 "$(show "$f"): cannot tell whether it is written" ;;
		esac
	done
}

pack_plain() {
	case $1 in
	*.gz|*.zst|*.xz|*.bz2|*.lz4) ;;
	*) pack "$1" ;;
	esac
}

# Removes the oldest until all fit.
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
		    trouble 1 "$(show "$f"): removed before its report"
		n=$(($(stat -c '%b * %B' -- "$f")))
		forget "$f"
		used=$((used - n))
	done < <(printf '%s\0' "${order[@]}" | sort -z -n)
	[ "$used" -le "$1" ] ||
	    trouble 1 "recordings take $used bytes, and the rest is written"
}

make_room() {
	[ -z "$remove_after" ] || older "$remove_after" forget
	[ -z "$compress_after" ] || older "$compress_after" pack_plain
	[ -z "$max_disk" ] || bound_disk "$max_disk"
}
