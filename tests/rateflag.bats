#!/usr/bin/env bats
# rateflag: alerts where a rate is not what it usually is.
# shellcheck disable=SC2154  # $stderr is set by runs
# SPDX-License-Identifier: ISC

load helper

HEADER=time,rule,severity,src,dst,proto,value,threshold,window,state,unit,score,why

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	awk -v seed=7 -v days=26 -v each=2 -v events=events \
	    -f "$ROOT/tests/weeks.awk" >weeks.csv
	rateflag weeks.csv >alerts.csv
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# minutes N [VALUE]: a tally of N minutes without a key, of VALUE bytes give or
# take 20.
minutes() {
	awk -v n="$1" -v v="${2-100}" 'BEGIN { print "time,packets,bytes"
	    for (x = 1; i < n; i++) { x = x * 16807 % 2147483647
		printf "%d.000000,1,%d\n", 1704067200 + i * 60, v + x % 41 - 20
	    } }'
}

# flood: minutes of three days, the last three of them ten times as much.
flood() {
	minutes 4320
	minutes 3 1000 | awk -F, -v OFS=, 'NR > 1 { $1 += 259200
	    $1 = sprintf("%d.000000", $1); print }'
}

# found KIND: of the events of a kind, how many have an alert during the event
# or within 20 minutes of it, of how many, and the longest delay in minutes.
found() {
	awk -v kind="$1" '
	    FILENAME ~ /events/ { if ($2 == kind) {
		from[$1] = $3; till[$1] = $4; n++ } next }
	    FNR == 1 { FS = ","; next }
	    $10 == "start" && $6 in from && !($6 in at) && $1 >= from[$6] &&
		$1 < till[$6] + 1200 { at[$6] = ($1 - from[$6]) / 60; hits++
		if (at[$6] > most) most = at[$6] }
	    END { print hits + 0, n, most + 0 }' \
	    "$BATS_FILE_TMPDIR/events" FS=, "$BATS_FILE_TMPDIR/alerts.csv"
}

# false_alarms FROM TILL: alerts for each key and day between these days that no
# event explains.
false_alarms() {
	awk -v first="$1" -v last="$2" '
	    FILENAME ~ /events/ { from[$1] = $3; till[$1] = $4; n++; next }
	    FNR == 1 { next }
	    { day = ($1 - 1704067200) / 86400 }
	    $10 == "start" && day >= first && day < last &&
		($1 < from[$6] || $1 > till[$6] + 10800) { alarms++ }
	    END { printf "%.2f\n", alarms / n / (last - first) }' \
	    "$BATS_FILE_TMPDIR/events" FS=, "$BATS_FILE_TMPDIR/alerts.csv"
}

# bats test_tags=compared
@test "its scores are those of the equations, computed slowly" {
	for bin in 60 300 3600; do
		ratebw --bin "$bin" --by proto "$BATS_FILE_TMPDIR/weeks.csv" |
		    awk -F, '$2 == "OFFICE1" { n++
			printf "%s,%.0f\n", $1, $4 * (n % 211 ? 1 : 1e6) }' >series
		awk -v dt="$bin" -f "$ROOT/tests/usual.awk" series >want
		(echo time,bytes,packets; sed 's/$/,1/' series) |
		    rateflag --scores | tail -n +2 >got
		same "$(wc -l <want)" "$(wc -l <got)"
		# Two decimals of a score; a thousandth of a range.
		run paste -d, want got
		awk -F, 'function far(a, b, d) { return a - b > d || b - a > d }
		    far($5, $10, 0.011) || far($3, $8, 1 + $4 / 1000) ||
			far($4, $9, 1 + $4 / 1000) || $2 != $7 { print; bad++ }
		    $5 >= 2 { high++ }
		    END { exit bad > 0 || high == 0 }' <<<"$output"
	done
}

@test "floods and outages are found within three minutes" {
	read -r hits of most <<<"$(found flood)"
	[ "$hits" -eq "$of" ]
	[ "$of" -ge 3 ]
	[ "$most" -le 2 ]
	read -r hits of most <<<"$(found outage)"
	[ "$hits" -eq "$of" ]
	[ "$of" -ge 2 ]
	[ "$most" -le 2 ]
}

@test "ramps are found within two hours, and more by night at once" {
	read -r hits of most <<<"$(found ramp)"
	[ "$hits" -eq "$of" ]
	[ "$of" -ge 3 ]
	[ "$most" -le 120 ]
	read -r hits of most <<<"$(found night)"
	[ "$hits" -eq "$of" ]
	[ "$of" -ge 2 ]
	[ "$most" -le 10 ]
}

