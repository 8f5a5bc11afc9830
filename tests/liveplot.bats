#!/usr/bin/env bats
# liveplot: the last seconds of traffic as a picture that is redrawn.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	unset NO_COLOR
	# Two protocols, one row without addresses, spikes at 12 and 31.
	awk 'BEGIN { print "time,src,dst,proto,len,alert"
	    for (i = 0; i < 40; i++)
	        printf "%d.25,10.0.0.%d,10.0.0.9,%s,%d,\n", i, i % 3,
	            i % 4 ? "TLS" : "DNS", i == 12 || i == 31 ? 3000 : 100 + i
	    print "40.5,,,ARP,42," }' >rows.csv
}

# tables ARG...: the tables of a replay as gnuplot prints them.
tables() {
	liveplot --replay --rows --terminal svg "$@" | gnuplot |
	    awk '/^#picture/ { hide = 1 } /^#end/ { hide = 0 } !hide'
}

# table N NAME: one table of frame N, from tables on stdin.
table() {
	awk -v n="$1" -v name="#$2" '$0 == "#frame " n { on = 1 }
	    $0 == "#end " n { on = 0 }
	    /^#/ { mine = on && $0 == name; next }
	    mine && $0 != ""'
}

@test "a replay draws a frame every 5 s of its time, and a last one" {
	runs tables rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	[ "$(grep -c '^#end' <<<"$output")" -eq 8 ]
	same "#frame 1 #frame 2 #frame 3 #frame 4 #frame 5 #frame 6 #frame 7 \
#frame 8" "$(grep '^#frame' <<<"$output" | paste -sd ' ')"
	# Frames close at 5, 10 ... 35, the last with the newest row.
	same "5.000000 10.000000 15.000000 20.000000 25.000000 30.000000 \
35.000000 41.000000" "$(awk -F, 'last ~ /^from/ { print $2 } { last = $0 }' \
	    <<<"$output" | paste -sd ' ')"
}

@test "a replay ends where time does" {
	local late
	for late in 1 0; do
		same 10 "$(printf '%s\n' time,len 9223371990,1 \
		    9223372036.854775807,2 | TZ=Asia/Kathmandu liveplot \
		    --replay --rows --lateness $late |
		    head -c 1000000 | grep -c '^print .#end')"
	done
}

@test "a frame's tables are the sums of awk over its window" {
	tables rows.csv >out
	same "$(awk -F, 'BEGIN { print "time,packets,bytes,spike,alerts" }
	    FNR > 1 && $1 >= 5 && $1 < 35 { n[int($1)]++; b[int($1)] += $5 }
	    END { for (t = 5; t < 35; t++)
	        printf "%d.000000,%d,%d,%d,0\n", t, n[t], b[t], (b[t] > 2000) }' \
	    rows.csv)" "$(table 7 rate <out)"
	same "$(awk -F, 'FNR > 1 && $1 >= 5 && $1 < 35 { n[$4]++; b[$4] += $5 }
	    END { for (p in n) printf "%s,%d,%d,0,1,0\n", p, n[p], b[p] }' \
	    rows.csv | sort -t, -k2,2nr)" "$(table 7 protocols <out | tail -n +2)"
	# from, to, packets, bytes, rate, peak, sources, flagged, newest.
	same "$(awk -F, 'FNR > 1 && $1 >= 5 && $1 < 35 { n++; b += $5
	        if ($5 > top) top = $5 }
	    END { printf "5.000000,35.000000,%d,%d,%d,%d,3,0", n, b, 134, top }' \
	    rows.csv)" "$(table 7 totals <out | tail -n 1 | cut -d, -f1-8)"
}

@test "before the first row there is a gap, no zero, and it is said" {
	tables rows.csv >out
	# Frame 2 ends at 10 s; the first row is of 0.25 s.
	same "$(awk -F, 'BEGIN { for (t = -20; t < 0; t++)
	        printf "%d.000000,,,,\n", t }')" \
	    "$(table 2 rate <out | tail -n +2 | head -n 20)"
	same "$(awk -F, 'FNR > 1 && $1 < 10 { printf "%d.000000,1,%d,0,0\n",
	    $1, $5 }' rows.csv)" "$(table 2 rate <out | tail -n +22)"
	same "0.250000,9.750000" "$(table 2 totals <out | tail -n 1 |
	    cut -d, -f12,13)"
	same "0.250000,30.000000" "$(table 7 totals <out | tail -n 1 |
	    cut -d, -f12,13)"
	liveplot --replay --terminal svg rows.csv >pictures
	same "pktpipe   4 s of the last 30 s
