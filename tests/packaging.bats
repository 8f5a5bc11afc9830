#!/usr/bin/env bats
# Units of systemd, and the examples for cron and mail
# SPDX-License-Identifier: ISC

load helper

PACKAGING=$ROOT/scripts/packaging

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# units: copies whose commands are found where they were built.
units() {
	local f

	for f in "$PACKAGING"/systemd/*; do
		sed -E "s,^ExecStart=([a-z0-9-]+),ExecStart=$(command -v \
		    "$(sed -nE 's/^ExecStart=([a-z0-9-]+).*/\1/p' "$f")" ||
		    true)," "$f" > "${f##*/}"
	done
}

@test "systemd has nothing to say about the units" {
	units
	runs systemd-analyze --man=no verify ./pktpipe-record@.service \
	    ./pktpipe-nightly.service ./pktpipe-nightly.timer \
	    ./pktpipe-collect.service ./pktpipe-alerts@.service
	[ "$status" -eq 0 ]
	same "" "$(grep pktpipe <<< "$output${stderr-}")"
	# Of the interface br-lan %I would be br/lan.
	run ! grep %I ./*@.service
}

@test "systemd finds the units confined" {
	units
	# Exposure in tenths: to capture takes more than to read files.
	systemd-analyze security --offline=yes --threshold=20 \
	    ./pktpipe-record@.service > /dev/null
	systemd-analyze security --offline=yes --threshold=10 \
	    ./pktpipe-nightly.service > /dev/null
	systemd-analyze security --offline=yes --threshold=20 \
	    ./pktpipe-collect.service > /dev/null
	systemd-analyze security --offline=yes --threshold=20 \
	    ./pktpipe-alerts@.service > /dev/null
	same CAP_NET_RAW "$(sed -n 's/^CapabilityBoundingSet=//p' \
	    "$PACKAGING/systemd/pktpipe-record@.service")"
}

@test "the unit records the fields that the rules need, and the interface" {
	# shellcheck source=scripts/lib/table.sh
	. "$ROOT/scripts/lib/table.sh"
	# shellcheck disable=SC2154  # they are set there
	same "$rule_fields,iface" "$recorded_fields"
	grep -qx " *--fields $recorded_fields" \
	    "$PACKAGING/systemd/pktpipe-record@.service"
}

@test "systemd takes the mail's drop-in, and its confinement still holds" {
	units
	mkdir pktpipe-nightly.service.d bin
	sed "s,=pktpipe-nightly,=$(command -v pktpipe-nightly)," \
	    "$PACKAGING/examples/nightly-mail.conf" \
	    > pktpipe-nightly.service.d/mail.conf
	runs systemd-analyze --man=no verify ./pktpipe-nightly.service
	[ "$status" -eq 0 ]
	same "" "$(grep pktpipe <<< "$output${stderr-}")"
	echo "Nonsense=1" >> pktpipe-nightly.service.d/mail.conf
	runs systemd-analyze --man=no verify ./pktpipe-nightly.service
	[[ $output$stderr = *Nonsense* ]]
	systemd-analyze security --offline=yes --threshold=20 \
	    ./pktpipe-nightly.service > /dev/null
	# shellcheck disable=SC2016  # for the fake to expand
	printf '#!/bin/sh\ncat > mail\n' > bin/sendmail
	chmod +x bin/sendmail
	a_night
	PATH=$PWD/bin:$PATH runs sh -c "$(command_of \
	    "$PACKAGING/examples/nightly-mail.conf")"
	same "0||" "$status|$output|$stderr"
	same "To: root" "$(head -n 1 mail)"
}

@test "the timer's day begins with that of UTC" {
	runs systemd-analyze calendar --base-time='2026-03-29 12:00 UTC' \
	    "$(sed -n 's/^OnCalendar=//p' \
	    "$PACKAGING/systemd/pktpipe-nightly.timer")"
	[ "$status" -eq 0 ]
	[[ $output = *"2026-03-30 00:10:00 UTC"* ]]
}

# command_of FILE: the command of a unit, its last.
command_of() {
	sed -n '/^ExecStart=/{:a; /\\$/{N; ba;}; s/\\\n//g; s/^[^=]*=//p;}' "$1" |
	    tail -n 1
}

# bounded_night COMMAND: what is to become of a_night.
bounded_night() {
	[ -s reports/index.html ]
	same "$(printf '%s\n' eth0.csv eth0.csv-3.zst)" "$(ls recordings)"
	# No number of days bounds a disk.
	grep -qE " --max-disk [0-9]+G " <<<"$1"
}

# a_night: a recording of yesterday in recordings/, and older ones.
a_night() {
	mkdir recordings
	one_day
	awk -v s="$(date -u -d "$(date -u -d yesterday +%F)" +%s)" 'BEGIN {
	    print "time,src,dst,proto,len"
	    for (i = 0; i < 1440; i++)
		print s + i * 60 ".5,192.0.2.1,192.0.2.9,TLS,100" }' \
	    > recordings/eth0.csv
	for n in 3 33; do
		echo time,src,dst,proto,len > "recordings/eth0.csv-$n"
		touch -d "$n days ago" "recordings/eth0.csv-$n"
	done
}

@test "the commands of the nightly unit and of cron report, pack and remove" {
	local line

	a_night
	line=$(command_of "$PACKAGING/systemd/pktpipe-nightly.service")
	runs sh -c "$line"
	same "0||" "$status|$output|$stderr"
	bounded_night "$line"
	rm -r reports recordings
	a_night
	line=$(grep -E '^[0-9]+ [0-9]+ \* \* \* ' "$PACKAGING/examples/crontab" |
	    cut -d ' ' -f 6- | sed "s,/var/lib/pktpipe,$PWD,g")
	runs sh -c "$line"
	same "0||" "$status|$output|$stderr"
	bounded_night "$line"
}

@test "the command of the recorder's unit makes recordings for nightly" {
	local f line

	mkdir recordings
	chmod 777 . recordings
	line=$(command_of "$PACKAGING/systemd/pktpipe-record@.service" |
	    sed 's/%i/lo/g; s/%%/%/g; s/--max-age 1d/--max-age 1s/')
	# shellcheck disable=SC2016  # for the other shell to expand
	timeout 120 unshare -n bash -e -c '
	    ip link set lo up
	    $0 -f "udp port 9" --duration 3s 2> recorder.err &
	    until [ -n "$(find recordings -name "*.csv")" ]; do sleep 0.1; done
	    until ! kill -0 $! 2> /dev/null; do
		echo > /dev/udp/127.0.0.1/9 || true
		sleep 0.2
	    done 2> /dev/null
	    wait $!' "$line"
	[ "$(find recordings -name 'lo-20*T*Z.csv' | wc -l)" -ge 2 ]
	# All that the recorder counts as captured stands in one of them.
	same "$(sed -n 's/.*: \([0-9]*\) packets captured.*/\1/p' recorder.err)" \
	    "$(cat recordings/*.csv | grep -c ,UDP,)"
	[ "$(cat recordings/*.csv | grep -c ,UDP,)" -ge 5 ]
	same 1 "$(for f in recordings/*; do head -n 1 "$f"; done | sort -u |
	    wc -l)"
	# What nightly is to pack is a recording to it.
	f=$(find recordings -name '*.csv' | sort | head -n 1)
	touch -d "3 days ago" "$f"
	pktpipe-nightly --compress-after 1 recordings 2> /dev/null || true
	[ -s "$f.zst" ]
}

# alone COMMAND...: runs it where /usr/sbin is the folder sbin.
alone() {
	# shellcheck disable=SC2016  # the dollars are the inner shell's
	unshare --mount sh -euc 'mount --bind sbin /usr/sbin
		exec env PATH="$PWD/fake:/usr/bin:/bin" "$@"' - "$@"
}

@test "setup starts no service, and told to end leaves no word that none may" {
	mkdir fake sbin
	# shellcheck disable=SC2016  # for the stand-ins to expand
	lines '#!/bin/sh' 'echo "$*" >>log' 'case $* in *" -s "*) exit ;; esac' \
	    '/usr/sbin/policy-rc.d || echo "policy $?" >>log' \
	    'kill -TERM "$PPID"' >fake/apt-get
	chmod +x fake/apt-get
	runs alone sh "$ROOT/scripts/setup" --runtime
	same "143|setup: installing lighttpd haproxy |" "$status|$output|$stderr"
	grep -qx 'policy 101' log
	same '' "$(ls sbin)"
}
