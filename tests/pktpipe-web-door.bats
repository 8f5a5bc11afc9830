#!/usr/bin/env bats
# pktpipe-web: passwords, slow clients, many connections of one address
# SPDX-License-Identifier: ISC

load helper
load web

# guarded_serve OPTION...: serves with TLS, and a password for ann.
guarded_serve() {
	printf 'ann:%s\n' "$(openssl passwd -6 -salt pkt secret)" > password
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout key -out cert -subj /CN=localhost -days 1 2> /dev/null
	cat key cert > pem
	serve --password password --tls pem "$@"
}

@test "after wrong passwords an address waits, with the right one too" {
	guarded_serve "$CSV"
	for ((i = 1; i <= 60; i++)); do
		status=$(code -k -u ann:wrong "$URL")
		[ "$status" = 401 ] || break
	done
	same 429 "$status"
	[ "$i" -gt 5 ]
	same 'too many wrong passwords; try again later' "$(cat body)"
	same 429 "$(code -k -u ann:secret -D answer "$URL")"
	grep -qi '^cache-control: no-store' answer
	grep -qi "^content-security-policy: default-src 'none'" answer
	# Not without a password, which a browser sends first, nor from elsewhere.
	same 401 "$(code -k "$URL")"
	same 200 "$(code -k -u ann:secret --interface 127.0.0.2 "$URL")"
}

@test "right passwords and none are not counted" {
	guarded_serve "$CSV"
	for i in {1..6}; do
		[ "$(code -k "$URL")" = 401 ]
		[ "$(code -k -u ann:secret "$URL")" = 200 ]
	done
}

@test "a request that comes slowly is ended, and one host locks out no other" {
	link_start
	IN=(nsenter -t "$NS" --net)
	AT=198.18.0.2:8470 guarded_serve --viewers 2 "$CSV"
	"${NET[@]}" python3 "$ROOT/tests/slow-clients.py" 198.18.0.2 8470 70 \
	    > slow 3>&- &
	until_true test -s slow
	# Half of the viewers, and 20 for the page.
	same 21 "$(head -n 1 slow)"
	same 200 "$("${IN[@]}" /usr/bin/curl -sk -o body -w '%{http_code}' \
	    -u ann:secret "$URL")"
	until_true grep -qx closed slow
	same 200 "$(code -k -u ann:secret "$URL")"
}

# shellcheck disable=SC2317  # until_true calls it
no_directory() {
	[ -z "$(find "$HERE" -name '*.pktpipe-web')" ]
}

@test "what listens is not root's, and its end is the server's" {
	guarded_serve "$CSV"
	doors=$(pgrep -f "^haproxy -W -f $HERE/")
	for pid in $doors; do
		[ "$(ps -o user= -p "$pid")" != root ]
		grep -q '^NoNewPrivs:.*1$' "/proc/$pid/status"
		grep -q '^CapEff:.*0000000000000000$' "/proc/$pid/status"
	done
	# shellcheck disable=SC2086  # words
	kill -KILL $doors
	wait "$SERVER" || status=$?
	SERVER=''
	[ "$status" -eq 3 ]
	grep -q '^pktpipe-web: the server ended' messages
	until_true no_directory
}

@test "a port below 1024 is served by a user that is not root" {
	link_start
	IN=(nsenter -t "$NEAR" --net)
	AT=127.0.0.1:443 guarded_serve "$CSV"
	same https://127.0.0.1:443/ "$URL"
	same 200 "$(code -k -u ann:secret "$URL")"
	serve_end
	AT=127.0.0.1:80 serve "$CSV"
	same 200 "$(code "$URL")"
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	same nobody "$(ps -o user= -p "$daemon")"
	same 0000000000000400 "$(awk '/^CapBnd/ { print $2 }' \
	    "/proc/$daemon/status")"
}