@test "shifts of the level are found, and are usual then" {
	read -r hits of most <<<"$(found shift)"
	[ "$hits" -eq "$of" ]
	[ "$of" -ge 2 ]
	[ "$most" -le 1440 ]
	# A week after it, there is at most an alert every other day.
	awk 'NR == FNR { if ($2 == "shift") from[$1] = $3; next }
	    $10 == "start" && $6 in from && $1 > from[$6] + 2 * 86400 { n++ }
	    END { exit n > 8 }' "$BATS_FILE_TMPDIR/events" FS=, \
	    "$BATS_FILE_TMPDIR/alerts.csv"
}

@test "false alarms are one in five days, and one a day at first" {
	[ "$(false_alarms 0 2)" = 0.00 ]
	awk -v n="$(false_alarms 2 7)" 'BEGIN { exit n > 1.2 }'
	awk -v n="$(false_alarms 7 26)" 'BEGIN { exit n > 0.2 }'
}

# bats test_tags=compared
@test "events of many kinds of series are found, and few false ones" {
	awk -v seed=5 -v events=events -f "$ROOT/tests/series.awk" |
	    rateflag --by proto >alerts.csv
	awk 'FILENAME == "events" { from[$1] = $2; till[$1] = $3; next }
	    FNR == 1 { FS = ","; next }
	    { split($6, kind, "/") }
	    $10 != "start" { next }
	    kind[2] == "none" { n += $1 > 1704067200 + 7 * 86400; next }
	    !($6 in at) && $1 >= from[$6] && $1 < till[$6] + 600 {
		at[$6] = 1; hits[kind[2]]++
		if ($1 - from[$6] > late) late = $1 - from[$6] }
	    END { print hits["flood"], hits["outage"], hits["shift"],
		hits["burst"], hits["reset"], n, late }' \
	    events FS=, alerts.csv >found
	read -r floods outages shifts bursts resets alarms late <found
	# Of eight kinds; a burst or resets come before the last two.
	same '8 8 8' "$floods $outages $shifts"
	[ "$bursts" -ge 7 ]
	[ "$resets" -ge 6 ]
	[ "$late" -le 600 ]
	# Eight keys, 21 days: 0.2 a key and day are 33.
	[ "$alarms" -le 33 ]
}

# resets: minutes of ten days, in which a counter that was reset on the 4th, 6th
# and 8th day made a value of 2^32, and ten times as much comes on the 10th.
resets() {
	minutes 14400 | awk -F, -v OFS=, 'NR > 1 { day = (NR - 2) / 1440
	    if (day == 3.25 || day == 5.5 || day == 7.75) $3 = "4294967296"
	    if (day >= 9.5 && day < 9.51) $3 *= 10 } { print }'
}

@test "a counter that was reset does not hide what comes after" {
	runs rateflag <(resets)
	for at in 1704348000 1704542400 1704736800 1704888000; do
		grep -q "^$at.*,rate-high,.*,start," <<<"$output"
	done
	[ "$(grep -c ,start, <<<"$output")" -le 5 ]
	# The usual range is that of before.
	awk -F, '$1 ~ /^1704888000/ { split($8, r, "-"); exit r[2] > 200 }' \
	    <<<"$output"
}