pktpipe   9 s of the last 30 s
pktpipe   14 s of the last 30 s
pktpipe   19 s of the last 30 s
pktpipe   24 s of the last 30 s
pktpipe   29 s of the last 30 s
pktpipe   last 30 s
pktpipe   last 30 s" "$(grep -o "pktpipe  *[^']*last 30 s" pictures)"
	# Longer spans are in other units: these packets cover 39.5 s.
	for span in '90s/30s/last 90 s' '150s/30s/last 2 min 30 s' \
	    '1h/1s/last 1 h' '25h/1h/last 1 d 1 h' '366d/1d/last 366 d'; do
		IFS=/ read -r window bin words <<<"$span"
		same "$words" "$(liveplot --replay --terminal svg --window "$window" \
		    --bin "$bin" rows.csv | sed -n \
		    "s/.*'pktpipe   [0-9]* s of the \\(last [^']*\\)'.*/\\1/p" |
		    head -n 1)"
	done
	# The pictures in which a second has no data say so.
	same 5 "$(grep -c "'no data'" pictures)"
	tables --begin -100 rows.csv >out
	same "30.000000 0" "$(table 2 totals <out | tail -n 1 |
	    cut -d, -f13) $(table 2 rate <out | grep -c ',,')"
}

@test "while no capture ran there is a gap, and the mean knows" {
	grep -v '^1[0-9]' rows.csv >cut.csv
	printf '%s\n' -5,on 9.5,off nonsense 20,on >ran
	tables --captured ran cut.csv >out
	same "$(seq -f '%g.000000,,,,' 10 19)" "$(table 7 rate <out |
	    grep ',,,')"
	same 19.500000 "$(table 7 totals <out | tail -n 1 | cut -d, -f13)"
	# Without the file, or in a second with a row, it is zero as ever.
	tables --captured missing cut.csv >out
	same 0 "$(table 7 rate <out | grep -c ',,,')"
	tables --captured ran rows.csv >out
	same 0 "$(table 7 rate <out | grep -c ',,,')"
	# It has not come back: no rate is known now.
	sed '$d' ran >down
	tables --captured down cut.csv >out
	same ",9.250000" "$(table 4 totals <out | tail -n 1 | cut -d, -f5,13)"
}

@test "the tables and the pictures come in order on one stream" {
	liveplot --replay --rows --split --panels rate,protocols --terminal svg \
	    rows.csv | gnuplot >out
	same "#frame 1 #totals #protocols #rate #sources #picture rate <svg \
#picture protocols <svg #end 1 #frame 2" \
	    "$(grep -oE '^(#.*|<svg)' out | head -n 11 | paste -sd ' ')"
	[ "$(grep -c '^</svg>' out)" -eq 16 ]
	grep -q 'id="rate_plot_1"' out
	# By default, each panel that has data.
	liveplot --replay --split --talkers sources --terminal svg --rows \
	    rows.csv >out
	same "rate protocols sources talkers" "$(sed -n \
	    "s/^print '#picture \(.*\)'/\1/p" out | head -n 4 | paste -sd ' ')"
	liveplot --replay --split --terminal svg --rows rows.csv >out
	same "rate protocols sources rate" "$(sed -n \
	    "s/^print '#picture \(.*\)'/\1/p" out | head -n 4 | paste -sd ' ')"
}

@test "--proto filters what is drawn and counted, not what is listed" {
	tables --proto dns rows.csv >out
	same "$(awk -F, '$4 == "DNS" && $1 >= 5 && $1 < 35 { n++; b += $5 }
	    END { printf "%d,%d", n, b }' rows.csv)" \
	    "$(table 7 totals <out | tail -n 1 | cut -d, -f3,4)"
	same "TLS,0 DNS,1" "$(table 7 protocols <out | tail -n +2 |
	    cut -d, -f1,5 | paste -sd ' ')"
	same "1 0" "$(table 7 rate <out | awk -F, '$1 == 8 || $1 == 31 {
	    print $2 }' | paste -sd ' ')"
	liveplot --replay --proto dns rows.csv | gnuplot >picture
	grep -q DNS picture
	! grep -q TLS picture || false
}

@test "a chosen protocol is listed before it has packets" {
	runs tables --proto NTP,DNS rows.csv
	same "$(awk -F, '$1 >= 5 && $1 < 35 { n[$4]++; b[$4] += $5 }
	    END { printf "TLS,%d,%d,0,0,0 DNS,%d,%d,0,1,0 NTP,0,0,0,1,0",
	    n["TLS"], b["TLS"], n["DNS"], b["DNS"] }' rows.csv)" \
	    "$(table 7 protocols <<<"$output" | tail -n +2 | paste -sd ' ')"
}

# suspicious PROTOCOL N: whether N packets of it among 100 are, 1 or 0.
suspicious() {
	printf '%s\n' time,proto,packets,bytes "1,$1,$2,0" \
	    "1,TLS,$((100 - $2)),0" | liveplot --replay --rows |
	    sed -n "s/^print '$1,$2,0,\([01]\),1,0'$/\1/p"
}

@test "a protocol is suspicious above its share in the report's table" {
	local proto percent n=0

	while read -r proto percent _; do
		[[ $proto != '#' ]] || continue
		same "$proto 1" "$proto $(suspicious "$proto" $((percent + 1)))"
		[ "$percent" -eq 0 ] ||
		    same "$proto 0" "$proto $(suspicious "$proto" "$percent")"
		n=$((n + 1))
	done <"$ROOT/scripts/report/suspicious.tsv"
	[ $n -ge 10 ]
	same 0 "$(suspicious DNS 99)"
}

