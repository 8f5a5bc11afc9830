#!/usr/bin/env bats
# What a program may do once it reads: tests/hole.c tries the rest in each
# SPDX-License-Identifier: ISC

load helper

setup_file() {
	"${CC:-cc}" -shared -fPIC -o "$BATS_FILE_TMPDIR/hole.so" \
	    "$ROOT/tests/hole.c"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	lines time,src,dst,proto,len 1,192.0.2.1,192.0.2.2,TLS,60 >rows.csv
	cp "$DATA/dns.pcap" .
	mkdir state
}

# hole FILE COMMAND...: runs it with a hole that opens when it reads FILE; shows
# what the code in it could do.
hole() {
	HOLE=$1 LD_PRELOAD=$BATS_FILE_TMPDIR/hole.so "${@:2}" 2>&1 >/dev/null |
	    sed -n 's/^hole: //p' | paste -sd ' '
}

@test "what is tried works in a program that is not confined" {
	same 'socket read write namespace signal root trace exec tried' \
	    "$(hole rows.csv cat rows.csv)"
	rm stolen
}

@test "code in a program that reads a file can do none of it" {
	same tried "$(hole dns.pcap pcap2csv dns.pcap)"
	for program in csvclean protobw 'ratebw --bin 1s' toptalk flowbw \
	    ipflag 'ipflag --tag' 'ipflag --state state/i' liveplot \
	    'liveplot --note rows.csv' 'rateflag --bin 1s' \
	    'rateflag --bin 1s --state state/known' \
	    'iplabel --local 192.0.2.0/24' 'rowpick --rest rest len=60'; do
		# shellcheck disable=SC2086  # its options
		same "$program: tried" \
		    "$program: $(hole rows.csv $program rows.csv)"
	done
	[ ! -e stolen ]
}

@test "code in a program that reads a pipe can run confined programs only" {
	# A decompressor may be needed.
	mkfifo pipe
	cat dns.pcap >pipe &
	same 'exec tried' "$(hole pipe pcap2csv pipe)"
	# Its directories may be searched by others, who are not root.
	public=$(mktemp -d)
	chmod 755 "$public"
	# shellcheck disable=SC2016  # the other shell's
	printf '%s\n' '#!/bin/sh' 'echo hole: run >&2' \
	    'read x </etc/passwd && echo hole: read >&2' \
	    'echo x >stolen && echo hole: write >&2' \
	    'unshare -u true && echo hole: namespace >&2' \
	    'kill -0 $PPID && echo hole: signal >&2' \
	    'exec /usr/bin/gzip "$@"' >"$public/gzip"
	chmod 755 "$public/gzip"
	gzip -k dns.pcap
	PATH=$public:$PATH runs pcap2csv dns.pcap.gz
	rm -r "$public"
	[ "$status" -eq 0 ]
	same "$(pcap2csv dns.pcap)" "$output"
	# shellcheck disable=SC2154  # runs sets it
	same 'hole: run' "$(grep ^hole <<<"$stderr")"
}

# rights USER CAPABILITIES COMMAND...: whether the command, started as root, has
# only these when its only operand is open and no byte of it was written.
rights() {
	local pid code=0

	"${@:3}" pipe >out 2>err 3>&- &
	pid=$!
	exec 4>pipe
	until_true has "$pid" "$1 $2 $2" || code=1
	exec 4>&-
	wait "$pid" || true
	return "$code"
}

# has PID RIGHTS: its user, and the capabilities that it may have and has; no
# groups.
has() {
	[ "$2" = "$(awk '$1 == "Uid:" { user = $3 }
	    $1 == "Groups:" { groups = NF - 1 }
	    $1 == "CapPrm:" { may = $2 }
	    $1 == "CapEff:" && !(user && groups) { print user, may, $2 }' \
	    "/proc/$1/status")" ]
}

# CAP_DAC_READ_SEARCH is 4; with CAP_DAC_OVERRIDE and CAP_FOWNER it is e.
@test "root reads as another user, with no more rights than it needs" {
	local none=0000000000000000 program

	mkfifo pipe
	for program in pcap2csv csvclean protobw 'ratebw --bin 1s' toptalk \
	    flowbw ipflag liveplot 'rateflag --bin 1s' \
	    'iplabel --local 10.0.0.0/8' 'rowpick --rest rest len=60'; do
		# shellcheck disable=SC2086  # its options
		rights 65534 $none $program
	done
	# Files that are read again later, or replaced.
	lines net,site 10.0.0.0/8,home >sites.csv
	rights 65534 0000000000000004 iplabel --table sites.csv
	rights 0 000000000000000e ipflag --state state/i
}

@test "root can read what it could, and replace a state in any directory" {
	mkdir -m 700 theirs
	cp rows.csv theirs/a.csv
	cp rows.csv theirs/b.csv
	gzip theirs/b.csv
	lines net,site 192.0.2.0/24,home >theirs/sites.csv
	chmod 600 theirs/*
	chown -R daemon theirs
	same TLS,2,120 "$(protobw theirs/a.csv theirs/b.csv.gz | tail -n 1)"
	same TLS,3,180 "$(protobw theirs/b.csv.gz <(cat theirs/a.csv) \
	    /dev/stdin <rows.csv | tail -n 1)"
	same home "$(iplabel --table theirs/sites.csv theirs/a.csv |
	    tail -n 1 | cut -d, -f6)"
	runs rateflag --bin 1s --state theirs/known theirs/a.csv
	[ "$status" -eq 0 ]
	[ -s theirs/known ]
	runs protobw theirs theirs/none
	[ "$status" -eq 3 ]
	same "$(lines 'protobw: theirs: Is a directory' \
	    'protobw: theirs/none: No such file or directory')" "$stderr"
}

@test "names of hosts and services in a filter are looked up before" {
	for name in tls.pcap cooked.pcap; do
		same "$(pcap2csv -f 'tcp port 443' "$DATA/$name")" \
		    "$(pcap2csv -f 'tcp port https' "$DATA/$name")"
	done
}
