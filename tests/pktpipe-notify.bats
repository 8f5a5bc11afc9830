#!/usr/bin/env bats
# pktpipe-notify: alerts pass through, and out.
# shellcheck disable=SC2154,SC2016  # runs sets $stderr; inner shells expand

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	header=time,rule,severity,src,dst,proto,value,threshold,window,state
	printf '%s\n' "$header" \
	    1.500000,src-rate,medium,10.0.0.1,,,51,50,10,start \
	    2.500000,bw-spike,low,,,,2001,2000,0.5,start \
	    3.500000,syn-flood,high,,10.0.0.9,TCP,101,100,1,end >alerts.csv
	mkdir bin
	PATH=$PWD/bin:$PATH
}

# fake NAME: a program that notes its arguments and its input.
fake() {
	printf '%s\n' '#!/bin/sh' "printf '%s|' \"\$@\" >>$PWD/$1.args" \
	    "echo >>$PWD/$1.args" "cat >>$PWD/$1.in" "$2" >"bin/$1"
	chmod +x "bin/$1"
}

@test "--exec gives each alert to a command as JSON, and passes all on" {
	fake hook
	runs pktpipe-notify --exec hook 'an arg' '$(x)' <alerts.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat alerts.csv)" "$output"
	same 'an arg|$(x)|' "$(sort -u hook.args)"
	same '{"time":1.500000,"rule":"src-rate","severity":"medium","src":"10.0.0.1","dst":"","proto":"","value":51,"threshold":50,"window":10,"state":"start"}
{"time":2.500000,"rule":"bw-spike","severity":"low","src":"","dst":"","proto":"","value":2001,"threshold":2000,"window":0.5,"state":"start"}
{"time":3.500000,"rule":"syn-flood","severity":"high","src":"","dst":"10.0.0.9","proto":"TCP","value":101,"threshold":100,"window":1,"state":"end"}' \
	    "$(cat hook.in)"
}

@test "JSON stays JSON and no shell sees a cell, whatever it holds" {
	printf '%s\n' "$header" '1,r,low,"a""b\",$(touch x),`touch x`;touch x,1e,0x1,-5,st'$'\t\351' >odd.csv
	runs pktpipe-notify --exec sh -c 'cat >json' <odd.csv
	[ "$status" -eq 0 ]
	same "$(cat odd.csv)" "$output"
	same '{"time":1,"rule":"r","severity":"low","src":"a\"b\\","dst":"$(touch x)","proto":"`touch x`;touch x","value":"1e","threshold":"0x1","window":-5,"state":"st??"}' \
	    "$(cat json)"
	[ ! -e x ]
	# shellcheck disable=SC1003
	same 'a"b\' "$(python3 -c 'import json; print(json.load(open("json"))["src"])')"
}

@test "a cell may have line breaks, and an unclosed quote costs its own line" {
	local rest=,10.0.0.9,TCP,16,15,10

	lines "$header" "1,a,high,\"x" "y,\"\"z\"\"" "\"$rest,start" '' \
	    "2,b,high,\"open$rest,start" "3,c,high,10.0.0.1$rest,start" \
	    "4,d,high,\"last" >odd.csv
	runs pktpipe-notify --exec sh -c 'cat >>json' <odd.csv
	same "0|$(cat odd.csv)" "$status|$output"
	same $'a x?y,"z"? start\nc 10.0.0.1 start\nb d' "$(python3 -c 'import json
all = {a["rule"]: a for a in map(json.loads, open("json"))}
for r in "ac": print(r, all[r]["src"], all[r]["state"])
print(*sorted(all.keys() - set("ac")))')"
}

@test "--syslog logs a line by logger, its priority by the severity" {
	fake logger
	runs pktpipe-notify --syslog <alerts.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat alerts.csv)" "$output"
	same '--socket-errors=on|-t|pktpipe|-p|daemon.warning|
--socket-errors=on|-t|pktpipe|-p|daemon.notice|
--socket-errors=on|-t|pktpipe|-p|daemon.alert|' "$(cat logger.args)"
	same 'src-rate (medium): from 10.0.0.1, 51 in 10 s, threshold 50' \
	    "$(head -n 1 logger.in)"
}

