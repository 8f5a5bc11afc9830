#!/usr/bin/env bats
# What README and manual show is what their commands print; recipes run.
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # back-quotes of Markdown

load helper

README=$ROOT/README.md

# block HEADING: the fenced text that follows a heading.
block() {
	awk -v heading="## $1" '
	    /^## /	{ here = $0 == heading }
	    /^```/	{ fenced = !fenced; next }
	    here && fenced' "$README"
}

# examples FILE DO: calls DO COMMAND OUTPUT for each command that stands after
# a prompt.  What a file shows below one in a block is its output.
examples() {
	local line typed='' want=''

	while IFS= read -r line; do
		case $line in
		'$ '* | '.Dl $ '* | '```' | .Ed)
			[ -z "$typed" ] || "$2" "$typed" "$want"
			typed='' want=''
			;;&
		'$ '*)		typed=${line#??} ;;
		'.Dl $ '*)	"$2" "${line#.Dl ??}" '' ;;
		'```' | .Ed)	;;
		*)		[ -z "$typed" ] || want+=${want:+$'\n'}$line ;;
		esac
	done <"$1"
}

# record COMMAND OUTPUT: runs an example of the manual and keeps in files N.*
# the command, its status, and its output beside the one that is shown.
record() {
	n=$((n + 1))
	echo "$page: $1" >$n.command
	echo "$2" >$n.want
	bash -c "set -o pipefail; $1" </dev/null >$n.got && status=0 || status=$?
	echo "$status" >$n.status
}

# Each example of the manual runs once, for both tests of them.
setup_file() {
	local page status n=0

	# What they write is not left in the source.
	cd "$BATS_FILE_TMPDIR" || return
	ln -s "$ROOT/tests" tests
	for page in "$ROOT"/man/*.[1-9]; do
		examples "$page" record
	done
}

# prints COMMAND OUTPUT: whether the command prints what is shown.
prints() {
	local got

	got=$(bash -c "$1" </dev/null)
	[ -n "$2" ] || return 0
	same "$2" "$got"
	shown=$((shown + 1))
}

@test "each output of the README is what its command prints" {
	shown=0
	cd "$ROOT"
	examples "$README" prints
	[ "$shown" -ge 5 ]
	same "$(grep -c '^\$ ' "$README")" "$shown"
}

@test "every example of the manual runs" {
	local f n=0

	cd "$BATS_FILE_TMPDIR"
	for f in *.status; do
		same "$(cat "${f%.*}.command") 0" \
		    "$(cat "${f%.*}.command") $(cat "$f")"
		n=$((n + 1))
	done
	same "$(cat "$ROOT"/man/*.[1-9] | grep -cE '^(\.Dl )?\$ ')" "$n"
	[ "$n" -ge 7 ]
}

@test "each output of the manual is what its command prints" {
	local f n=0

	cd "$BATS_FILE_TMPDIR"
	for f in *.want; do
		[ -n "$(cat "$f")" ] || continue
		same "$(cat "$f")" "$(cat "${f%.*}.got")"
		n=$((n + 1))
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

@test "the files, functions and tables that CONTRIBUTING names are there" {
	local name n=0

	cd "$ROOT"
	while IFS= read -r name; do
		compgen -G "$name" >/dev/null ||
		    [ -n "$(find cmd common scripts tests -path "*/$name")" ] ||
		    grep -rqwF -e "$name" common scripts Makefile ||
		    same '' "$name"
		n=$((n + 1))
	done < <(grep -oE '`[a-zA-Z_./*]+`' CONTRIBUTING.md | tr -d '`' |
	    grep -vE 'NAME|ROOM' | sort -u)
	[ "$n" -ge 40 ]
}
