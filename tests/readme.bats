#!/usr/bin/env bats
# What the README shows is what its commands print, and its recipes run.
# SPDX-License-Identifier: ISC

load helper

README=$ROOT/README.md

# block HEADING: the fenced text that follows a heading.
block() {
	awk -v heading="## $1" '
	    /^## /	{ here = $0 == heading }
	    /^```/	{ fenced = !fenced; next }
	    here && fenced' "$README"
}

@test "each output of the README is what its command prints" {
	local line command='' want='' n=0

	cd "$ROOT"
	while IFS= read -r line; do
		if [[ $line == '$ '* || $line == '```' ]]; then
			[ -z "$command" ] ||
			    same "$want" "$(bash -c "$command" </dev/null)"
			command='' want=''
			[[ $line != '$ '* ]] || { command=${line#??}; n=$((n + 1)); }
		elif [ -n "$command" ]; then
			want+=${want:+$'\n'}$line
		fi
	done <"$README"
	[ "$n" -ge 5 ]
}

@test "the recipes of the README run" {
	cd "$BATS_TEST_TMPDIR"
	cp "$DATA/demo.pcapng" f.pcap
	zstd -q f.pcap -o capture.pcapng.zst
	pcap2csv "$DATA/dns.pcap" >a.csv
	pcap2csv "$DATA/tls.pcap" >b.csv
	mkdir fake
	printf '#!/bin/sh\ncat >>log\n' >fake/logger
	chmod +x fake/logger
	# A capture stands in for the interface.
	block Recipes | sed 's/-i eth0/f.pcap/' >recipes
	[ "$(grep -c . recipes)" -ge 5 ]
	PATH=$PWD/fake:$PATH runs bash -e -o pipefail recipes
	[ "$status" -eq 0 ]
	[ -s report/report.html ]
	same "$(sed 1d alerts.csv | wc -l)" "$(wc -l <log)"
	grep -q cleartext-login log
	same "$(wc -l <"$DATA/demo.pcapng.truth.csv")" \
	    "$(wc -l <for-a-spreadsheet.csv)"
	# The last of the tables is that of two captures.
	same "$(sed -s 1d "$DATA"/{dns,tls}.pcap.truth.csv | wc -l)" \
	    "$(awk -F, '/^proto/ { n = 0; next } { n += $2 } END { print n }' \
	    <<<"$output")"
}
