#!/usr/bin/env bats
# The units under a systemd of their own: booted, not only looked at
# SPDX-License-Identifier: ISC

load ../helper

# shellcheck disable=SC2153  # ROOT is helper's

setup_file() {
	local i

	HERE=$(mktemp -d)
	export HERE
	mkdir "$HERE/upper" "$HERE/root"
	chmod 755 "$HERE" "$HERE/upper"
	make -C "$ROOT" -s install "B=${PKTPIPE_BIN:-build}" PREFIX=/usr \
	    DESTDIR="$HERE/upper" > /dev/null
	"$ROOT/tests/boot/start" "$HERE" > "$HERE/log" 2>&1 3>&- &
	BOOT=$!
	export BOOT
	for ((i = 0; i < 300; i++)); do
		! inside systemctl is-active --quiet boot.target \
		    2> /dev/null || return 0
		sleep 0.1
	done
	cat "$HERE/log" >&2
	return 1
}

teardown_file() {
	kill -KILL "$BOOT"	# unshare heeds no other
	wait "$BOOT" || true
	# shellcheck disable=SC2016  # for the other shell to expand
	timeout 20 sh -c 'until find "$1" -depth -type d -exec rmdir {} + ; do
	    sleep 0.1; done 2> /dev/null' remove "$(cat "$HERE/group")"
	rm -rf "$HERE"
}

# inside COMMAND...: runs it where that systemd is the first process.
inside() {
	nsenter -a -t "$(pgrep -P "$BOOT")" -- "$@"
}

# script: the same, of a shell's text on stdin.
script() {
	inside bash -eu -c "$(cat)"
}

@test "the recorder has one right, no user of the machine, and its file" {
	script <<-'END'
		systemctl start pktpipe-record@lo
		timeout 20 sh -c 'until ls $0/lo-2*.csv; do sleep 0.1; done' \
		    /var/lib/pktpipe/recordings
		cd /var/lib/pktpipe/recordings
		pid=$(systemctl show -p MainPID --value pktpipe-record@lo)
		grep -qx 'CapBnd:.0000000000002000' /proc/$pid/status
		grep -qx 'CapEff:.0000000000000000' /proc/$pid/status
		grep -qx 'NoNewPrivs:.1' /proc/$pid/status
		! grep -q 'Uid:.0' /proc/$pid/status || exit
		[ "$(stat -c %a lo-2*.csv)" = 640 ]
		for n in 1 2 3 4 5; do echo > /dev/udp/127.0.0.1/9; done ||
		    true
		timeout 20 sh -c 'until grep -q ,UDP, lo-2*.csv; do sleep 0.1; done'
	END
}

@test "the recorder goes before the report of the night" {
	script <<-'END'
		weight() { systemctl show -p CPUWeight --value "$1"; }
		[ "$(weight pktpipe-record@lo)" -gt "$(weight pktpipe-nightly)" ]
	END
}

@test "a reload turns it over" {
	script <<-'END'
		cd /var/lib/pktpipe/recordings
		systemctl start pktpipe-record@lo
		timeout 20 sh -c 'until ls lo-2*.csv; do sleep 0.1; done'
		rm lo-*.csv
		systemctl reload pktpipe-record@lo
		timeout 20 sh -c 'until ls lo-2*.csv; do sleep 0.1; done'
		systemctl is-active pktpipe-record@lo
		systemctl stop pktpipe-record@lo
		systemctl show -p Result pktpipe-record@lo | grep -qx Result=success
	END
}

