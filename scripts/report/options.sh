# options.sh - the command line of pktpipe-report
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

usage="usage: $name [-hV] [-o directory] [-p list] [--flag packets] [--print]
       ${name//?/ } [--spike bytes] file ..."
dir=report protos='' flag=50 spike=auto print=''

# select_protocols LIST: sets protos, which is empty for all protocols.
select_protocols() {
	protocols "$1"
	[[ ,$protos, != *,ALL,* ]] || protos=''
}

option() {
	case $1 in
	--flag) number flag "$2" 1 999999999999999 ;;
	-o|--output) dir=$2 ;;
	--print) print=yes ;;
	-p|--proto) select_protocols "$2" ;;
	--spike) number spike "$2" 1 999999999999999 ;;
	esac
}

options() {
	read_options o:p: flag:,output:,print,proto:,spike: "$@"
	[ ${#operands[@]} -gt 0 ] || fail 2 "no file to report on"
	case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
}