@test "sources with an alert are listed, the newest first" {
	cat >tagged.csv <<-'EOF'
	time,src,dst,proto,len,alert
	1.5,10.0.0.1,10.0.0.9,TCP,60,port-scan
	2.5,10.0.0.9,10.0.0.1,TCP,60,
	3.5,10.0.0.1,10.0.0.8,TCP,60,port-scan|src-rate
	3.6,10.0.0.1,10.0.0.8,ICMP,60,src-rate
	4.5,10.0.0.7,10.0.0.9,DNS,60,
	5.5,fe80::1,ff02::1,ICMPV6,60,flood
	6.5,10.0.0.9,10.0.0.2,TCP,60,flood
	EOF
	tables tagged.csv >out
	same "src,proto,packets,rule,first,last
10.0.0.9,TCP,1,flood,6.500000,6.500000
fe80::1,ICMPV6,1,flood,5.500000,5.500000
10.0.0.1,TCP,2,port-scan|src-rate,1.500000,3.500000
10.0.0.1,ICMP,1,src-rate,3.600000,3.600000" \
	    "$(table 2 sources <out)"
	# Of the seconds and of the protocols, the packets that have an alert.
	same "1.000000,1 3.000000,2 5.000000,1 6.000000,1" "$(table 2 rate \
	    <out | awk -F, 'NR > 1 && $5 > 0 { print $1 "," $5 }' |
	    paste -sd ' ')"
	same "TCP,3 DNS,0 ICMP,1 ICMPV6,1" "$(table 2 protocols <out |
	    tail -n +2 | cut -d, -f1,6 | paste -sd ' ')"
	# One is there with two protocols.
	same 3 "$(table 2 totals <out | tail -n 1 | cut -d, -f8)"
	tables --top 1 tagged.csv >out
	same "10.0.0.9,TCP" "$(table 2 sources <out | tail -n +2 | cut -d, -f1,2)"
	# Ten minutes later they are out of the window.
	echo "606,10.0.0.7,10.0.0.9,DNS,60," >>tagged.csv
	tables --refresh 100s tagged.csv >out
	same "src,proto,packets,rule,first,last" "$(table 7 sources <out)"
}

@test "--red alerts: red is what has an alert, whatever its share or rate" {
	printf '%s\n' time,src,dst,proto,len,alert \
	    1.5,10.0.0.1,10.0.0.9,TLS,60,sweep \
	    2.5,10.0.0.1,10.0.0.9,TELNET,9000, >red.csv
	liveplot --replay --terminal svg --size 900x500 --spike 2000 red.csv \
	    >limits.gp
	liveplot --replay --terminal svg --red alerts red.csv >alerts.gp
	# The curve: x, y, the base, the colour, y again if it is red.
	same "0x4477AA 0xCC3311" "$(awk 'NF == 5 && /^[0-9]/ { print $4 }' \
	    limits.gp | paste -sd ' ')"
	same "0xCC3311 0x4477AA" "$(awk 'NF == 5 && /^[0-9]/ { print $4 }' \
	    alerts.gp | paste -sd ' ')"
	# The names of the protocols.
	same "'TELNET' 'TLS'" "$(grep -oE "'(TLS|TELNET)'.* tc rgb 0xCC3311" \
	    limits.gp alerts.gp | sed 's/.*:\(.*'"'"'\) at.*/\1/' | paste -sd ' ')"
	grep -q "'red above 2 kB/s   UTC'" limits.gp
	liveplot --replay --terminal svg --red alerts --spike 5000 red.csv >both
	grep -q "'red: alerts, above 5 kB/s   UTC'" both
	same "0xCC3311 0xCC3311" "$(awk 'NF == 5 && /^[0-9]/ { print $4 }' \
	    both | paste -sd ' ')"
	same 2 "$(grep -cE "'red: alerts(   UTC)?'" alerts.gp)"
	# The dashed line of the limit is not drawn.
	same "1 0" "$(grep -c 'dt 2$' limits.gp) $(grep -c 'dt 2$' alerts.gp)"
	runs liveplot --red some red.csv
	[ "$status" -eq 2 ]
	[[ $stderr == *"bad red \"some\", want one of alerts, limits"* ]]
	runs liveplot --speed 2 red.csv
	[ "$status" -eq 2 ]
	same 'liveplot: --speed needs --replay' "$stderr"
}

