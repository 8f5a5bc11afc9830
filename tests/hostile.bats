#!/usr/bin/env bats
# What strangers write into cells is text, wherever it goes: pages, pictures,
# commands, mails, the log, a terminal.
# SPDX-License-Identifier: ISC
# shellcheck disable=SC2016  # hostile texts
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	esc=$'\033'
	hostile=('<script>ran()</script>' '`touch ran`$(touch ran)' \
	    "' onload='ran()" "@ran'+system('touch ran')" "=cmd|'ran'!A1" \
	    "${esc}[2J${esc}]0;ran" '%{ran}%n%s\n{/Bold ran}' 'a&lt;b&amp;ran' \
	    '--ran' '../../ran' $'ran\302\205\302\233ran' 'x;touch ran;')
}

# cells: the hostile texts, quoted for CSV, one a line.
cells() {
	printf '%s\n' "${hostile[@]}" | sed 's/"/""/g; s/.*/"&"/'
}

# harmless FILE...: whether they have none of it as anything but text.
harmless() {
	local bad

	[ ! -e ran ] || return
	bad=$(LC_ALL=C grep -lE '<script>|onload='\''|'"$esc" "$@") || return 0
	echo "not text in: $bad" >&2
	LC_ALL=C grep -aoE ".{30}(<script>|onload='|$esc).{30}" "$@" |
	    head -n 3 | cat -v >&2
	return 1
}

# harmless_line FILE...: whether they have no control character, and nothing ran.
harmless_line() {
	[ ! -e ran ] || return
	LC_ALL=C run ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$@"
}

@test "in a report, labels of all kinds are text" {
	{
		echo time,src,dst,proto,len,sensor,iface,src_country,dst_country
		cells | awk '{ for (i = 0; i < 9; i++)
		    printf "%d.0,192.0.2.%d,192.0.2.99,TLS,100,%s,%s,%s,%s\n",
			1000 + 9 * NR + i, NR, $0, $0, $0, $0 }'
	} >t.csv
	runs pktpipe-report --title "${hostile[0]}" -o out t.csv
	[ "$status" -le 1 ]
	harmless out/*.html out/*.svg
	harmless_line out/*.html out/*.svg
	grep -qF '&lt;script&gt;ran()' out/report.html
	[[ $stderr != *"$esc"* ]]
	[[ $output != *"$esc"* ]]
}

# alerts: a start of a rule with each text in the places of all its cells.
alerts() {
	echo 'time,rule,severity,src,dst,proto,value,threshold,window,state,unit,why'
	cells | awk '{ printf "%d.0,%s,high,%s,%s,%s,5,4,10,start,%s,%s\n",
	    NR, $0, $0, $0, $0, $0, $0 }'
}

@test "in a mail, a log and a command, an alert is one line of text" {
	local program

	mkdir bin
	for program in logger sendmail; do
		printf '%s\n' '#!/bin/sh' 'printf "%s\n" "$@" >>'"$program.args" \
		    "cat >>$program.in" >"bin/$program"
	done
	chmod +x bin/*
	alerts >a.csv
	export PATH=$PWD/bin:$PATH
	pktpipe-notify --rate 100 --syslog <a.csv >out.syslog 2>err
	pktpipe-notify --rate 100 --mail a@example.org <a.csv >out.mail 2>>err
	pktpipe-notify --rate 100 --exec sh -c 'cat >>json' <a.csv >out.exec \
	    2>>err
	harmless_line logger.in logger.args sendmail.args json err
	same "${#hostile[@]}" "$(wc -l <json)"
	python3 -c 'import json, sys
for line in open("json"): json.loads(line)'
	same "${#hostile[@]}" "$(wc -l <logger.in)"
	# One header of each name, and no line that is no alert's after it.
	same "$(lines To: Subject:)" "$(sed '/^$/,$d' sendmail.in |
	    grep -oE '^(To|Subject|Cc|Bcc|From):')"
	same "${#hostile[@]}" "$(sed '1,/^$/d' sendmail.in | grep -c .)"
	harmless_line sendmail.in
}

@test "in messages and sentences of a terminal, they have no control characters" {
	local text

	for text in "${hostile[@]}"; do
		cp /dev/null "./${text//\//_}"
		for program in protobw 'ipflag --alerts' flowbw csvclean; do
			# shellcheck disable=SC2086  # its words
			$program "./${text//\//_}" /nowhere/"$text" >out \
			    2>>err || true
		done
		printf 'time,src,dst,proto,len\n1,%s,%s,"%s",x\n' 1 2 \
		    "${text//\"/}" | protobw >out 2>>err || true
		printf '1.%d,10.0.0.1,10.0.0.2,"%s",60\n' 1 "$text" 2 "$text" |
		    ipflag --alerts --rules <(echo 'rule r track=by_proto packets=0 seconds=9') \
			>out 2>>err || true
	done
	harmless_line err
	[ -s err ]
}