@test "--syslog without a log says so, with status 1 and the count" {
	# Its socket is one that nobody listens on.
	printf '%s\n' '#!/bin/sh' 'exec /usr/bin/logger -u /nowhere/log "$@"' \
	    >bin/logger
	chmod +x bin/logger
	runs pktpipe-notify --syslog <alerts.csv
	[ "$status" -eq 1 ]
	same "$(cat alerts.csv)" "$output"
	[ "$(grep -c '^logger: .*/nowhere/log' <<<"$stderr")" -eq 3 ]
	same 'pktpipe-notify: --syslog: 3 of 3 alerts were not delivered' \
	    "$(tail -n 1 <<<"$stderr")"
}

@test "every channel says how many alerts it did not deliver" {
	local channel

	printf '%s\n' '#!/bin/sh' 'exit 1' >bin/fails
	chmod +x bin/fails
	for channel in logger sendmail curl; do ln -s fails "bin/$channel"; done
	for channel in --syslog '--mail root' '--webhook http://x' \
	    '--exec fails'; do
		# shellcheck disable=SC2086  # several words
		runs pktpipe-notify $channel <alerts.csv
		[ "$status" -eq 1 ]
		same "$(cat alerts.csv)" "$output"
		same "pktpipe-notify: ${channel%% *}: 3 of 3 alerts were not delivered" \
		    "$(tail -n 1 <<<"$stderr")"
	done
	# One that fails does not keep the others back.
	runs pktpipe-notify --exec sh -c 'grep -v bw-spike >>got' <alerts.csv
	[ "$status" -eq 1 ]
	[ "$(wc -l <got)" -eq 2 ]
	same 'pktpipe-notify: --exec: 1 of 3 alerts were not delivered' \
	    "$(tail -n 1 <<<"$stderr")"
}

@test "alerts are sent even if they cannot be passed on" {
	fake hook
	runs sh -c 'pktpipe-notify --exec hook <alerts.csv >/dev/full'
	[ "$status" -eq 3 ]
	[ "$(wc -l <hook.in)" -eq 3 ]
	same "$(printf '%s\n' \
	    'pktpipe-notify: stdout: cannot write; alerts are still sent' \
	    'pktpipe-notify: stdout: 4 lines were not written')" "$stderr"
}

@test "once there is room again, alerts are passed on again" {
	fake hook
	mkdir small
	mkfifo in
	# shellcheck disable=SC2016  # for the other shell to expand
	unshare --mount --propagation unchanged sh -c '
	    mount -t tmpfs -o size=8k none small
	    head -c 8k /dev/zero >small/fill 2>/dev/null
	    timeout 120 pktpipe-notify --exec hook <in >small/out 2>messages &
	    exec 9>in
	    sed -n 1,2p alerts.csv >&9
	    timeout 120 sh -c "until [ -s hook.in ]; do sleep 0.1; done"
	    rm small/fill
	    sed -n 3p alerts.csv >&9
	    exec 9>&-
	    wait
	    cp small/out kept'
	same "$(sed -n 3p alerts.csv)" "$(grep . kept)"
	[ "$(wc -l <hook.in)" -eq 2 ]
	grep -q 'stdout: 2 lines were not written' messages
}

