# options.sh - the command line of pktpipe-nightly
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

usage="usage: $name [-hV] [-o directory] [-p list] [--anonymize v4,v6]
       ${name//?/ } [--compress-after days] [--date day] [--expect times]
       ${name//?/ } [--mail address] [--max-disk bytes] [--remove-after days]
       ${name//?/ } [--rules file] [--set name] [--since day] [--title text]
       ${name//?/ } [--until day] directory"
dir=reports protos='' anonymize='' mail='' since='' until='' from=''
compress_after='' remove_after='' max_disk='' rules=() title='' passed=() make_room=''
expect=0-86400

# day NAME VALUE: sets the variable of that name to a day.
day() {
	[[ $2 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] &&
	    printf -v "$1" %s "$(date -d "$2" +%F 2> /dev/null)" &&
	    [ -n "${!1}" ] ||
	    fail 2 "bad day \"$(show "$2")\", want YYYY-MM-DD"
}

# 50G and 50GB are 50,000,000,000 bytes, 50GiB is 53,687,091,200.
size() {
	local plain=${1%B}

	[[ $plain =~ ^[0-9]+([KMGT]i?)?$ ]] &&
	    max_disk=$(numfmt --from=auto "$plain" 2> /dev/null) ||
	    fail 2 "bad size \"$(show "$1")\", want a number with K, M, G or T"
}

prefixes() {
	[[ $1 =~ ^[0-9]{1,2},[0-9]{1,3}$ ]] ||
	    fail 2 "bad prefix lengths \"$(show "$1")\", want two numbers as 16,48"
	anonymize=$1
}

# expected LIST: sets expect to times of the day in seconds.
expected() {
	local one a b time='([01][0-9]|2[0-3]):[0-5][0-9]' list=()

	expect=none
	[ "$1" != none ] || return 0
	IFS=, read -r -a list <<< "$1"
	expect=''
	for one in ${list[@]+"${list[@]}"}; do
		[[ $one =~ ^$time-($time|24:00)$ ]] || { expect=''; break; }
		a=$((10#${one:0:2} * 3600 + 10#${one:3:2} * 60))
		b=$((10#${one:6:2} * 3600 + 10#${one:9:2} * 60))
		if [ "$a" -lt "$b" ]; then
			expect+=${expect:+,}$a-$b
		else	# over midnight
			expect+=${expect:+,}$a-86400,0-$b
		fi
	done
	[ -n "$expect" ] || fail 2 "bad times \"$(show "$1")\", want HH:MM-HH:MM" \
	    "of UTC, several joined by commas, or none"
}

option() {
	local path

	case $1 in
	-o|--output|--title|--mail) ;;
	--compress-after|--remove-after|--max-disk) make_room=$1 ;;
	*) passed+=("$@") ;;
	esac
	case $1 in
	--anonymize) prefixes "$2" ;;
	--compress-after|--remove-after) number "${1#--}" "$2" 0 99999 ;;
	--date) day since "$2"; until=$(date -d "$since + 1 day" +%F) ;;
	--expect) expected "$2" ;;
	--mail) address "$2"; mail=$address ;;
	--max-disk) size "$2" ;;
	-o|--output) dir=$2 ;;
	-p|--proto) protocols "$2" ;;
	--rules) absolute path "$2"; rules+=("$1" "$path") ;;
	--set) rules+=("$1" "$2") ;;
	--title) title=$(show "$2") ;;
	--since) day since "$2" ;;
	--until) day until "$2" ;;
	esac
}

options() {
	read_options o:p: anonymize:,compress-after:,date:,expect:,mail:,max-disk:\
,output:,proto:,remove-after:,rules:,set:,since:,title:\
,until: "$@"
	[ ${#operands[@]} -eq 1 ] ||
	    fail 2 "want one directory of recordings, got ${#operands[@]}"
	[ ${#rules[@]} -gt 0 ] || rules=(--set home)
	check_rules "${rules[@]}"
	[ -n "$title" ] || title="Traffic on $(uname -n)"
	# awk takes backslashes of its variables as escapes.
	title=${title//\\/?}
	from=${operands[0]}
	[ -d "$from" ] && [ -r "$from" ] ||
	    fail 3 "cannot read the directory \"$(show "$from")\""
	[ ! "$from" -ef "$dir" ] ||
	    fail 2 "want different directories for reports and recordings"
	local over
	printf -v over '%(%F)T' -1
	[ -z "$since" ] || [[ $since < ${until:=$over} ]] ||
	    fail 2 "no day from $since up to $until, want --since before --until"
	[[ ! $until > $over ]] ||
	    fail 2 "want days before $over, which has not ended in UTC"
	absolute from "$from"
	absolute dir "$dir"
}
