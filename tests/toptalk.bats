#!/usr/bin/env bats
# toptalk: the busiest sources, or values of other columns.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

rows='time,src,dst,proto,len,dport
1.0,10.0.0.1,10.0.0.2,TCP,100,80
2.0,10.0.0.2,10.0.0.1,TCP,50,4000
3.0,10.0.0.1,10.0.0.9,DNS,80,53
4.0,2001:db8:1234:5678:9abc:def0:1234:5678,10.0.0.9,DNS,80,53
5.0,10.0.0.1,10.0.0.9,DNS,10,53
6.0,,,ARP,42,
7.0,10.0.0.3,10.0.0.3,UDP,42,9'

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	printf '%s\n' "$rows" >rows.csv
	long=2001:db8:1234:5678:9abc:def0:1234:5678
	header=src,packets,bytes
}

@test "it sums packets and bytes by source, most bytes first" {
	runs toptalk rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 10.0.0.1,3,190 "$long",1,80 10.0.0.2,1,50 ,1,42 \
	    10.0.0.3,1,42)" "$output"
}

@test "its sums are those of awk on 30000 rows of 10000 sources" {
	many 30000 >many.csv
	awk -F, 'FNR > 1 { p[$2]++; b[$2] += $5 }
	    END { for (k in p) printf "%s,%d,%d\n", k, p[k], b[k] }' many.csv |
	    sort -t, -k3,3nr -k1,1 >want
	[ "$(wc -l <want)" -gt 5000 ]
	cmp <(toptalk many.csv | tail -n +2) want
	cmp <(toptalk --top 100 many.csv | sed '1d;$d') <(head -n 100 want)
	cmp <(toptalk --top 100 many.csv | tail -n 1) <(awk -F, 'NR > 100 {
	    p += $2; b += $3 } END { print "REST," p "," b }' want)
	cmp <(toptalk --sort packets many.csv | tail -n +2) \
	    <(sort -t, -k2,2nr -k1,1 want)
	cmp <(toptalk --sort name many.csv | tail -n +2) \
	    <(sort -t, -k1,1 want)
}

@test "20000 keys, from few bytes to 2^62, are in the order of sort" {
	awk 'BEGIN { print "time,src,dst,proto,packets,bytes"
	    for (i = 0; i < 20000; i++) printf "1,k%d,,TCP,1,%d\n", i,
	        i % 7 == 0 ? 2 ^ (i % 62) : i * 7919 % 3001 }' >keys.csv
	cmp <(toptalk keys.csv | tail -n +2) <(awk -F, 'NR > 1 {
	    print $2 ",1," $6 }' keys.csv | sort -t, -k3,3nr -k1,1)
}

@test "--by sums by any column or columns" {
	runs toptalk --by dport rows.csv
	[ "$status" -eq 0 ]
	same "$(lines dport,packets,bytes 53,3,170 80,1,100 4000,1,50 ,1,42 \
	    9,1,42)" "$output"
	runs toptalk -k dst,src rows.csv
	same "$(lines dst,src,packets,bytes 10.0.0.2,10.0.0.1,1,100 \
	    10.0.0.9,10.0.0.1,2,90 10.0.0.9,"$long",1,80 \
	    10.0.0.1,10.0.0.2,1,50 ,,1,42 10.0.0.3,10.0.0.3,1,42)" "$output"
}

@test "--by refuses sums, a column twice and a column that is not there" {
	runs toptalk --by src,bytes rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	same 'toptalk: bad by "bytes", want columns other than the sums' \
	    "$stderr"
	runs toptalk --by src,src rows.csv
	[ "$status" -eq 2 ]
	same 'toptalk: bad by "src", want each column once' "$stderr"
	runs toptalk --by sensor rows.csv
	[ "$status" -eq 3 ]
	[ "$output" = sensor,packets,bytes ]
	[[ $stderr == 'toptalk: rows.csv: no column "sensor" in the header '* ]]
}

