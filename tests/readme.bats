#!/usr/bin/env bats
# What README and manual show is what their commands print; recipes run.
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

# outputs FILE: runs the commands that stand behind a prompt; what a file shows
# below one is what it prints.  Sets shown to how many have something there.
outputs() {
	local line command='' want='' got

	shown=0
	while IFS= read -r line; do
		case $line in
		'$ '* | '```' | .Ed) ;;
		*)
			[ -z "$command" ] || want+=${want:+$'\n'}$line
			continue
			;;
		esac
		if [ -n "$command" ]; then
			got=$(bash -c "$command" </dev/null)
			if [ -n "$want" ]; then
				same "$want" "$got"
				shown=$((shown + 1))
			fi
		fi
		command='' want=''
		[[ $line != '$ '* ]] || command=${line#??}
	done <"$1"
}

@test "each output of the README is what its command prints" {
	cd "$ROOT"
	outputs "$README"
	[ "$shown" -ge 5 ]
	same "$(grep -c '^\$ ' "$README")" "$shown"
}

@test "each output of the manual is what its command prints" {
	local page n=0

	cd "$BATS_TEST_TMPDIR"
	ln -s "$ROOT/tests" tests
	for page in "$ROOT"/man/*.[1-9]; do
		outputs "$page"
		n=$((n + shown))
	done
	[ "$n" -ge 9 ]
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
