#!/usr/bin/env bats
# rowpick: rows that meet a condition.  Conditions as such: tests/unit/pick.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

rows='time,src,dst,proto,len,dport
1.000000,10.0.0.1,10.0.0.2,TCP,100,80
2.000000,10.0.0.2,10.0.0.1,TLS,1500,443
3.000000,10.0.0.1,192.0.2.9,DNS,80,53
4.000000,2001:db8::1,192.0.2.9,DNS,80,53
5.000000,,,ARP,42,'

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	lines "$rows" >rows.csv
}

# of_rows N...: the header and these rows.
of_rows() {
	local n

	echo "${rows%%$'\n'*}"
	for n; do sed -n "$((n + 1))p" rows.csv; done
}

@test "it writes the rows that meet the condition, byte for byte" {
	runs rowpick 'proto = DNS,TLS and len < 1000' rows.csv
	[ "$status" -eq 0 ]
	same "$(of_rows 3 4)" "$output"
	[ "$stderr" = "" ]
	runs rowpick 'any in 10.0.0.0/8' rows.csv
	[ "$status" -eq 0 ]
	same "$(of_rows 1 2 3)" "$output"
	printf 'a,src\n"x, ""y""",1.2.3.4\n"z\nz",1.2.3.5\n' >quoted.csv
	runs rowpick 'src in 1.2.3.0/24' quoted.csv
	same "$(cat quoted.csv)" "$output"
}

@test "its rows are those of awk on 30000 rows" {
	many 30000 >many.csv
	for limit in 1 700 1499; do
		cmp <(rowpick "len >= $limit and proto != P3,P4" many.csv) \
		    <(awk -F, -v l=$limit 'NR == 1 || ($5 >= l &&
		    $4 != "P3" && $4 != "P4")' many.csv)
	done
	cmp <(rowpick 'src in 10.0.7.0/24' many.csv) \
	    <(awk -F, 'NR == 1 || $2 ~ /^10[.]0[.]7[.]/' many.csv)
}

@test "--rest gets the other rows, and none is lost" {
	many 5000 >many.csv
	runs rowpick --rest rest.csv 'len > 500' many.csv
	[ "$status" -eq 0 ]
	lines "$output" >picked.csv
	same "$(head -n 1 many.csv)" "$(head -n 1 rest.csv)"
	cmp <(tail -n +2 many.csv | sort) \
	    <(tail -qn +2 picked.csv rest.csv | sort)
	[ "$(tail -n +2 rest.csv | awk -F, '$5 > 500' | wc -l)" -eq 0 ]
	for file in - both.csv /dev/stdout; do
		status=0
		rowpick --rest "$file" 'len > 500' many.csv >both.csv \
		    2>said || status=$?
		[ "$status" -eq 2 ]
		grep -q "^rowpick: bad rest \"$file\", want " said
		[ ! -e - ]
		[ ! -s both.csv ]
	done
}

@test "a cell that cannot be compared meets neither test nor negation" {
	runs rowpick 'dport = 53' rows.csv
	same "$(of_rows 3 4)" "$output"
	same "rowpick: 1 row has a cell that the condition cannot read: it \
is not picked" "$stderr"
	[ "$status" -eq 0 ]
	runs rowpick --rest rest 'not dport = 53' rows.csv
	same "$(of_rows 1 2)" "$output"
	same "$(of_rows 3 4 5)" "$(cat rest)"
	runs rowpick 'not dport = 53 or dport = ""' rows.csv
	same "$(of_rows 1 2 5)" "$output"
	[ "$stderr" = "" ]
}

@test "--count says how many of how many" {
	runs rowpick --count 'proto = dns' rows.csv rows.csv
	[ "$status" -eq 0 ]
	same "$(lines picked,rows 4,10)" "$output"
	runs rowpick --count --no-header 'proto = dns' rows.csv
	same 2,5 "$output"
	runs rowpick --count --rest x 'proto = dns' rows.csv
	[ "$status" -eq 2 ]
	same "rowpick: --count or --rest, not both" "$stderr"
}