@test "--by src/24 sums by prefix, as awk does, and parts merge" {
	many 5000 >a.csv
	many 7000 >b.csv
	awk -F, 'FNR > 1 { k = $2
	    if (k ~ /:/) k = "2001:db8:1234:5678::/64"
	    else sub(/[0-9]*$/, "0/24", k)
	    p[k]++; b[k] += $5 }
	    END { for (k in p) printf "%s,%d,%d\n", k, p[k], b[k] }' \
	    a.csv b.csv | sort -t, -k3,3nr -k1,1 >want
	[ "$(wc -l <want)" -gt 200 ]
	runs toptalk --by src/24 a.csv b.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines src/24,packets,bytes; cat want)" "$output"
	for by in src/24 src/20/56,len/100 ends,proto ends/16; do
		toptalk --by $by a.csv >a.sums
		same "$(toptalk --by $by a.csv b.csv)" \
		    "$( (cat a.sums; toptalk --by $by b.csv) | toptalk --by $by)"
		same "$(toptalk --by $by a.csv b.csv)" \
		    "$(toptalk --by $by a.sums b.csv)"
	done
}

@test "--by len/100 sums by size, ends both directions, service by port" {
	runs toptalk --by len/10 --sort number rows.csv
	same "$(lines len/10,packets,bytes 10,1,10 40,2,84 50,1,50 80,2,160 \
	    100,1,100)" "$output"
	runs toptalk --by ends rows.csv
	same "$(lines ends,packets,bytes "10.0.0.1 10.0.0.2,2,150" \
	    "10.0.0.1 10.0.0.9,2,90" "10.0.0.9 $long,1,80" ,1,42 \
	    "10.0.0.3 10.0.0.3,1,42")" "$output"
	pcap2csv --fields sport,dport "$DATA/tls.pcap" >ports.csv
	# tshark's connections, in either direction one.
	want=$(awk -F, 'NR > 1 && $6 != "" { n[$2 < $3 || ($2 == $3 && \
	    $6 < $7) ? $2 " " $6 " " $3 " " $7 : $3 " " $7 " " $2 " " $6]++ }
	    END { for (k in n) print n[k] }' ports.csv | sort -n)
	same "$want" "$(toptalk --by ends ports.csv |
	    awk -F, 'NR > 1 && $1 ~ /:[0-9]+ / { print $2 }' | sort -n)"
	same "$(awk -F, 'NR > 1 { print $7 < $6 ? $7 : $6 }' FS=, ports.csv |
	    sort | uniq -c | awk '{ print $2 "," $1 }' | sort)" \
	    "$(awk -F, 'NR > 1 { print $1 "," $2 }' <(toptalk --by service \
	    ports.csv) | sort)"
}

@test "--by service takes the column of that name, if there is one" {
	lines time,src,dst,proto,len,sport,dport,service \
	    1.0,a,b,TCP,10,40000,8000,40000 2.0,b,a,TCP,20,8000,40000,40000 \
	    3.0,a,b,TCP,40,40000,80, >s.csv
	same "$(lines service,packets,bytes ,1,40 40000,2,30)" \
	    "$(toptalk --by service s.csv)"
	same "$(lines service,packets,bytes 8000,2,30 80,1,40 | sort)" \
	    "$(cut -d, -f1-7 s.csv | toptalk --by service | sort)"
}

@test "a class may be less than 1 wide, a prefix not" {
	same "$(lines x/0.01,packets,bytes -0.01,1,1 0.00,1,2 0.12,2,12 ,1,16)" \
	    "$(lines x,len -0.001,1 0.009,2 0.12,4 0.129999,8 ,16 |
	    toptalk --by x/0.01 --sort number)"
	runs toptalk --by src/0.5 rows.csv
	[ "$status" -eq 2 ]
	same 'toptalk: bad by "src/0.5", want a prefix such as src/24 or '\
'src/24/64: 0-32 bits of IPv4, 0-128 bits of IPv6' "$stderr"
}

@test "--by says which expressions are wrong, and what they cannot read" {
	runs toptalk --by src/33 rows.csv
	[ "$status" -eq 2 ]
	same 'toptalk: bad by "src/33", want a prefix such as src/24 or '\
'src/24/64: 0-32 bits of IPv4, 0-128 bits of IPv6' "$stderr"
	runs toptalk --by len/1e3 <<<src,dst,len
	[ "$status" -eq 3 ]
	same 'toptalk: stdin: no column "len/1e3" in the header "src,dst,len"'\
': a width is a number, as in src/24 or len/100' "$stderr"
	runs toptalk --by service <<<src,dst,len
	[ "$status" -eq 3 ]
	same 'toptalk: stdin: no column "sport" in the header "src,dst,len": '\
'pcap2csv -e sport writes it' "$stderr"
	runs toptalk --by src/24 <<<$'src,len\nrouter,7\n,8\nrouter,2'
	[ "$status" -eq 0 ]
	same "$(lines src/24,packets,bytes router,2,9 ,1,8)" "$output"
	same 'toptalk: 2 cells could not be read for "src/24": they are in '\
'the key as they stand' "$stderr"
}

