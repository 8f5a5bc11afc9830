# options.sh - the command line of pktpipe-report
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

usage="usage: $name [-hV] [-o directory] [-p list] [--flag packets] [--print]
       ${name//?/ } [--rules file] [--set name] [--spike bytes] file ..."
dir=report protos='' flag='' rules=() rule_names='' spike=auto print=''

# select_protocols LIST: sets protos, which is empty for all protocols.
select_protocols() {
	protocols "$1"
	[[ ,$protos, != *,ALL,* ]] || protos=''
}

# add_rules OPTION VALUE NAME: adds rules, which have a name for people.
add_rules() {
	rules+=("$1" "$2")
	rule_names+=${rule_names:+, }${3//[^A-Za-z0-9._-]/?}
}

option() {
	case $1 in
	--flag) number flag "$2" 1 999999999999999 ;;
	-o|--output) dir=$2 ;;
	--print) print=yes ;;
	-p|--proto) select_protocols "$2" ;;
	--rules) add_rules "$1" "$(readlink -m -- "$2")" "${2##*/}" ;;
	--set) add_rules "$1" "$2" "$2" ;;
	--spike) number spike "$2" 1 999999999999999 ;;
	esac
}

options() {
	read_options o:p: flag:,output:,print,proto:,rules:,set:\
,spike: "$@"
	[ ${#operands[@]} -gt 0 ] || fail 2 "no file to report on"
	[ ${#rules[@]} -gt 0 ] || add_rules --set home home
	ipflag --check "${rules[@]}" || exit
	case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
}
