# access.sh - whether the server's user can read what the server needs
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets what these read

# The user that serves.
who() {
	if [ "$(id -u)" -eq 0 ]; then printf %s "$user"; else id -un; fi
}

# closed PATH: prints the first folder of the path that the user cannot enter.
closed() {
	local rest=${1#/} folder=''

	while [[ $rest = */* ]]; do
		folder+=/${rest%%/*} rest=${rest#*/}
		(as_user test -x "$folder") || { printf %s "$folder"; return; }
	done
}

# need R PATH [ELSE]: fails unless the user has permission R, r or x, for the
# path; ELSE is another way to fix it.
need() {
	local folder other='another user'

	! (as_user test "-$1" "$2") || return 0
	[ "$(id -u)" -ne 0 ] || other='another --user'
	other=${3+"$other, "}or\ ${3-$other}
	folder=$(closed "$2")
	[ -z "$folder" ] || fail 3 "$2: user $(who) cannot enter $folder: \
want chmod o+x $folder, $other"
	fail 3 "$2: user $(who) cannot $([ "$1" = r ] && echo read ||
	    echo run) it: want chmod o+${1/x/rx} $2, $other"
}

# missing PROGRAM: prints how to install it, for a message.
missing() {
	case $1 in
	lighttpd) printf "Debian's lighttpd" ;;
	gnuplot) printf "Debian's gnuplot-nox" ;;
	*) printf 'make install' ;;
	esac
}

# Checks what every server needs: programs, its own files, its directory.
need_all() {
	local program f

	for program in lighttpd gnuplot pcap2csv csvclean ipflag liveplot; do
		command -v "$program" > /dev/null ||
		    fail 3 "$program is not installed," \
			"want $(missing "$program")"
		need x "$(readlink -f "$(command -v "$program")")" \
		    "make install"
	done
	for f in "$PKTPIPE_LIB"/* "$PKTPIPE_LIB/../lib/table.sh"; do
		need r "$(readlink -f "$f")" "make install"
	done
	need x "$PKTPIPE_WEB" "another TMPDIR"
}