@test "--where counts the rows that meet it; the others move the clock" {
	tables --where 'src = 10.0.0.1 and proto = tls' rows.csv >out
	# From, to, packets, bytes; the data begin with the first row of all.
	same "$(awk -F, '$2 == "10.0.0.1" && $4 == "TLS" && $1 >= 5 && $1 < 35 {
	    n++; b += $5 } END { printf "5.000000,35.000000,%d,%d 0.250000",
	    n, b }' rows.csv)" "$(table 7 totals <out | tail -n 1 |
	    awk -F, '{ print $1 "," $2 "," $3 "," $4, $12 }')"
	same TLS "$(table 7 protocols <out | tail -n +2 | cut -d, -f1)"
	# A second without such rows is no gap.
	same 0 "$(table 7 rate <out | grep -c ',,,')"
	# Flagged sources are those of the rows.
	printf '%s\n' time,src,dst,proto,len,alert 1,10.0.0.1,x,TLS,1,scan \
	    2,10.0.0.2,x,TLS,1,scan >two.csv
	same 10.0.0.2 "$(tables --where 'src = 10.0.0.2' two.csv |
	    table 1 sources | tail -n +2 | cut -d, -f1)"
	runs liveplot --where 'src = ' rows.csv
	[ "$status" -eq 2 ]
	[[ $stderr == *'bad condition "src = " at 7: want a value'* ]]
	runs liveplot --where 'port = 1' rows.csv
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "port"'* ]]
}

@test "hostile names are only text to gnuplot, CSV and SVG" {
	# shellcheck disable=SC2016  # nothing here may be expanded
	printf '%s\n' time,src,dst,proto,len,alert \
	    '1,`touch a`,x,"b""`touch b`",1,"c`touch c`|$(touch d)"' \
	    "1,'.system('touch e').',x,'\`touch f\`,1,EOD" \
	    '1,"EOD
touch",y,<script>alert(1)</script>,1,"#end 1"' \
	    '1,\\033[2J@x,y,=1+1,1,<b>' >evil.csv
	tables evil.csv >out
	same "evil.csv out rows.csv" "$(echo *)"
	! grep -q '[`<>$"]' out || false
	same "?script?alert?1??/scrip" "$(table 1 protocols <out |
	    awk -F, '/script/ { print $1 }')"
	[ "$(grep -c '^#end' out)" -eq 1 ]
	# 23 bytes of a name are kept.
	liveplot --replay --terminal svg \
	    --title "it's \`touch g\` <b> \$(touch h) \"" evil.csv | gnuplot >x
	[ ! -e g ]
	[ ! -e h ]
	grep -qF "it's \`touch g\` &lt;b>" x
	! grep -q '<script' x || false
	runs liveplot --title 'a\033' rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
}

@test "a title of any printable characters is shown as it is" {
	local titles title t

	# shellcheck disable=SC2016  # nothing here may be expanded
	titles=("it's" "''" "'a" "a'" "''''" "a''b" "'; print 'x"
	    "'.system('touch g').'" 'a "q" b' '"' '`touch g`' '$(touch g)'
	    '{/Bold x}_a^b' '{' '}{' '@g &g ~g' '%s %n %' '#' ';' '!touch g')
	for t in dumb svg; do
		# One gnuplot draws them all.
		for title in "${titles[@]}"; do
			liveplot --replay --terminal $t --title "$title" rows.csv
		done >commands
		gnuplot commands >pictures 2>err </dev/null
		[ ! -s err ] || { cat err; false; }
		[ ! -e g ]
		same "$(lines "${titles[@]}")" "$(sed -nE \
		    's/.*(\[1m|preserve">)(.*)   last 30 s.*/\2/p' pictures |
		    sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' | uniq)"
	done
	for title in $'a\\' $'a\nb' $'a\tb' $'\e[2J' $'caf\303\251'; do
		runs liveplot --title "$title" rows.csv
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr = *"want printable ASCII without backslashes" ]]
	done
}

@test "gnuplot draws on every terminal without a word" {
	local t

	for t in dumb svg pngcairo sixelgd; do
		liveplot --replay --terminal $t rows.csv >commands
		gnuplot commands >picture 2>err
		[ -s picture ] && [ ! -s err ] || { cat err; false; }
		liveplot --terminal $t </dev/null >commands
		gnuplot commands >picture 2>err
		[ -s picture ] && [ ! -s err ] || { cat err; false; }
	done
}

@test "windows have one plot a frame and do not take the focus" {
	local t

	for t in qt wxt x11; do
		runs liveplot --replay --terminal $t --size 640x400 rows.csv
		[ "$status" -eq 0 ]
		[[ $output == *"set term $t size 640,400 noraise "* ]]
		# Only x11 and wxt have a background of their own.
		[[ $output != *background* ]]
		same 0 "$(grep -c 'behind fc' <<<"$output")"
		same 8 "$(grep -c '^plot' <<<"$output")"
		! grep -q multiplot <<<"$output" || false
		runs liveplot --replay --terminal $t --title "it's" --dark \
		    rows.csv
		[[ $output == *"title 'it?s'"* ]]
		same 8 "$(grep -c 'behind fc' <<<"$output")"
	done
}

@test "a window stays till it is closed, which ends gnuplot" {
	local t

	for t in qt wxt x11; do
		runs liveplot --replay --terminal $t rows.csv
		same 1 "$(grep -c "^bind 'Close' 'exit gnuplot'" <<<"$output")"
		same 'pause mouse close' "$(tail -n 1 <<<"$output")"
	done
	runs liveplot --replay --terminal svg rows.csv
	[[ $output != *bind* && $output != *pause* ]]
}

