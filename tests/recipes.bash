# Common to recipes.bats and questions.bats: the answers of pktpipe(7).
# shellcheck shell=bash

PAGE=$ROOT/man/pktpipe.7

# recipe TITLE: its text.
recipe() {
	awk -v title=".Ss $1" '
	    /^\.S[sh] /	{ on = $0 == title }
	    /^\.Ed/	{ in_it = 0 }
	    on && in_it	{ gsub(/\\e/, "\\"); print; n++ }
	    /^\.Bd/	{ in_it = 1 }
	    END		{ exit !n }' "$PAGE"
}

# cook TITLE [WORD BY]: runs a recipe, with another word if told so.
cook() {
	local text

	text=$(recipe "$1") || return
	[ $# -eq 1 ] || text=${text//$2/$3}
	bash -o pipefail -c "$text"
}

# traffic: the rows of a capture with many protocols.
traffic() {
	pcap2csv --fields time,src,dst,proto,len,dport,flags \
	    "$DATA/demo.pcapng" > traffic.csv
}

# sums COLUMN: packets and bytes by a column of traffic.csv, by awk.
sums() {
	awk -F, -v c="$1" 'NR > 1 { n[$c]++; b[$c] += $5 }
	    END { for (k in n) print k "," n[k] "," b[k] }' traffic.csv | sort
}

# A program that keeps what it is given: its words in NAME.args, its input.
pretend() {
	# shellcheck disable=SC2016  # for the fake to expand
	printf '#!/bin/sh\necho "$*" >> %s.args\n%s\n' "$PWD/$1" \
	    "${2:-cat >> $PWD/$1.in}" > "fake/$1"
	chmod +x "fake/$1"
}

# busiest N: of "key,packets,bytes" those N with the most bytes.
busiest() {
	sort -t, -k3,3nr -k1,1 | head -n "$1"
}