@test "a list is read from a file, and again on SIGHUP" {
	printf '\357\273\277# bad ones\n10.0.0.2\n' >list
	mkfifo in
	rowpick 'src in @list' <in >out 2>err &
	exec 5>in
	of_rows 1 2 >&5
	until_true grep -q ^2 out
	echo 2001:db8::/32 >list
	kill -HUP $!
	# The list is read before the next wait: one of these rows is picked.
	next_row() {
		of_rows 4 | tail -n 1 >&5
		grep -q ^4 out
	}
	until_true next_row
	echo office >list
	kill -HUP $!
	until_true grep -q 'list:1: bad value "office", want an address' err
	exec 5>&-
	wait $! || status=$?
	same "$(of_rows 2 4)" "$(uniq out)"
	[ "$status" -eq 1 ]
}

@test "it takes tally rows, alerts and any other table by its names" {
	runs rowpick 'bytes > 1k and proto = TLS' - <<<'proto,packets,bytes
TLS,3,1001
TLS,3,1000
DNS,1,2000'
	same "$(lines proto,packets,bytes TLS,3,1001)" "$output"
	runs rowpick 'severity = high' - <<<'time,rule,severity
1.0,a,high
2.0,b,low'
	same "$(lines time,rule,severity 1.0,a,high)" "$output"
}

@test "hour and weekday are those of TZ" {
	# 1795480200 is 00:30 on Tuesday 2026-11-24 UTC, 01:30 in Berlin.
	lines time,len 1795480200.0,1 >t.csv
	runs rowpick 'hour = 0 and weekday = tue' t.csv
	[ "${#lines[@]}" -eq 2 ]
	TZ=Europe/Berlin runs rowpick 'hour = 1' t.csv
	[ "${#lines[@]}" -eq 2 ]
	TZ=America/New_York runs rowpick 'weekday = mon and hour = 19' t.csv
	[ "${#lines[@]}" -eq 2 ]
	# A clock that is 44.5 minutes behind UTC, as Liberia's was.
	lines time,len 0,1 2669,2 2670,3 2671,4 2669.5,5 >t.csv
	same "$(lines 2670,3 2671,4)" "$(TZ=LMT0:44:30 rowpick --no-header \
	    'hour = 0' t.csv)"
}

@test "files with a header each, a header in between, none at all" {
	{ cat rows.csv; cat rows.csv; } >twice.csv
	runs rowpick 'proto = TLS' twice.csv rows.csv
	same "$(of_rows 2 2 2)" "$output"
	lines src,dst,len 10.0.0.1,10.0.0.2,5 dst,src,len 10.0.0.1,10.0.0.3,6 \
	    10.0.0.4,10.0.0.1,7 >turned.csv
	runs rowpick 'src = 10.0.0.1' turned.csv
	same "$(lines src,dst,len 10.0.0.1,10.0.0.2,5 10.0.0.1,10.0.0.4,7)" \
	    "$output"
	[ "$stderr" = "" ]
	lines proto,len,src DNS,7,10.1.1.1 >other.csv
	runs rowpick 'proto = DNS' rows.csv other.csv
	same "$(of_rows 3 4; echo ,10.1.1.1,,DNS,7,)" "$output"
	tail -n +2 rows.csv | cut -d, -f1-5 >bare.csv
	runs rowpick 'proto = ARP' bare.csv
	same "$(lines time,src,dst,proto,len 5.000000,,,ARP,42)" "$output"
	[ "$status" -eq 0 ]
}

@test "a bad condition is told with its place, status 2" {
	runs rowpick 'len ~ 5' rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	same 'rowpick: bad condition "len ~ 5" at 5: want = != < <= > >= or '\
'in, found "~"' "$stderr"
	runs rowpick 'src in @none' rows.csv
	[ "$status" -eq 2 ]
	same 'rowpick: bad condition "src in @none" at 8: none: No such file '\
'or directory' "$stderr"
	runs rowpick 'dport > 5' <<<'time,len
1,2'
	[ "$status" -eq 3 ]
	[[ $stderr == 'rowpick: stdin: no column "dport" in the header '* ]]
	runs rowpick
	[ "$status" -eq 2 ]
	echo 10.0.0.0/33 >nets
	for program in 'rowpick' 'liveplot --replay --where'; do
		# shellcheck disable=SC2086  # its words are options
		runs $program 'src in @nets' rows.csv
		[ "$status" -eq 2 ]
		same "${program%% *}: nets:1: bad value \"10.0.0.0/33\", want an address or a network such as 10.0.0.0/8" "$stderr"
		# shellcheck disable=SC2086
		runs $program 'proto != TSL,REST' rows.csv
		[ "$status" -eq 0 ]
		same "${program%% *}: unknown protocol \"TSL\": matched literally" "$stderr"
	done
}