@test "an alert is a row with the columns of ipflag, and says why" {
	runs rateflag <(flood)
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$HEADER" "${lines[0]}"
	[[ $HEADER == "$(ipflag </dev/null),"* ]]
	same "1704326400.000000,rate-high,medium,,,,1018,62-144,60,start,bytes,\
4.84,all traffic: 136 bit/s at 00:00; usually 8.38 to 19.1 bit/s of late; \
a value of this size in 0 of the last 4320 bins" "${lines[1]}"
	[ ${#lines[@]} -eq 2 ]
	runs rateflag --alerts <(flood)
	[[ $stderr == "2024-01-04T00:00:00Z rate-high (medium): all traffic: 136 bit/s at 00:00; usually "* ]]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
}

@test "a sentence has no number in powers of ten" {
	awk 'BEGIN { print "time,packets,bytes"
	    for (i = 0; i < 400; i++) printf "%d,1,%d\n", i * 60,
		i < 390 ? 100 + i % 3 : 7497000 }' |
	    rateflag --warm-up 5m >got
	# 7497000 bytes a minute are 999.6 kbit/s.
	[[ $(sed -n 2p got) == *": 1000 kbit/s at 06:30; usually "* ]]
}

@test "an incident ends when the rate has been usual for ten bins" {
	(flood; minutes 40 | awk -F, 'NR > 1 { printf "%d.000000,1,%d\n",
	    $1 + 259200 + 180, $3 }') >rows.csv
	runs rateflag rows.csv
	[ ${#lines[@]} -eq 3 ]
	[[ ${lines[2]} == *,rate-high,medium,,,,1018,*,60,end,bytes,*,"all traffic: up to 136 bit/s; as usual again at 00:"* ]]
}

@test "the key is the columns before the sums, or --by" {
	printf '%s\n' time,src,dport,packets,bytes 60.0,192.0.2.1,53,1,10 \
	    60.0,192.0.2.1,443,1,20 60.0,192.0.2.2,53,1,30 120.0,,53,1,1 >t.csv
	runs rateflag --scores t.csv
	same "$(lines time,src,dport,value,low,high,score \
	    60.000000,192.0.2.1,53,10,10,10,0.00 \
	    60.000000,192.0.2.1,443,20,20,20,0.00 \
	    60.000000,192.0.2.2,53,30,30,30,0.00)" \
	    "$(head -n 4 <<<"$output")"
	same 120.000000,,53,1,1,1,0.00 "${lines[-1]}"
	[ ${#lines[@]} -eq 8 ]
	runs rateflag -k src/24 --scores t.csv
	same time,src/24,value,low,high,score "${lines[0]}"
	same 60.000000,192.0.2.0/24,60,60,60,0.00 "${lines[1]}"
	runs rateflag --by dport t.csv
	same "$HEADER,dport" "$output"
	runs rateflag --by vlan t.csv
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "vlan"'* ]]
	runs rateflag --by time t.csv
	[ "$status" -eq 2 ]
}

@test "packet rows are summed in bins" {
	many 2000 700 >packets.csv
	ratebw --bin 1m --by proto packets.csv >tally.csv
	sort -t, -k1,1n packets.csv | grep -v time | sed 1i"$(head -n 1 \
	    packets.csv)" >sorted.csv
	same "$(rateflag --scores --by proto --bin 1m tally.csv | sort)" \
	    "$(rateflag --scores --by proto --bin 1m sorted.csv | sort)"
	runs rateflag --scores --bin 1m sorted.csv
	same "$(ratebw -b 1m packets.csv | tail -n +2 | cut -d, -f1,3)" \
	    "$(tail -n +2 <<<"$output" | cut -d, -f1,2)"
}

@test "--value takes packets, or any column of numbers" {
	printf '%s\n' time,src,hosts,load 60,a,3,0.25 120,a,4,-1.5e1 \
	    180,a,x,1 y,a,1,1 >t.csv
	runs rateflag --value hosts --scores t.csv
	[ "$status" -eq 1 ]
	same "$(lines time,src,value,low,high,score 60.000000,a,3,3,3,0.00)" \
	    "$(head -n 2 <<<"$output")"
	same "$(lines 'rateflag: t.csv:4: bad hosts "x", want a number from -1e18 to 1e18' \
	    'rateflag: t.csv:5: bad time "y", want seconds since the epoch (csvclean reads other forms)')" \
	    "$stderr"
	runs rateflag --value load --by src --scores t.csv
	same 60.000000,a,0.25 "$(cut -d, -f 1-3 <<<"${lines[1]}")"
	same 120.000000,a,-15 "$(cut -d, -f 1-3 <<<"${lines[2]}")"
	runs rateflag --value packets --scores <(minutes 3)
	same 1704067200.000000,1,1,1,0.00 "${lines[1]}"
}

@test "only the last bin may be incomplete, whatever --lateness is" {
	awk 'BEGIN { print "time,k,packets,bytes"
	    for (i = 0; i < 400; i++) {
		if (i < 390) print 60 * i ",a,1," 100 + i % 3
		print 60 * i ",b,1," 100 + i % 3 } }' >t.csv
	rateflag --bin 1m --warm-up 1h t.csv >got
	[[ $(sed 1d got) == 23400.000000,rate-silent,*,start,* ]]
	rateflag --bin 1m --warm-up 1h --lateness 1h t.csv | cmp got -
	[ "$(head -n 782 t.csv | rateflag --bin 1m --warm-up 1h | wc -l)" -eq 1 ]
}

@test "a key that stops is silent, one never seen is new" {
	flood | awk -F, -v OFS=, 'NR == 1 { print "time,proto,packets,bytes"; next }
	    { print $1, "TLS", $2, 100 + NR % 3
	    if (NR < 4300) print $1, "DNS", $2, 100 + NR % 5
	    if (NR > 4310) print $1, "QUIC", $2, 5 }' >t.csv
	runs rateflag t.csv
	same "$(lines rate-silent,medium,,,DNS,0 rate-new,low,,,QUIC,5)" \
	    "$(tail -n +2 <<<"$output" | grep start | cut -d, -f 2-7)"
	[[ $output == *"DNS: silent at 23:38; "* ]]
	[[ $output == *"QUIC: 0.667 bit/s at 23:49; not seen in the 71 hours before"* ]]
}

@test "--warm-up and --sensitivity set when there are alerts" {
	flood >t.csv
	[ "$(rateflag --warm-up 4d t.csv | wc -l)" -eq 1 ]
	[ "$(rateflag --warm-up 1h t.csv | wc -l)" -ge 2 ]
	seldom=$(rateflag --sensitivity 1 "$BATS_FILE_TMPDIR/weeks.csv" |
	    grep -c ,start,)
	often=$(rateflag --sensitivity 20 "$BATS_FILE_TMPDIR/weeks.csv" |
	    grep -c ,start,)
	[ "$seldom" -lt "$(grep -c ,start, "$BATS_FILE_TMPDIR/alerts.csv")" ]
	[ "$often" -gt $((2 * seldom)) ]
	runs rateflag --sensitivity 0 t.csv
	[ "$status" -eq 2 ]
	[ "$stderr" = 'rateflag: bad sensitivity "0", want 1-1000' ]
}

@test "two runs with --state are as one" {
	head -n 150000 "$BATS_FILE_TMPDIR/weeks.csv" >all.csv
	rateflag all.csv >want
	# The first run ends within a bin.
	head -n 100004 all.csv | rateflag --state s >got
	(head -n 1 all.csv; tail -n +100005 all.csv) |
	    rateflag --state s | tail -n +2 >>got
	# An incident of the last bin may be open.
	head -n "$(wc -l <got)" want | cmp - got
	[ "$(wc -l <got)" -ge $(($(wc -l <want) - 1)) ]
	[ "$(wc -l <got)" -gt 40 ]
	[ ! -e s.new ]
	runs rateflag --state s </dev/null
	[ "$status" -eq 0 ]
}

@test "a state of as many keys as there is memory for is continued" {
	awk 'BEGIN { print "time,k,packets,bytes"
	    for (i = 0; i < 60; i++) for (k = 0; k < 40; k++)
		print 60 * i ",key" k ",1," 100 + k + i % 7 }' >all.csv
	rateflag --scores --max-memory 64k all.csv 2>/dev/null >want
	for part in 2,1001 1002,2001 2002,2401; do
		(head -n 1 all.csv; sed -n "${part}p" all.csv) |
		    rateflag --no-header --scores --max-memory 64k --state s
	done 2>err >got
	[[ $(grep -c ' are in REST' err) -eq 3 && $(wc -l <err) -eq 3 ]]
	[ "$(cut -d, -f2 got | sort -u | wc -l)" -lt 40 ]
	sed 1d want | head -n "$(wc -l <got)" | cmp - got
	[ "$(wc -l <got)" -gt 900 ]
	# The keys of a state stay where there is less memory now.
	(head -n 1 all.csv; echo 3600,key0,1,1) |
	    rateflag --scores --max-memory 8k --state s >less
	grep -c '^3540.*,key1,' less
}

@test "a state that does not fit is refused by name" {
	minutes 5 | rateflag --state s
	for options in '--bin 1m' '--value packets' '--zone Asia/Kolkata' \
	    '--by proto'; do
		packets 9 1704067200 60 >rows.csv
		# shellcheck disable=SC2086  # options
		runs rateflag --state s $options rows.csv
		[ "$status" -eq 2 ]
		[[ $stderr == 'rateflag: s: a state of "by  value bytes bin 0 zone UTC0", want "'* ]]
	done
	cp s t
	runs rateflag --state rows.csv t
	[ "$status" -ne 0 ]
	head -c 500 s >short
	runs rateflag --state short <(minutes 3)
	[ "$status" -eq 2 ]
	same 'rateflag: short: a damaged state' "$stderr"
	runs rateflag --state rows.csv <(minutes 3)
	[ "$status" -eq 2 ]
	same 'rateflag: rows.csv: not a state of rateflag' "$stderr"
	runs rateflag --state no/where <(minutes 3)
	[ "$status" -eq 3 ]
	same 'rateflag: no/where: No such file or directory' "$stderr"
}

@test "hours are those of --zone" {
	flood >t.csv
	[[ $(rateflag --zone Asia/Kolkata t.csv) == *" at 05:30; "* ]]
	[[ $(TZ=Asia/Kolkata rateflag t.csv) == *" at 05:30; "* ]]
	[[ $(rateflag --zone CET-1 t.csv) == *" at 01:00; "* ]]
	runs rateflag --zone Nowhere/City t.csv
	[ "$status" -eq 2 ]
	same 'rateflag: bad zone "Nowhere/City", want local or a name such as Europe/Berlin or CET-1CEST' "$stderr"
}

@test "bins are from a second to a day" {
	runs rateflag --bin 0.5 /dev/null
	[ "$status" -eq 2 ]
	same 'rateflag: bad bin "0.5", want 1s to 1d' "$stderr"
	runs rateflag --bin 2d /dev/null
	[ "$status" -eq 2 ]
	same 'rateflag: bad bin "2d", want 1s to 1d' "$stderr"
	for bin in 1 86400; do
		awk -v b=$bin 'BEGIN { print "time,packets,bytes"
		    for (i = 0; i < 400; i++) printf "%d.0,1,%d\n", i * b,
			i < 390 ? 100 + i % 3 : 5000 }' |
		    rateflag --warm-up 5m >got
		[[ $(sed -n 2p got) == *",rate-high,"*",$bin,start,"* ]]
	done
}

@test "late rows, rows without a time and stray rows are counted" {
	printf '%s\n' time,packets,bytes 60.0,1,1 120.0,1,2 60.0,1,4 ,1,8 \
	    99999999.0,1,16 180.0,1,32 >t.csv
	runs rateflag --scores --bin 1m t.csv
	[ "$status" -eq 1 ]
	same "$(lines 'rateflag: 1 row without a time: not evaluated' \
	    'rateflag: 1 row far from the others in time: not evaluated' \
	    'rateflag: 1 late row is counted in the bin that was open (--lateness)')" \
	    "$stderr"
	same "$(lines 60.000000,1 120.000000,6 180.000000,32)" \
	    "$(tail -n +2 <<<"$output" | cut -d, -f1,2)"
	runs rateflag --scores --bin 1m --lateness 1m t.csv
	same "$(lines 60.000000,5 120.000000,2 180.000000,32)" \
	    "$(tail -n +2 <<<"$output" | cut -d, -f1,2)"
}

@test "a key that was seen before the clock went back alarms after" {
	awk 'BEGIN { print "time,packets,bytes"
	    for (i = 0; i < 20; i++) printf "%.0f,1,100\n", 4e9 + 60 * i
	    for (i = 0; i < 400; i++) print 60 * i ",1," \
		(i < 390 ? 100 + i % 3 : 5000) }' |
	    rateflag --bin 1m --warm-up 1h >got 2>err
	same 'rateflag: the times of the rows went back by over an hour 1 time' \
	    "$(cat err)"
	[[ $(sed -n 2p got) == 23400.000000,rate-high,* ]]
}

@test "the order of rows within --lateness does not matter" {
	awk 'BEGIN { print "time,k,packets,bytes"
	    for (i = 0; i < 300; i++) if (i % 40 > 9)
		print 20 * i ",k" i % 7 ",1," i % 90 }' >t.csv
	awk 'NR > 1 { print int((NR + 8) / 10) * 10 + (NR * 7 + 3) % 10, $0 }' \
	    t.csv | sort -n | sed 's/.* //;1s/^/time,k,packets,bytes\n/' >u.csv
	[ "$(sort t.csv | cksum)" = "$(sort u.csv | cksum)" ]
	for bin in 20s 1m 5m; do
		rateflag --scores --bin $bin --lateness 20m t.csv | sort >want
		rateflag --scores --bin $bin --lateness 20m u.csv >got 2>err
		same "" "$(cat err)"
		sort got | cmp want -
	done
}

