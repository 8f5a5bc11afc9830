#!/usr/bin/env bats
# ratebw: packets and bytes of each bin of time.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

rows='time,src,dst,proto,len
5.5,10.0.0.1,10.0.0.2,TCP,100
2.25,10.0.0.1,10.0.0.2,UDP,50
,10.0.0.1,10.0.0.2,UDP,7
-0.5,10.0.0.1,10.0.0.2,TCP,9
5.999999999,10.0.0.1,10.0.0.2,UDP,1'

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	printf '%s\n' "$rows" >rows.csv
	header=time,packets,bytes
}

# timed TIME...: a packet row of 10 bytes for each time, with a header.
timed() {
	echo time,len
	printf '%s,10\n' "$@"
}

@test "bins of a second are aligned to the epoch, gaps are zero rows" {
	runs ratebw rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" -1.000000,1,9 0.000000,0,0 1.000000,0,0 \
	    2.000000,1,50 3.000000,0,0 4.000000,0,0 5.000000,2,101 ,1,7)" \
	    "$output"
}

@test "its sums are those of awk on unsorted rows" {
	many 20000 3 >many.csv
	for ms in 1 10 250 1000; do
		awk -F, -v ms=$ms 'FNR > 1 { b = int(int($1 * 1000) / ms)
		    p[b]++; s[b] += $5 } END { for (b in p) printf \
		    "%.6f,%d,%d\n", b * ms / 1000, p[b], s[b] }' many.csv |
		    sort -t, -k1,1n >want
		ratebw --bin ${ms}ms many.csv | grep -v ,0,0$ >got
		cmp <(tail -n +2 got) want
	done
}

@test "its sums by column are those of awk" {
	many 20000 3 >many.csv
	awk -F, 'FNR > 1 { k = int($1) ".000000," $4; p[k]++; s[k] += $5 }
	    END { for (k in p) print k "," p[k] "," s[k] }' many.csv |
	    sort -t, -k1,1n -k2,2 >want
	cmp <(ratebw --by proto many.csv | tail -n +2) want
	cmp <(ratebw --by proto --lateness 1s many.csv | tail -n +2) want
}

@test "--bin takes durations from a millisecond, of whole microseconds" {
	same "$(lines "$header" 0.001000,1,10 0.002000,1,10)" \
	    "$(timed 0.0019 0.0020 | ratebw -b 1ms)"
	same "$(lines "$header" -86400.000000,1,10 0.000000,1,10)" \
	    "$(timed -1.0 1.0 | ratebw --bin 1d)"
	runs ratebw --bin 0.5ms rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	same 'ratebw: bad bin "0.5ms", want at least 1ms' "$stderr"
	runs ratebw --bin 1.0000005 rows.csv
	[ "$status" -eq 2 ]
	same 'ratebw: bad bin "1.0000005", want whole microseconds' "$stderr"
	runs ratebw --bin 367d rows.csv
	[ "$status" -eq 2 ]
}

@test "--by makes a row a key and bin, and no zero rows" {
	runs ratebw --by proto rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines time,proto,packets,bytes -1.000000,TCP,1,9 \
	    2.000000,UDP,1,50 5.000000,TCP,1,100 5.000000,UDP,1,1 \
	    ,UDP,1,7)" "$output"
	runs ratebw -k proto,src -b 10s rows.csv
	same "$(lines time,proto,src,packets,bytes \
	    -10.000000,TCP,10.0.0.1,1,9 0.000000,TCP,10.0.0.1,1,100 \
	    0.000000,UDP,10.0.0.1,2,51 ,UDP,10.0.0.1,1,7)" "$output"
	runs ratebw --by time rows.csv
	[ "$status" -eq 2 ]
	runs ratebw --by vlan rows.csv
	[ "$status" -eq 3 ]
	[ "$output" = time,vlan,packets,bytes ]
	[[ $stderr == *'no column "vlan" in the header'* ]]
}