@test "--proto counts only the chosen protocols, whatever their case" {
	runs toptalk --proto dns,TCP rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 10.0.0.1,3,190 "$long",1,80 10.0.0.2,1,50)" \
	    "$output"
	runs toptalk -p X-9 rows.csv
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	same 'toptalk: unknown protocol "X-9": matched literally' "$stderr"
	runs toptalk --proto DNS <<<$'src,len\na,1'
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "proto" in the header'* ]]
}

@test "--top folds the rest into REST, and totals hold" {
	runs toptalk -n 2 rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 10.0.0.1,3,190 "$long",1,80 REST,3,134)" "$output"
	runs toptalk --by src,dst --top 1 rows.csv
	same "$(lines src,dst,packets,bytes 10.0.0.1,10.0.0.2,1,100 \
	    REST,,6,304)" "$output"
	same "$(lines src,dst,packets,bytes 10.0.0.1,10.0.0.2,1,100 \
	    REST,,6,304)" "$(toptalk --by src,dst --top 1 <<<"$output")"
}

# wide N: a row of each of N keys of 1000 bytes, and one of a key of 1025.
wide() {
	awk -v n="$1" 'BEGIN { print "name,packets,bytes"
	    for (i = 0; i <= n; i++)
		printf "%0" (i < n ? 1000 : 1025) "d,1,10\n", i }'
}

@test "--max-memory bounds the keys in bytes, says so, and totals hold" {
	wide 2000 >wide.csv
	runs toptalk -k name --max-memory 1M wide.csv
	[ "$status" -eq 0 ]
	[[ $stderr =~ ^"toptalk: --max-memory 1048576 reached: "([0-9]+)\ rows ]]
	rest=${BASH_REMATCH[1]}
	# 1000 bytes of text, 64 of the entry, 16 of malloc, slots of 8.
	[ $((2001 - rest)) -gt $((1048576 / 1110)) ]
	[ $((2001 - rest)) -le $((1048576 / 1080)) ]
	same 2001,20010 "$(awk -F, 'NR > 1 { p += $2; b += $3 }
	    END { print p "," b }' <<<"$output")"
	runs toptalk -k name -n 1 wide.csv
	same 'toptalk: keys over 1024 bytes: 1 row of further keys is in REST' \
	    "$stderr"
}

@test "--max-keys bounds the sources, says so, and totals hold" {
	runs toptalk --max-keys 1 rows.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header" 10.0.0.1,3,190 REST,4,214)" "$output"
	same "toptalk: --max-keys 1 reached: 4 rows of further keys are in \
REST" "$stderr"
}

@test "--per writes the first rows of each value, as sort and awk do" {
	many 6000 >many.csv
	awk -F, 'NR > 1 { k = $4 "," $2; p[k]++; b[k] += $5 }
	    END { for (k in p) printf "%s,%d,%d\n", k, p[k], b[k] }' many.csv |
	    sort -t, -k1,1 -k4,4nr -k2,2 >sums
	runs toptalk --per proto --top 3 many.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same proto,src,packets,bytes "$(head -n 1 <<<"$output")"
	same "$(awk -F, '$1 != last { n = 0; last = $1 } ++n <= 3' sums)" \
	    "$(sed 1d <<<"$output" | grep -v REST | sort -t, -k1,1 -k4,4nr \
	    -k2,2)"
	same "$(awk -F, '$1 != last { n = 0; last = $1 }
	    ++n > 3 { p[$1] += $3; b[$1] += $4 }
	    END { for (k in p) print k ",REST," p[k] "," b[k] }' sums | sort)" \
	    "$(grep REST <<<"$output" | sort)"
	# The groups come in the order of their sums, and totals hold.
	same "$(toptalk --by proto many.csv)" \
	    "$(toptalk --by proto <<<"$output")"
	same "$(toptalk --by proto many.csv | sed 1d | cut -d, -f1)" \
	    "$(sed 1d <<<"$output" | cut -d, -f1 | uniq)"
	same "$output" "$(toptalk --per proto --top 3 <<<"$output")"
}

