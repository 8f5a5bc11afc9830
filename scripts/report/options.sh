# options.sh - the command line of pktpipe-report
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

name=pktpipe-report
usage="usage: $name [-hV] [-o directory] [-p list] [--flag packets] [--print]
       ${name//?/ } [--spike bytes] file ..."
dir=report protos=TCP,UDP,TLS,ICMP flag=50 spike=auto print='' operands=()

fail() {
	printf '%s: %s\n' "$name" "$2" >&2
	exit "$1"
}

# Text of others in a message or a picture: printable ASCII, or UTF-8 if it
# may be that, without control characters, at most 64 of them.
show() {
	local s=$1 out='' c i

	local LC_ALL=C.UTF-8
	iconv -f UTF-8 -t UTF-8 <<< "$s" > /dev/null 2>&1 || LC_ALL=C
	for ((i = 0; i < ${#s} && i < 64; i++)); do
		c=${s:i:1}
		if ! [[ $c = [[:print:]] ]]; then
			printf -v c %d "'$c"
			printf -v c '\\x%02x' $((c & 255))
		fi
		out+=$c
	done
	[ "${#s}" -le 64 ] || out+=...
	printf '%s\n' "$out"
}

number() {
	[[ $2 =~ ^0*[1-9][0-9]{0,14}$ ]] ||
	    fail 2 "bad $1 \"$(show "$2")\", want 1-999999999999999"
	printf -v "$1" %d "$((10#$2))"
}

list() {
	[[ $1 =~ ^[A-Za-z0-9.-]+(,[A-Za-z0-9.-]+)*$ ]] ||
	    fail 2 "bad protocols \"$(show "$1")\", want names and commas"
	protos=${1^^}
}

options() {
	[ $# -gt 0 ] || { printf '%s\n' "$usage" >&2; exit 2; }
	while [ $# -gt 0 ]; do
		case $1 in
		--?*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
		-[op]?*) set -- "${1:0:2}" "${1:2}" "${@:2}" ;;
		esac
		case $1 in
		--flag|--spike|-o|--output|-p|--proto)
			[ $# -gt 1 ] || fail 2 "$1 wants a value" ;;
		esac
		case $1 in
		--flag) number flag "$2"; shift ;;
		-h|--help) printf '%s\n' "$usage"; exit 0 ;;
		-o|--output) dir=$2; shift ;;
		--print) print=yes ;;
		-p|--proto) list "$2"; shift ;;
		--spike) number spike "$2"; shift ;;
		-V|--version) pcap2csv --version | sed "s/pcap2csv/$name/"
			exit ;;
		--) shift; operands+=("$@"); break ;;
		-?*) fail 2 "no such option: \"$(show "$1")\"" ;;
		*) operands+=("$1") ;;
		esac
		shift
	done
	[ ${#operands[@]} -gt 0 ] || fail 2 "no file to report on"
	case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
}
