# options.sh - the command line of pktpipe-live
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # the script that reads this uses them

name=pktpipe-live
usage="usage: $name [-hV] [-f filter] [-p list] [-w file] [--keep files]
           [--max-age duration] [--max-size bytes] [--rules file]
           [--user name] [--dark] [--panels list] [--refresh duration]
           [--size widthxheight] [--spike bytes] [--terminal name]
           [--title text] [--window duration] -i interface ...
       $name [options] file
       $name [options] --replay [--speed factor] [file ...]
Shows traffic as it comes, the last 30 seconds.  pktpipe-live(1) says more."

fail() {
	local status=$1

	shift
	printf '%s: %s\n' "$name" "$*" >&2
	exit "$status"
}

# A whole number of at most 15 digits and one of the letters k, M, G.
bytes() {
	case $2 in
	'' | *[!0-9kMG]* | *[kMG]?* | [kMG]) ;;
	*)
		set -- "$1" "$2" "${2%[kMG]}" "${2##*[0-9]}"
		if [ ${#3} -le 12 ]; then
			case $4 in
			k) echo $((10#$3 << 10)) ;;
			M) echo $((10#$3 << 20)) ;;
			G) echo $((10#$3 << 30)) ;;
			*) echo $((10#$3)) ;;
			esac
			return
		fi
		;;
	esac
	fail 2 "bad $1 \"$2\", want bytes such as 64M"
}

# A duration in whole seconds.
seconds() {
	local n=${2%[smhd]} unit=${2##*[0-9]}

	case $n in '' | *[!0-9]*) unit=bad ;; esac
	[ ${#n} -le 8 ] || unit=bad
	case $unit in
	'' | s) echo $((10#$n)) ;;
	m) echo $((10#$n * 60)) ;;
	h) echo $((10#$n * 3600)) ;;
	d) echo $((10#$n * 86400)) ;;
	*) fail 2 "bad $1 \"$2\", want whole seconds such as 90, 30m, 12h, 1d" ;;
	esac
}

number() {
	case $2 in
	'' | *[!0-9]*) ;;
	*) [ ${#2} -gt 6 ] || { echo $((10#$2)); return; } ;;
	esac
	fail 2 "bad $1 \"$2\", want 0-999999"
}

# Sets capture, flag and plot, the options of the programs, and the others.
options() {
	local given

	given=$(getopt -n "$name" -o f:hi:p:Vw: -l dark,filter:,help,interface: \
	    -l keep:,max-age:,max-size:,panels:,proto:,refresh:,replay,rules: \
	    -l size:,speed:,spike:,terminal:,title:,user:,version,window: \
	    -l write: -- "$@") || fail 2 "see $name --help"
	eval "set -- $given"
	capture=() flag=() plot=() interfaces=()
	write='' replay='' speed=1 keep=4 max_age=0 max_size=$((64 << 20))
	terminal=dumb refresh=5
	while [ "$1" != -- ]; do
		case $1 in
		-f | --filter) capture+=(--filter "$2"); shift ;;
		-h | --help) printf '%s\n' "$usage"; exit 0 ;;
		-i | --interface) interfaces+=(-i "$2"); shift ;;
		-p | --proto) plot+=(--proto "$2"); shift ;;
		-V | --version) liveplot --version | sed "s/^liveplot/$name/"
			exit 0 ;;
		-w | --write) write=$2; shift ;;
		--dark) plot+=(--dark) ;;
		--keep) keep=$(number keep "$2"); shift ;;
		--max-age) max_age=$(seconds max-age "$2"); shift ;;
		--max-size) max_size=$(bytes max-size "$2"); shift ;;
		--refresh) refresh=$(seconds refresh "$2"); shift ;;
		--replay) replay=yes ;;
		--rules) flag+=(--rules "$2"); shift ;;
		--speed) speed=$(number speed "$2"); shift ;;
		--terminal) terminal=$2; shift ;;
		--user) capture+=(--user "$2"); shift ;;
		*) plot+=("$1" "$2"); shift ;;
		esac
		shift
	done
	shift
	operands=("$@")
	plot+=(--terminal "$terminal" --refresh "$refresh")
	check
}

check() {
	local n=${#operands[@]}

	if [ ${#interfaces[@]} -gt 0 ]; then
		[ "$n" -eq 0 ] && [ -z "$replay" ] ||
		    fail 2 "want interfaces or a file, not both"
	elif [ -n "$write" ]; then
		fail 2 "--write records what -i captures"
	elif [ -z "$replay" ] && [ "$n" -ne 1 ]; then
		printf '%s\n' "$usage" >&2
		exit 2
	fi
	[ "$refresh" -gt 0 ] || fail 2 "bad refresh 0, want 1 second or more"
	[ "$max_size" -ge 4096 ] || fail 2 "bad max-size, want 4096 or more"
}