@test "--per time is in the order of time, and shares are of a group" {
	runs toptalk --per time --by src --share --top 1 <<<"$(lines \
	    time,src,packets,bytes 1000.0,b,1,30 1000.0,a,1,10 999.0,c,4,9)"
	same "$(lines time,src,packets,bytes,packets_share,bytes_share \
	    999.0,c,4,9,100.00,100.00 1000.0,b,1,30,50.00,75.00 \
	    1000.0,REST,1,10,50.00,25.00)" "$output"
	runs toptalk --per time/2 --by proto rows.csv
	same "$(lines time/2,proto,packets,bytes 0,TCP,1,100 2,DNS,1,80 \
	    2,TCP,1,50 4,DNS,2,90 6,ARP,1,42 6,UDP,1,42)" "$output"
}

@test "--distinct counts the values of each key, exactly up to a bound" {
	many 6000 >many.csv
	awk -F, 'NR > 1 && !seen[$4, $3]++ { n[$4]++ }
	    END { for (k in n) print k "," n[k] }' many.csv | sort >want
	same "$(cat want)" "$(toptalk --by proto --distinct dst many.csv |
	    sed 1d | cut -d, -f1,4 | sort)"
	runs toptalk --distinct dst/30 --top 2 --sort distinct rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header,distinct_dst/30" 10.0.0.1,3,190,2 \
	    10.0.0.2,1,50,1 REST,3,164,)" "$output"
	runs toptalk --distinct dst --max-values 1 --sort name rows.csv
	same "$(lines "$header,distinct_dst" ,1,42,0 10.0.0.1,3,190,1+ \
	    10.0.0.2,1,50,0+ 10.0.0.3,1,42,0+ "$long,1,80,0+")" "$output"
	same 'toptalk: --max-values 1 reached: numbers with + are too low' \
	    "$stderr"
	runs toptalk --distinct dst,src rows.csv
	[ "$status" -eq 2 ]
	same 'toptalk: bad distinct "dst,src", want one column' "$stderr"
	runs toptalk --sort distinct rows.csv
	same 'toptalk: --sort distinct needs --distinct' "$stderr"
}

@test "--first-last adds times, merges them, and sorts by the first" {
	runs toptalk --by proto --first-last --sort first rows.csv
	[ "$status" -eq 0 ]
	same "$(lines proto,packets,bytes,first,last \
	    TCP,2,150,1.000000,2.000000 DNS,3,170,3.000000,5.000000 \
	    ARP,1,42,6.000000,6.000000 UDP,1,42,7.000000,7.000000)" "$output"
	sed '2,4d' rows.csv | toptalk --by proto --first-last >b.csv
	sed '5,$d' rows.csv | toptalk --by proto --first-last >a.csv
	same "$output" "$(toptalk --by proto --first-last --sort first \
	    a.csv b.csv)"
	runs toptalk --first-last --time iso --top 1 rows.csv
	same "$(lines "$header,first,last" "10.0.0.1,3,190,1970-01-01T00:00:01\
.000000Z,1970-01-01T00:00:05.000000Z" "REST,4,214,1970-01-01T00:00:02.000000Z,\
1970-01-01T00:00:07.000000Z")" "$output"
	runs toptalk --first-last --max-keys 1 <<<"$(lines time,end,src,len \
	    5.0,9.0,a,1 1.0,,a,1 7.0,8.0,b,1 ,,c,1 x,,d,1)"
	[ "$status" -eq 1 ]
	same "$(lines "$header,first,last" a,2,2,1.000000,9.000000 \
	    REST,2,2,7.000000,8.000000)" "$output"
	[[ $stderr == *'stdin:6: bad time "x", want seconds since the epoch '* ]]
	runs toptalk --first-last <<<src,len
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "time" in the header'* ]]
}

@test "--since and --until select rows, --no-header and --no-rest leave out" {
	runs toptalk --since 2 --until 1970-01-01T00:00:05Z rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 10.0.0.1,1,80 "$long",1,80 10.0.0.2,1,50)" \
	    "$output"
	runs toptalk --top 1 --no-header --no-rest rows.csv
	same 10.0.0.1,3,190 "$output"
	runs toptalk --per proto --top 1 --no-rest --no-header rows.csv
	same "$(lines DNS,10.0.0.1,2,90 TCP,10.0.0.1,1,100 ARP,,1,42 \
	    UDP,10.0.0.3,1,42)" "$output"
	runs toptalk --since 5 --until 5 rows.csv
	[ "$status" -eq 2 ]
	same 'toptalk: --since is not before --until' "$stderr"
	runs toptalk --since -60s rows.csv
	[ "$status" -eq 2 ]
	same 'toptalk: bad since "-60s", want a time such as '\