@test "an alert is the sentence of ipflag in the log, in a mail and for a chat" {
	# Each key, unit and state, times of leap years, odd names.
	cat >rules <<-'RULES'
		rule a-rate severity=high track=by_src packets=3 seconds=60 cooldown=1
		rule b-pair severity=low track=by_both packets=0 seconds=1.5 cooldown=2s
		rule c-all severity=medium track=by_rule bytes=1000 seconds=1
		rule d-dst severity=high track=by_dst packets=1234 seconds=7200
		rule e-share severity=low track=by_proto packets=5 share=10% seconds=1d
		rule f-hosts severity=low track=by_src packets=1 unique=dst seconds=30
	RULES
	awk 'BEGIN { print "time,src,dst,proto,len"
	    for (i = 0; i < 2000; i++)
		printf "%d.%03d999,192.0.2.%d,2001:db8::%d,%s,%d\n",
		    951782399 + i / 9, i % 1000, i % 3, i % 5,
		    i % 7 ? "TLS" : "=a b", i }' >rows.csv
	ipflag --rules rules --alerts rows.csv >all.csv 2>want
	[ "$(grep -c ', continues)' want)" -gt 0 ]
	[ "$(grep -c ', ended)' want)" -gt 5 ]
	fake sendmail
	runs pktpipe-notify --rate 1000 --mail root <all.csv
	[ "$status" -eq 0 ]
	# Each mail has at most 1000 alerts.
	same "$(grep '^2' want | head -n 1000)" \
	    "$(grep '^2' sendmail.in | head -n 1000)"
	fake logger
	head -n 40 all.csv >some.csv
	runs pktpipe-notify --rate 1000 --syslog <some.csv
	[ "$status" -eq 0 ]
	same "$(grep '^2' want | head -n 39 | cut -d ' ' -f 2-)" \
	    "$(cat logger.in)"
	fake curl
	runs pktpipe-notify --webhook http://x <some.csv
	for key in text content; do
		same "$(sed -n 's/^2[^ ]* //p' want | head -n 39)" \
		    "$(python3 -c '
import json, sys
for line in open("curl.in"):
    print(json.loads(line)[sys.argv[1]])' $key)"
	done
}

@test "--mail sends one digest through sendmail" {
	fake sendmail
	runs pktpipe-notify --mail ops@example.org <alerts.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat alerts.csv)" "$output"
	same '-t|-oi|' "$(cat sendmail.args)"
	same 'To: ops@example.org' "$(sed -n 1p sendmail.in)"
	# The worst that has not ended, what began, and what ended.
	same "Subject: [medium alert] pktpipe on $(uname -n): 2 alerts, 1 ended" \
	    "$(sed -n 2p sendmail.in)"
	[ "$(sed '1,/^$/d' sendmail.in | wc -l)" -eq 3 ]
	grep -qxF '1970-01-01T00:00:03.500Z syn-flood (high, ended): to 10.0.0.9, TCP, up to 101 in 1 s, threshold 100' \
	    sendmail.in
	rm sendmail.in
	for n in 1,2 1,4 ; do
		sed -n "${n/,/p;}p" alerts.csv |
		    pktpipe-notify --mail ops@example.org >/dev/null
	done
	{ cat alerts.csv; sed -n '2s/start/update/p' alerts.csv; } |
	    pktpipe-notify --mail ops@example.org >/dev/null
	same "$(lines "[medium alert] pktpipe on $(uname -n): 1 alert" \
	    "pktpipe on $(uname -n): 1 ended" "[medium alert] pktpipe on \
$(uname -n): 2 alerts, 1 continues, 1 ended")" \
	    "$(sed -n 's/^Subject: //p' sendmail.in)"
	for bad in 'a b' $'a\nBcc: x' -x '"x"' a@b@c; do
		runs pktpipe-notify --mail "$bad" <alerts.csv
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
	done
}

@test "sendmail is found where cron and users do not look" {
	fake sendmail
	mkdir sbin
	mv bin/sendmail sbin
	# The root of a plain chroot is no mount and cannot be made private.
	# shellcheck disable=SC2016  # for the other shell to expand
	PATH=$ROOT/scripts:/usr/bin:/bin runs unshare --mount \
	    --propagation unchanged sh -c '
		mount --make-rprivate / 2>/dev/null
		mount --bind sbin /usr/sbin || exit
		pktpipe-notify --mail root
		code=$?
		umount /usr/sbin
		exit "$code"' < alerts.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same 'To: root' "$(sed -n 1p sendmail.in)"
}

@test "a digest is sent when it is old enough, while the input is open" {
	fake sendmail
	mkfifo in
	# The clock is set back by an hour when the alerts have been read.
	lines 'set -T' "trap '[ ! -s out ] || [ -n \"\${back-}\" ] ||" \
	    "{ back=yes; SECONDS=-3600; }' DEBUG" >back
	BASH_ENV=$PWD/back pktpipe-notify --digest 1 --mail root <in >out &
	exec 9>in
	cat alerts.csv >&9
	until_true grep -q ', ended)' sendmail.in
	grep -q '2 alerts, 1 ended' sendmail.in
	exec 9>&-
	wait
	[ "$(grep -c ^To: sendmail.in)" -eq 1 ]
}