@test "without --bin, 100 of the bins that the rows tell are far" {
	for step in 59 60 61; do
		awk -v s=$step 'BEGIN { print "time,packets,bytes"
		    for (i = 0; i < 40; i++) print i * s ",1," i "\n" \
			(i == 30 ? 200 * s ",1,99" : "") }' | sed '/^$/d' >t.csv
		runs rateflag --scores t.csv
		same 'rateflag: 1 row far from the others in time: not evaluated' \
		    "$stderr"
		[ "${#lines[@]}" -eq 41 ]
		head -n 20 t.csv | rateflag --state s$step >/dev/null
		runs rateflag --state s$step <(sed 2,20d t.csv)
		[[ $stderr == *': 1 row far from the others in time: '* ]]
	done
	# One row tells nothing: a day later is not far, in one run or two.
	printf '%s\n' time,packets,bytes 0,1,1 86400,1,2 172800,1,3 \
	    259200,1,4 >days.csv
	rateflag --scores days.csv | head -n 4 >want
	(head -n 2 days.csv | rateflag --scores --state s
	sed 2d days.csv | rateflag --no-header --scores --state s) >got
	cmp want got
}

@test "columns that a key has no room for are named" {
	runs rateflag --scores <<<"time,$(seq -s, 16),packets,bytes"
	[ "$status" -eq 0 ]
	same "time,$(seq -s, 15),value,low,high,score" "$output"
	same 'rateflag: stdin: columns from "16" on are not in the key, want at most 15 (--by)' \
	    "$stderr"
}

