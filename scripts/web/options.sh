# options.sh - the command line of pktpipe-web
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # what the other files read

usage="usage: $name [-hV] [-w file] [--history folder] [--insecure]
       ${name//?/ } [--keep files] [--listen address[:port]]
       ${name//?/ } [--max-size bytes] [--name host] [--password file]
       ${name//?/ } [--reports directory] [--rules file] [--set name]
       ${name//?/ } [--spike bytes] [--tls file] [--user name]
       ${name//?/ } [--viewers n]
       ${name//?/ } -i interface ... | file | directory"
interfaces=() operand='' address=127.0.0.1 port='' insecure='' names=()
password='' rules=() rule_names='' spike='' tls='' user='' viewers=20
max_size=$((64 << 20)) user_id='' user_group='' tallies='' write='' keep=''
reports=''

# Sets address and port from ADDRESS, ADDRESS:PORT or [IPV6]:PORT.
listen() {
	[[ $1 =~ ^([0-9.]+|\[[0-9A-Fa-f:.]+\])(:([0-9]{1,5}))?$ ]] ||
	    fail 2 "bad address to listen on, want IPV4[:PORT] or [IPV6][:PORT]"
	address=${BASH_REMATCH[1]} port=${BASH_REMATCH[3]-}
	[ -z "$port" ] || { [ $((10#$port)) -ge 1 ] &&
	    [ $((10#$port)) -le 65535 ]; } || fail 2 "bad port, want 1-65535"
}

# Whether only programs of this machine can reach the address.
is_loopback() {
	[[ $address =~ ^127\.|^\[::1\]$ ]]
}

host_name() {
	[[ $1 =~ ^[A-Za-z0-9]([A-Za-z0-9.-]{0,252})$ ]] ||
	    fail 2 "bad host name, want letters, digits, dots and hyphens"
	names+=("$1")
}

option() {
	case $1 in
	-i|--interface) interfaces+=("$2") ;;
	-w|--write) write=$2 ;;
	--history) tallies=$2 ;;
	--insecure) insecure=yes ;;
	--keep) number keep "$2" 0 999999 ;;
	--listen) listen "$2" ;;
	--max-size) bytes max-size "$2" 4096 ;;
	--name) host_name "$2" ;;
	--password) password=$2 ;;
	--reports) reports=$2 ;;
	--rules) rules+=(--rules "$2") rule_names+=" ${2##*/}" ;;
	--spike) number spike "$2" 1 999999999999999 ;;
	--set) rules+=(--set "$2") rule_names+=" $2" ;;
	--tls) tls=$2 ;;
	--user) user=$2 ;;
	--viewers) number viewers "$2" 1 999 ;;
	esac
}

options() {
	read_options i:w: history:,insecure,interface:,keep:,listen:,max-size:,name:\
,password:,reports:,rules:,set:,spike:,tls:,user:,viewers:,write: "$@"
	[ ${#operands[@]} -le 1 ] || fail 2 "want one file at most"
	operand=${operands[0]-}
	check
}

# The user that Debian's package makes, as others use nobody too.
default_user() {
	user=nobody
	! id -u pktpipe > /dev/null 2>&1 || user=pktpipe
}

# Checks the options together.
check() {
	[ ${#interfaces[@]} -gt 0 ] || [ -n "$operand" ] ||
	    fail 2 "want an interface (-i) or a file"
	[ ${#interfaces[@]} -eq 0 ] || [ -z "$operand" ] ||
	    fail 2 "want interfaces or a file, not both"
	[ -z "$write$keep" ] || [ ${#interfaces[@]} -gt 0 ] ||
	    fail 2 "--write and --keep need an interface (-i)"
	is_loopback || [ -n "$insecure" ] ||
	    { [ -n "$password" ] && [ -n "$tls" ]; } || fail 2 "other machines can \
reach this address: want --password and --tls, or --insecure"
	[ -z "$operand" ] || [ -d "$(dirname -- "$operand")" ] ||
	    fail 3 "$operand: no such folder"
	[ -n "$user" ] || default_user
	user_id=$(id -u -- "$user" 2> /dev/null) ||
	    fail 2 "no such user on this machine"
	user_group=$(id -g -- "$user")
	[ "$user_id" -ne 0 ] ||
	    fail 2 "the server cannot run as root, want another --user"
	for f in ${password:+"$password"} ${tls:+"$tls"}; do
		[ -r "$f" ] || fail 3 "$f: user $(id -un) cannot read it"
	done
	[ ${#rules[@]} -gt 0 ] || option --set home
	check_rules "${rules[@]}"
}
