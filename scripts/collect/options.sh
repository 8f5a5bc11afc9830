# options.sh - the command line of pktpipe-collect
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

usage='usage: pktpipe-collect [-hV] -o dir [--compress-after days]
                       [--interval seconds] [--once] [--remove-after days]
                       sensor=host:dir ... | file
       pktpipe-collect -o dir --rows | --alerts [--merge]
                       [--newest bytes] [--slack duration]
       pktpipe-collect -o dir --status'

# add_sensor TEXT: NAME=HOST:DIR; the name becomes a directory, the host an
# argument of ssh.
add_sensor() {
	local word='[A-Za-z0-9][A-Za-z0-9._-]{0,63}'
	local host='[A-Za-z0-9_][A-Za-z0-9@._-]*'

	[[ $1 =~ ^($word)=($host):(/?[A-Za-z0-9._/@+-]+)$ ]] ||
	    fail 2 "bad sensor \"$(show "$1")\", want NAME=[USER@]HOST:DIR"
	[ -z "${host_of[${BASH_REMATCH[1]}]-}" ] ||
	    fail 2 "sensor ${BASH_REMATCH[1]} is named twice"
	sensors+=("${BASH_REMATCH[1]}")
	host_of[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
	dir_of[${BASH_REMATCH[1]}]=${BASH_REMATCH[3]}
}

# read_sensors FILE: one a line; # starts a comment.
read_sensors() {
	local line

	[ -f "$1" ] && [ -r "$1" ] || fail 3 "$1: cannot read it"
	while read -r line || [ -n "$line" ]; do
		line=${line%%#*}
		line=${line%"${line##*[! 	]}"}
		[ -z "$line" ] || add_sensor "$line"
	done < "$1"
}

# slack_of DURATION: sets slack to milliseconds.
slack_of() {
	[[ $1 =~ ^([0-9]{1,6})(ms|s|m)?$ ]] || fail 2 "bad slack" \
	    "\"$(show "$1")\", want a duration such as 500ms, 2s or 1m"
	slack=$((10#${BASH_REMATCH[1]}))
	case ${BASH_REMATCH[2]} in
	m) slack=$((slack * 60000)) ;;
	ms) ;;
	*) slack=$((slack * 1000)) ;;
	esac
}

option() {
	case $1 in
	-o|--output) dir=$2 ;;
	--alerts) mode=alerts ;;
	--compress-after) number compress-after "$2" 0 99999 ;;
	--interval) number interval "$2" 1 3600 ;;
	--merge) merge=yes ;;
	--newest) bytes newest-bytes "$2" 0 ;;
	--once) once=yes ;;
	--remove-after) number remove-after "$2" 0 99999 ;;
	--rows) mode=rows ;;
	--slack) slack_of "$2" ;;
	--status) mode=status ;;
	esac
}

options() {
	local s

	declare -gA host_of=() dir_of=()
	dir='' interval=1 once='' mode=collect sensors=()
	merge='' slack=2000 newest_bytes=0 compress_after='' remove_after=''
	read_options o: alerts,compress-after:,interval:,merge,newest:,once\
,output:,remove-after:,rows,slack:,status "$@"
	[ -n "$dir" ] || usage_error 'no directory: want -o'
	for s in ${operands[@]+"${operands[@]}"}; do
		if [[ $s = *=* ]]; then add_sensor "$s"; else read_sensors "$s"; fi
	done
	[ "$mode" != collect ] || [ ${#sensors[@]} -gt 0 ] ||
	    usage_error 'no sensor'
	[ "$mode" = collect ] || [ ${#sensors[@]} -eq 0 ] ||
	    usage_error "--$mode wants no sensor"
}
