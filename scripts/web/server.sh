# server.sh - starts the analyst, lighttpd and HAProxy, and waits for their end
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # the main script's

# as_user COMMAND...: becomes the command, without any privileges, but to listen
# on a port below 1024 if that was asked for.
as_user() {
	local drop=(--no-new-privs) low=''

	[[ ${port:-1024} -ge 1024 ]] || [[ $1 != lighttpd && $1 != haproxy ]] ||
	    low=+net_bind_service
	[ "$EUID" -ne 0 ] || drop+=(--reuid "$user_id" --clear-groups
	    --regid "$user_group" "--inh-caps=-all${low:+,$low}"
	    ${low:+"--ambient-caps=-all,$low"}
	    "--bounding-set=-all${low:+,$low}")
	exec setpriv "${drop[@]}" -- "$@"
}

# Starts the run of the rules, and gives it up to half a second for the rows
# that are there: the first picture of a small file is then complete.
analyse() {
	local i

	(as_user "$room/analyst") > /dev/null 8>&- &
	analyst=$!
	guarded "$analyst" ${keeper:+"$keeper"}
	for ((i = 0; i < 10; i++)); do
		if [ ! -s "$PKTPIPE_WEB/rows" ] || [ -s "$PKTPIPE_WEB/tagged" ]
		then
			break
		fi
		sleep 0.05
	done
}

# start FILE PATTERN COMMAND...: starts a server, whose messages are in the
# file, and waits until they have the pattern; sets started, its process.  False
# if it ended before.  HAProxy wants a current directory that its user can enter.
start() {
	: > "$PKTPIPE_WEB/$1"
	(cd / && as_user "${@:3}") 3>&2 2>> "$PKTPIPE_WEB/$1" > /dev/null 8>&- &
	started=$!
	until [[ $(< "$PKTPIPE_WEB/$1") = *"$2"* ]]; do
		kill -0 "$started" 2> /dev/null || return
		sleep 0.05
	done
}

start_server() {
	start log 'server started' lighttpd -D -f "$PKTPIPE_WEB/conf" || return
	server=$started
	printf '%d\n' "$server" > "$PKTPIPE_WEB/pid"
}

start_door() {
	start door 'Loading success' haproxy -W -f "$PKTPIPE_WEB/door.conf" ||
	    return
	door=$started
}

# not_started FILE: fails, with the first message of lighttpd, or the first error
# of HAProxy.
not_started() {
	fail 3 "the server did not start: $(grep -m 1 ALERT "$PKTPIPE_WEB/$1" ||
	    head -n 1 "$PKTPIPE_WEB/$1")"
}

# serve_at PORT: starts what listens on the port; sets url, unless the port is in
# use.
serve_at() {
	local log=log

	if has_door; then
		log=door
		door_configuration "$1" > "$PKTPIPE_WEB/door.conf"
	else
		configuration "$1" > "$PKTPIPE_WEB/conf"
	fi
	if "start_${log/log/server}"; then
		url=http${tls:+s}://$address:$1/
		return
	fi
	wait "$started" || true
	grep -q 'Address already in use' "$PKTPIPE_WEB/$log" ||
	    not_started "$log"
}

# Starts the server on the port of --listen, else on the first free port from
# 8470 to 8489.
serve() {
	local p last

	[ -n "${TZ+set}" ] || [ ! -r /etc/timezone ] ||
	    read -r TZ < /etc/timezone || :
	export TZ=${TZ-UTC}
	if has_door; then
		configuration > "$PKTPIPE_WEB/conf"
		start_server || not_started log
	fi
	url=''
	p=${port:-8470} last=${port:-8489}
	for (( ; p <= last; p++)); do
		serve_at "$p"
		[ -z "$url" ] || return 0
	done
	fail 3 "the server did not start: port ${port:-8470 to 8489} is in use"
}

# await: waits for the first of them, or of the recording, that ends, which is a
# failure, and says why.
await() {
	local code=0 ended why=''

	# The shell itself says nothing of one that was killed.
	wait -n -p ended "$server" "$analyst" ${door:+"$door"} \
	    ${keeper:+"$keeper"} 2> /dev/null || code=$?
	[ "$code" -le 128 ] || why=" by signal $(kill -l "$code")"
	if [ "$ended" = "$analyst" ]; then
		fail 3 "the evaluation of the rules ended$why"
	elif [ "$ended" = "$keeper" ]; then
		fail 3 "the recording ended$why"
	elif [ -n "$why" ]; then
		fail 3 "the server ended$why"
	elif [ "$ended" = "$server" ]; then
		fail 3 "the server ended: $(tail -n 1 "$PKTPIPE_WEB/log")"
	fi
	fail 3 "the server ended: $(tail -n 1 "$PKTPIPE_WEB/door")"
}
