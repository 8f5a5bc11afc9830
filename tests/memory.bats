#!/usr/bin/env bats
# Memory is bounded in bytes, whatever keys strangers choose
# SPDX-License-Identifier: ISC

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# keys N SIZE COLUMN: a table of N packets of 60 bytes whose cells in this
# column are all different and about this long.
keys() {
	awk -v n="$1" -v size="$2" -v column="$3" 'BEGIN {
	    for (text = "x"; length(text) < size; text = text text)
		;
	    text = substr(text, 1, size)
	    at = split("time src dst proto len flags sport dport site", name)
	    for (i = 1; i <= at; i++)
		line = line (i > 1 ? "," : "") name[i]
	    print line
	    for (i = 0; i < n; i++) {
		$0 = sprintf("%d.000000 10.0.0.1 10.0.0.2 TCP 60 S 1 2 x",
		    1704067200 + i / 100)
		for (j = 1; j <= at; j++)
			if (name[j] == column)
				$j = i text
		gsub(" ", ",")
		print
	    } }'
}

# within KIB COMMAND...: runs it with at most this much memory, its standard
# input being ./keys.csv, its output in ./out and its messages in ./err.
within() {
	local code=0

	(ulimit -v "$1" && exec "${@:2}") <keys.csv >out 2>err || code=$?
	if [ "$code" -gt 1 ]; then
		echo "${*:2}: status $code" >&2
		cat err >&2
		return 1
	fi
}

# packets_of FILE: the sum of its column packets.
packets_of() {
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "packets") c = i
	    next } { n += $c } END { print n + 0 }' "$1"
}

# 800 keys of 60,000 bytes are 46 MiB, more than a program may have.
@test "keys of 60,000 bytes are not kept, and the rows count all the same" {
	keys 800 60000 site >keys.csv
	within 40000 toptalk -k site
	same 800 "$(packets_of out)"
	grep -q 'toptalk: keys over 1024 bytes: 800 rows of further keys' err
	within 40000 ratebw --by site
	same 800 "$(packets_of out)"
	same 'ratebw: keys over 1024 bytes: 800 rows are in REST' "$(cat err)"
	within 40000 ratebw --by site --lateness 1s --fill
	same 800 "$(packets_of out)"
	within 40000 rateflag -k site
	grep -q 'rateflag: keys over 1024 bytes: 800 rows of further' err
	within 40000 toptalk --distinct site
	same 10.0.0.1,800,48000,0+ "$(tail -n 1 out)"
	same 'toptalk: values over 1024 bytes: numbers with + are too low' \
	    "$(cat err)"
}

@test "addresses of 60,000 bytes are not kept" {
	keys 800 60000 src >keys.csv
	within 40000 flowbw
	same 800 "$(packets_of out)"
	same 'flowbw: addresses over 1024 bytes: 800 cells as REST' \
	    "$(cat err)"
	within 40000 rateflag --beacon
	grep -q 'pairs over 1024 bytes: 800 connections of further' err
	within 40000 ipflag --set home --max-keys 1000
	within 40000 liveplot --replay --talkers conversations
	within 40000 csvclean
	same 'time,src,dst,proto,len,flags,sport,dport' "$(cut -d, -f 1-8 out)"
	within 40000 iplabel --local 10.0.0.0/8
	same 801 "$(wc -l <out)"
}

@test "names of protocols of 60,000 bytes are not kept" {
	keys 800 60000 proto >keys.csv
	within 40000 flowbw
	same "OTHER,1,2,S,,800" \
	    "$(tail -n 1 out | sed -E 's/.*(OTHER.*,[0-9]+),48000,0,0,1/\1/')"
	same 'flowbw: protocols over 1024 bytes: 800 rows count as OTHER' \
	    "$(cat err)"
	within 40000 liveplot --replay
	grep -q 'protocols over 1024 bytes: 800 rows are in REST' err
	within 40000 ipflag --set home --max-keys 1000
	within 40000 protobw
	same REST,800,48000 "$(tail -n 1 out)"
}

# 20,000 keys of 1,000 bytes are 19 MiB and more.
@test "--max-memory bounds the keys of every program that has it" {
	local program

	keys 20000 1000 site >keys.csv
	for program in 'ratebw --by site' 'ratebw --by site --lateness 1s' \
	    'toptalk -k site' 'toptalk --distinct site' \
	    'ratebw --by site --fill --max-bins 20000'; do
		# shellcheck disable=SC2086  # its words
		within 20000 $program --max-memory 4M
		same 20000 "$(packets_of out)"
		grep -q -- '--max-memory 4194304 reached: ' err
	done
	within 20000 rateflag -k site --max-memory 4M
	grep -q 'rateflag: --max-memory 4194304 reached: ' err
	keys 20000 1000 src >keys.csv
	within 24000 flowbw --max-memory 4M
	same 20000 "$(packets_of out)"
	grep -q -- '--max-memory 4194304 reached: ' err
	within 20000 rateflag --beacon --max-memory 4M
	grep -q 'rateflag: --max-memory 4194304 reached: ' err
}

# names N SIZE: a pcapng of N sections, each with a packet of an interface whose
# name is another one, of about this many bytes.
names() {
	python3 - "$@" <<'EOF'
import struct, sys
def block(kind, body):
    body += b'\0' * (-len(body) % 4)
    size = struct.pack('<I', len(body) + 12)
    return struct.pack('<I', kind) + size + body + size
section = block(0x0a0d0d0a, struct.pack('<IHHq', 0x1a2b3c4d, 1, 0, -1))
packet = block(6, struct.pack('<IIIII', 0, 0, 0, 14, 60) + bytes(14))
for i in range(int(sys.argv[1])):
    name = b'%d' % i + b'x' * int(sys.argv[2])
    option = struct.pack('<HH', 2, len(name)) + name
    sys.stdout.buffer.write(section + block(1, struct.pack('<HHI', 1, 0, 0) +
        option) + packet)
EOF
}

@test "long names of interfaces are cut, and of too many names none is kept" {
	names 800 60000 >keys.csv
	within 60000 pcap2csv --fields iface
	same 801 "$(wc -l <out)"
	# 255 bytes of each.
	same 799 "$(tail -n 1 out | cut -d, -f 6 | tr -d x)"
	same 255 "$(tail -n 1 out | cut -d, -f 6 | tr -d '\n' | wc -c)"
	names 65537 1 >keys.csv
	within 60000 pcap2csv
	same 65537 "$(wc -l <out)"
	grep -q 'over 65536 names of interfaces$' err
}
