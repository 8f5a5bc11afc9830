# Options of pktpipe-notify.
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

synopsis='usage: pktpipe-notify [-hV] [--digest seconds] [--min-severity word]
                      [--rate number] [--timeout seconds]
                      --syslog | --mail address |
                      --webhook url [--token file] | --exec command [arg ...]'

say() {
	printf 'pktpipe-notify: %s\n' "$*" >&2
}

fail() {
	local status=$1

	shift
	say "$@"
	exit "$status"
}

usage_error() {
	[ $# -eq 0 ] || say "$@"
	printf '%s\n' "$synopsis" >&2
	exit 2
}

# number WHAT VALUE MAX: a whole number from 1 to MAX.
number() {
	if [[ ! $2 =~ ^[1-9][0-9]{0,6}$ ]] || [ "$2" -gt "$3" ]; then
		fail 2 "bad $1 \"$2\", want 1 to $3"
	fi
}

# channel NAME: only one a run, so that channels compose in a pipeline.
channel() {
	[ -z "$channel" ] || fail 2 "one channel a run: --$channel or --$1"
	channel=$1
}

check_severity() {
	case $1 in
	low) least=0 ;;
	medium) least=1 ;;
	high) least=2 ;;
	*) fail 2 "bad severity \"$1\", want low, medium or high" ;;
	esac
}

# Addresses and URLs become arguments and header lines of other programs.
check_mail() {
	local user='[A-Za-z0-9][A-Za-z0-9._+-]*'
	local host='[A-Za-z0-9][A-Za-z0-9.-]*'

	[[ $1 =~ ^$user(@$host)?$ ]] ||
	    fail 2 "bad address \"$1\", want one such as root@example.org"
}

check_url() {
	[[ $1 =~ ^https?://[!-~]+$ ]] ||
	    fail 2 "bad URL \"$1\", want http:// or https://"
}

read_token() {
	token=$(head -c 4097 -- "$1") || fail 3 "$1: no token"
	[[ $token =~ ^[A-Za-z0-9._~+/=-]{1,4096}$ ]] ||
	    fail 2 "$1: bad token, want one line of letters, digits, ._~+/=-"
}

# options ARG ...: sets channel, target, command, least, rate, limit, digest.
options() {
	channel='' target='' token='' least=0 rate=60 limit=10 digest=300
	command=()
	while [ $# -gt 0 ]; do
		case $1 in
		--*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
		esac
		case $1 in
		-h|--help) printf '%s\n' "$synopsis"; exit 0 ;;
		-V|--version) version; exit 0 ;;
		--syslog) channel syslog; shift; continue ;;
		esac
		[ $# -gt 1 ] || usage_error "bad argument \"$1\""
		case $1 in
		--mail) channel mail; check_mail "$2"; target=$2 ;;
		--webhook) channel webhook; check_url "$2"; target=$2 ;;
		--token) read_token "$2" ;;
		--min-severity) check_severity "$2" ;;
		--rate) number rate "$2" 1000; rate=$2 ;;
		--timeout) number timeout "$2" 3600; limit=$2 ;;
		--digest) number digest "$2" 86400; digest=$2 ;;
		--exec) channel exec; command=("${@:2}"); break ;;
		*) usage_error "bad argument \"$1\"" ;;
		esac
		shift 2
	done
	[ -n "$channel" ] || usage_error 'no channel'
	[ -z "$token" ] || [ "$channel" = webhook ] ||
	    fail 2 "--token is for --webhook"
	[ ! -t 0 ] || usage_error
}

# The version is that of the programs beside it.
version() {
	local said

	said=$(PATH=$here/../build:$here:$PATH ipflag --version) || exit 3
	printf '%s\n' "pktpipe-notify ${said#* }"
}
