# options.sh - the command line of pktpipe-alerts
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

usage='usage: pktpipe-alerts [-hV] [-o file] [--once] [--rules file]
                      [--set name] --state dir file'

option() {
	case $1 in
	-o|--output) out=$2 ;;
	--once) once=yes ;;
	--rules|--set) rules+=("$1" "$2") ;;
	--state) state=$2 ;;
	esac
}

options() {
	out='' once='' rules=() state=''
	read_options o: once,output:,rules:,set:,state: "$@"
	[ ${#operands[@]} -eq 1 ] || usage_error 'want one recording'
	[ -n "$state" ] || usage_error 'no --state'
	recording=${operands[0]}
	[[ $recording$out != *[$'\t\n']* ]] || fail 2 "bad name" \
	    "\"$(show "$recording$out")\", want it without tabs and newlines"
	[ -d "$(dirname -- "$recording")" ] ||
	    fail 3 "$(show "$recording"): no such folder"
	[ ${#rules[@]} -gt 0 ] || rules=(--set home)
	check_rules "${rules[@]}"
}
