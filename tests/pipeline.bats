#!/usr/bin/env bats
# The programs together: sums of sums, and how rows and endings flow.
# shellcheck disable=SC2154  # $stderr is set by runs
# shellcheck disable=SC2030,SC2031  # a status is read where it was set

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

# total: packets and bytes of all rows on standard input, the sums by name.
total() {
	awk -F, 'FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	    { p += $at["packets"]; b += $at["bytes"] }
	    END { printf "%d %d\n", p, b }'
}

@test "packets and bytes out are packets and bytes in, in each program" {
	many 5000 7 >a.csv
	want=$(awk -F, 'NR > 1 { n++; b += $5 } END { print n, b }' a.csv)
	same "$want" "$(protobw a.csv | total)"
	same "$want" "$(protobw --top 2 a.csv | total)"
	same "$want" "$(ratebw a.csv | total)"
	same "$want" "$(ratebw --by src,proto a.csv | total)"
	same "$want" "$(ratebw --lateness 0 -b 1ms a.csv 2>/dev/null | total)"
	same "$want" "$(toptalk a.csv | total)"
	same "$want" "$(flowbw a.csv 2>/dev/null | total)"
	same "$want" "$(toptalk --top 3 --by src,proto a.csv | total)"
	same "$want" "$(toptalk --max-keys 5 a.csv 2>/dev/null | total)"
}

@test "a finer tally gives the coarser ones, in whichever program" {
	many 5000 7 >a.csv
	ratebw --bin 100ms --by proto,src a.csv >fine.csv
	same "$(protobw a.csv)" "$(protobw fine.csv)"
	same "$(toptalk a.csv)" "$(toptalk fine.csv)"
	same "$(ratebw --by proto a.csv)" "$(ratebw --by proto fine.csv)"
	same "$(ratebw -b 5s a.csv)" "$(ratebw -b 5s fine.csv)"
	same "$(protobw a.csv)" "$(ratebw --by proto a.csv | protobw)"
	same "$(toptalk --by proto,src a.csv)" \
	    "$(toptalk --by proto,src fine.csv)"
}

@test "shards summed apart and merged are the whole, in each program" {
	many 3000 7 >a.csv
	many 4000 7 >b.csv
	many 10 7 >c.csv
	for sum in protobw 'protobw --sort name' ratebw 'ratebw -k proto' \
	    'ratebw -b 1m' toptalk 'toptalk -k dst,proto'; do
		for shard in a b c; do
			# shellcheck disable=SC2086  # a command with options
			$sum $shard.csv >$shard.sum
		done
		# shellcheck disable=SC2086
		same "$($sum a.csv b.csv c.csv)" "$($sum a.sum b.sum c.sum)"
		# shellcheck disable=SC2086
		same "$($sum a.csv b.csv c.csv)" "$(cat c.sum a.sum b.sum |
		    $sum)"
		# shellcheck disable=SC2086
		same "$($sum a.csv b.csv c.csv)" "$($sum c.csv a.sum b.csv)"
	done
}

@test "csvclean and the sums agree with the sums alone" {
	many 3000 7 TCP UDP TLS DNS ICMP ARP >a.csv
	same "$(protobw a.csv)" "$(csvclean a.csv | protobw)"
	same "$(ratebw --by proto a.csv)" "$(csvclean a.csv |
	    ratebw --by proto)"
}

@test "compressed operands are read like plain ones" {
	many 3000 7 >a.csv
	gzip -k a.csv
	same "$(protobw a.csv)" "$(protobw a.csv.gz)"
	same "$(toptalk a.csv)" "$(toptalk <a.csv.gz)"
	same "$(ratebw a.csv a.csv)" "$(ratebw a.csv a.csv.gz)"
}

@test "a capture given to a sum is told, with the pipeline that reads it" {
	printf '\324\303\262\241\002\000\004\000\0\0\0\0\0\0\0\0' >a.pcap
	for sum in protobw ratebw toptalk; do
		runs $sum a.pcap
		[ "$status" -eq 3 ]
		[[ $stderr == "$sum: a.pcap: "*pcap2csv*"$sum"* ]]
	done
}

@test "a row travels through a pipeline before the next one is written" {
	mkfifo in out
	timeout 120 bash -c 'csvclean <in | ratebw --lateness 0 >out' 9>&- &
	exec 9>in 8<out
	echo time,src,dst,proto,len >&9
	read -r line <&8
	[ "$line" = time,packets,bytes ]
	for second in 1 2 3 4; do
		echo "$second.0,10.0.0.1,10.0.0.2,TCP,60" >&9
		[ $second -gt 1 ] || continue
		read -r line <&8
		[ "$line" = $((second - 1)).000000,1,60 ]
	done
	exec 9>&-
	read -r line <&8
	[ "$line" = 4.000000,1,60 ]
	exec 8<&-
}