@test "empty, long and odd keys are keys of their own" {
	printf '%s\n' proto,time,len ,1,5 TCP,1,1 ,1,5 '"a,b",1,2' \
	    AVERYLONGPROTOCOLNAME-NUMBER-ONE-AND-ONLY,1,3 >odd.csv
	runs ratebw --by proto odd.csv
	same "$(lines time,proto,packets,bytes 1.000000,,2,10 \
	    '1.000000,"a,b",1,2' \
	    1.000000,AVERYLONGPROTOCOLNAME-NUMBER-ONE-AND-ONLY,1,3 \
	    1.000000,TCP,1,1)" "$output"
	same "$output" "$(ratebw --by proto <<<"$output")"
	same "$output" "$(ratebw --by proto --lateness 1s <<<"$output")"
}

@test "--spike marks bins of more bytes than so many a second" {
	runs ratebw --spike 50 rows.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header",spike -1.000000,1,9,0 0.000000,0,0,0 \
	    1.000000,0,0,0 2.000000,1,50,0 3.000000,0,0,0 4.000000,0,0,0 \
	    5.000000,2,101,1 ,1,7,0)" "$output"
	runs ratebw --spike 100 --bin 10ms <<<$'time,len\n1.0,1\n2.0,2'
	same 2.000000,1,2,1 "${lines[-1]}"
	same 1.000000,1,1,0 "${lines[1]}"
	runs ratebw --spike 99 --by proto rows.csv
	same 5.000000,TCP,1,100,1 "${lines[3]}"
	same 5.000000,UDP,1,1,0 "${lines[4]}"
}

@test "finer bins merge into coarser ones" {
	many 20000 7 >many.csv
	for by in "" "--by proto"; do
		# shellcheck disable=SC2086  # options or none
		same "$(ratebw --bin 60s $by many.csv)" \
		    "$(ratebw --bin 1s $by many.csv | ratebw --bin 60s $by)"
		# shellcheck disable=SC2086
		same "$(ratebw --bin 60s $by many.csv)" \
		    "$(ratebw -b 250ms --lateness 0 $by many.csv 2>/dev/null |
		    ratebw --bin 1m $by)"
	done
	same "$(ratebw --bin 60s rows.csv)" \
	    "$(ratebw --bin 1s rows.csv | ratebw --bin 60s)"
}

@test "shards merge" {
	many 5000 5 >a.csv
	many 3000 9 >b.csv
	same "$(ratebw a.csv b.csv)" \
	    "$( (ratebw a.csv; ratebw b.csv) | ratebw)"
	same "$(ratebw -k src a.csv b.csv)" \
	    "$(ratebw -k src <(ratebw -k src a.csv) b.csv)"
}

@test "with --lateness a bin is written once a row that late was read" {
	mkfifo in out
	timeout 120 ratebw --lateness 1s <in >out 3>&- &
	exec 8>in 9<out
	read -r line <&9
	[ "$line" = "$header" ]
	printf '%s\n' time,len 10.5,1 11.9,2 10.7,4 >&8
	# Only after this row is bin 10 due: 12.0 is a second past its end.
	echo 12.0,8 >&8
	read -r line <&9
	[ "$line" = 10.000000,2,5 ]
	echo 13.1,8 >&8
	read -r line <&9
	[ "$line" = 11.000000,1,2 ]
	exec 8>&-
	same "$(lines 12.000000,1,8 13.000000,1,8)" "$(cat <&9)"
	exec 9<&-
}

@test "rows later than --lateness are further rows at the end, counted" {
	runs ratebw --lateness 0 < <(timed 1.5 2.5 3.5 1.7 1.8 2.1)
	[ "$status" -eq 0 ]
	same "$(lines "$header" 1.000000,1,10 2.000000,1,10 3.000000,1,10 \
	    1.000000,2,20 2.000000,1,10)" "$output"
	same "ratebw: 3 rows came after their bin was written: see the last \
rows" "$stderr"
	same "$(timed 1.5 2.5 3.5 1.7 1.8 2.1 | ratebw)" \
	    "$(ratebw <<<"$output")"
}

