#!/usr/bin/env bats
# pktpipe-batch: a pipeline for each file, here and over ssh, and the sum
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016,SC2154  # pipelines for other shells; bats' stderr

load helper
load sshd

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	PATH=$ROOT/scripts:$PATH
	SSHDS=()
}

teardown() {
	ssh_teardown
}

# captures N: n1.pcap ... nN.pcap, each with other packets of tls.pcap.
captures() {
	local i

	mkdir -p captures
	for ((i = 1; i <= $1; i++)); do
		editcap -r "$DATA/tls.pcap" "captures/n$i.pcap" \
		    "1-$((i * 2 % 60 + 1))"
	done
}

@test "the sum is that of one run over all files" {
	captures 9
	runs pktpipe-batch 'pcap2csv {} | toptalk -k src,proto' captures/*.pcap
	same "0|pktpipe-batch: 9 jobs, 9 on this host, 0 failed, 0 with rows skipped" \
	    "$status|$stderr"
	same "$(pcap2csv captures/*.pcap | toptalk -k src,proto)" "$output"
	# By capinfos, the packets of them all.
	same "$(capinfos -T -r -M -c captures/*.pcap | awk '{ n += $NF } END { print n }')" \
	    "$(protobw <<<"$output" | awk -F, '{ n += $2 } END { print n }')"
}

@test "rows that were skipped make the status 1, and are counted" {
	lines time,src,dst,proto,len 1,10.0.0.1,10.0.0.2,TLS,100 \
	    x,10.0.0.1,10.0.0.2,TLS,100 >a.csv
	lines time,src,dst,proto,len 2,10.0.0.1,10.0.0.2,DNS,50 >b.csv
	runs pktpipe-batch 'csvclean {} | protobw' a.csv b.csv
	[ "$status" -eq 1 ]
	same "proto,packets,bytes
TLS,1,100
DNS,1,50" "$output"
	grep -qx 'pktpipe-batch: a.csv: rows were skipped' <<<"$stderr"
	same "pktpipe-batch: 2 jobs, 2 on this host, 0 failed, 1 with rows skipped" \
	    "$(tail -n 1 <<<"$stderr")"
}

@test "a job that fails is named, is not in the sum, and is tried by --resume" {
	captures 3
	# A program that fails on n2 until a file says that it need not.
	lines 'case $1 in *n2*) echo x >>tries' \
	    '[ -e mended ] || { echo time,src; exit 3; } ;; esac' \
	    'pcap2csv "$1"' >some
	runs pktpipe-batch -o out --retries 2 'sh some {} | protobw' \
	    captures/*.pcap
	[ "$status" -eq 3 ]
	same "$(pcap2csv captures/n1.pcap captures/n3.pcap | protobw)" "$output"
	same "pktpipe-batch: $PWD/captures/n2.pcap: failed; it is not in the sum
pktpipe-batch: 3 jobs, 2 on this host, 1 failed, 0 with rows skipped
pktpipe-batch: --resume tries the failed ones again" \
	    "$(grep ^pktpipe <<<"$stderr")"
	same 2 "$(wc -l <tries)"
	touch mended
	runs pktpipe-batch -o out --resume 'sh some {} | protobw' \
	    captures/*.pcap
	same 0 "$status"
	same "$(pcap2csv captures/*.pcap | protobw)" "$output"
	# The two others were not run again.
	same 1,1,2 "$(awk -F'\t' 'NR > 1 { n[$1]++ }
	    END { print n[1] "," n[3] "," n[2] }' out/joblog)"
}

@test "a batch that was killed is resumed, and no row counts twice" {
	captures 6
	# All but two wait for a file.
	lines 'case $1 in *n[12].*) ;; *) until [ -e go ]; do sleep 0.1; done ;; esac' \
	    'pcap2csv "$1"' >job
	setsid pktpipe-batch -j 1 -o out "sh $PWD/job {} | protobw" \
	    captures/*.pcap >sum 2>err 3>&- &
	until_true grep -q '^2' out/joblog
	kill -KILL -- "-$!"
	wait "$!" || [ $? -eq 137 ]
	[ ! -s sum ]
	# A job that was running goes on to its own end.
	: >go
	# The lock is free only when nothing of the killed batch runs any more.
	until_true flock -n out true
	same "" "$(pgrep -f "joblog $PWD/out/joblog")"
	[ "$(wc -l <out/joblog)" -lt 7 ]
	runs pktpipe-batch -o out --resume "sh $PWD/job {} | protobw" \
	    captures/*.pcap
	same "0|$(pcap2csv captures/*.pcap | protobw)" "$status|$output"
	same 1 "$(grep -c '^1	' out/joblog)"
}

@test "a batch is resumed only with its pipeline and its files" {
	captures 2
	pktpipe-batch -o out 'pcap2csv {} | protobw' captures/*.pcap
	runs pktpipe-batch -o out 'pcap2csv {} | protobw' captures/*.pcap
	same "2||pktpipe-batch: out has a batch: want --resume, or another directory" \
	    "$status|$output|$stderr"
	runs pktpipe-batch -o out --resume 'pcap2csv {} | toptalk' \
	    captures/*.pcap
	same "2||pktpipe-batch: out: its batch has another pipeline or other files: want another directory" \
	    "$status|$output|$stderr"
	runs pktpipe-batch -o none --resume 'pcap2csv {} | protobw' \
	    captures/*.pcap
	same "3||pktpipe-batch: none: no batch to resume" \
	    "$status|$output|$stderr"
}

@test "what could have no exact sum is refused, with the way on" {
	captures 2
	local option

	for option in -n --distinct --no-header -tiso '--time sheet'; do
		runs pktpipe-batch "pcap2csv {} | toptalk $option 1" captures/*.pcap
		same "2||pktpipe-batch: parts of $option have no exact sum: want it in --merge only" \
		    "$status|$output|$stderr"
	done
	for option in '--to' $'\t"-n"' $'\\\n--\'no-rest\''; do
		runs pktpipe-batch "pcap2csv {} | toptalk $option 1" captures/*.pcap
		same "2||pktpipe-batch: parts of ${option//[$'\t\n\\\'\"']/} have no exact sum: want it in --merge only" \
		    "$status|$output|$stderr"
	done
	runs pktpipe-batch 'pcap2csv {} | ratebw --time epoch' captures/n1.pcap
	same "0|pktpipe-batch: 1 job, 1 on this host, 0 failed, 0 with rows skipped" \
	    "$status|$stderr"
	runs pktpipe-batch 'protobw {}' captures/*.pcap
	same "2||pktpipe-batch: the last program of the pipeline reads {}, so that it cannot sum the parts: want --merge" \
	    "$status|$output|$stderr"
	runs pktpipe-batch --merge 'toptalk -n 1' 'pcap2csv {} | toptalk' \
	    captures/*.pcap
	same "0|$(pcap2csv captures/*.pcap | toptalk -n 1)" "$status|$output"
}

@test "quotes of the pipeline and odd names of files stay what they are" {
	captures 2
	mv captures/n1.pcap "captures/it's \$(touch x) \"1\".pcap"
	runs pktpipe-batch \
	    "pcap2csv {} | awk -F'|' '{ print \$1 }' | protobw --sort \"name\"" \
	    captures/*.pcap
	same "0|$(pcap2csv captures/*.pcap | protobw --sort name)" \
	    "$status|$output"
	[ ! -e x ]
	# One that ends in a line break is not the file whose name does not.
	mkdir $'captures\n'
	mv captures/n2.pcap $'captures\n/-n,\r\n'
	cp captures/it* ./-n,$'\r'
	cd $'captures\n'
	runs pktpipe-batch -o $'../out\n' 'pcap2csv {} | protobw' -- $'-n,\r\n' \
	    ../captures/*.pcap ../captures/*.pcap
	same "0|$(pcap2csv ./* ../captures/*.pcap ../captures/*.pcap | protobw)" \
	    "$status|$output"
	[ -e $'../out\n/joblog' ]
	runs pktpipe-batch 'cat {} | cat' <(:)
	same "3|" "$status|$output"
	[[ $stderr = *": a pipe, want a file: a job that failed is tried again" ]]
}

@test "{} may be quoted, and the last command may have more than a name" {
	captures 2
	mv captures/n1.pcap 'captures/a  b.pcap'
	local want pipeline

	want=$(pcap2csv captures/*.pcap | protobw)
	for pipeline in 'pcap2csv "{}" | protobw' "pcap2csv '{}' | protobw" \
	    $'# of {}:\npcap2csv {} |& protobw; # it\'s a sum | of "sums\n' \
	    'pcap2csv {} 2>&1 | protobw 2>/dev/null'; do
		runs pktpipe-batch "$pipeline" captures/*.pcap
		same "0|$want" "$status|$output"
	done
}

@test "a pipeline whose sum would lack rows is refused" {
	local last said

	lines time,src,dst,proto,len 70,10.0.0.1,10.0.0.2,TLS,100 > a.csv
	while IFS='>' read -r last said; do
		runs pktpipe-batch "csvclean {} | ${last/OUT/> out}" a.csv
		same "2||pktpipe-batch: $said" "$status|$output|$stderr"
	done <<-'EOF'
	protobw || :>after the last | of the pipeline is more than one command: want --merge
	protobw; :>after the last | of the pipeline is more than one command: want --merge
	{ protobw; }>after the last | of the pipeline is more than one command: want --merge
	protobw OUT>the last program of the pipeline writes to a file: want the sum from standard output
	ratebw --bin 60s --since 65>--since cannot select from the parts again: want it in a csvclean before the sum, or --merge
	toptalk -p TLS>-p cannot select from the parts again: want it in a csvclean before the sum, or --merge
	EOF
	[ ! -e out ]
	runs pktpipe-batch 'csvclean {} | (protobw' a.csv
	same "2||pktpipe-batch: the pipeline is no command of bash" \
	    "$status|$output|$(tail -n 1 <<<"$stderr")"
	runs pktpipe-batch 'csvclean {} | toptalk -k src,proto -p TLS' a.csv
	same "0|src,proto,packets,bytes 10.0.0.1,TLS,1,100" \
	    "$status|$(xargs <<<"$output")"
}

@test "files are brought to hosts that do not have them, and taken away" {
	captures 6
	ssh_setup
	sshd_start one "$PWD/captures"
	sshd_start two "$PWD/captures"
	runs pktpipe-batch -S one,two -j 1 -o out \
	    'sleep 0.2; pcap2csv {} | protobw' captures/*.pcap
	same "0|$(pcap2csv captures/*.pcap | protobw)" "$status|$output"
	same "one two" "$(awk -F'\t' 'NR > 1 && $5 > 0 { print $2 }' out/joblog |
	    sort -u | xargs)"
	same '' "$(${PARALLEL_SSH} one 'find ~/.parallel/tmp -type f')"
}

@test "a host that is killed in the middle costs no row" {
	captures 12
	ssh_setup
	sshd_start one
	sshd_start two
	sshd_start three
	pktpipe-batch -S one,two,three -j 1 -o out \
	    'sleep 0.2; pcap2csv {} | protobw' captures/*.pcap \
	    >sum 2>err 3>&- &
	until_true grep -q two out/joblog
	sshd_end "${SSHDS[1]}"
	wait "$!"
	same "$(pcap2csv captures/*.pcap | protobw)" "$(cat sum)"
	[[ $(tail -n 1 err) = "pktpipe-batch: 12 jobs, "*", 0 failed, 0 with rows skipped" ]]
	# Nothing was copied: the hosts see the same files.
	same 0 "$(awk -F'\t' 'NR > 1 { n += $5 } END { print n + 0 }' out/joblog)"
}

@test "a report is made of what shards sum to" {
	captures 4
	pktpipe-batch 'pcap2csv {} | ratebw --bin 1s --by src,proto' \
	    captures/*.pcap >seconds.csv
	pktpipe-report -o shards seconds.csv >/dev/null
	pktpipe-report -o whole captures/*.pcap >/dev/null
	same "$(cat whole/protocols.csv)" "$(cat shards/protocols.csv)"
}

@test "^C, at any time, is no failure of a job, and ends the jobs" {
	mkdir fake
	lines '#!/bin/sh' 'kill -INT 0' >fake/parallel
	chmod +x fake/parallel
	PATH=$PWD/fake:$PATH runs setsid --wait env --default-signal=INT \
	    pktpipe-batch 'pcap2csv {} | protobw' "$DATA/dns.pcap"
	same "130||" "$status|$output|$stderr"
	told_at 'running=$!' INT "$PWD/at"
	lines ': >started' 'exec sleep 300' >job
	BASH_ENV=$PWD/at runs pktpipe-batch -o out "sh $PWD/job {} | protobw" \
	    "$DATA/dns.pcap"
	[ -e at.once ]
	same "130|" "$status|$output"
	until_true flock -n out true
}

@test "no job is taken for done if parallel fails, or its log cannot be read" {
	mkdir fake
	lines '#!/bin/sh' 'case $1 in --version) echo GNU parallel ;; *) exit 2 ;; esac' \
	    >fake/parallel
	chmod +x fake/parallel
	PATH=$PWD/fake:$PATH runs pktpipe-batch -o out 'pcap2csv {} | protobw' \
	    "$DATA/dns.pcap"
	same "3||" "$status|$output|${stderr#*pktpipe-batch: "$PWD"/out/joblog: cannot read it}"
}