@test "when the last of a pipeline ends, nothing before it stays" {
	echo time,src,dst,proto,len >live.csv
	echo 1.0,10.0.0.1,10.0.0.2,TCP,60 >>live.csv
	# shellcheck disable=SC2016  # expanded by the inner shell
	runs timeout 120 bash -c 'tail -n +1 -F live.csv | csvclean |
	    ratebw --lateness 1s | head -n 1; echo "${PIPESTATUS[@]}"'
	[ "$status" -eq 0 ]
	same "$(lines time,packets,bytes '141 141 141 0')" "$output"
}

@test "an interrupt of a whole pipeline still prints its table" {
	# The shell of a terminal sends SIGINT to all: so does this.
	mkfifo in
	csvclean <in 2>/dev/null | protobw >out &
	exec 9>in
	printf '%s\n' time,src,dst,proto,len \
	    1.0,10.0.0.1,10.0.0.2,TCP,60 >&9
	for pid in $(jobs -p) $!; do
		# Not while it is still this shell.
		until grep -qE 'csvclean|protobw' "/proc/$pid/comm"; do
			sleep 0.05
		done
		kill -INT "$pid"
	done
	exec 9>&-
	wait
	same "$(lines proto,packets,bytes TCP,1,60)" "$(cat out)"
}

@test "an archive given to a program of rows is told, with the way on" {
	local program

	packets 9 1704067200 1 >rows.csv
	tar -cf rows.tar rows.csv
	for program in csvclean protobw ratebw toptalk ipflag rateflag liveplot; do
		runs "$program" rows.tar
		[ "$status" -eq 3 ]
		same "$program: rows.tar: a tar archive, want CSV: tar -xOf \
rows.tar | $program" "${stderr_lines[0]}"
	done
}

# each_program FUNCTION: calls it with each program and a file that it reads.
each_program() {
	local file program

	packets 9 1704067200 1 | sed '1i time,src,dst,proto,len' >rows.csv
	for file in "$ROOT"/cmd/*.c; do
		file=${file##*/} program=${file%.c}
		if [ "$program" = pcap2csv ]; then
			cp "$DATA/dns.pcap" read
		else
			cp rows.csv read
		fi
		if [ "$program" = rowpick ]; then
			"$1" rowpick 'len >= 0'
		elif [ "$program" = iplabel ]; then
			"$1" iplabel --local 10.0.0.0/8
		else
			"$1" "$program"
		fi
	done
}

without_stderr() {
	local want got=0

	runs "$@" nowhere read
	want=$status
	"$@" nowhere read >got 2>&- || got=$?
	same "$1 $want" "$1 $got"
	same "$output" "$(cat got)"
}

without_stdout() {
	runs bash -c '"$@" read >&-' bash "$@"
	same "$1 3" "$1 $status"
	same "$1: stdout: write: Bad file descriptor" "${stderr_lines[-1]}"
}

without_stdin() {
	runs bash -c '"$@" - <&-' bash "$@"
	same "$1 3" "$1 $status"
	same "$1: stdin: read: Bad file descriptor" "${stderr_lines[0]}"
}

@test "without a standard descriptor a program reads and writes no other" {
	each_program without_stderr
	each_program without_stdout
	each_program without_stdin
	# The first file opened is no standard error, nor output.
	printf 'x,y,z,TCP,1\n' >>rows.csv
	csvclean --rejects want rows.csv >rows || [ $? -eq 1 ]
	csvclean --rejects got rows.csv >rows 2>&- || [ $? -eq 1 ]
	same "$(cat want)" "$(cat got)"
	csvclean --rejects got rows.csv >&- 2>err || [ $? -eq 3 ]
	run ! grep 192.0.2.1 got
}

@test "the sums do not depend on the locale, the zone or the read size" {
	many 3000 7 >a.csv
	for sum in protobw 'ratebw -k proto' toptalk; do
		# shellcheck disable=SC2086
		want=$($sum a.csv)
		# shellcheck disable=SC2086
		same "$want" "$(LC_ALL=de_DE.UTF-8 TZ=Asia/Kolkata $sum a.csv)"
		# shellcheck disable=SC2086
		same "$want" "$(dd if=a.csv bs=7 status=none | $sum)"
	done
}

@test "a TZ that is no time zone is reported where local times are used" {
	printf '%s\n' time,src,dst,proto,len 1704067200,,,STP,60 >rows.csv
	for TZ in Europe/Nowhere /no/where; do
		export TZ
		for program in 'toptalk --since 2024-01-01' \
		    'csvclean --since 2024-01-01' 'ratebw -t sheet' \
		    'ratebw --zone local -b 1d' 'rowpick hour=0'; do
			# shellcheck disable=SC2086  # its words are options
			runs $program rows.csv
			[ "$status" -eq 0 ]
			same "${program%% *}: no time zone \"$TZ\" (TZ): its times are taken for UTC" "$stderr"
			cmp <(TZ='' $program rows.csv) <(lines "$output")
		done
		for program in toptalk csvclean ratebw 'rowpick len>0' flowbw; do
			# shellcheck disable=SC2086
			runs $program rows.csv
			[ "$status" -eq 0 ]
			[ -z "$stderr" ]
		done
	done
}