@test "--webhook posts JSON by curl, its token on no command line" {
	fake curl '
	while [ $# -gt 0 ]; do
		[ "$1" != --config ] || cat "$2" >>"'"$PWD"'/config"
		shift
	done'
	echo s3cret-token >token
	runs pktpipe-notify --webhook https://example.org/x --token token \
	    <alerts.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(cat alerts.csv)" "$output"
	[ "$(wc -l <curl.args)" -eq 3 ]
	[[ $(head -n 1 curl.args) == *'|Content-Type: application/json|--data-binary|@-|'*'--url|https://example.org/x|' ]]
	run ! grep -q s3cret curl.args
	same 'header = "Authorization: Bearer s3cret-token"' "$(sort -u config)"
	grep -q '^{"time":3.500000,"rule":"syn-flood",' curl.in
	for bad in ftp://x 'http://a b' file:///etc/passwd -x; do
		runs pktpipe-notify --webhook "$bad" <alerts.csv
		[ "$status" -eq 2 ]
	done
	printf 'two\nlines\n' >token
	runs pktpipe-notify --webhook http://x --token token <alerts.csv
	[ "$status" -eq 2 ]
	runs pktpipe-notify --webhook http://x --token none <alerts.csv
	[ "$status" -eq 3 ]
}

@test "a real server gets what --webhook posts" {
	cat >server.py <<-'EOP'
		import http.server
		class Handler(http.server.BaseHTTPRequestHandler):
		    def do_POST(self):
		        body = self.rfile.read(int(self.headers["Content-Length"]))
		        with open("got", "ab") as f:
		            f.write(self.headers["Authorization"].encode() + b" "
		                + self.headers["Content-Type"].encode() + b" " + body)
		        self.send_response(200)
		        self.end_headers()
		    def log_message(self, *args):
		        pass
		server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
		print(server.server_port, flush=True)
		for i in range(3):
		    server.handle_request()
	EOP
	mkfifo port
	timeout 120 python3 server.py >port &
	read -r number <port
	echo abc >token
	runs pktpipe-notify --webhook "http://127.0.0.1:$number/x" --token token \
	    <alerts.csv
	wait
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "$(wc -l <got)" -eq 3 ]
	[[ $(tail -n 1 got) == 'Bearer abc application/json {"time":3.500000,'* ]]
}

# firing PORT: what a real Alertmanager holds, an alert a line.
firing() {
	curl -s "http://127.0.0.1:$1/api/v2/alerts?active=true" | python3 -c '
import json, sys
for a in sorted(json.load(sys.stdin), key=lambda a: a["labels"]["rule"]):
    l = a["labels"]
    print(l["rule"], l["alertname"], l["severity"], l.get("src"), l.get("dst"),
        l.get("proto"), a["startsAt"], a["annotations"]["summary"], sep="|")'
}

@test "a real Alertmanager has what goes on, and forgets what has ended" {
	local port=$((20000 + $$ % 10000)) now server

	printf '%s\n' 'route: {receiver: x}' 'receivers: [{name: x}]' >am.yml
	prometheus-alertmanager --config.file=am.yml --storage.path=am \
	    --cluster.listen-address= \
	    --web.listen-address="127.0.0.1:$port" 2>am.log 3>&- &
	server=$!
	until_true curl -sf "http://127.0.0.1:$port/-/ready"
	now=$(date +%s)
	printf '%s\n' "$header" \
	    "$((now - 9)).500000,src-rate,medium,10.0.0.1,,,51,50,10,start" \
	    "$((now - 8)).500000,syn-flood,high,,10.0.0.9,TCP,101,100,1,start" \
	    "$((now - 7)).500000,src-rate,medium,10.0.0.1,,,99,50,10,update" |
	    pktpipe-notify --alertmanager "http://127.0.0.1:$port/" >/dev/null
	same "src-rate|src-rate|medium|10.0.0.1|None|None|$(date -u -d "@$((now - 9))" \
	    +%FT%T.500Z)|src-rate (medium, continues): from 10.0.0.1, up to 99 in 10 s, threshold 50
syn-flood|syn-flood|high|None|10.0.0.9|TCP|$(date -u -d "@$((now - 8))" \
	    +%FT%T.500Z)|syn-flood (high): to 10.0.0.9, TCP, 101 in 1 s, threshold 100" \
	    "$(firing "$port")"
	printf '%s\n' "$header" \
	    "$((now - 1)).500000,syn-flood,high,,10.0.0.9,TCP,101,100,1,end" |
	    pktpipe-notify --alertmanager "http://127.0.0.1:$port" >/dev/null
	same src-rate "$(firing "$port" | cut -d '|' -f 1)"
	kill "$server"
	wait "$server" || true
}

