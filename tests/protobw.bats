#!/usr/bin/env bats
# protobw: packets and bytes of each protocol.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

rows='time,src,dst,proto,len
1.0,10.0.0.1,10.0.0.2,TCP,100
2.0,10.0.0.2,10.0.0.1,TCP,50
3.0,10.0.0.1,10.0.0.9,DNS,80
4.0,10.0.0.1,10.0.0.9,DNS,80
5.0,10.0.0.1,10.0.0.9,DNS,10
6.0,,,ARP,42
7.0,10.0.0.1,10.0.0.3,UDP,42'

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	printf '%s\n' "$rows" >rows.csv
	header=proto,packets,bytes
}

# by_awk FILE...: the same sums, in the order of bytes, from awk.
by_awk() {
	awk -F, 'FNR > 1 { p[$4]++; b[$4] += $5 }
	    END { for (k in p) printf "%s,%d,%d\n", k, p[k], b[k] }' "$@" |
	    sort -t, -k3,3nr -k1,1
}

@test "it sums packets and bytes by protocol, most bytes first" {
	runs protobw rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" DNS,3,170 TCP,2,150 ARP,1,42 UDP,1,42)" "$output"
}

@test "its sums are those of awk on 20000 rows" {
	many 20000 >many.csv
	runs protobw many.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header" "$(by_awk many.csv)")" "$output"
}

@test "--sort orders by packets or by name, ties by name" {
	runs protobw --sort packets rows.csv
	same "$(lines "$header" DNS,3,170 TCP,2,150 ARP,1,42 UDP,1,42)" "$output"
	runs protobw --sort name rows.csv
	same "$(lines "$header" ARP,1,42 DNS,3,170 TCP,2,150 UDP,1,42)" "$output"
	runs protobw --sort len rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == 'protobw: bad sort "len", want one of bytes, '* ]]
}

@test "--top folds the rest into REST, and totals hold" {
	runs protobw -n 2 rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" DNS,3,170 TCP,2,150 REST,2,84)" "$output"
	runs protobw --top 4 rows.csv
	same "$(protobw rows.csv)" "$output"
}

@test "a REST row in the input joins the REST of the output" {
	protobw --top 1 rows.csv >top.csv
	runs protobw --top 1 top.csv rows.csv
	same "$(lines "$header" DNS,6,340 REST,8,468)" "$output"
}

@test "--share adds percentages, rounded half up" {
	runs protobw --share rows.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header",packets_share,bytes_share \
	    DNS,3,170,42.86,42.08 TCP,2,150,28.57,37.13 \
	    ARP,1,42,14.29,10.40 UDP,1,42,14.29,10.40)" "$output"
	same "$(protobw rows.csv)" "$(protobw --share rows.csv | protobw)"
}

@test "--share of nothing is nothing" {
	runs protobw --share <<<$'proto,packets,bytes\nTCP,0,0'
	[ "${lines[1]}" = TCP,0,0,0.00,0.00 ]
}

@test "--max-keys bounds the protocols, says so, and totals hold" {
	runs protobw --max-keys 1 rows.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header" TCP,2,150 REST,5,254)" "$output"
	same "protobw: --max-keys 1 reached: 5 rows of further protocols are \
in REST" "$stderr"
}

@test "tally rows weigh what they say, and shards merge" {
	many 5000 >a.csv
	many 7000 | sed 's/,P1,/,Q1,/' >b.csv
	runs protobw a.csv b.csv
	[ "$status" -eq 0 ]
	same "$output" "$( (protobw a.csv; protobw b.csv) | protobw)"
	same "$output" "$(protobw <(protobw a.csv) b.csv)"
}

@test "a table with packets, bytes and len is a tally" {
	runs protobw <<<$'len,bytes,packets,proto\n7,1000,10,TCP'
	same "$(lines "$header" TCP,10,1000)" "$output"
}

@test "columns are found by name" {
	runs protobw <<<$'len,ttl,proto\n7,64,TCP'
	same "$(lines "$header" TCP,1,7)" "$output"
}

@test "rows without a header have the default columns" {
	runs protobw <<<1.0,10.0.0.1,10.0.0.2,TCP,9
	[ "$status" -eq 0 ]
	same "$(lines "$header" TCP,1,9)" "$output"
}

@test "a header that comes again is a header" {
	runs protobw < <(cat rows.csv; echo proto,len; echo TCP,1)
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "${lines[2]}" = TCP,3,151 ]
}

@test "each operand has its own header, and none is glued to the next" {
	printf 'proto,len\nTCP,1' >one.csv
	printf 'len,proto\n2,TCP' >two.csv
	runs protobw one.csv two.csv - <<<$'proto,packets,bytes\nTCP,3,4'
	[ "$status" -eq 0 ]
	same "$(lines "$header" TCP,5,7)" "$output"
}

@test "an empty input and a header alone give the header" {
	runs protobw </dev/null
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	[ "$stderr" = "" ]
	runs protobw <<<time,src,dst,proto,len
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	[ "$stderr" = "" ]
}

@test "CRLF, a byte order mark, quotes and no final newline are read" {
	runs protobw < <(printf '\357\273\277proto,len\r\n"TCP",5\r\n"a""b",6')
	[ "$status" -eq 0 ]
	same "$(lines "$header" '"a""b",1,6' TCP,1,5)" "$output"
}

