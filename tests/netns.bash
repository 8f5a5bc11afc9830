# A network namespace with two veth pairs: what is sent into tx0 comes out of
# rx0, into tx02 out of rx02.  Common to the tests and the bench of live
# capture; needs root.
# shellcheck shell=bash

needs_root() {
	[ "$(id -u)" -ne 0 ] || return 0
	echo "live capture is tested in network namespaces: run this as root" >&2
	return 1
}

# netns_start [SECONDS]: makes one that lasts so long, half an hour unless told,
# or until netns_stop; its process is NS.
netns_start() {
	local pid

	needs_root || return
	# The root of a plain chroot is no mount and cannot be made private.
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	exec 7< <(exec 3>&-; exec unshare --net --mount \
	    --propagation unchanged sh -euc '
		mount --make-rprivate / 2>/dev/null || :
		mount -t sysfs sysfs /sys
		for c in all default; do
			echo 1 >/proc/sys/net/ipv6/conf/$c/disable_ipv6
		done
		ip link set lo up
		for i in "" 2; do
			ip link add tx0$i mtu 9000 type veth \
			    peer name rx0$i mtu 9000
			ip link set tx0$i up
			ip link set rx0$i up
		done
		echo $$
		exec sleep "$1"' - "${1:-1800}")
	read -r pid <&7
	exec 7<&-
	NS=$pid
}

# netns_enter: sets IN to what runs a command in it: "${IN[@]}" ip link.
netns_enter() {
	# shellcheck disable=SC2034  # for the caller
	IN=(nsenter -t "$NS" --net --mount --root "--wd=$PWD")
}

netns_stop() {
	nsenter -t "$NS" --mount --root umount /sys || :
	[ -z "${FAR_NS-}" ] || kill "$FAR_NS"
	[ -z "${NS-}" ] || kill "$NS"
}

# netns_far: a host of its own, 10.0.0.1, at the far end: tx0 is its interface,
# and rx0 is 10.0.0.2; 10.9.0.0/16 is behind it, where nobody answers.  Its
# process is FAR_NS, and "${FAR[@]}" runs a command on it.
netns_far() {
	local in=(nsenter -t "$NS" --net)

	exec 7< <(exec 3>&-; exec unshare --net sh -euc '
		echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
		ip link set lo up
		echo $$
		exec sleep 1800')
	read -r FAR_NS <&7
	exec 7<&-
	"${in[@]}" ip link set tx0 netns "$FAR_NS"
	"${in[@]}" ip address add 10.0.0.2/24 dev rx0
	FAR=(nsenter -t "$FAR_NS" --net)
	"${FAR[@]}" ip address add 10.0.0.1/24 dev tx0
	"${FAR[@]}" ip link set tx0 up
	"${FAR[@]}" ip route add 10.9.0.0/16 via 10.0.0.2
}

# A test file of bats has one for all its tests, unless it says otherwise.
setup_file() {
	netns_start
	export NS
}

teardown_file() {
	netns_stop
}