@test "SVG has a clear background and shows red where it spikes" {
	liveplot --replay --terminal svg rows.csv | gnuplot >x
	! grep -q '<rect.*fill="#' x || false
	grep -q 'rgb(204,  51,  17)' x
	liveplot --replay --terminal svg --spike 5000 rows.csv | gnuplot >x
	! grep -q "<use.*gpPt6.*rgb(204" x || false
	liveplot --replay --terminal svg --dark rows.csv | gnuplot >x
	grep -q 'rgb(255, 107,  87)' x
}

@test "the terminal is redrawn in place, without a form feed's line" {
	liveplot --replay --terminal dumb --size 80x24 rows.csv | gnuplot >x
	# Cleared once; each frame starts at home and has no line too many.
	same 1 "$(grep -ac $'\e\\[2J' x)"
	same 8 "$(grep -ao $'\e\\[H' x | wc -l)"
	# Its 21 lines but the last end with a newline.
	same 20 "$(awk '/\033\[H/ { n++ } n == 1 { lines++ } n == 2 { exit }
	    END { print lines - 1 }' x)"
	grep -qa $'\e\\[38;5;' x
	NO_COLOR=1 liveplot --replay --terminal dumb rows.csv | gnuplot >x
	! grep -qa $'\e\\[[0-9;]*m' x || false
}

@test "sixels fit the terminal, are redrawn in place and end below" {
	# 80x24 cells of 8x17 pixels, then of none that it tells; TIOCSWINSZ.
	cat >tty.pl <<'EOF'
open my $t, "+<", "/dev/tty" or die;
ioctl $t, 0x5414, pack "S4", 24, 80, @ARGV or die;
EOF
	draw='liveplot --replay --terminal sixelgd rows.csv'
	script -qec "perl tty.pl 640 408; $draw >small
		perl tty.pl 1999 1999; $draw >large
		perl tty.pl 0 0; $draw >unknown" /dev/null
	# 23 lines of 17 are 391 pixels, of which 65 bands of 6 are 390.
	same "set term sixelgd size 640,390" \
	    "$(grep -o 'set term sixelgd size [0-9,]*' small)"
	# 80 columns of 24 are 1920, where terminals show 1000 at the most.
	same "set term sixelgd size 1000,996" \
	    "$(grep -o 'set term sixelgd size [0-9,]*' large)"
	same "set term sixelgd size 800,450" \
	    "$(grep -o 'set term sixelgd size [0-9,]*' unknown)"
	gnuplot small >x
	same 1 "$(grep -ao $'\e\\[2J' x | wc -l)"
	same 8 "$(grep -ao $'\e\\[H' x | wc -l)"
	same 8 "$(grep -ac $'\eP' x)"
	# Cleared before the first; the cursor is below the last.
	same $'\e[2J\n\e[H' "$(head -c 8 x)"
	same 1b5c0a "$(tail -c 3 x | od -An -tx1 | tr -d ' ')"
	# Not where it is no terminal's.
	liveplot --replay --terminal sixelgd -o f rows.csv >x
	! grep -q '2J' x || false
}

# contrast < CODES - of the terminal's colours with white and with black, the
# least, as WCAG 2.1 counts it; the colours are xterm's cube of 16 to 231.
contrast() {
	awk 'function light(v) {
		v = (v ? 55 + 40 * v : 0) / 255
		return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ^ 2.4
	}
	{ n = $1 - 16
	  if (n < 0 || n > 215) { print $1 ": not in the cube"; next }
	  l = 0.2126 * light(int(n / 36))
	  l += 0.7152 * light(int(n / 6) % 6) + 0.0722 * light(n % 6)
	  least = 1.05 / (l + 0.05)
	  if (least > (l + 0.05) / 0.05)
		least = (l + 0.05) / 0.05
	  print $1, (least >= 3 ? "good" : "poor") }'
}

@test "the terminal's colours are seen on white and on black" {
	liveplot --replay --terminal dumb rows.csv | gnuplot >x
	grep -ao '38;5;[0-9]*' x | cut -d ';' -f 3 | sort -nu >codes
	# Blue, grey and red, which is far more red than green and blue.
	same 3 "$(wc -l <codes)"
	same 3 "$(contrast <codes | grep -c good)"
	awk '{ n = $1 - 16; r = int(n / 36) } r >= 2 * (int(n / 6) % 6) &&
	    r >= 2 * (n % 6) { red = 1 } END { exit !red }' codes
}

@test "blocks are UTF-8 only where the terminal is" {
	LC_ALL=C.UTF-8 liveplot --replay --proto DNS rows.csv >x
	grep -q $'\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88' x
	liveplot --replay --proto DNS rows.csv >x
	! LC_ALL=C grep -q '[^ -~]' x || false
	grep -q '###' x
}

@test "--output moves whole pictures into place" {
	liveplot --replay --terminal pngcairo --size 320x200 -o live.png \
	    rows.csv | gnuplot
	same "live.png rows.csv" "$(echo *)"
	# The PNG specification, 5.2 and 11.2.2: the signature, then the size.
	same " 89 50 4e 47 0d 0a 1a 0a" "$(od -An -tx1 -N 8 live.png)"
	same " 00 00 01 40 00 00 00 c8" "$(od -An -tx1 -j 16 -N 8 live.png)"
	# shellcheck disable=SC2016  # nothing here may be expanded
	for bad in 'a b' 'a;b' '$(x)' "a'b" ''; do
		runs liveplot -o "$bad" rows.csv
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
	done
}

