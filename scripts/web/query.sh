# query.sh - checks and reads the parameters of a request
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # the CGI scripts read them

# refuse STATUS TEXT: answers with the text, and ends.
refuse() {
	printf 'Status: %s\r\nContent-Type: text/plain; charset=utf-8\r\n' "$1"
	printf 'Cache-Control: no-store\r\n\r\n%s\n' "$2"
	exit 0
}

# between NAME VALUE LEAST MOST: a whole number, without sign or leading zero.
between() {
	if ! [[ $2 =~ ^[1-9][0-9]{0,2}$ ]] || [ "$2" -lt "$3" ] ||
	    [ "$2" -gt "$4" ]; then
		refuse 400 "bad $1, want $3-$4"
	fi
	printf -v "$1" %d "$2"
}

# parameter NAME=VALUE: sets one.
parameter() {
	case $1 in
	proto=*) proto=${1#*=} ;;
	panels=*) panels=${1#*=} ;;
	where=*) decode "${1#*=}" ;;
	span=*)	span=${1#*=}
		[[ $span =~ ^[1-9][0-9]{1,6}$ ]] && [ "$span" -le 2678400 ] ||
		    refuse 400 "bad span, want 10 to 2678400 seconds" ;;
	compare=86400 | compare=604800) compare=${1#*=} ;;
	compare=*) refuse 400 "bad compare, want 86400 or 604800" ;;
	to=*)	to=${1#*=}
		[[ $to =~ ^[1-9][0-9]{0,10}$ ]] ||
		    refuse 400 "bad to, want seconds since the epoch" ;;
	sort=bytes | sort=packets) sort=${1#*=} ;;
	unit=bits | unit=packets) ;;	# for the page alone
	sort=*) refuse 400 "bad sort, want bytes or packets" ;;
	window=*) between window "${1#*=}" 10 600 ;;
	refresh=*) between refresh "${1#*=}" 1 60 ;;
	width=*) between width "${1#*=}" 280 960 ;;
	*)	refuse 400 "no such parameter" ;;
	esac
}

# Sets proto, panels, where, sort, span, to, compare, window, refresh (seconds)
# and width (pixels) from QUERY_STRING; all but window and refresh are empty
# unless given.
query() {
	local pair rest=${QUERY_STRING-} seen=' '

	proto='' panels='' where='' sort='' span='' to='' compare='' window=30
	refresh=5 width=''
	case ${REQUEST_METHOD-} in
	GET) ;;
	HEAD) printf 'Cache-Control: no-store\r\n\r\n'; exit ;;
	*)	refuse 405 "want GET" ;;
	esac
	[ -z "${PATH_INFO-}" ] || refuse 400 "no path below this"
	[ ${#rest} -le 1240 ] || refuse 400 "too long, want 1240 bytes"
	[[ $rest =~ ^[A-Za-z0-9.,\&=%_-]*$ ]] || refuse 400 "bad character"
	while [ -n "$rest" ]; do
		pair=${rest%%&*}
		rest=${rest:${#pair}}
		rest=${rest#&}
		case $seen in
		*" ${pair%%=*} "*) refuse 400 "a parameter is given twice" ;;
		esac
		seen+="${pair%%=*} "
		parameter "$pair"
	done
	case $seen in *' proto '*) protocols ;; esac
	case $seen in *' panels '*) pictures ;; esac
	case $seen in *' where '*) condition ;; esac
}

# decode TEXT: sets where, a condition: printable ASCII, of which all but
# letters, digits and some marks are in the form %41.  A list (@file) would
# read the server's files.
decode() {
	[ ${#1} -le 600 ] || refuse 400 "bad filter, want 200 characters"
	[[ $1 =~ ^([A-Za-z0-9.,_-]|%[2-7][0-9A-Fa-f])*$ ]] ||
	    refuse 400 "bad filter, want printable ASCII"
	printf -v where %b "${1//%/\\x}"
	case $where in
	*@* | *$'\x7f'*) refuse 400 "bad filter, want no @ and no control" ;;
	esac
}

# past_columns: those of the tallies that pages on the past are made of, which
# have a sensor if the rows have.
past_columns() {
	local header sensor=''

	IFS= read -r header < "$PKTPIPE_WEB/tagged" || :
	[[ ,$header, != *,sensor,* ]] || sensor=,sensor
	printf %s "time,src,dst,proto,service$sensor,alert,packets,bytes"
}

# What rowpick says of the condition, with the columns of the rows.
condition() {
	local said code=0 header

	header=$(head -n 1 -- "$PKTPIPE_WEB/tagged")
	# The past has tallies; of ports only the service.
	[ -z "$span" ] || header=$(past_columns),sport,dport
	said=$(printf '%s' "${header:+$header$'\n'}" |
	    rowpick -- "$where" 2>&1 > /dev/null) || code=$?
	[ "$code" -ge 2 ] || return 0
	said=${said#rowpick: } said=${said#bad condition }
	refuse 400 "bad filter: ${said#stdin: }"
}

# Checks the chosen protocols: up to 32 tokens that the suite knows.
protocols() {
	local token='[A-Z0-9][A-Z0-9._-]{0,15}'

	[[ $proto =~ ^$token(,$token){0,31}$ ]] ||
	    refuse 400 "bad proto, want up to 32 names"
	csvclean --proto "$proto" < /dev/null > /dev/null 2>&1 ||
	    refuse 400 "bad proto, want known names"
}

# The panels to be drawn, each one that liveplot has; those of the page are.
pictures() {
	[ "$panels" != rate,protocols ] || return 0
	if ! [[ $panels =~ ^[a-z]+(,[a-z]+){0,15}$ ]] ||
	    ! liveplot --panels "$panels" < /dev/null > /dev/null 2>&1; then
		refuse 400 "bad panels, want known names"
	fi
}
