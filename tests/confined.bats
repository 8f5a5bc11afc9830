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
	same 'socket read write namespace trace exec tried' \
	    "$(hole rows.csv cat rows.csv)"
	rm stolen
}

@test "code in a program that reads a file can do none of it" {
	same tried "$(hole dns.pcap pcap2csv dns.pcap)"
	for program in csvclean protobw 'ratebw --bin 1s' toptalk flowbw \
	    ipflag 'ipflag --tag' liveplot \
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
	# shellcheck disable=SC2016  # the other shell's
	printf '%s\n' '#!/bin/sh' 'echo hole: run >&2' \
	    'read x </etc/passwd && echo hole: read >&2' \
	    'echo x >stolen && echo hole: write >&2' \
	    'unshare -u true && echo hole: namespace >&2' \
	    'exec /usr/bin/gzip "$@"' >gzip
	chmod +x gzip
	gzip -k dns.pcap
	PATH=$PWD:$PATH runs pcap2csv dns.pcap.gz
	[ "$status" -eq 0 ]
	same "$(pcap2csv dns.pcap)" "$output"
	# shellcheck disable=SC2154  # runs sets it
	same 'hole: run' "$(grep ^hole <<<"$stderr")"
}

@test "of root's privileges, those to open others' files are left" {
	mkfifo pipe
	for program in csvclean protobw 'pcap2csv -'; do
		# shellcheck disable=SC2086  # its operand
		$program <pipe >out 2>err 3>&- &
		exec 4>pipe
		# CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER: 2, 4, 8.
		until_true grep -q '^CapPrm:	000000000000000e$' "/proc/$!/status"
		grep -q '^CapEff:	000000000000000e$' "/proc/$!/status"
		exec 4>&-
		wait "$!" || true
	done
}

@test "names of hosts and services in a filter are looked up before" {
	for name in tls.pcap cooked.pcap; do
		same "$(pcap2csv -f 'tcp port 443' "$DATA/$name")" \
		    "$(pcap2csv -f 'tcp port https' "$DATA/$name")"
	done
}