@test "a cell that a spreadsheet would run is guarded, once" {
	runs protobw <<<$'proto,len\n=1+1,5\n-5,1'
	same "$(lines "$header" "'=1+1,1,5" -5,1,1)" "$output"
	same "$output" "$(protobw <<<"$output")"
}

@test "a bad row is reported with file, line and value, and skipped" {
	printf '%s\n' proto,len TCP,1 TCP,x TCP TCP,4294967296 TCP,2 >bad.csv
	runs protobw bad.csv
	[ "$status" -eq 1 ]
	same "$(lines "$header" TCP,2,3)" "$output"
	same "$(lines 'protobw: bad.csv:3: bad len "x", want 0-4294967295' \
	    'protobw: bad.csv:4: row has 1 cell, want 2' \
	    'protobw: bad.csv:5: bad len "4294967296", want 0-4294967295')" \
	    "$stderr"
}

@test "a missing column is named, and other operands are done" {
	runs protobw - rows.csv <<<$'time,len\n1.0,5'
	[ "$status" -eq 3 ]
	same "$(protobw rows.csv)" "$output"
	[[ $stderr == 'protobw: stdin: no column "proto" in the header '* ]]
	runs protobw nowhere.csv rows.csv
	[ "$status" -eq 3 ]
	same "$(protobw rows.csv)" "$output"
	same 'protobw: nowhere.csv: No such file or directory' "$stderr"
}

@test "a sum past 2^63-1 is an error and never wraps" {
	runs protobw <<<$'proto,packets,bytes\nA,1,9223372036854775807\nA,1,1\nB,1,1'
	[ "$status" -eq 3 ]
	same 'protobw: stdin:3: sum of "A" exceeds 9223372036854775807' \
	    "$stderr"
	runs protobw --top 1 < <(echo proto,packets,bytes
	    printf '%s,1,9223372036854775807\n' A B C)
	[ "$status" -eq 3 ]
	same 'protobw: stdin:4: sum of "REST" exceeds 9223372036854775807' \
	    "$stderr"
	runs protobw < <(echo proto,packets,bytes
	    printf '%s,1,9223372036854775807\n' A B)
	[ "$status" -eq 0 ]
}

@test "a full disk is an error" {
	runs bash -c 'protobw rows.csv >/dev/full'
	[ "$status" -eq 3 ]
	same 'protobw: stdout: write: No space left on device' "$stderr"
}

@test "a closed pipe ends it as SIGPIPE does, even if no row comes" {
	mkfifo in
	exec 9<>in
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'protobw <in | true; echo "${PIPESTATUS[0]}"'
	exec 9>&-
	[ "$output" = 141 ]
	[ "$stderr" = "" ]
}

# started: runs protobw in the background on fifo in, which fd 9 writes.
started() {
	mkfifo in
	protobw <in >out 2>err &
	pid=$!
	exec 9>in
	printf 'proto,len\nTCP,1\n' >&9
	# Its own count tells that it has read the row.
	until grep -q ': 1 row, 0 skipped' err; do
		sleep 0.05
		kill -USR1 $pid
	done
}

@test "an interrupt lets it finish what its producer sends" {
	started
	kill -INT $pid
	printf 'TCP,2\n' >&9
	exec 9>&-
	wait $pid
	same "$(lines "$header" TCP,2,3)" "$(cat out)"
}

@test "SIGTERM makes it write what it has, status 0" {
	started
	kill -TERM $pid
	wait $pid
	exec 9>&-
	same "$(lines "$header" TCP,1,1)" "$(cat out)"
}

@test "--by sums by protocol and other columns, and parts merge" {
	many 3000 >a.csv
	awk -F, 'NR > 1 { k = $4 "," int($5 / 500) * 500
	    p[k]++; b[k] += $5 }
	    END { for (k in p) printf "%s,%d,%d\n", k, p[k], b[k] }' a.csv |
	    sort -t, -k4,4nr -k1,1 -k2,2 >want
	runs protobw --by len/500 a.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines proto,len/500,packets,bytes; cat want)" "$output"
	same "$output" "$(protobw -k len/500 <<<"$output")"
	same "$(protobw a.csv)" "$(protobw <<<"$output")"
	same "$(protobw a.csv)" "$(protobw --by proto a.csv)"
}

@test "--per, --distinct, --first-last, --proto and spans are toptalk's" {
	many 3000 >a.csv
	for option in '--per src --top 2 --share' '--distinct src --top 3' \
	    '--first-last --sort first' '--proto P1,P2 --since 1000' \
	    '--until 500.5 --no-header --no-rest --top 2'; do
		# shellcheck disable=SC2086  # several words
		same "$(toptalk --by proto $option a.csv 2>&1)" \
		    "$(protobw $option a.csv 2>&1 | sed 's/^protobw/toptalk/')"
	done
}

@test "its usage is on stdout when asked, on stderr when wrong" {
	runs protobw --help
	[ "$status" -eq 0 ]
	[[ $output == 'usage: protobw '* ]]
	[ "$stderr" = "" ]
	runs protobw --nonsense
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'usage: protobw '* ]]
	runs protobw --version
	[[ $output == 'protobw (pktpipe) '[0-9]* ]]
	[ "$status" -eq 0 ]
	runs script -qec protobw /dev/null
	[ "$status" -eq 2 ]
	[[ $output == 'usage: protobw '* ]]
	runs protobw --top x rows.csv
	[ "$status" -eq 2 ]
	same 'protobw: bad top "x", want 0-1073741824' "$stderr"
}