@test "live is offline: streaming rows in order changes nothing" {
	many 20000 7 | sort -t, -k1,1n >sorted.csv
	for by in "" "--by proto"; do
		# shellcheck disable=SC2086
		runs ratebw --lateness 1s --bin 100ms $by sorted.csv
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
		# shellcheck disable=SC2086
		same "$(ratebw --bin 100ms $by sorted.csv)" "$output"
	done
}

@test "one row from 2099 does not close the bins of others" {
	runs ratebw --lateness 1s --by len < <(timed 1.5 4070908800.5 \
	    1.6 2.5 1.7)
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines time,len,packets,bytes 1.000000,10,3,30 \
	    2.000000,10,1,10 4070908800.000000,10,1,10)" "$output"
}

@test "sixteen rows that agree move the clock, forth and back" {
	forth=$(seq -f %.1f 10000.1 0.1 10001.6)
	# shellcheck disable=SC2086
	runs ratebw --lateness 0 --by len < <(timed 1.5 $forth 1.6)
	same "$(lines time,len,packets,bytes 1.000000,10,1,10 \
	    10000.000000,10,9,90 10001.000000,10,7,70 1.000000,10,1,10)" \
	    "$output"
	same "$(lines "ratebw: the stream clock jumped by over an hour 1 \
time" "ratebw: 1 row came after its bin was written: see the last rows")" \
	    "$stderr"
	# shellcheck disable=SC2086
	runs ratebw --lateness 0 --by len < <(timed 20000.5 $forth 10003.5)
	[[ $stderr == *'an hour 1 time'*'15 rows came after'* ]]
	same "$(lines time,len,packets,bytes 10001.000000,10,1,10 \
	    10003.000000,10,1,10 20000.000000,10,1,10 \
	    10000.000000,10,9,90 10001.000000,10,6,60)" "$output"
}

@test "past --max-bins the oldest bins are written early, and sums hold" {
	runs ratebw --max-bins 2 --by len < <(timed 3.5 2.5 1.5 1.6)
	[ "$status" -eq 0 ]
	same "$(lines time,len,packets,bytes 2.000000,10,1,10 \
	    3.000000,10,1,10 1.000000,10,2,20)" "$output"
	same "$(lines "ratebw: 2 rows came after their bin was written: see \
the last rows" "ratebw: --max-bins 2 reached: 1 bin was written early")" \
	    "$stderr"
	many 3000 9 >many.csv
	for n in 1 7 100; do
		same "$(ratebw -b 20ms -k src many.csv)" "$(ratebw -b 20ms \
		    -k src --max-bins $n many.csv 2>/dev/null |
		    ratebw -b 20ms -k src)"
	done
}

@test "a gap of more than --max-bins has no zero rows, which is told" {
	runs ratebw --max-bins 3 < <(timed 1.0 5.0 10.0)
	[ "$status" -eq 0 ]
	same "$(lines "$header" 1.000000,1,10 2.000000,0,0 3.000000,0,0 \
	    4.000000,0,0 5.000000,1,10 10.000000,1,10)" "$output"
	same 'ratebw: --max-bins 3 reached: 1 gap has no zero rows' \
	    "$stderr"
}

@test "the least and the greatest time have bins that merge" {
	timed -9223372036.854775807 9223372036.854775807 >edge.csv
	runs ratebw edge.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header" -9223372036.854775,1,10 \
	    9223372036.000000,1,10)" "$output"
	for bin in 1s 7m 366d; do
		same "$(ratebw -b $bin edge.csv 2>/dev/null)" \
		    "$(ratebw -b $bin <<<"$output" 2>/dev/null)"
	done
	ratebw --lateness 366d edge.csv 2>/dev/null >out
	same "$output" "$(cat out)"
}

@test "times of other forms are refused: use csvclean" {
	runs ratebw <<<$'time,len\n2024-01-01T00:00:00Z,1\n1.0,2'
	[ "$status" -eq 1 ]
	same "$(lines "$header" 1.000000,1,2)" "$output"
	[[ $stderr == 'ratebw: stdin:2: bad time "2024-01-01T00:00:00Z"'* ]]
	[[ $stderr == *csvclean* ]]
}