@test "--max-keys folds further keys into REST" {
	printf '%s\n' time,src,dst,packets,bytes 60.0,a,b,1,1 60.0,c,d,1,2 \
	    60.0,e,f,1,4 60.0,g,h,1,8 >t.csv
	runs rateflag --scores --max-keys 2 t.csv
	[ "$status" -eq 0 ]
	same 'rateflag: --max-keys 2 reached: 2 rows of further keys are in REST' "$stderr"
	same 60.000000,REST,,12,12,12,0.00 "${lines[-1]}"
	[ ${#lines[@]} -eq 4 ]
}

@test "-v prints counts" {
	runs rateflag -v <(minutes 100)
	same 'rateflag: 100 rows read, 1 key, 100 values, 0 incidents' "$stderr"
}

# connections SEED HOURS: packet rows of the SYNs of connections.awk.
connections() {
	echo time,src,dst,proto,len,sport,dport,flags
	awk -v seed="$1" -v hours="$2" -f "$ROOT/tests/connections.awk" |
	    sort -t, -k1,1n
}

# beacons OPTION...: the destinations that c.csv has beacons to.
beacons() {
	rateflag --beacon "$@" c.csv | grep ,start, | cut -d, -f5 | sort -u
}

# bats test_tags=compared
@test "beacons are found, polling and people are not" {
	connections 3 8 >c.csv
	runs rateflag --beacon -v c.csv
	[ "$status" -eq 0 ]
	same "$HEADER,dport" "${lines[0]}"
	[[ $stderr == *" connections, "*" of them to services that are regular, 6 incidents" ]]
	# The first at its 16th connection, with the step as the window.
	same "1704067229.988455,beacon,low,10.0.0.3,192.0.2.1,,16,16,1.995,\
start,connections,,from 10.0.0.3 to 192.0.2.1 port 443: a connection every 2 s \
give or take 0 %; 16 in 29.9 s,443" "${lines[1]}"
	for seed in 4 5; do
		same "$(lines 192.0.2.0 192.0.2.1 192.0.2.10 192.0.2.15 \
		    192.0.2.20 192.0.2.5)" "$(beacons)"
		connections "$seed" 24 >c.csv
	done
}

@test "--jitter, --least, --span and --allow limit beacons" {
	connections 3 8 >c.csv
	same "$(lines 192.0.2.0 192.0.2.1)" "$(beacons --jitter 1)"
	same "$(lines 192.0.2.1 192.0.2.15)" "$(beacons --span 5m)"
	same 32 "$(rateflag --beacon --least 32 c.csv | sed -n 2p |
	    cut -d, -f7)"
	printf '%s\n' '# ours' '443 the portal asks for news' \
	    'HTTP	too' >allowed
	same "$(lines 192.0.2.10 192.0.2.15 192.0.2.20)" \
	    "$(beacons --allow allowed)"
	# Names are folded; all of these are SYNs.
	echo 'tcp all' >tcp
	same "" "$(beacons --allow tcp)"
	echo 80 >>allowed
	runs rateflag --beacon --allow allowed c.csv
	[ "$status" -eq 2 ]
	same 'rateflag: allowed:4: bad service "80", want a protocol or a port, and a reason' "$stderr"
	runs rateflag --beacon --allow nowhere c.csv
	same '2||rateflag: nowhere: No such file or directory' \
	    "$status|$output|$stderr"
	for option in --scores --bin=1m --by=src --lateness=1s --sensitivity=1 \
	    --value=packets --warm-up=1d --zone=UTC; do
		runs rateflag --beacon $option c.csv
		[ "$status" -eq 2 ]
		[[ $stderr == rateflag:*"${option%=*}"* ]]
	done
	for option in --allow=allowed --jitter=5 --least=9 --span=1d; do
		[[ $option != --allow* ]] || echo 'HTTP too' >allowed
		runs rateflag $option c.csv
		[ "$status" -eq 2 ]
		same 'rateflag: --allow, --jitter, --least and --span need --beacon' "$stderr"
	done
	runs rateflag --beacon --max-keys 9 c.csv
	[[ $stderr == *"--max-keys 9 reached: "*" connections of further pairs were not evaluated" ]]
}

@test "beacons go on from --state as if the runs were one" {
	connections 3 8 | sed 's/192[.]0[.]2[.]20/2001:db8::20/' >c.csv
	rateflag --beacon --state one c.csv >want
	[ "$(grep -c ,start, want)" -eq 6 ]
	grep -q ,2001:db8::20, want
	for part in 0 1 2 3 4 5; do
		awk -v part=$part 'NR == 1 || int(NR / 800) == part ||
		    (part == 5 && NR / 800 > part)' c.csv |
		    rateflag --beacon --state s
	done | awk 'NR == 1 || !/^time/' >got
	cmp want got
	cmp one s
	# Without an end, what is open goes on.
	[ "$(grep -c ,end, want)" -lt 6 ]
}

@test "a state of beacons that does not fit is refused by name" {
	connections 3 1 >c.csv
	rateflag --beacon --state s c.csv >/dev/null
	for options in '-p TCP' '-p UDP'; do
		# shellcheck disable=SC2086  # options
		runs rateflag --beacon --state s $options c.csv
		[ "$status" -eq 2 ]
		[[ $stderr == 'rateflag: s: a state of "connections", want "connections proto '* ]]
	done
	head -c 500 s >short
	runs rateflag --beacon --state short c.csv
	[ "$status" -eq 2 ]
	same 'rateflag: short: a damaged state' "$stderr"
	runs rateflag --beacon --state s --max-keys 2 c.csv
	[ "$status" -eq 2 ]
	same 'rateflag: s: a state of more pairs than --max-keys' "$stderr"
	minutes 3 | rateflag --state rates
	runs rateflag --beacon --state rates c.csv
	[ "$status" -eq 2 ]
	same 'rateflag: rates: not a state of rateflag --beacon' "$stderr"
	runs rateflag --state s <(minutes 3)
	[ "$status" -eq 2 ]
	same 'rateflag: s: not a state of rateflag' "$stderr"
	runs rateflag --beacon --state no/where c.csv
	[ "$status" -eq 3 ]
}

@test "flow rows are connections, in the order in which they ended" {
	awk 'BEGIN { print "time,end,src,dst,proto,dport,packets,bytes," \
		"packets_back,bytes_back"
	    for (i = 0; i < 20; i++) {
		t = 1704067200 + 60 * (i - i % 2 + (i + 1) % 2)
		printf "%d.0,%d.0,10.0.0.1,192.0.2.9,TLS,443,5,500,2,200\n",
		    t, t + 90 } }' >f.csv
	runs rateflag --beacon f.csv
	[ "$status" -eq 0 ]
	[[ ${lines[1]} == *,beacon,low,10.0.0.1,192.0.2.9,,16,16,60,start,* ]]
	# The parts of a long flow are one connection.
	runs rateflag --beacon <(awk -F, -v OFS=, '{ print $0, NR == 1 ? \
	    "part" : NR - 1 }' f.csv)
	[ "$status" -eq 0 ]
	[ ${#lines[@]} -eq 1 ]
	awk 'BEGIN { print "time,src,dst,proto,len,sport,dport"
	    for (i = 0; i < 100; i++)
		print i ".0,10.0.0.1,192.0.2.9,TLS,9,5000,443" }' |
	    flowbw --active 10s >l.csv
	runs rateflag --beacon --least 4 l.csv
	[ "$status" -eq 0 ]
	[ ${#lines[@]} -eq 1 ]
	# What a row lacks is said in words.
	runs rateflag --beacon --least 4 <(echo time,src,dst,proto,len,dport,flags
	    seq -f %.1f,,192.0.2.9,TLS,9,,S 0 10 400)
	[[ ${lines[1]} == *",from none to 192.0.2.9: a connection every 10 s "* ]]
	# Those of flowbw are as regular as the SYNs.
	connections 3 8 | awk -F, -v OFS=, '{ print $0, NR == 1 ? "ip_proto" : \
	    $4 == "TCP" ? 6 : 17 }' >c.csv
	want=$(beacons)
	flowbw c.csv >flows.csv
	mv flows.csv c.csv
	same "$want" "$(beacons)"
	runs rateflag --beacon <(sed 's/packets_back/other/' f.csv)
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "flags"'* ]]
}

@test "every form of a table is read" {
	minutes 200 >t.csv
	want=$(rateflag --scores t.csv)
	same "$want" "$(sed 's/$/\r/' t.csv | rateflag --scores)"
	same "$want" "$(head -c -1 t.csv | rateflag --scores)"
	same "$want" "$(gzip -c t.csv >t.gz; rateflag --scores t.gz)"
	same "$want" "$(sed "99r /dev/fd/3" t.csv 3< <(head -n 1 t.csv) |
	    rateflag --scores)"
	same "$want" "$(dd if=t.csv bs=7 status=none | rateflag --scores)"
	same "$want" "$(LC_ALL=de_DE.UTF-8 rateflag --scores t.csv)"
	runs rateflag </dev/null
	[ "$status" -eq 0 ]
	same "$HEADER" "$output"
	runs rateflag --scores --by proto <<<time,proto,packets,bytes
	same time,proto,value,low,high,score "$output"
	runs rateflag <(sed '9s/.*/x,y,z/' t.csv)
	[ "$status" -eq 1 ]
	[[ $stderr == *':9: bad bytes "z", want 0-9223372036854775807' ]]
	runs rateflag <<<src,dst
	[ "$status" -eq 3 ]
}

@test "an alert is written when its bin is over" {
	mkfifo in out
	timeout 120 rateflag <in >out 3>&- &
	exec 8>in 9<out
	flood | head -n 4323 >&8
	read -r line <&9
	same "$HEADER" "$line"
	read -r line <&9
	[[ $line == 1704326400.000000,rate-high,* ]]
	exec 8>&-
	cat <&9 >/dev/null
}

@test "a full disk is an error, a closed pipe ends it" {
	minutes 9 >t.csv
	runs bash -c 'rateflag t.csv >/dev/full'
	[ "$status" -eq 3 ]
	same 'rateflag: stdout: write: No space left on device' "$stderr"
	mkfifo in
	exec 9<>in
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'rateflag <in | true; echo "${PIPESTATUS[0]}"'
	exec 9>&-
	[ "$output" = 141 ]
	[ "$stderr" = "" ]
}

@test "its alerts are sentences everywhere" {
	rateflag <(flood) >a.csv
	# shellcheck disable=SC2016  # of awk
	runs awk -F, -f "$ROOT/scripts/lib/alert.awk" -f <(echo '
	    NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
	    { for (i in name) cell[name[i]] = $i
	    print alert_sentence(cell) }') a.csv
	[[ $output == "rate-high (medium): all traffic: 136 bit/s at 00:00; usually "*" of the last 4320 bins" ]]
}

@test "--proto, --since and --until read some of the rows" {
	minutes 9 | awk -F, -v OFS=, 'NR == 1 { print "time,proto,packets,bytes"
	    next } { print $1, "TLS", $2, $3; print $1, "DNS", 1, 1 }' >t.csv
	runs rateflag --scores --proto tls --since 1704067260 \
	    --until 2024-01-01T00:03:00Z t.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(awk -F, 'NR > 1 && NR % 2 == 0 && $1 > 1704067200 &&
	    $1 < 1704067380 { print $1 "," $2 "," $4 }' t.csv)" \
	    "$(cut -d, -f1-3 <<<"$output" | sed 1d)"
	sed 's/packets,bytes/x,load/' t.csv >load.csv
	echo noon,TLS,1,1 >>load.csv
	runs rateflag --scores --value load --proto dns --since 1 load.csv
	[ "$status" -eq 1 ]
	same DNS,9 "$(cut -d, -f2 <<<"$output" | sed 1d | uniq -c |
	    awk '{ print $2 "," $1 }')"
	[[ $stderr == *'load.csv:20: bad time "noon", want seconds since '* ]]
}

@test "a state of some protocols is not continued with others" {
	runs rateflag --proto DNS,TLS --state state <(minutes 9 |
	    sed 's/,.*/,TLS&/; 1s/.*/time,proto,packets,bytes/')
	[ "$status" -eq 0 ]
	for list in TLS ''; do
		runs rateflag ${list:+--proto $list} --state state <(minutes 9 |
		    sed 's/,.*/,TLS&/; 1s/.*/time,proto,packets,bytes/')
		[ "$status" -eq 2 ]
		[[ $stderr == 'rateflag: state: '* ]]
	done
	runs rateflag --proto tls,dns --state state <(minutes 9 |
	    sed 's/,.*/,TLS&/; 1s/.*/time,proto,packets,bytes/')
	[ "$status" -eq 0 ]
}

@test "--time writes the times of alerts, scores and beacons for people" {
	flood >flood.csv
	runs rateflag --time iso flood.csv
	same "$(rateflag flood.csv | sed 1d | cut -d, -f1 |
	    while read -r t; do date -u -d "@$t" +%FT%T.%6NZ; done)" \
	    "$(sed 1d <<<"$output" | cut -d, -f1)"
	[ "${#lines[@]}" -gt 1 ]
	same "$(rateflag flood.csv | sed 1d)" "$(rateflag --no-header flood.csv)"
	same "$(rateflag --scores flood.csv | sed 1d)" \
	    "$(rateflag --scores --no-header flood.csv)"
	same '2024-01-01 01:00:00' "$(minutes 2 | TZ=CET-1 rateflag --scores \
	    -t sheet | sed -n 2p | cut -d, -f1)"
	awk 'BEGIN { print "time,src,dst,proto,len,dport,flags"
	    for (; i < 30; i++) printf "%d.5,192.0.2.1,192.0.2.9,TCP,60,99,S\n",
		1704067200 + 600 * i }' >beacon.csv
	runs rateflag --beacon --time iso --until 1704080000 beacon.csv
	[ "$status" -eq 0 ]
	[[ ${lines[1]} == 2024-01-01T??:?0:00.500000Z,beacon,low,192.0.2.1,* ]]
	same "$(sed 1d <<<"$output")" "$(rateflag --beacon --time iso \
	    --until 1704080000 --no-header beacon.csv)"
}