@test "a word where a number or an address is wanted is told" {
	local condition said

	lines src,len,note 10.0.0.1,1500,x REST,http,y >odd.csv
	while IFS='>' read -r condition said; do
		runs rowpick --count "$condition" odd.csv
		same "0|${said%|*}|${said#*|}" "$status|${output#*$'\n'}|$stderr"
	done <<-'EOF'
	len = 1.5k>1,2|rowpick: 1 row has a cell that the condition cannot read: it is not picked
	len = 1.5K>0,2|rowpick: no number "1.5K": matched literally
	len = http>1,2|rowpick: no number "http": matched literally
	src = 10.0.0.1-10.0.0.9>0,2|rowpick: no address "10.0.0.1-10.0.0.9": matched literally
	not src = 10.0.0>2,2|rowpick: no address "10.0.0": matched literally
	src = REST or len = REST>1,2|
	note = 10.0.0.*>0,2|
	EOF
}

@test "bad rows are skipped, status 1; nothing is a header" {
	runs rowpick 'len > 1' <<<'time,len
1,2
1,2,3
4,5'
	[ "$status" -eq 1 ]
	same "$(lines time,len 1,2 4,5)" "$output"
	same 'rowpick: stdin:3: row has 3 cells, want 2' "$stderr"
	runs rowpick 'len > 1' /dev/null
	[ "$status" -eq 0 ]
	same time,src,dst,proto,len "$output"
}

@test "a row is out before the next comes in" {
	mkfifo in
	rowpick 'proto = TLS' <in >out &
	exec 5>in
	of_rows 2 >&5
	until_true grep -q ^2 out
	exec 5>&-
	wait $!
}

@test "a full disk ends it with status 3, a gone reader as SIGPIPE would" {
	run -3 bash -c 'rowpick "len > 1" rows.csv >/dev/full'
	run -3 bash -c 'rowpick --rest /dev/full "len < 1" rows.csv'
	many 30000 >many.csv
	run bash -c 'rowpick "len > 1" many.csv many.csv | head -n 1
	    echo "${PIPESTATUS[0]}"'
	same "$(lines time,src,dst,proto,len 141)" "$output"
}

@test "--proto, --since and --until are further conditions" {
	runs rowpick --proto tls,dns --since 2 \
	    --until 1970-01-01T00:00:04Z --rest rest.csv 'len >= 80' rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(of_rows 2 3)" "$output"
	same "$(of_rows 1 4 5)" "$(cat rest.csv)"
	runs rowpick --count --until 4 'src in 10.0.0.0/8' rows.csv
	same "$(lines picked,rows 3,5)" "$output"
	runs rowpick --since 5 --until 4 'len > 0' rows.csv
	[ "$status" -eq 2 ]
	same 'rowpick: --since is not before --until' "$stderr"
	runs rowpick --since 1 'proto = TLS' <<<$'proto,n\nTLS,1'
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "time" in the header'* ]]
}

@test "a row whose time cannot be read is in no span of time" {
	lines time,src 1.0,a ,b noon,c 3.0,d time,src 2.0,e >odd.csv
	runs rowpick --until 3 --rest rest.csv 'src != REST' odd.csv
	[ "$status" -eq 0 ]
	same "$(lines time,src 1.0,a 2.0,e)" "$output"
	same "$(lines time,src ,b noon,c 3.0,d)" "$(cat rest.csv)"
	same 'rowpick: 2 rows have a cell that the condition cannot read: '\
'they are not picked' "$stderr"
}