@test "a sum past 2^63-1 is an error and never wraps" {
	runs ratebw < <(echo "$header"; echo 1.0,1,9223372036854775807
	    echo 1.5,1,1)
	[ "$status" -eq 3 ]
	same 'ratebw: stdin:3: sum of "1.000000" exceeds 9223372036854775807' \
	    "$stderr"
	runs ratebw -k proto < <(echo proto,"$header"
	    echo TLS,1.0,1,9223372036854775807; echo TLS,1.5,1,1)
	same "ratebw: stdin:3: sum of \"1.000000,TLS\" exceeds \
9223372036854775807" "$stderr"
}

@test "an empty input and a header alone give the header" {
	runs ratebw </dev/null
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	[ "$stderr" = "" ]
	runs ratebw <<<time,len
	[ "$status" -eq 0 ]
	[ "$output" = "$header" ]
	[ "$stderr" = "" ]
}

@test "CRLF, no final newline, repeated and absent headers are read" {
	runs ratebw < <(printf 'time,len\r\n1.0,1\r\nlen,time\r\n2,1.5')
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines "$header" 1.000000,2,3)" "$output"
	runs ratebw <<<1.0,10.0.0.1,10.0.0.2,TCP,9
	same "$(lines "$header" 1.000000,1,9)" "$output"
}