@test "an alert of before 1970, or of 2100, has its date for Alertmanager" {
	local time

	fake curl
	for time in -0.25 -86400 -3155760000.999999 -0.000000 0 4107542399.9999 x; do
		echo "$time,r,high,,,,1,1,1,start"
	done >rows.csv
	{ echo "$header"; cat rows.csv; } |
	    pktpipe-notify --alertmanager http://127.0.0.1:9 >/dev/null
	# That of a fraction below zero is in the second before.
	same "1969-12-31T23:59:59.750Z
1969-12-31T00:00:00.000Z
$(date -u -d @-3155760001 +%FT%T.000Z)
1970-01-01T00:00:00.000Z
1970-01-01T00:00:00.000Z
$(date -u -d @4107542399 +%FT%T.999Z)
x" "$(sed 's/.*"startsAt":"\([^"]*\)".*/\1/' curl.in)"
}

@test "--spool keeps what was not delivered for the next run, in order" {
	printf '%s\n' '#!/bin/sh' '[ -e up ] || exit 1' 'cat >>got' >bin/hook
	chmod +x bin/hook
	mkdir spool
	echo mine >victim
	ln -s ../victim spool/lock
	runs pktpipe-notify --spool spool --exec hook <alerts.csv
	same mine "$(cat victim)"
	same "1|$(cat alerts.csv)" "$status|$output"
	same 'pktpipe-notify: 3 alerts were not delivered yet: the next run with --spool spool sends them' \
	    "$(tail -n 1 <<<"$stderr")"
	touch up
	printf '%s\n' "$header,sensor" \
	    4.500000,late,low,,,,1,1,1,start,west >more.csv
	runs pktpipe-notify --spool spool --exec hook <more.csv
	same "0|$(cat more.csv)|" "$status|$output|$stderr"
	same "src-rate bw-spike syn-flood late" "$(python3 -c '
import json
print(*[json.loads(l)["rule"] for l in open("got")])')"
	same '{"sensor":"west"}' "$(tail -n 1 got |
	    grep -o '"sensor":"west"' | sed 's/.*/{&}/')"
	same "" "$(find spool -name '*.alert*')"
}

@test "a spool that cannot be written is said once, and alerts are sent" {
	runs bash -c 'ulimit -f 0
	    pktpipe-notify --spool spool --exec cat <alerts.csv 2>&1 | cat
	    exit "${PIPESTATUS[0]}"'
	same "0|3" "$status|$(grep -c '^{' <<<"$output")"
	same 'pktpipe-notify: spool: cannot write: alerts are in memory only' \
	    "$(grep ^pktpipe <<<"$output")"
	same "" "$(ls -A spool)"
}

@test "--spool tries again while its input is open" {
	printf '%s\n' '#!/bin/sh' 'echo x >>tries' \
	    '[ "$(wc -l <tries)" -gt 2 ] || exit 1' 'cat >>got' >bin/hook
	chmod +x bin/hook
	mkfifo in
	pktpipe-notify --spool spool --exec hook <in >out 2>err 3>&- &
	exec 5>in
	head -n 2 alerts.csv >&5
	until_true test -s got
	exec 5>&-
	wait "$!" || [ $? -eq 1 ]
	same 1 "$(wc -l <got)"
	same 3 "$(wc -l <tries)"
}

