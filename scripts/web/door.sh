# door.sh - the configuration of HAProxy, in front of the server
#
# lighttpd has no absolute time for a request's header, and no limits for an
# address; HAProxy has both, closes a connection that is over its address's
# limit before TLS, and counts wrong passwords.  It reaches lighttpd by a socket
# in the server's own directory.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets what these read

# has_door: whether HAProxy listens, for whoever can be a stranger: other
# machines, or those without the password.
has_door() {
	! is_loopback || [ -n "$password$tls" ]
}

# The times, and tables of what addresses do: an IPv6 network of 64 bits is one.
limits_part() {
	cat <<-END
	global
	    maxconn $(most_connections)
	    noreuseport
	    ssl-default-bind-options ssl-min-ver TLSv1.2
	    ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
	defaults
	    mode http
	    option abortonclose
	    timeout connect 5s
	    timeout http-request 5s
	    timeout http-keep-alive 10s
	    timeout client 90s
	    timeout server 90s
	backend addresses
	    stick-table type ipv6 size 100k expire 1h store \
	    conn_cur,gpc0_rate(1m),gpc1_rate(15m)
	backend days
	    stick-table type ipv6 size 100k expire 2d store gpc0_rate(1d)
	END
}

# Refuses connections over the limit of an address: those of its viewers, and 20
# for the page's files.  A proxy or ssh on this machine has many viewers.
connections_part() {
	cat <<-END
	    tcp-request connection track-sc0 src,ipmask(32,64) table addresses
	    tcp-request connection track-sc1 src,ipmask(32,64) table days
	    tcp-request connection reject if !{ src 127.0.0.0/8 ::1 } { \
	    sc0_conn_cur gt $(((viewers + 1) / 2 + 20)) }
	END
}

# Counts wrong passwords, and refuses all passwords of an address for a time
# that grows with their number: a minute, a quarter of an hour, a day.
passwords_part() {
	local limit tried='{ var(txn.tried) -m bool }'

	echo '    http-request set-var(txn.tried) bool(1)' \
	    'if { req.hdr(authorization) -m found }'
	for limit in 'sc0_gpc0_rate ge 5' 'sc0_gpc1_rate ge 15' \
	    'sc1_gpc0_rate ge 50'; do
		echo '    http-request return status 429 content-type' \
		    'text/plain string "too many wrong passwords;' \
		    "try again later\" if $tried { $limit }"
	done
	for limit in 'gpc0(0)' 'gpc1(0)' 'gpc0(1)'; do
		echo "    http-response sc-inc-$limit if { status 401 } $tried"
	done
}

# door_configuration PORT: all of it.
door_configuration() {
	local name value encrypted=''

	# shellcheck disable=SC2016  # HAProxy's variable
	[ -z "$tls" ] ||
	    encrypted='ssl crt "${PKTPIPE_WEB}/tls" alpn h2,http/1.1'
	limits_part
	echo 'frontend door'
	echo "    bind ${address//[][]/}:$1 tcp-ut 30s $encrypted"
	connections_part
	passwords_part
	while IFS='|' read -r name value; do
		echo "    http-after-response set-header $name \"$value\"" \
		    "unless { res.hdr($name) -m found }"
	done < <(headers)
	cat <<-END
	    default_backend page
	backend page
	    server page "unix@\${PKTPIPE_WEB}/socket" send-proxy-v2
	END
}