@test "times are those of TZ, and the zone is named" {
	liveplot --replay --terminal svg rows.csv | gnuplot >x
	grep -q '00:00:20' x
	grep -q 'UTC' x
	TZ=Asia/Kathmandu liveplot --replay --terminal svg rows.csv |
	    gnuplot >x
	grep -q '05:30:20' x
	grep -qE '2 kB/s   UTC\+05:30' x
}

@test "it draws when nothing arrives, and again" {
	mkfifo in
	liveplot --rows --terminal svg --refresh 100ms <in | gnuplot >out &
	exec {w}>in
	# Three frames come without a row, and go on after one.
	until [ "$(grep -c '^#end' out)" -ge 3 ]; do sleep 0.05; done
	grep -q 'waiting for packets' out
	printf '%s\n' time,proto,len 1700000000.5,TLS,77 >&"$w"
	until table_of=$(awk '/^1700000000.000000,1,77,0/' out) &&
	    [ -n "$table_of" ]; do sleep 0.05; done
	exec {w}>&-
	wait
	# The window slid on by itself: not all frames have the same end.
	[ "$(grep -A 2 '^#totals' out | grep -c '^1[67]')" -ge 1 ]
}

@test "it ends when gnuplot ends, even if no row ever comes" {
	mkfifo in
	exec {w}<>in
	liveplot --refresh 100ms <in | head -n 1 >out
	exec {w}>&-
	[ -s out ]
}

@test "a terminating signal makes it draw what it has" {
	mkfifo in
	liveplot --rows --terminal svg --refresh 1h <in >out 2>err &
	pid=$!
	exec {w}>in
	cat rows.csv >&"$w"
	until [ -s out ]; do sleep 0.05; done
	until grep -q ' 41 rows' err; do
		kill -USR1 $pid
		sleep 0.05
	done
	kill $pid
	wait $pid
	grep -q '31.000000,1,3000,1' out
	exec {w}>&-
}

@test "rows far off, late, or without a time are counted, and said" {
	cat >odd.csv <<-'EOF'
	time,proto,len
	100,TLS,1
	4000000,TLS,1
	,TLS,1
	10,TLS,1
	101,TLS,1
	EOF
	runs tables odd.csv
	[ "$status" -eq 0 ]
	same "liveplot: 1 row without a time was skipped
liveplot: 1 row more than an hour from the others was skipped
liveplot: 1 row was older than the window" "$stderr"
	same "2,2" "$(table 1 totals <<<"$output" | tail -n 1 | cut -d, -f3,4)"
}

@test "the clock jumps when 16 rows agree, and the window starts anew" {
	{ echo time,proto,len
	  for i in 1 2 3; do echo "$i,TLS,1"; done
	  for i in $(seq 1 20); do echo "100000.5,DNS,5"; done; } >jump.csv
	runs tables jump.csv
	[ "$status" -eq 0 ]
	[[ $stderr == *"jumped by over an hour 1 time"* ]]
	same "DNS,5,25,0,1,0" "$(table 1 protocols <<<"$output" | tail -n +2)"
}

@test "--window, --bin and --refresh set the sizes" {
	tables --window 10s --bin 2s --refresh 20s rows.csv >out
	same "10.000000 20.000000" "$(table 1 totals <out | tail -n 1 |
	    tr , ' ' | cut -d' ' -f1,2)"
	same 5 "$(table 1 rate <out | tail -n +2 | wc -l)"
	# 3000 bytes in two seconds are not more than 2000 a second.
	same 0 "$(table 1 rate <out | awk -F, '$4 == 1' | wc -l)"
	runs liveplot --window 10s --bin 3s rows.csv
	[ "$status" -eq 2 ]
	same 'liveplot: bad window of 10 s, want 2 to 3600 whole bins of 3 s (--bin)' "$stderr"
	runs liveplot --bin 10ms --lateness 40s rows.csv
	[ "$status" -eq 2 ]
	same 'liveplot: bad lateness of 40 s, want at most 3600 bins of 0.01 s (--bin)' "$stderr"
}

@test "tally rows weigh what they say" {
	tables <<<$'time,proto,packets,bytes\n1,TLS,10,999\n1,DNS,2,100' >out
	same "12,1099" "$(table 1 totals <out | tail -n 1 | cut -d, -f3,4)"
	ratebw --by proto rows.csv | tables >a
	tables rows.csv >b
	same "$(table 7 protocols <b)" "$(table 7 protocols <a)"
	same "$(table 7 rate <b)" "$(table 7 rate <a)"
}

