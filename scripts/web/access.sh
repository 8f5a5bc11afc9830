# access.sh - whether the server's user can read what the server needs
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets what these read

# The user that serves.
who() {
	if [ "$EUID" -eq 0 ]; then printf %s "$user"; else id -un; fi
}

# lacks PERMISSION PATH ...: prints which of these pairs, the first is 0, is the
# first that the user has no permission r or x for.  One process for all.
lacks() {
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	(as_user sh -c 'i=0
		while [ $# -gt 0 ]; do
			test "-$1" "$2" || { echo "$i"; exit; }
			i=$((i + 1))
			shift 2
		done' - "$@")
}

# closed PATH: prints the first folder of the path that the user cannot enter.
closed() {
	local rest=${1#/} folder='' i pairs=()

	while [[ $rest = */* ]]; do
		folder+=/${rest%%/*} rest=${rest#*/}
		pairs+=(x "$folder")
	done
	i=$(lacks ${pairs[@]+"${pairs[@]}"})
	[ -z "$i" ] || printf %s "${pairs[i * 2 + 1]}"
}

# need PERMISSION PATH [ELSE]: fails unless the user has permission r or x for
# the path; ELSE is another way to fix it.
need() {
	[ -z "$(lacks "$1" "$2")" ] || refuse_access "$@"
}

# refuse_access PERMISSION PATH [ELSE]: fails, with what mends it.
refuse_access() {
	local folder other='another user' what=run

	[ "$EUID" -ne 0 ] || other='another --user'
	other=${3+"$other, "}or\ ${3-$other}
	folder=$(closed "$2")
	[ -z "$folder" ] || fail 3 "$2: user $(who) cannot enter $folder: \
want chmod o+x $folder, $other"
	[ "$1" != r ] || what=read
	fail 3 "$2: user $(who) cannot $what it: want chmod o+${1/x/rx} $2, $other"
}

# missing PROGRAM: prints how to install it, for a message.
missing() {
	case $1 in
	lighttpd | haproxy) printf "Debian's %s" "$1" ;;
	gnuplot) printf "Debian's gnuplot-nox" ;;
	*) printf 'make install' ;;
	esac
}

# Checks what every server needs: programs, its own files, its directory.
need_all() {
	local program at paths=() pairs=() i run=(lighttpd gnuplot pcap2csv
	    csvclean ipflag rowpick liveplot)

	! has_door || run+=(haproxy)
	for program in "${run[@]}"; do
		at=$(command -v "$program") ||
		    fail 3 "$program is not installed," \
			"want $(missing "$program")"
		paths+=("$at")
	done
	mapfile -t -d '' paths < <(readlink -z -f -- "${paths[@]}" \
	    "$PKTPIPE_LIB"/* "$PKTPIPE_LIB"/../lib/{table,parts}.sh)
	for i in "${!paths[@]}"; do
		if [ "$i" -lt ${#run[@]} ]; then at=x; else at=r; fi
		pairs+=("$at" "${paths[i]}")
	done
	i=$(lacks "${pairs[@]}" x "$PKTPIPE_WEB")
	[ "${i:-${#paths[@]}}" -eq "${#paths[@]}" ] ||
	    refuse_access "${pairs[@]:i * 2:2}" "make install"
	[ -z "$i" ] || refuse_access x "$PKTPIPE_WEB" "another TMPDIR"
}
