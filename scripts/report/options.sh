# options.sh - the command line of pktpipe-report
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

usage="usage: $name [-hV] [-o directory] [-p list] [--against file]
       ${name//?/ } [--flag packets] [--print] [--rules file] [--set name]
       ${name//?/ } [--since time] [--spike bytes] [--title text]
       ${name//?/ } [--until time] [--usual file] file ..."
dir=report protos='' flag='' rules=() rule_names='' spike=auto print=''
since='' until='' heading='' usual='' against=''

# cell NUMBER ROW: what csvclean makes of this cell of a row; nothing if it
# rejects the row.
cell() {
	csvclean --no-header <<< "$2" 2> /dev/null | cut -d , -f "$1" || :
}

# select_protocols LIST: sets protos to their names in rows; it is empty for all
# protocols.
select_protocols() {
	local given one known

	protocols "$1"
	given=$protos protos=''
	[[ ,$given, != *,ALL,* ]] || return 0
	for one in ${given//,/ }; do
		known=$(cell 4 "0,,,$one,0")
		[ -n "$known" ] ||
		    say "unknown protocol \"$one\": matched literally"
		[[ ,$protos, = *,"${known:-$one}",* ]] ||
		    protos+=${protos:+,}${known:-$one}
	done
}

# add_rules OPTION VALUE NAME: adds rules, which have a name for people.
add_rules() {
	rules+=("$1" "$2")
	rule_names+=${rule_names:+, }${3//[^A-Za-z0-9._-]/?}
}

# instant_of NAME TIME: sets the variable of that name to a time in seconds.
instant_of() {
	if [[ $2 =~ ^[0-9]{1,10}$ ]]; then
		printf -v "$1" %d "$((10#$2))"
	else
		printf -v "$1" %s "$(cell 1 "\"$2\",,,TCP,0" | cut -d . -f 1)"
		[ -n "${!1}" ] ||
		    printf -v "$1" %s "$(date -d "$2" +%s 2> /dev/null)"
		[ -n "$2" ] && [ -n "${!1}" ] || fail 2 \
		    "bad $1 \"$(show "$2")\", want seconds or a date and time"
	fi
}

option() {
	local path

	case $1 in
	--against) real_path against -m "$2" ;;
	--flag) number flag "$2" 1 999999999999999 ;;
	-o|--output) dir=$2 ;;
	--print) print=yes ;;
	-p|--proto) select_protocols "$2" ;;
	--rules) absolute path "$2"; add_rules "$1" "$path" "${2##*/}" ;;
	--set) add_rules "$1" "$2" "$2" ;;
	--since) instant_of since "$2" ;;
	--title) heading=$(show "$2") ;;
	--until) instant_of until "$2" ;;
	--usual) real_path usual -m "$2" ;;
	--spike) number spike "$2" 1 999999999999999 ;;
	esac
}

options() {
	read_options o:p: against:,flag:,output:,print,proto:,rules:,set:\
,since:,spike:,title:,until:,usual: "$@"
	[ ${#operands[@]} -gt 0 ] || fail 2 "no file to report on"
	[ -z "$since" ] || [ -z "$until" ] || [ "$since" -lt "$until" ] ||
	    fail 2 "--since is not before --until"
	[ ${#rules[@]} -gt 0 ] || add_rules --set home home
	check_rules "${rules[@]}"
	[ -z "$usual" ] || [ -r "$usual" ] ||
	    fail 3 "cannot read \"$(show "$usual")\""
	absolute dir "$dir"
}
