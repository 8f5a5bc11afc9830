# Machines of one test, reached by ssh: `load sshd` after helper.
# Each sshd listens on a port of loopback, and sees neither the folder that it
# is told to hide, nor the home of who runs the tests.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # PARALLEL_SSH is for parallel

# ssh_setup: makes the keys and ssh's configuration, of hosts one, two ...
ssh_setup() {
	KEYS=$BATS_TEST_TMPDIR/ssh SSHDS=()
	mkdir -p "$KEYS" /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f "$KEYS/host"
	ssh-keygen -q -t ed25519 -N '' -f "$KEYS/id"
	cp "$KEYS/id.pub" "$KEYS/authorized"
	printf '%s\n' 'Host *' 'User root' "IdentityFile $KEYS/id" \
	    'IdentitiesOnly yes' 'StrictHostKeyChecking no' \
	    'UserKnownHostsFile /dev/null' 'LogLevel ERROR' > "$KEYS/config"
	export PARALLEL_SSH="ssh -F $KEYS/config -o BatchMode=yes"
}

# sshd_start HOST [FOLDER]: starts the sshd of a host, which does not see what
# is in the folder.
sshd_start() {
	local port=$((20000 + ($$ * 7 + ${#SSHDS[@]}) % 12000)) i

	printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' \
	    "HostKey $KEYS/host" "AuthorizedKeysFile $KEYS/authorized" \
	    'StrictModes no' 'UsePAM no' "PidFile none" \
	    "SetEnv PATH=$PATH" > "$KEYS/$1.conf"
	printf 'Host %s\nHostName 127.0.0.1\nPort %s\n' "$1" "$port" |
	    cat - "$KEYS/config" > "$KEYS/new" && mv "$KEYS/new" "$KEYS/config"
	# shellcheck disable=SC2016  # for sh to expand
	unshare --mount sh -c 'mount -t tmpfs none /root
	    [ -z "$2" ] || mount -t tmpfs none "$2"
	    exec /usr/sbin/sshd -D -e -f "$1"' sh "$KEYS/$1.conf" "${2-}" \
	    2> "$KEYS/$1.log" 3>&- &
	SSHDS+=($!)
	for ((i = 0; i < 2400; i++)); do
		! grep -q listening "$KEYS/$1.log" || return 0
		sleep 0.05
	done
	cat "$KEYS/$1.log" >&2
	return 1
}

# sshd_end PID: ends an sshd and its sessions, as a power cut would.
sshd_end() {
	pkill -KILL -P "$1" || true
	kill -KILL "$1"
	wait "$1" 2> /dev/null || true
}

ssh_teardown() {
	local pid

	for pid in "${SSHDS[@]}"; do
		! kill -0 "$pid" 2> /dev/null || sshd_end "$pid"
	done
}