@test "a hook that hangs is ended and reported, and holds nothing up" {
	fake hook 'echo started >>started; sleep 600'
	mkfifo in out
	pktpipe-notify --timeout 1 --exec hook <in >out 2>messages &
	exec 9>in 8<out
	head -n 2 alerts.csv >&9
	read -r line <&8
	read -r line <&8
	# The hook of the first alert hangs now; more than a pipe holds passes.
	until_true test -e started
	seq -f '%.0f.0,r,low,10.0.0.1,10.0.0.2,TCP,51,50,10,start' 0 1999 \
	    >many.csv
	cat many.csv >&9 &
	timeout 120 head -n 2000 <&8 >got
	cmp many.csv got
	exec 9>&-
	wait
	exec 8<&-
	grep -q '^pktpipe-notify: --exec: stopped after 1 s$' messages
	grep -Eq 'per minute: [0-9]+ alerts? (was|were) not sent$' messages
	grep -Eq 'messages? (was|were) not sent when the input ended$' messages
}

# failures N: whether at least so many hooks have failed.
failures() {
	[ "$(grep -c 'exec: failed with status 7' messages)" -ge "$1" ]
}

@test "a hook that fails is reported, and the next is tried" {
	fake hook 'exit 7'
	: >messages
	# shellcheck disable=SC2016  # $0 is for the inner shell to expand
	runs sh -c 'pktpipe-notify --exec hook 2>"$0"' messages \
	    < <(cat alerts.csv; until_true failures 2)
	[ "$status" -eq 1 ]
	same "$(cat alerts.csv)" "$output"
	failures 2
	runs pktpipe-notify --exec /nonexistent <alerts.csv
	[ "$status" -eq 1 ]
	same "$(cat alerts.csv)" "$output"
	[[ $stderr == *'--exec: failed with status 127'* ]]
}

