# parts.sh - the files of a recording, whose names never change
#
# A recording NAME.csv has the files NAME-20261124T000000Z.csv, each named by
# the time, UTC, at which it was begun.  It only grows, until the next one is
# there: pcap2csv then writes nothing more to it.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # for the scripts that read this

# The times of names, as a pattern of the shell.
part_times='[0-9][0-9][0-9][0-9][01][0-9][0-3][0-9]T[0-2][0-9][0-5][0-9][0-6][0-9]Z'

# stem_of FILE: sets stem, what stands before the times.
stem_of() {
	stem=${1%.csv}
	stem=${stem%-%Y%m%dT%H%M%SZ}
}

# part_format FILE: sets format, for pcap2csv --write.
part_format() {
	local stem base folder=''

	stem_of "$1"
	base=${stem##*/}
	[[ $stem != */* ]] || folder=${stem%/*}/
	format=$folder${base//'%'/%%}-%Y%m%dT%H%M%SZ.csv
}

# part_now FILE: sets part to the name of a file that is begun now.
part_now() {
	local stem

	stem_of "$1" || return
	TZ=UTC0 printf -v part '%s-%(%Y%m%dT%H%M%SZ)T.csv' "$stem" -1
}

# find_parts FILE: sets parts to its files, oldest first.
find_parts() {
	local stem f

	stem_of "$1" || return
	parts=()
	for f in "$stem"-$part_times.csv; do
		[ ! -e "$f" ] || parts+=("$f")
	done
}

# next_part FILE: sets part to the oldest file that is not in seen, an array of
# the caller, and adds it; false if there is none.
next_part() {
	local parts f

	find_parts "$1"
	for f in ${parts[@]+"${parts[@]}"}; do
		[ -z "${seen[$f]-}" ] || continue
		seen[$f]=yes part=$f
		return
	done
	return 1
}

# forget_parts: drops from seen the files that are gone.
forget_parts() {
	local f

	for f in "${!seen[@]}"; do
		[ -e "$f" ] || unset 'seen[$f]'
	done
}

# bytes_of FILE FROM UNTIL: these bytes.  head would end tail, if a file grows.
bytes_of() {
	dd if="$1" bs=64K iflag=skip_bytes,count_bytes skip="$2" \
	    count=$(($3 - $2)) status=none
}

# whole_rows FILE UNTIL: sets until to the end of the last row that is complete
# before there; false if the file cannot be read.
whole_rows() {
	local start torn

	start=$(($2 > 65536 ? $2 - 65536 : 0))
	torn=$(bytes_of "$1" "$start" "$2" | awk -v RS='\1' '
	    { n = split($0, part, "\n"); torn = length(part[n]) }
	    END { print torn + 0 }') || return
	until=$(($2 - torn))
}

# await_part: sets part to the next file, when it is there.
await_part() {
	until next_part "$file"; do read -r -t 0.2 -u "$idle" || :; done
}

# print_part FILE: prints what it has, and what comes, until there is a next one,
# to which it sets part.
print_part() {
	local from more=''

	# It is root's until its recorder is another user.
	until [ -r "$1" ] || [ ! -e "$1" ]; do
		read -r -t 0.1 -u "$idle" || :
	done
	if ! exec {from}< "$1"; then
		# It may have been removed before its turn.
		[ ! -e "$1" ] && await_part
		return
	fi
	# What was there before the next file was is all.
	until [ -n "$more" ]; do
		! next_part "$file" || more=yes
		cat <&"$from" || return
		[ -n "$more" ] || read -r -t 0.2 -u "$idle" || :
	done
	exec {from}<&- || return
	[ -z "$(tail -c 1 -- "$1" 2> /dev/null)" ] || echo
}

# follow_parts FILE [PART ...]: prints what the files have, one after another,
# and what comes, but not these files.  A row that was cut off when its recorder
# was killed has an end.
follow_parts() {
	local file=$1 part='' idle f
	local -A seen=()

	shift
	for f; do seen[$f]=yes; done
	exec {idle}<> <(:)
	await_part
	while :; do
		print_part "$part" || return
		forget_parts
	done
}