@test "--max-protos and --max-sources bound what is kept, and say so" {
	awk 'BEGIN { print "time,src,dst,proto,len"
	    for (i = 0; i < 100; i++)
	        printf "1,10.0.0.%d,x,P%d,1\n", i, i }' >many.csv
	runs tables --max-protos 3 --max-sources 10 many.csv
	[ "$status" -eq 0 ]
	same "REST,97 P0,1 P1,1 P2,1" "$(table 1 protocols <<<"$output" |
	    tail -n +2 | cut -d, -f1,2 | paste -sd ' ')"
	same "100,100,10" "$(table 1 totals <<<"$output" | tail -n 1 |
	    cut -d, -f3,4,7)"
	# The number of sources is a lower bound, and is shown as one.
	same "1,0" "$(table 1 totals <<<"$output" | tail -n 1 |
	    cut -d, -f17,18)"
	same "0,0" "$(tables many.csv | table 1 totals | tail -n 1 |
	    cut -d, -f17,18)"
	liveplot --max-sources 10 --terminal svg many.csv 2>/dev/null |
	    grep -qF ' 10+ sources'
	[[ $stderr == *"--max-protos 3 reached: 97 rows of further"* ]]
	[[ $stderr == *"--max-sources 10 reached"* ]]
	# After the clock went back, what was lost is in no window.
	{ echo time,src,packets,bytes,alert
	for i in {1..40}; do echo "99999,10.0.0.$i,1,5,a"; done
	for i in {1..40}; do echo "$i,10.0.0.1,1,5,a"; done; } |
	    tables --max-sources 2 >back
	same 0,0 "$(grep -A 1 '^from,' back | tail -n 1 | cut -d, -f17,18)"
}

@test "an empty input and a header alone give one picture" {
	runs tables </dev/null
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same ",,0,0,0,0,0,0,," "$(table 1 totals <<<"$output" | tail -n 1 |
	    cut -d, -f1-10)"
	same "$(table 1 totals <<<"$output" | cut -d, -f1-10)" \
	    "$(tables <<<time,src,dst,proto,len | table 1 totals |
	    cut -d, -f1-10)"
}

@test "CRLF, no final newline and a header that comes again are read" {
	printf 'time,proto,len\r\n1,TLS,5\r\nlen,proto,time\r\n7,TLS,1' >odd.csv
	runs tables odd.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "2,12" "$(table 1 totals <<<"$output" | tail -n 1 | cut -d, -f3,4)"
}

@test "a bad row is reported and skipped, a table without len is refused" {
	runs tables <<<$'time,proto,len\n1,TLS,x\n1,TLS,5'
	[[ $stderr == 'liveplot: stdin:2: bad len "x"'* ]]
	same 1,5 "$(table 1 totals <<<"$output" | tail -n 1 | cut -d, -f3,4)"
	liveplot --replay <<<$'time,proto,len\n1,TLS,x' >out 2>err ||
	    [ $? -eq 1 ]
	runs liveplot --replay <<<$'time,proto\n1,TLS'
	[ "$status" -eq 3 ]
	[[ $stderr == *'no column "len" in the header "time,proto"' ]]
}

@test "a sum past 2^63 - 1 ends it" {
	runs liveplot --replay <<<$'time,proto,packets,bytes
1,TLS,1,9223372036854775807\n1,TLS,1,1'
	[ "$status" -eq 3 ]
	[[ $stderr == *'sum of "TLS" exceeds 9223372036854775807' ]]
}

@test "a full disk and a closed pipe end it" {
	run bash -c 'liveplot --replay rows.csv >/dev/full'
	[ "$status" -eq 3 ]
	[[ $output == "liveplot: stdout: write: No space left on device" ]]
	run bash -c 'set -o pipefail; yes 1,TLS,5 | sed 1itime,proto,len |
	    liveplot --refresh 100ms | head -n 1'
	[ "$status" -eq 141 ]
}

@test "--since and --until are the rows that are drawn" {
	packets 60 1000 1 >rows.csv
	same "$(sed '1,10d;51,$d' rows.csv | liveplot --replay)" \
	    "$(liveplot --replay --since 1010 --until 1050 rows.csv)"
}

@test "what options want is said" {
	local args

	for args in '--size 10x5' '--size 100' '--size 80x24 --terminal svg' '--panels x' '--terminal vt' \
	    '--window 1' '--spike x' '--split' '--refresh 1ms' \
	    '--max-protos 0'; do
		# shellcheck disable=SC2086  # an option and its value
		runs liveplot $args rows.csv
		[ "$status" -eq 2 ]
		[ "$output" = "" ]
		[[ $stderr == "liveplot: "*want* || $args == --split ]]
	done
	runs liveplot --proto xyz --replay rows.csv
	same 'liveplot: unknown protocol "xyz": matched literally' "$stderr"
}