@test "--min-severity leaves out what is less severe, wherever the column is" {
	fake hook
	runs pktpipe-notify --min-severity medium --exec hook <alerts.csv
	[ "$status" -eq 0 ]
	same "$(cat alerts.csv)" "$output"
	same "$(printf '%s\n' src-rate syn-flood)" \
	    "$(sed 's/.*"rule":"\([^"]*\)".*/\1/' hook.in)"
	rm hook.in
	printf 'severity,rule,state,time\r\nlow,a,end,1\r\nhigh,b,end,2\r\n' >crlf
	runs pktpipe-notify --min-severity=high --exec hook <crlf
	same '{"severity":"high","rule":"b","state":"end","time":2}' \
	    "$(cat hook.in)"
	rm hook.in
	lines '"sensor",severity,rule,state' '"a,""b"",",high,r,start' >quoted.csv
	runs pktpipe-notify --min-severity high --exec hook <quoted.csv
	same '{"sensor":"a,\"b\",","severity":"high","rule":"r","state":"start"}' \
	    "$(cat hook.in)"
	runs pktpipe-notify --min-severity worst --exec hook <alerts.csv
	[ "$status" -eq 2 ]
}

@test "--rate sends so many a minute and says what it did not send" {
	fake hook
	runs pktpipe-notify --rate 2 --exec hook <alerts.csv
	[ "$status" -eq 0 ]
	same "$(cat alerts.csv)" "$output"
	same 'pktpipe-notify: limit of 2 per minute: 1 alert was not sent' "$stderr"
	[ "$(wc -l <hook.in)" -eq 2 ]
	for bad in 0 x -1 1001; do
		runs pktpipe-notify --rate "$bad" --exec hook <alerts.csv
		[ "$status" -eq 2 ]
	done
}

@test "what a hook prints does not get among the alerts" {
	runs pktpipe-notify --exec echo noise <alerts.csv
	same "$(cat alerts.csv)" "$output"
	[[ $stderr == noise* ]]
}

@test "an alert is passed on before the next one comes" {
	mkfifo in out
	timeout 120 pktpipe-notify --exec true <in >out 9>&- &
	exec 9>in 8<out
	for n in 1 2 3 4; do
		sed -n ${n}p alerts.csv >&9
		read -r line <&8
		same "$(sed -n ${n}p alerts.csv)" "$line"
	done
	exec 9>&- 8<&-
	wait
}

@test "a wait that ends as an alert comes glues it to no other" {
	# As bash does at load, once in some thousands of lines.
	cat >late <<-'END'
		unset BASH_ENV
		read() {
			builtin read "$@" || return
			[ -z "${late-}" ] || return 0
			[ "$2" = -t ] || [ "${4-}" = -t ] || return 0
			late=yes
			return 142
		}
	END
	BASH_ENV=$PWD/late runs pktpipe-notify --exec wc -l <alerts.csv
	same "0|$(cat alerts.csv)|$(lines 1 1 1)" "$status|$output|$stderr"
	# Empty lines, and a last one without an end.
	printf '%s\n\n\n1.5,r,hig' "$header" >torn.csv
	pktpipe-notify --exec sh -c 'cat >>json' <torn.csv >out
	cmp torn.csv out
	same 1 "$(grep -c '"severity":"hig"' json)"
}

@test "its reader need not wait for the last hook" {
	# The hook goes on only when the reader has seen the end.
	fake hook "timeout 120 head -n 1 $PWD/go >>$PWD/went"
	mkfifo go
	sed -n 1,2p alerts.csv >one.csv
	# shellcheck disable=SC2094  # a named pipe
	pktpipe-notify --timeout 20 --exec hook <one.csv |
	    { cat >passed; timeout 120 sh -c 'echo seen >go'; }
	cmp one.csv passed
	same seen "$(cat went)"
}

@test "input that is no table of alerts is passed on, and said to be none" {
	fake hook
	runs pktpipe-notify --exec hook <<<$'time,src\n1,2'
	[ "$status" -eq 3 ]
	same $'time,src\n1,2' "$output"
	[[ $stderr == *'no column "rule" in the header: nothing is sent'* ]]
	[ ! -e hook.in ]
	runs pktpipe-notify --exec hook </dev/null
	[ "$status" -eq 0 ]
	[ "$output" = "" ]
	[ "$stderr" = "" ]
	# A last line without its newline is passed on as it is.
	printf 'rule,severity,state\na,low,end' >part.csv
	pktpipe-notify --exec hook <part.csv >out.csv
	cmp part.csv out.csv
	same '{"rule":"a","severity":"low","state":"end"}' "$(cat hook.in)"
}

@test "a repeated header is no alert" {
	fake hook
	runs pktpipe-notify --exec hook < <(cat alerts.csv alerts.csv)
	[ "$status" -eq 0 ]
	[ "$(wc -l <hook.in)" -eq 6 ]
}

@test "one channel a run, and one there must be" {
	runs pktpipe-notify --syslog --mail root <alerts.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	same 'pktpipe-notify: one channel per run: --syslog or --mail' "$stderr"
	for args in '' --mail '--token x --syslog' --nonsense; do
		# shellcheck disable=SC2086
		runs pktpipe-notify $args <alerts.csv
		[ "$status" -ge 2 ]
		[ "$output" = "" ]
		[ "$stderr" != "" ]
	done
	runs pktpipe-notify -h
	[ "$status" -eq 0 ]
	[[ $output == 'usage: pktpipe-notify '* ]]
	runs pktpipe-notify -V
	[[ $output == 'pktpipe-notify (pktpipe) '[0-9]* ]]
	[ "$status" -eq 0 ]
	runs script -qec 'pktpipe-notify --syslog' /dev/null
	[ "$status" -eq 2 ]
	[[ $output == 'usage: pktpipe-notify '* ]]
}

@test "a file in the spool that is no message is left alone, whatever its name" {
	mkdir spool
	touch 'spool/1+BASH_VERSINFO[$(touch run)].alert' spool/foo.alert
	fake hook
	runs pktpipe-notify --spool spool --exec hook <alerts.csv
	same "0||$(cat alerts.csv)" "$status|$stderr|$output"
	[ ! -e run ]
	[ -e spool/foo.alert ]
	same 3 "$(grep -c . hook.in)"
}

@test "^C in the middle of an alert costs none" {
	fake hook
	# The whole group gets it, as on a terminal.
	cat >told_at <<-'EOF'
		set -T
		trap '[ "${FUNCNAME[0]-}" != severity_of ] || [ -e told ] ||
		    { : >told; kill -INT 0; }' DEBUG
	EOF
	BASH_ENV=$PWD/told_at runs setsid --wait env --default-signal=INT \
	    pktpipe-notify --min-severity medium --exec hook <alerts.csv
	[ -e told ]
	same "0|$(cat alerts.csv)|2" "$status|$output|$(grep -c . hook.in)"
}