@test "a cell that is a line break or a quote is a key like any other" {
	runs ratebw --by x < <(printf 'time,x,packets,bytes\n%s' \
	    $'1,a,1,5\n1,"\n",7,20\n1,"""",2,3\n1,"\n",7,30\n1,,1,2\n' \
	    $'1,"""",2,4\n2,"\n",9,9\n')
	[ "$status" -eq 0 ]
	same $'time,x,packets,bytes\n1.000000,,1,2\n1.000000,"\n",14,50
1.000000,"""",4,7\n1.000000,a,1,5\n2.000000,"\n",9,9' "$output"
}

@test "a bad row is reported and skipped, a missing column named" {
	runs ratebw <<<$'time,len\n1.0,1\n1.0\n1.0,2'
	[ "$status" -eq 1 ]
	same "$(lines "$header" 1.000000,2,3)" "$output"
	same 'ratebw: stdin:3: row has 1 cell, want 2' "$stderr"
	runs ratebw <<<$'proto,packets,bytes\nTCP,1,2'
	[ "$status" -eq 3 ]
	[ "$output" = "$header" ]
	[[ $stderr == 'ratebw: stdin: no column "time" in the header '* ]]
}

@test "a full disk is an error, a closed pipe ends it" {
	runs bash -c 'ratebw rows.csv >/dev/full'
	[ "$status" -eq 3 ]
	same 'ratebw: stdout: write: No space left on device' "$stderr"
	mkfifo in
	exec 9<>in
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'ratebw <in | true; echo "${PIPESTATUS[0]}"'
	exec 9>&-
	[ "$output" = 141 ]
	[ "$stderr" = "" ]
}

@test "--by takes prefixes, classes and ends, and parts merge" {
	many 3000 >a.csv
	awk -F, 'NR > 1 { split($1, t, "."); k = $2
	    if (k ~ /:/) k = "2001:db8:1234:5678::/64"
	    else sub(/[0-9]*[.][0-9]*$/, "0.0/16", k)
	    k = t[1] - t[1] % 60 ".000000," k
	    p[k]++; b[k] += $5 }
	    END { for (k in p) printf "%s,%d,%d\n", k, p[k], b[k] }' a.csv |
	    sort -t, -k1,1n -k2,2 >want
	runs ratebw --bin 1m --by src/16 a.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines time,src/16,packets,bytes; cat want)" "$output"
	for by in src/16 ends len/100,proto; do
		same "$(ratebw --bin 1m --by $by a.csv)" \
		    "$(ratebw --by $by a.csv | ratebw --bin 1m --by $by)"
	done
}

@test "--rate writes packets and bits a second of the whole bin" {
	runs ratebw --bin 4s --rate --spike 6 <<<"$(lines time,len 0.5,10 \
	    3.9,15 5,4 ,9)"
	[ "$status" -eq 0 ]
	same "$(lines time,packets,bytes,pps,bps,spike \
	    0.000000,2,25,0.500,50.000,1 4.000000,1,4,0.250,8.000,0 \
	    ,1,9,,,0)" "$output"
	# Rounded half up: 1 / 7 of a packet, 8 / 7 of a bit.
	runs ratebw --bin 7s --rate --no-header <<<"$(lines time,len 0,1)"
	same 0.000000,1,1,0.143,1.143 "$output"
	runs ratebw --bin 1ms --rate --no-header <<<"$(lines \
	    time,packets,bytes 0,0,9223372036854775807)"
	same "0.000000,0,9223372036854775807,0.000,\
73786976294838206456000.000" "$output"
	# The rates of a tally are those of its packets.
	many 2000 >a.csv
	same "$(ratebw --bin 5m --rate a.csv)" \
	    "$(ratebw --bin 10s a.csv | ratebw --bin 5m --rate)"
}

@test "--fill writes zeros for keys without rows in a bin" {
	table=$(lines time,proto,len 0,B,1 3,A,2 3,C,4 ,D,8)
	runs ratebw --by proto --fill <<<"$table"
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines time,proto,packets,bytes 0.000000,A,0,0 0.000000,B,1,1 \
	    0.000000,C,0,0 1.000000,A,0,0 1.000000,B,0,0 1.000000,C,0,0 \
	    2.000000,A,0,0 2.000000,B,0,0 2.000000,C,0,0 3.000000,A,1,2 \
	    3.000000,B,0,0 3.000000,C,1,4 ,D,1,8)" "$output"
	same "$output" "$(ratebw --by proto --fill <<<"$output")"
	runs ratebw --by proto --fill --max-bins 4 <<<"$table"
	same "$(lines time,proto,packets,bytes 0.000000,A,0,0 0.000000,B,1,1 \
	    0.000000,C,0,0 3.000000,A,1,2 3.000000,B,0,0 3.000000,C,1,4 \
	    ,D,1,8)" "$output"
	same 'ratebw: --max-bins 4 reached: 1 gap has no zero rows' "$stderr"
	same "$(ratebw <<<"$table")" "$(ratebw --fill <<<"$table")"
	# Keys past --max-bins are summed, but not filled; totals hold.
	same 9,45 "$( (echo time,proto,len; for i in 9 8 7 6 5 4 3 2 1; do
	    echo "0.$i,P$i,$i"; done) | ratebw --by proto --fill --max-bins 3 \
	    2>/dev/null | awk -F, 'NR > 1 { n += $3; b += $4 }
	    END { print n "," b }')"
	# As rows come, keys are filled once they are known.
	runs ratebw --by proto --fill --lateness 0 <<<"$(lines time,proto,len \
	    0,B,1 1,A,2 2,A,4)"
	same "$(lines time,proto,packets,bytes 0.000000,B,1,1 \
	    1.000000,A,1,2 1.000000,B,0,0 2.000000,A,1,4 2.000000,B,0,0)" \
	    "$output"
}

# nearest_rank P: of a column of numbers, by sort and awk.
nearest_rank() {
	sort -n | awk -v p="$1" '{ v[NR] = $1 } END { r = p * NR / 100
	    print v[r == int(r) ? r : int(r) + 1] }'
}

@test "--percentile is the nearest rank of all bins" {
	many 3000 700 >a.csv
	for p in 95 50 99.9 100; do
		want=$(ratebw --bin 10s a.csv | sed 1d | cut -d, -f2 |
		    nearest_rank $p),$(ratebw --bin 10s a.csv | sed 1d |
		    cut -d, -f3 | nearest_rank $p)
		runs ratebw --bin 10s --percentile $p a.csv
		[ "$status" -eq 0 ]
		[ "$stderr" = "" ]
		same "$(lines percentile,packets,bytes "$p,$want")" "$output"
	done
	# A year of hours with its 23-hour day: 8784 bins, of which half are 1.
	same 50,1,1 "$( (echo time,len; seq 1704067200 7200 1735689599 |
	    sed 's/$/,1/'; echo 1735686000,1) | ratebw --bin 1h --no-header \
	    --percentile 50 --zone Europe/Berlin)"
	same 0 "$( (echo time,len; echo -9000000000,1; echo 9000000000,1) |
	    ratebw --bin 1h --zone UTC --percentile 99 --no-header |
	    cut -d, -f2)"
	# Ten bins: the tenth value is the 95th percentile, the fifth the 50th.
	for i in 0 1 2 3 4 5 6 7 8 9; do echo "$i.5,$((i * 10))"; done >ten
	same 95,1,90,1.000,720.000 "$( (echo time,len; cat ten) |
	    ratebw --percentile 95 --rate --no-header)"
	same 50,1,40 "$( (echo time,len; cat ten) |
	    ratebw --percentile 50 --no-header)"
}

@test "--percentile --by counts bins without rows as zeros, as --fill does" {
	many 1500 700 >a.csv
	ratebw --bin 1m --by proto --fill a.csv >filled
	runs ratebw --bin 1m --by proto --percentile 90 a.csv
	[ "$status" -eq 0 ]
	same percentile,proto,packets,bytes "$(head -n 1 <<<"$output")"
	while IFS=, read -r _ proto packets bytes; do
		same "$(grep ",$proto," filled | cut -d, -f3 |
		    nearest_rank 90),$(grep ",$proto," filled | cut -d, -f4 |
		    nearest_rank 90)" "$packets,$bytes"
	done < <(sed 1d <<<"$output")
	same "$(cut -d, -f2 filled | sed 1d | sort -u)" \
	    "$(sed 1d <<<"$output" | cut -d, -f2)"
}

@test "--percentile has a row for what is always zero" {
	runs ratebw --percentile 95 --rate \
	    <<<"$(lines time,packets,bytes 60,0,0 120,0,0)"
	same "$(lines percentile,packets,bytes,pps,bps 95,0,0,0.000,0.000)" \
	    "$output"
	runs ratebw --percentile 95 --by x \
	    <<<"$(lines time,x,packets,bytes 1,a,0,0 2,b,1,1)"
	same "$(lines percentile,x,packets,bytes 95,a,0,0 95,b,1,1)" "$output"
}

@test "--percentile refuses what it cannot do" {
	for p in 0 101 100.1 x 5.1234 ''; do
		runs ratebw --percentile "$p" </dev/null
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		[[ $stderr == "ratebw: bad percentile \"$p\", want "* ]]
	done
	runs ratebw --percentile 95 --lateness 1s </dev/null
	[ "$status" -eq 2 ]
	same 'ratebw: --percentile or --lateness, not both' "$stderr"
	runs ratebw --percentile 95 --max-bins 2 <<<"$(lines time,len 1,1 2,1 \
	    3,1 4,1)"
	[ "$status" -eq 3 ]
	same 'ratebw: --max-bins 2 reached: no percentile, want wider bins or '\
'a larger number' "$stderr"
	runs ratebw --percentile 95 <<<"$(lines time,len 1,7 ,9)"
	[ "$status" -eq 0 ]
	same "$(lines percentile,packets,bytes 95,1,7)" "$output"
	same 'ratebw: rows without a time are in no bin' "$stderr"
	runs ratebw --percentile 95 <<<time,len
	same percentile,packets,bytes "$output"
}

@test "--zone aligns days and hours to a zone's clock, DST included" {
	# Each midnight of a year in Berlin, and what date makes of it.
	for ((day = 0; day < 366; day++)); do
		TZ=Europe/Berlin date -d "2024-01-01 +$day days 00:00" +%s
	done >midnights
	awk 'BEGIN { print "time,len" } { print $1 ",1"; print $1 - 1 ",2"
	    print $1 + 43200 ",4" }' midnights >year.csv
	runs ratebw --bin 1d --zone Europe/Berlin year.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(sed 's/$/.000000/' midnights)" \
	    "$(sed 1,2d <<<"$output" | cut -d, -f1)"
	same 365 "$(grep -c ',3,7$' <<<"$output")"
	same "$output" "$(TZ=Europe/Berlin ratebw --bin 1d --zone local year.csv)"
	same "$output" "$(ratebw --bin 1h --zone Europe/Berlin year.csv |
	    ratebw --bin 1d --zone Europe/Berlin)"
	# A day of 23 hours and one of 25.
	same "$(lines 82800 90000)" "$(awk 'NR > 1 { print $1 - last }
	    { last = $1 }' midnights | grep -v 86400)"
	same "$(awk 'NR > 1 { printf "%.3f\n", 56 / ($1 - last) }
	    { last = $1 }' midnights)" "$(ratebw --bin 1d --rate --zone \
	    Europe/Berlin year.csv | sed '1,2d;$d' | cut -d, -f5)"
	same "$output" "$(ratebw --bin 1d year.csv \
	    --zone CET-1CEST,M3.5.0,M10.5.0/3)"
	# Hours of a zone of quarters; bins of less than an hour do not change.
	same 1711836900.000000 "$(ratebw -b 1h --zone Asia/Kathmandu --no-header \
	    <<<"$(lines time,len 1711839600,1)" | cut -d, -f1)"
	same "$(ratebw -b 20m year.csv | tail -n 3)" \
	    "$(ratebw -b 20m --zone Asia/Kathmandu year.csv | tail -n 3)"
}

@test "--zone refuses a name that is no zone" {
	for name in Europe/Berln ../../../etc/passwd /etc/localtime ''; do
		runs ratebw --zone "$name" </dev/null
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		same "ratebw: bad zone \"$name\", want local or a name such as \
Europe/Berlin or CET-1CEST" "$stderr"
	done
	runs ratebw --bin 3600001ms --zone UTC </dev/null
	[ "$status" -eq 2 ]
	same 'ratebw: --zone needs a bin of whole seconds' "$stderr"
}

@test "--time writes iso or sheet, the latter by the zone's clock" {
	row=$(lines time,len 1711839600.5,1)
	same 2024-03-30T23:00:00.000000Z,1,1 \
	    "$(ratebw -t iso --no-header <<<"$row")"
	same '2024-03-30 23:00:00,1,1' "$(ratebw -t sheet --no-header <<<"$row")"
	same '2024-03-31 00:00:00,1,1' "$(ratebw -b 1d -t sheet --no-header \
	    --zone Europe/Berlin <<<"$row")"
}

@test "--proto, --since and --until select rows" {
	table=$(lines time,proto,len 1,TLS,1 2,DNS,2 3,TLS,4 4,TLS,8)
	same "$(lines 1.000000,1,1 2.000000,0,0 3.000000,1,4)" \
	    "$(ratebw -p tls --until 4 --no-header <<<"$table")"
	same "$(lines 2.000000,1,2 3.000000,1,4)" \
	    "$(ratebw --since 1970-01-01T00:00:02Z --until 4 --no-header \
	    <<<"$table")"
}

@test "its usage is on stdout when asked, on stderr when wrong" {
	runs ratebw -h
	[ "$status" -eq 0 ]
	[[ $output == 'usage: ratebw '* ]]
	[ "$stderr" = "" ]
	runs ratebw --nonsense
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *'usage: ratebw '* ]]
	runs ratebw -V
	[[ $output == 'ratebw (pktpipe) '[0-9]* ]]
	[ "$status" -eq 0 ]
	runs script -qec ratebw /dev/null
	[ "$status" -eq 2 ]
	[[ $output == 'usage: ratebw '* ]]
}
