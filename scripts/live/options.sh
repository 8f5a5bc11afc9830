# options.sh - the command line of pktpipe-live
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, and from, the other parts

usage="usage: $name [-hV] [-f filter] [-p list] [-w file] [--keep files]
           [--max-age duration] [--max-size bytes] [--rules file]
           [--set name] [--user name] [--dark] [--panels list]
           [--refresh duration] [--size widthxheight] [--spike bytes]
           [--talkers word] [--terminal name] [--title text]
           [--where condition] [--window duration]
           -i interface ...
       $name [options] file
       $name [options] --replay [--speed factor] [file ...]
Shows the last 30 seconds of live traffic.  pktpipe-live(1) says more."

# seconds NAME VALUE: prints a duration in whole seconds.
seconds() {
	local n=${2%[smhd]} unit=${2##*[0-9]}

	case $n in '' | *[!0-9]*) unit=bad ;; esac
	[ ${#n} -le 8 ] || unit=bad
	case $unit in
	'' | s) echo $((10#$n)) ;;
	m) echo $((10#$n * 60)) ;;
	h) echo $((10#$n * 3600)) ;;
	d) echo $((10#$n * 86400)) ;;
	*)	fail 2 "bad $1 \"$(show "$2")\", want whole seconds such as" \
		    "90, 30m, 12h, 1d" ;;
	esac
}

# whole_seconds VALUE: prints a duration that liveplot reads in seconds, at
# least 2.
whole_seconds() {
	local n

	n=$(seconds window "$1" 2> /dev/null) || n=30
	echo $((n < 2 ? 2 : n))
}

# The options of pcap2csv, ipflag and liveplot, and the script's own.
capture=() flag=() plot=() interfaces=()
recorder_user=nobody write='' replay='' speed=1 keep=4 max_age=0 max_size=$((64 << 20))
terminal=dumb refresh=5 proto='' where='' talkers='' alerts='' window=30
option() {
	case $1 in
	-f|--filter) capture+=(--filter "$2") ;;
	-i|--interface) interfaces+=(-i "$2") ;;
	-p|--proto) proto=$2 plot+=(--proto "$2") ;;
	-w|--write) write=$2 ;;
	--dark) plot+=(--dark) ;;
	--keep) number keep "$2" 0 999999 ;;
	--max-age) max_age=$(seconds max-age "$2") || exit ;;
	--max-size) bytes max-size "$2" 4096 ;;
	--refresh) refresh=$2 ;;
	--replay) replay=yes ;;
	--rules|--set) flag+=("$1" "$2") ;;
	--speed) number speed "$2" 0 999999 ;;
	--talkers) talkers=$2 plot+=(--talkers "$2") ;;
	--terminal) terminal=$2 ;;
	--user) recorder_user=$2 capture+=(--user "$2") ;;
	--where) where=$2 plot+=(--where "$2") ;;
	--window) window=$(whole_seconds "$2") plot+=(--window "$2") ;;
	*) plot+=("$@") ;;
	esac
}

options() {
	read_options f:i:p:w: dark,filter:,interface:,keep:,max-age:,max-size:\
,panels:,proto:,refresh:,replay,rules:,set:,size:,speed:,spike:,talkers:\
,terminal:,title:,user:,where:,window:,write: "$@"
	plot+=(--terminal "$terminal" --refresh "$refresh")
	check
	on_cells
}

# on_cells: a text terminal shows alerts and talkers too.
on_cells() {
	[ "$terminal" = dumb ] || return 0
	alerts=yes
	[ -n "$talkers" ] || talkers=sources plot+=(--talkers sources)
}

# check_proto LIST: whether these are protocols.
check_proto() {
	[ -z "$1" ] ||
	    csvclean --proto "$1" < /dev/null > /dev/null 2>&1
}

check() {
	local n=${#operands[@]}

	if [ ${#interfaces[@]} -gt 0 ]; then
		[ "$n" -eq 0 ] && [ -z "$replay" ] ||
		    fail 2 "want interfaces or a file, not both"
	elif [ -n "$write" ]; then
		fail 2 "--write needs an interface (-i)"
	elif [ -z "$replay" ] && [ "$n" -ne 1 ]; then
		usage_error
	fi
	check_proto "$proto" ||
	    fail 2 "bad proto \"$(show "$proto")\", want protocols such as TLS,DNS"
	[ ${#flag[@]} -eq 0 ] || check_rules "${flag[@]}"
	liveplot --refresh "$refresh" < /dev/null > /dev/null || exit
}
