# options.sh - the command line of pktpipe-notify
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

usage='usage: pktpipe-notify [-hV] [--digest seconds] [--min-severity word]
                      [--rate number] [--spool dir] [--timeout seconds]
                      --syslog | --mail address |
                      --alertmanager url [--token file] |
                      --webhook url [--token file] | --exec command [arg ...]'

# channel NAME: one per run; several are combined in a pipeline.
channel() {
	[ -z "$channel" ] || fail 2 "one channel per run: --$channel or --$1"
	channel=$1
}

check_severity() {
	case $1 in
	low) least=0 ;;
	medium) least=1 ;;
	high) least=2 ;;
	*) fail 2 "bad severity \"$(show "$1")\", want low, medium or high" ;;
	esac
}

# A URL becomes an argument of curl.
check_url() {
	[[ $1 =~ ^https?://[!-~]+$ ]] ||
	    fail 2 "bad URL \"$(show "$1")\", want http:// or https://"
}

read_token() {
	token=$(head -c 4097 -- "$1") || fail 3 "$1: cannot read the token"
	[[ $token =~ ^[A-Za-z0-9._~+/=-]{1,4096}$ ]] ||
	    fail 2 "$1: bad token, want one line of letters, digits, ._~+/=-"
}

option() {
	case $1 in
	--syslog) channel syslog ;;
	--mail) channel mail; address "$2"; target=$address ;;
	--webhook) channel webhook; check_url "$2"; target=$2 ;;
	--alertmanager)
		channel alertmanager
		check_url "$2"
		target=${2%/}/api/v2/alerts ;;
	--spool) spool=$2 ;;
	--token) read_token "$2" ;;
	--min-severity) check_severity "$2" ;;
	--rate) number rate "$2" 1 1000 ;;
	--timeout) number timeout "$2" 1 3600 ;;
	--digest) number digest "$2" 1 86400 ;;
	esac
}

# options ARG ...: what follows --exec is the hook's own command line.
options() {
	local before=()

	channel='' target='' token='' spool='' least=0 rate=60 timeout=10 digest=300
	hook=()
	while [ $# -gt 0 ]; do
		case $1 in
		--exec=*) hook=("${1#*=}" "${@:2}"); break ;;
		--exec) hook=("${@:2}"); break ;;
		esac
		before+=("$1")
		shift
	done
	read_options '' alertmanager:,digest:,mail:,min-severity:,rate:,spool:\
,syslog,timeout:,token:,webhook: "${before[@]---}"
	[ $# -eq 0 ] || channel exec
	[ ${#operands[@]} -eq 0 ] ||
	    usage_error "bad argument \"$(show "${operands[0]}")\""
	[ -n "$channel" ] || usage_error 'no channel'
	[ "$channel" != exec ] || [ -n "${hook-}" ] ||
	    fail 2 "--exec wants a command"
	case $channel in alertmanager|webhook) ;; *)
		[ -z "$token" ] ||
		    fail 2 "--token needs --webhook or --alertmanager" ;;
	esac
	[ ! -t 0 ] || usage_error
}