@test "alerts are recorded and spooled, and a restart gives none twice" {
	script <<-'END'
		mkdir -p /etc/pktpipe
		echo 'rule many track=by_src packets=5 seconds=100 cooldown=1000' \
		    > /etc/pktpipe/rules
		# A hook that always fails keeps the messages in the spool.
		echo 'NOTIFY=--exec false' > /etc/pktpipe/alerts
		# What a recorder of before left does not show that this one is up.
		rm -f /var/lib/pktpipe/recordings/lo-2*
		systemctl start pktpipe-record@lo pktpipe-alerts@lo
		timeout 20 sh -c 'until cat $0/lo-2*.csv; do sleep 0.1; done' \
		    /var/lib/pktpipe/recordings
		cd /var/lib/pktpipe/recordings
		for n in 1 2 3 4 5 6 7; do echo > /dev/udp/127.0.0.1/9; done ||
		    true
		timeout 20 sh -c 'until grep -qs ,many,.*,start, alerts-lo-2*.csv
		    do sleep 0.1; done' || {
			journalctl -q -o cat -t pktpipe-alerts -t sh
			systemctl status pktpipe-alerts@lo
			ls -la . ../alerts ../alerts/*; tail -n 3 lo-2*.csv
			exit 1
		}
		timeout 20 sh -c 'until ls ../alerts/lo.spool/*.alert; do
		    sleep 0.1; done'
		n=$(cat alerts-lo-2*.csv | wc -l)
		systemctl restart pktpipe-alerts@lo
		timeout 20 sh -c 'until pkill -KILL -f "^/bin/bash .*/pktpipe-alerts"
		    do sleep 0.1; done'
		timeout 40 sh -c 'until [ "$(systemctl show -p NRestarts --value \
		    pktpipe-alerts@lo)" -ge 1 ] &&
		    pgrep -f "^/bin/bash .*/pktpipe-alerts"; do sleep 0.2; done'
		sleep 2
		[ "$(cat alerts-lo-2*.csv | wc -l)" -eq "$n" ]
		ls ../alerts/lo.spool/*.alert | wc -l | grep -qx $((n - 1))
		systemctl stop pktpipe-alerts@lo pktpipe-record@lo
		rm alerts-lo-*
	END
}

# nights: a recording of yesterday, and two old ones, of the recorder's user.
nights() {
	one_day
	script <<-'END'
		systemctl stop pktpipe-record@lo
		rm -rf /var/lib/pktpipe/recordings/lo-2* \
		    /var/lib/pktpipe/reports/20*
		systemctl start pktpipe-record@lo
		timeout 20 sh -c 'until ls $0/lo-2*.csv; do sleep 0.1; done' \
		    /var/lib/pktpipe/recordings
		cd /var/lib/pktpipe/recordings
		rm -f lo.csv-*
		awk -v s="$(date -u -d yesterday +%s)" 'BEGIN {
		    print "time,src,dst,proto,len"
		    for (i = 0; i < 500; i++)
			print s - s % 86400 + int(i * 172.8) ".5,192.0.2.1,192.0.2.9,TLS,100"
		    }' > lo.csv-1
		touch -d "$(date -u -d yesterday +%F) 23:00 UTC" lo.csv-1
		for n in 3 33; do
			cp lo.csv-1 lo.csv-$n
			touch -d "$n days ago" lo.csv-$n
		done
		chown --reference=../recordings lo.csv-*
	END
}

@test "the nightly unit reports, packs and removes while it is recorded" {
	nights
	runs script <<-'END'
		systemctl start pktpipe-nightly
		cd /var/lib/pktpipe/reports/$(date -u -d yesterday +%F)
		cut -d, -f4,5 summary.csv | sed 1d
		head -c 4 report.png | tail -c 3
		echo
		ls ../../recordings | sed 's/^lo-2.*/recorded now/'
		journalctl -q -o cat -t pktpipe-nightly
	END
	[ "$status" -eq 0 ]
	same "$(printf '%s\n' 500,50000 PNG 'recorded now' lo.csv-1 lo.csv-3.zst)" \
	    "$output"
}

@test "the timer catches up a night that was missed while all was off" {
	nights
	runs script <<-'END'
		mkdir -p /var/lib/systemd/timers /run/systemd/system/pktpipe-nightly.timer.d
		touch -d '3 days ago' /var/lib/systemd/timers/stamp-pktpipe-nightly.timer
		# At once, not at any time of five minutes.
		printf '[Timer]\nRandomizedDelaySec=0\nAccuracySec=1\n' \
		    > /run/systemd/system/pktpipe-nightly.timer.d/now.conf
		systemctl daemon-reload
		systemctl start pktpipe-nightly.timer
		cd /var/lib/pktpipe/reports
		timeout 60 sh -c 'until [ -d 20* ]; do sleep 0.2; done'
		timeout 60 sh -c 'until [ "$(systemctl show -p ActiveState \
		    --value pktpipe-nightly)" = inactive ]; do sleep 0.2; done'
		systemctl show -p Result --value pktpipe-nightly
		echo 20*
		sed 1d "$(date -u -d yesterday +%F)/summary.csv" |
		    cut -d, -f4,5
	END
	[ "$status" -eq 0 ]
	same "$(lines success "$(date -u -d yesterday +%F)" 500,50000)" \
	    "$output"
}

@test "mail leaves the unit by the drop-in of the examples, and not without" {
	nights
	script <<-'END'
		# A sendmail that wants no privilege, and the network.
		printf '%s\n' '#!/bin/bash' \
		    'exec 3<> /dev/tcp/127.0.0.1/2525 && cat >&3' > /usr/sbin/sendmail
		chmod +x /usr/sbin/sendmail
		python3 -c 'import socket
		s = socket.create_server(("127.0.0.1", 2525))
		open("/run/listens", "w")
		c = s.accept()[0]
		with open("/run/mail", "wb") as f:
		    while True:
		        b = c.recv(65536)
		        if not b: break
		        f.write(b)' &
		timeout 20 sh -c 'until [ -e /run/listens ]; do sleep 0.1; done'
		d=/run/systemd/system/pktpipe-nightly.service.d
		mkdir -p $d
		sed '/^PrivateNetwork/,$d' \
		    /usr/share/doc/pktpipe/examples/nightly-mail.conf > $d/mail.conf
		systemctl daemon-reload
		! systemctl start pktpipe-nightly || exit
		journalctl -q -o cat -t pktpipe-nightly |
		    grep -q 'the mail could not be sent'
		[ ! -e /run/mail ]
		cp /usr/share/doc/pktpipe/examples/nightly-mail.conf $d/mail.conf
		systemctl daemon-reload
		rm -r /var/lib/pktpipe/reports/20*
		systemctl start pktpipe-nightly
		wait
		head -n 1 /run/mail | grep -qx 'To: root'
	END
}
