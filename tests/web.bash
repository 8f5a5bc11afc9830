# A server of pktpipe-web to test: `load web` after helper.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2016,SC2034  # awk's dollars; URL is the tests'

# lay_out: what a server without privileges can read, as in the source, in HERE.
lay_out() {
	HERE=$(mktemp -d)
	export HERE
	chmod 755 "$HERE"
	cp -R "$ROOT/scripts" "$HERE/scripts"
	mkdir "$HERE/build"
	find "${PKTPIPE_BIN:-$ROOT/build}" -maxdepth 1 -type f -perm -1 \
	    -exec cp {} "$HERE/build" \;
	chmod -R a+rX "$HERE"
}

setup_file() {
	lay_out
}

teardown_file() {
	rm -rf "$HERE"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	SERVER='' SECOND=''
	CSV=$HERE/rows.csv
	echo time,src,dst,proto,len > "$CSV"
}

web_end() {
	[ -z "${SERVER-}" ] || serve_end || { cat messages; false; }
	link_end
}

teardown() {
	web_end
}

# net_start: a network namespace that lasts as long as the process it prints.
net_start() {
	local pid

	unshare --net sleep 1800 3>&- > /dev/null &
	pid=$!
	until [ "$(readlink "/proc/$pid/ns/net")" != \
	    "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
	nsenter -t "$pid" --net ip link set lo up
	echo "$pid"
}

# link_start: LINK, 198.18.0.1, leads to 198.18.0.2.  Both are in namespaces of
# their own: "${NET[@]}" runs a command where LINK is, as curl, browser_start
# and, unless IN is set later, serve do; the far end is at process NS.
link_start() {
	NEAR=$(net_start) NS=$(net_start) LINK=web$$
	NET=(nsenter -t "$NEAR" --net)
	IN=("${NET[@]}")
	mkdir bin
	# No function: what ends curl in the background must end this.
	printf '#!/bin/sh\nexec %s %s "$@"\n' "${NET[*]}" \
	    "$(command -v curl)" > bin/curl
	chmod +x bin/curl
	PATH=$PWD/bin:$PATH
	"${NET[@]}" ip link add "$LINK" type veth peer name eth0 netns "$NS"
	"${NET[@]}" ip address add 198.18.0.1/30 dev "$LINK"
	"${NET[@]}" ip link set "$LINK" up
	nsenter -t "$NS" --net ip address add 198.18.0.2/30 dev eth0
	nsenter -t "$NS" --net ip link set eth0 up
}

# A namespace, and what is in it, ends with its last process.
link_end() {
	[ -z "${NS-}" ] || kill "$NEAR" "$NS"
}

# serve OPTION...: starts the server; URL is what it printed.  IN may hold what
# runs a command elsewhere, AT the address to listen on.
serve() {
	rm -f url
	mkfifo url
	TMPDIR=$HERE PATH=$HERE/build:$PATH ${IN[@]+"${IN[@]}"} \
	    "$HERE/scripts/pktpipe-web" ${AT:+--listen "$AT"} "$@" \
	    > url 2> messages 3>&- &
	SERVER=$!
	read -r -t 120 URL < url || { cat messages >&2; return 1; }
}

serve_end() {
	kill "$SERVER" && wait "$SERVER"
	local status=$?
	SERVER=''
	return "$status"
}

# just_over: a second that is just over.
just_over() {
	echo $(($(date +%s) - 3))
}

# rows N PROTO [SECOND]: N rows of that second.  The default is the same for all
# calls of a test: frames show the rows of a second together.
rows() {
	: "${SECOND:=$(just_over)}"
	packets "$1" "${3-$SECOND}" 0.000001 192.0.2.1 "$2" >> "$CSV"
}

# code OPTION... URL: the status of the answer.
code() {
	curl -s -o body -w '%{http_code}' --max-time 120 --path-as-is "$@"
}

# of_stream QUERY AWK...: what awk makes of the stream, which is left when awk
# ends: curl would not end before there is more.
of_stream() {
	local awk=(awk) code=0

	# mawk waits for a whole block of input unless it is told not to.
	! command -v mawk > /dev/null || awk=(mawk -W interactive)
	exec {FRAMES}< <(exec curl -sN --max-time 120 "${URL}stream?$1")
	"${awk[@]}" "${@:2}" <&"$FRAMES" || code=$?
	kill "$!" 2> /dev/null || true
	exec {FRAMES}<&-
	return "$code"
}

# frame N QUERY: the text of the stream's Nth frame.
frame() {
	of_stream "$2" -v n="$1" '
	    /^event: frame/ { i++ }
	    /^data: / && i == n { print substr($0, 7) }
	    /^$/ && i == n { exit }'
}

# frame_of PACKETS QUERY: the text of the first frame with so many packets.  The
# server may need more than one frame to read the rows of a file.
frame_of() {
	of_stream "$2" -F, -v n="$1" '
	    /^event: / { text = ""; at = full = 0 }
	    /^data: / { text = text substr($0, 7) "\n" }
	    at { full = $at == n; at = 0 }
	    /^data: from,to,/ { for (at = NF; $at != "packets"; at--)
		; }
	    /^$/ && full { printf "%s", text; exit }'
}

# whole: the events that have come whole, of ./events, which may grow.
whole() {
	awk '{ part = part $0 "\n" } /^$/ { printf "%s", part; part = "" }' events
}

# part NAME: that table of a frame.
part() {
	awk -v name="$1" '/^#/ { on = $0 == "#" name; next } on && NF'
}

# csvcut FILE COLUMN...: these columns, found by name, without a header.
csvcut() {
	awk -F, -v want="${*:2}" 'NR == 1 {
		n = split(want, name, " ")
		for (i = 1; i <= NF; i++) at[$i] = i
		next
	}
	{ for (i = 1; i <= n; i++)
		printf "%s%s", $at[name[i]], i < n ? "," : "\n" }' "$1"
}

# awaits N PATTERN FILE: waits until so many lines match, two minutes at most.
awaits() {
	until_true matches "$@"
}

# shellcheck disable=SC2317  # until_true calls it
matches() {
	[ -e "$3" ] && [ "$(grep -cE -- "$2" "$3")" -ge "$1" ]
}

# gone: waits until no process of a viewer is left, two minutes at most.
gone() {
	until_true all_free
}

# all_free: whether nobody holds a viewer's place.
# shellcheck disable=SC2317  # until_true calls it
all_free() {
	local slot

	for slot in "$HERE"/*.pktpipe-web/slot.*; do
		flock -n "$slot" true || return
	done
}

