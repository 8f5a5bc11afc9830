# reach.sh - how much of the end of a file has the rows since a time
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # for the scripts that read this

least=$((128 << 10)) most=$((64 << 20))

# times_of COMMAND...: sets oldest and newest, whole seconds, of the first 16
# rows that the command prints, without its first line, which may be a part of
# one; empty if none has a time.
times_of() {
	local lines=() line

	oldest='' newest=''
	mapfile -t -n 17 lines < <("$@" 2> /dev/null)
	for line in ${lines[@]+"${lines[@]:1}"}; do
		line=${line%%.*}
		[[ $line =~ ^[0-9]{1,12}$ ]] || continue
		[ "$line" -ge "${oldest:-$line}" ] || oldest=$line
		[ "$line" -le "${newest:-$line}" ] || newest=$line
		oldest=${oldest:-$line} newest=${newest:-$line}
	done
}

# reach FILE SECOND BYTES: sets size, the file's, and n, how much of its end
# reaches back to the second, from BYTES on; 0 is all of it.  At each place some
# rows are looked at, as rows may be out of order.
reach() {
	local oldest newest

	size=$(stat -L -c %s -- "$1")
	n=$3
	[ "$n" -ge "$least" ] || n=$least
	while [ "$n" -lt "$size" ]; do
		[ "$n" -lt "$most" ] || return 0
		times_of tail -c "$n" -- "$1"
		[ "${newest:-$2}" -ge "$2" ] || return 0
		n=$((n * 4 < most ? n * 4 : most))
	done
	n=0
}
