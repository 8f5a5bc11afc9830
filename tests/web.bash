# A server of pktpipe-web to test: `load web` after helper.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # URL is the tests'

# What a server without privileges can read, laid out as the source is.
setup_file() {
	HERE=$(mktemp -d)
	export HERE
	chmod 755 "$HERE"
	cp -R "$ROOT/scripts" "$HERE/scripts"
	mkdir "$HERE/build"
	find "${PKTPIPE_BIN:-$ROOT/build}" -maxdepth 1 -type f -perm -1 \
	    -exec cp {} "$HERE/build" \;
	chmod -R a+rX "$HERE"
}

teardown_file() {
	rm -rf "$HERE"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	SERVER=''
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

# link_start: LINK, 198.18.0.1, leads to 198.18.0.2, which only processes that
# run in the network namespace of process NS are.
link_start() {
	LINK=web$$
	unshare --net sleep 300 3>&- > /dev/null &
	NS=$!
	until [ "$(readlink "/proc/$NS/ns/net")" != \
	    "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
	ip link add "$LINK" type veth peer name eth0 netns "$NS"
	ip address add 198.18.0.1/30 dev "$LINK"
	ip link set "$LINK" up
	nsenter -t "$NS" --net ip address add 198.18.0.2/30 dev eth0
	nsenter -t "$NS" --net ip link set eth0 up
}

link_end() {
	[ -z "${LINK-}" ] || ip link delete "$LINK"
	[ -z "${NS-}" ] || kill "$NS"
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
	read -r -t 20 URL < url || { cat messages >&2; return 1; }
}

serve_end() {
	kill "$SERVER" && wait "$SERVER"
	local status=$?
	SERVER=''
	return "$status"
}

# rows N PROTO: N rows of a second that is just over.
rows() {
	packets "$1" "$(($(date +%s) - 3))" 0.000001 192.0.2.1 "$2" >> "$CSV"
}

# awaits N PATTERN FILE: waits until so many lines match, 30 s at most.
awaits() {
	local i

	for ((i = 0; i < 300; i++)); do
		if [ -e "$3" ] && [ "$(grep -cE -- "$2" "$3")" -ge "$1" ]; then
			return
		fi
		sleep 0.1
	done
	echo "never $1 times in $3: $2" >&2
	return 1
}

# gone: waits until no process of a viewer is left, 30 s at most.
gone() {
	local i slot

	for ((i = 0; i < 300; i++)); do
		for slot in "$HERE"/*.pktpipe-web/slot.*; do
			flock -n "$slot" true || { sleep 0.1; continue 2; }
		done
		return
	done
	return 1
}

