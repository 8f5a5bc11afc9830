# server.sh - starts lighttpd
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # the main script's

# as_user COMMAND...: becomes the command, without any privileges.
as_user() {
	local drop=(--no-new-privs)

	[ "$(id -u)" -ne 0 ] || drop+=(--reuid "$user" --clear-groups
	    --regid "$(id -g -- "$user")" --inh-caps=-all --bounding-set=-all)
	exec setpriv "${drop[@]}" -- "$@"
}

# Waits until the server listens; false if it ended before.
is_up() {
	until grep -q 'server started' "$PKTPIPE_WEB/log"; do
		kill -0 "$server" 2> /dev/null || return
		sleep 0.05
	done
}

# Starts the server on the port of --listen, else on the first free port from
# 8470 to 8489.
serve() {
	local p last scheme=http

	export TZ=${TZ-$(cat /etc/timezone 2> /dev/null || echo UTC)}
	[ -z "$tls" ] || scheme=https
	p=${port:-8470} last=${port:-8489}
	for (( ; p <= last; p++)); do
		configuration "$p" > "$PKTPIPE_WEB/conf"
		: > "$PKTPIPE_WEB/log"
		(as_user lighttpd -D -f "$PKTPIPE_WEB/conf") \
		    2>> "$PKTPIPE_WEB/log" > /dev/null 8>&- &
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
