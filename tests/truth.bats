#!/usr/bin/env bats
# pcap2csv's rows against what tshark and capinfos say of the same captures.
# shellcheck disable=SC2154  # $stderr is set by runs
#
# Every capture of tests/data that has a truth is tested, and named where it
# disagrees.

load helper

# Each capture is decoded once: NAME.rows, NAME.err, NAME.status.
setup_file() {
	local capture name status

	cd "$BATS_FILE_TMPDIR" || return
	for capture in $(captures); do
		name=${capture##*/} status=0
		pcap2csv --digits 9 "$capture" >"$name.rows" 2>"$name.err" ||
		    status=$?
		echo "$status" >"$name.status"
	done
}

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	ROWS=$BATS_FILE_TMPDIR
}

# captures: those that have a truth; there are some.
captures() {
	printf '%s\n' "$DATA"/*.truth.csv | sed 's/\.truth\.csv$//'
}

# column N FILE: the Nth column of rows without quotes, header left out.
column() {
	tail -n +2 "$2" | cut -d, -f"$1"
}

# agree OURS THEIRS: for every capture, our columns are theirs.
agree() {
	local capture ours wrong=0 seen=0

	for capture in $(captures); do
		seen=$((seen + 1))
		ours=$ROWS/${capture##*/}
		column "$2" "$capture.truth.csv" >want
		column "$1" "$ours.rows" >got
		[ "$(cat "$ours.status")" -eq 0 ] || wrong=1
		if [ -s "$ours.err" ] || ! cmp -s want got; then
			echo "$capture: wanted < but got >" >&2
			cat "$ours.err" >&2
			diff want got | head -n 20 >&2
			wrong=1
		fi
	done
	[ "$seen" -ge 10 ]
	[ "$wrong" -eq 0 ]
}

@test "there is a row for every packet that capinfos counts" {
	local info capture want got

	for info in "$DATA"/*.capinfos; do
		capture=${info%.capinfos}
		want=$(sed -n 's/^Number of packets: *//p' "$info")
		got=$(tail -n +2 "$ROWS/${capture##*/}.rows" | wc -l)
		same "$(basename "$capture") $want" \
		    "$(basename "$capture") $got"
	done
}

@test "times are tshark's, to the nanosecond" {
	agree 1 2
}

@test "lengths are tshark's, and add up to capinfos' data size" {
	local info capture want got

	agree 5 6
	for info in "$DATA"/*.capinfos; do
		capture=${info%.capinfos}
		want=$(sed -n 's/^Data size: *\([0-9]*\) bytes/\1/p' "$info")
		got=$(column 5 "$ROWS/${capture##*/}.rows" |
		    awk '{ n += $1 } END { printf "%d", n }')
		same "$(basename "$capture") $want" \
		    "$(basename "$capture") $got"
	done
}

@test "the innermost addresses are those of Wireshark's columns" {
	agree 2,3 3,4
}

@test "--outer shows tshark's outermost addresses" {
	local truth capture

	for capture in $(captures); do
		truth=$capture.truth.csv
		# The truth has them only where they differ.
		tail -n +2 "$truth" | awk -F, -v OFS=, '{
			print ($7 == "" ? $3 : $7), ($8 == "" ? $4 : $8) }' \
		    >want
		pcap2csv --outer "$capture" >rows
		column 2,3 rows >got
		same "$capture $(cat want)" "$capture $(cat got)"
	done
}

# names: which of "frame,src,dst,ours,theirs" disagree beyond what the pages
# say: a connection's protocol names its later segments, where tshark has TCP
# (it must have given that name between these two), and of a fragmented packet
# tshark names the fragment that completes it, we the one with the header, so
# that there are as many of each name, but in another order.
names() {
	awk -F, '
	function pair(a, b) { return a < b ? a "/" b : b "/" a }
	NR == FNR { seen[pair($2, $3), $5] = 1; next }
	$4 == $5 { next }
	$5 == "TCP" && (pair($2, $3), $4) in seen { next }
	$4 ~ /^IPV[46]$/ || $5 ~ /^IPV[46]$/ {
		moved[$2, $4]++; moved[$2, $5]--; next }
	{ print }
	END { for (k in moved) if (moved[k]) print "fragments: " k }' "$1" "$1"
}

@test "protocols are tshark's, once its versions are folded" {
	local truth capture

	for capture in $(captures); do
		truth=$capture.truth.csv
		# protocol_find knows which of tshark's names ours stand for.
		sed '1s/protocol/proto/' "$truth" >theirs.csv
		csvclean --any-proto theirs.csv >folded 2>err
		[ ! -s err ]
		paste -d, <(column 1 "$truth") \
		    <(column 2-4 "$ROWS/${capture##*/}.rows") \
		    <(column 4 folded) >both
		[ "$(wc -l <both)" -eq "$(column 1 "$truth" | wc -l)" ]
		same "$capture " "$capture $(names both)"
	done
}
