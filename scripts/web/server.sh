# server.sh - starts the analyst and lighttpd
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # the main script's

# as_user COMMAND...: becomes the command, without any privileges.
as_user() {
	local drop=(--no-new-privs)

	[ "$EUID" -ne 0 ] || drop+=(--reuid "$user_id" --clear-groups
	    --regid "$user_group" --inh-caps=-all --bounding-set=-all)
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

# Waits until the server listens; false if it ended before.
is_up() {
	until [[ $(< "$PKTPIPE_WEB/log") = *'server started'* ]]; do
		kill -0 "$server" 2> /dev/null || return
		sleep 0.05
	done
}

# Starts the server on the port of --listen, else on the first free port from
# 8470 to 8489.
serve() {
	local p last scheme=http

	[ -n "${TZ+set}" ] || [ ! -r /etc/timezone ] ||
	    read -r TZ < /etc/timezone || :
	export TZ=${TZ-UTC}
	[ -z "$tls" ] || scheme=https
	p=${port:-8470} last=${port:-8489}
	for (( ; p <= last; p++)); do
		configuration "$p" > "$PKTPIPE_WEB/conf"
		: > "$PKTPIPE_WEB/log"
		(as_user lighttpd -D -f "$PKTPIPE_WEB/conf") \
		    3>&2 2>> "$PKTPIPE_WEB/log" > /dev/null 8>&- &
		server=$!
		if is_up; then
			url=$scheme://$address:$p/
			printf '%d\n' "$server" > "$PKTPIPE_WEB/pid"
			return
		fi
		wait "$server" || true
		grep -q 'Address already in use' "$PKTPIPE_WEB/log" || break
	done
	server=''
	fail 3 "the server did not start: $(head -n 1 "$PKTPIPE_WEB/log")"
}
