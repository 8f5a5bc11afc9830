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

# put TEXT MASK: adds the text to job, and the mask for each of its characters to
# masked.
put() {
	local as_long

	printf -v as_long '%*s' ${#1} ''
	job+=$1 masked+=${as_long// /"$2"}
}

# read_pipeline: sets job to the pipeline, with $file for each {}, whatever quotes
# it stands in, and without comments.  masked is as long, and has x for what is
# quoted and @ for a {}.
# shellcheck disable=SC2016  # for the job's shell
read_pipeline() {
	local c text mask quote='' starts=$' \t\n;|&(' i

	job='' masked=''
	for ((i = 0; i < ${#pipeline}; i += ${#c})); do
		c=${pipeline:i:1} text='' mask=x
		if [ "${pipeline:i:2}" = '{}' ]; then
			c='{}' text=$quote'"$file"'$quote mask=@
		elif [ "$c" = "$quote" ]; then
			quote=''
		elif [ "$c" = \\ ] && [ "$quote" != \' ]; then
			c=${pipeline:i:2}
		elif [[ -z $quote && $c = '#' && ' '$masked = *[$starts] ]]; then
			c=${pipeline:i}
			c=${c%%$'\n'*}
			continue
		elif [ -z "$quote" ]; then
			[[ $c != [\'\"] ]] || quote=$c
			mask=${c//[\'\"@]/x}
		fi
		put "${text:-$c}" "$mask"
	done
}

# take_last: sets merge to what follows the last | of the pipeline.
take_last() {
	local last=${masked##*|} ends=$';&()\n'

	merge=${job: -${#last}}
	[[ $masked != *'||'"$last" ]] || last=";$last"
	[[ $last != \&* ]] || merge=${merge:1} last=${last:1}
	merge=${merge%"${last##*[!;[:space:]]}"}
	last=${last%"${last##*[!;[:space:]]}"}
	last=${last//'>&'/}
	[[ ${last//'&>'/} != *[$ends]* ]] ||
	    fail 2 "after the last | of the pipeline is more than one command:" \
		"want --merge"
	[[ ${last//[2-9]>/} != *'>'* ]] ||
	    fail 2 "the last program of the pipeline writes to a file: want the" \
		"sum from standard output"
	[[ $last != *@* ]] ||
	    fail 2 "the last program of the pipeline reads {}, so that it" \
		"cannot sum the parts: want --merge"
}

# The parts of a sum must have all rows of the sum, and be read again.  A name may
# be cut (--to), and quoted.
unsummed='-n|--(to|pe|n|d)[a-z-]*|(-t|--t[a-z]*)[ =]*(iso|sheet)'
selects='--(si|u)[a-z]*'
check_merge() {
	local words

	[ -z "$merge" ] || return 0
	take_last
	words=" ${merge//[\'\"\\]/}"
	words=${words//[[:space:]]/ }
	[[ ! $words =~ \ ($unsummed) ]] ||
	    fail 2 "parts of ${BASH_REMATCH[1]} have no exact sum: want it in" \
		"--merge only"
	# Bins and sums without a protocol cannot be selected from as rows can.
	[[ $words =~ protobw|[\ ,=]proto ]] || selects+='|-p|--pr[a-z]*'
	[[ ! $words =~ \ ($selects) ]] ||
	    fail 2 "${BASH_REMATCH[1]} cannot select from the parts again: want" \
		"it in a csvclean before the sum, or --merge"
}

options() {
	hosts='' out='' merge='' resume='' retries=3 jobs=0
	read_options j:o:S: hosts:,jobs:,merge:,output:,resume,retries: "$@"
	[ ${#operands[@]} -ge 2 ] || usage_error 'no pipeline, or no file'
	pipeline=${operands[0]} files=("${operands[@]:1}")
	[[ $pipeline = *'{}'* ]] ||
	    fail 2 "no {} in the pipeline, where the file's name goes"
	[ -z "$resume" ] || [ -n "$out" ] || fail 2 "--resume needs -o"
	read_pipeline
	bash -n -c "$job" || fail 2 "the pipeline is no command of bash"
	check_merge
}
