# options.sh - the command line of pktpipe-batch
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

usage='usage: pktpipe-batch [-hV] [-j number] [-o dir] [-S host[,host ...]]
                     [--merge command] [--resume] [--retries number]
                     pipeline file ...'

# check_hosts LIST: each is an argument of ssh.
check_hosts() {
	[[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9@._:-]*(,[A-Za-z0-9_][A-Za-z0-9@._:-]*)*$ ]] ||
	    fail 2 "bad hosts \"$(show "$1")\", want [user@]host[,...]"
	hosts=$1
}

option() {
	case $1 in
	-j|--jobs) number jobs "$2" 1 1000 ;;
	-o|--output) out=$2 ;;
	-S|--hosts) check_hosts "$2" ;;
	--merge) merge=$2 ;;
	--resume) resume=yes ;;
	--retries) number retries "$2" 1 100 ;;
	esac
}

# last_command PIPELINE: what stands after its last | that is not quoted.
last_command() {
	local text=$1 quote='' last='' c i

	for ((i = 0; i < ${#text}; i++)); do
		c=${text:i:1}
		if [ "$c" = "$quote" ]; then
			quote=''
		elif [ "$c" = \\ ] && [ "$quote" != "'" ]; then
			c=${text:i++:2}
		elif [ -z "$quote" ]; then
			case $c in
			\' | \") quote=$c ;;
			'|') last='' c='' ;;
			esac
		fi
		last+=$c
	done
	printf '%s\n' "${last#"${last%%[! ]*}"}"
}

# The parts of a sum must have all rows of the sum, and be read again.
unsummed='-n|--top|--per|--no-rest|--percentile|--distinct|--no-header'
unsummed+='|(-t|--time)[ =]?(iso|sheet)'
check_merge() {
	[ -z "$merge" ] || return 0
	merge=$(last_command "$pipeline")
	case $merge in
	*'{}'*) fail 2 "the last program of the pipeline reads {}, so that it" \
		"cannot sum the parts: want --merge" ;;
	esac
	[[ ! " $merge" =~ \ ($unsummed) ]] ||
	    fail 2 "parts of ${BASH_REMATCH[1]} have no exact sum: want it in" \
		"--merge only"
}

options() {
	hosts='' out='' merge='' resume='' retries=3 jobs=0
	read_options j:o:S: hosts:,jobs:,merge:,output:,resume,retries: "$@"
	[ ${#operands[@]} -ge 2 ] || usage_error 'no pipeline, or no file'
	pipeline=${operands[0]} files=("${operands[@]:1}")
	[[ $pipeline = *'{}'* ]] ||
	    fail 2 "no {} in the pipeline, where the file's name goes"
	[ -z "$resume" ] || [ -n "$out" ] || fail 2 "--resume needs -o"
	check_merge
}