@test "--talkers sums the addresses of the window, by bytes" {
	tables --talkers sources rows.csv >out
	same "$(awk -F, 'FNR > 1 && $1 >= 5 && $1 < 35 && $2 != "" {
	        n[$2]++; b[$2] += $5 }
	    END { for (a in n) printf "%s,%d,%d\n", a, n[a], b[a] }' rows.csv |
	    sort -t, -k3,3nr)" "$(table 7 talkers <out | tail -n +2)"
	tables --talkers destinations rows.csv >out
	same "10.0.0.9,30" "$(table 7 talkers <out | tail -n +2 | cut -d, -f1,2)"
	tables --talkers conversations --proto DNS rows.csv >out
	same "$(awk -F, '$4 == "DNS" && $1 >= 5 && $1 < 35 { b[$2] += $5 }
	    END { for (a in b) printf "%s - 10.0.0.9,%d\n", a, b[a] }' \
	    rows.csv | sort -t, -k2,2nr)" "$(table 7 talkers <out |
	    tail -n +2 | cut -d, -f1,3)"
	tables rows.csv >out
	same "" "$(table 7 talkers <out)"
}

# lines_of TALKERS SIZE: the words that a terminal of that size shows of them.
lines_of() {
	liveplot --replay --panels talkers --talkers "$1" --terminal dumb \
	    --size "$2" pairs.csv | gnuplot | sed 's/\f\|\x1b\[[0-9;]*[A-Za-z]//g
	        s/  */ /g; s/ $//' | tac | sed '/Top/q' | tac | sed 2q
}

@test "where terminals are narrow, the bytes of talkers stay" {
	printf '%s\n' time,src,dst,proto,len 1,192.0.2.102,198.51.100.1,DNS,90000 \
	    2,192.0.2.1,198.51.100.1,DNS,10 >pairs.csv
	same " Top sources bytes share packets
 192.0.2.102 90 kB 100.0 % 1" "$(lines_of sources 40x12)"
	same " Top conversations bytes
 192.0.2.102 - 198.51.100.1 90 kB" "$(lines_of conversations 40x12)"
	liveplot --replay --panels talkers --talkers sources --terminal dumb \
	    pairs.csv | grep -q '< 0.1 %'
}

@test "--alert-file shows the sentences of ipflag --alerts at their time" {
	packets 60 1 0.01 >flood.csv
	packets 1 40 1 192.0.2.7 >>flood.csv
	sed -i '1i time,src,dst,proto,len' flood.csv
	ipflag --set demo --tag --alerts flood.csv >tagged.csv 2>said
	tables --alert-file said tagged.csv >out
	# At 5 s it is open; what came later is not known.
	same "$(awk '/src-rate/ && !/ended/ { print "src-rate,medium,0" }' said)" \
	    "$(table 1 alerts <out | grep src-rate | cut -d, -f2-)"
	same "1.500000" "$(table 1 alerts <out | grep src-rate | cut -d, -f1)"
	tables --alert-file nonesuch tagged.csv >out
	same "time,rule,severity,ended" "$(table 1 alerts <out)"
	liveplot --replay --size 200x40 --alert-file said tagged.csv >commands
	grep -qF "'$(awk '/src-rate/ { sub(/^[^ ]* /, ""); print; exit }' said)'" \
	    commands
}

@test "--alert-file is followed when it is replaced, and damage is counted" {
	echo "1970-01-01T00:00:30Z old (low): to x, 1 p in 1 s" >said
	liveplot --replay --rows --terminal svg --control nonesuch \
	    --alert-file said <rows.csv >commands 2>err 3>&- &
	until_true grep -q "^print '#end 8" commands
	printf '\0\0%s\n' "1970-01-01T00:00:31Z new (high): to y, 1 p in 1 s" >new
	mv new said
	kill -WINCH "$!"
	until_true grep -q "^print '#end 9" commands
	kill -TERM "$!"
	wait "$!"
	gnuplot <commands >out
	same "31.000000,new,high,0
30.000000,old,low,0" "$(table 9 alerts <out | tail -n +2)"
	same "liveplot: said: 1 damaged place was skipped: NUL bytes, a line \
that has no end, or one of more than 4095 bytes" "$(cat err)"
}

@test "--control changes what is shown, of rows that came before too" {
	printf '%s\n' 'talkers sources' 'line keys' >control
	liveplot --replay --rows --terminal svg --control control <rows.csv \
	    >commands 2>err 3>&- &
	until_true grep -q "^print '#end 8" commands
	printf '%s\n' 'where proto = DNS' 'window 10' >control
	kill -WINCH "$!"
	until_true grep -q "^print '#end 9" commands
	printf '%s\n' 'where nonesuch = 1' >control
	kill -WINCH "$!"
	until_true grep -q "^print '#end 10" commands
	kill -TERM "$!"
	wait "$!"
	gnuplot <commands | awk '/^#picture/ { hide = 1 } /^#end/ { hide = 0 }
	    !hide' >out
	same "$(awk -F, '$4 == "DNS" && $1 >= 31 { n++; b += $5 }
	    END { print n "," b }' rows.csv)" \
	    "$(table 9 totals <out | tail -n 1 | cut -d, -f3,4)"
	# What cannot be used leaves the condition as it was, the window not.
	same "$(awk -F, '$4 == "DNS" && $1 >= 11 { n++; b += $5 }
	    END { print n "," b }' rows.csv)" \
	    "$(table 10 totals <out | tail -n 1 | cut -d, -f3,4)"
	[ ! -s err ]
}