'2024-01-01T00:00:00Z (csvclean --since reads durations)' "$stderr"
	runs toptalk --until 5 <<<$'src,len\na,1'
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "time" in the header'* ]]
}

@test "--share adds percentages" {
	runs toptalk --share --top 1 rows.csv
	same "$(lines "$header",packets_share,bytes_share \
	    10.0.0.1,3,190,42.86,47.03 REST,4,214,57.14,52.97)" "$output"
}

@test "shards merge, by one column or two" {
	many 5000 >a.csv
	many 7000 >b.csv
	for by in src proto,dst; do
		runs toptalk --by $by a.csv b.csv
		[ "$status" -eq 0 ]
		same "$output" "$( (toptalk --by $by a.csv
		    toptalk --by $by b.csv) | toptalk --by $by)"
	done
	same "$(toptalk a.csv)" "$(toptalk --by src,dst a.csv | toptalk)"
}

@test "a number with a sign is no formula, an expression is one" {
	runs toptalk -k note --sort name \
	    <<<"$(lines note,packets,bytes -5.5e-3,1,1 -,1,1 -5,1,1 -1+2,1,1)"
	same "$(lines note,packets,bytes "'-1+2,1,1" -,1,1 -5,1,1 -5.5e-3,1,1)" \
	    "$output"
}

@test "keys with commas, quotes and formulas read back as they were" {
	printf 'src,len\n"a,b",1\n"a""b",2\n=c,3\n"d\ne",4\n' >odd.csv
	runs toptalk odd.csv
	same "$(lines "$header" $'"d\ne",1,4' "'=c,1,3" '"a""b",1,2' \
	    '"a,b",1,1')" "$output"
	same "$output" "$(toptalk <<<"$output")"
}

@test "an empty input and a header alone give the header" {
	runs toptalk </dev/null
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	[ "$stderr" = "" ]
	runs toptalk <<<src,len
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	[ "$stderr" = "" ]
}

@test "CRLF, no final newline, repeated and absent headers are read" {
	runs toptalk < <(printf 'src,len\r\na,1\r\nlen,src\r\n2,a')
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" a,2,3)" "$output"
	runs toptalk <<<1.0,10.0.0.1,10.0.0.2,TCP,9
	same "$(lines "$header" 10.0.0.1,1,9)" "$output"
}

@test "a bad row is reported and skipped" {
	runs toptalk <<<$'src,len\na,1\nb\na,-1'
	[ "$status" -eq 1 ]
	same "$(lines "$header" a,1,1)" "$output"
	same "$(lines 'toptalk: stdin:3: row has 1 cell, want 2' \
	    'toptalk: stdin:4: bad len "-1", want 0-4294967295')" "$stderr"
}

@test "a sum past 2^63-1 is an error and never wraps" {
	runs toptalk <<<$'src,packets,bytes\na,9223372036854775807,1\na,1,1'
	[ "$status" -eq 3 ]
	same 'toptalk: stdin:3: sum of "a" exceeds 9223372036854775807' \
	    "$stderr"
}

@test "a full disk is an error, a closed pipe ends it" {
	runs bash -c 'toptalk rows.csv >/dev/full'
	[ "$status" -eq 3 ]
	same 'toptalk: stdout: write: No space left on device' "$stderr"
	mkfifo in
	exec 9<>in
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'toptalk <in | true; echo "${PIPESTATUS[0]}"'
	exec 9>&-
	[ "$output" = 141 ]
	[ "$stderr" = "" ]
}

@test "its usage is on stdout when asked, on stderr when wrong" {
	runs toptalk -h
	[ "$status" -eq 0 ]
	[[ $output == 'usage: toptalk '* ]]
	[ "$stderr" = "" ]
	runs toptalk --nonsense
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'usage: toptalk '* ]]
	runs toptalk -V
	[[ $output == 'toptalk (pktpipe) '[0-9]* ]]
	[ "$status" -eq 0 ]
	runs script -qec toptalk /dev/null
	[ "$status" -eq 2 ]
	[[ $output == 'usage: toptalk '* ]]
}
