#!/usr/bin/env bats
# The recipes of pktpipe(7), as they stand there, do what they say.
# SPDX-License-Identifier: ISC

load helper
load recipes

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir fake
	PATH=$PWD/fake:$PATH
	HOME=$PWD TMUX_TMPDIR=$PWD TERM=xterm
	export HOME TMUX_TMPDIR TERM
}

teardown() {
	[ ! -e "tmux-$(id -u)" ] || tmux kill-server
}

# shown TARGET TEXT: waits until a pane of tmux shows it.
shown() {
	# shellcheck disable=SC2016  # for the other shell to expand
	timeout 120 sh -c 'until tmux capture-pane -p -t "$0" | grep -q -- "$1"
	    do sleep 0.1; done' "$@"
}

# all_shown TARGET LINES: waits until the pane shows each of these lines.
all_shown() {
	local line

	while IFS= read -r line; do
		shown "$1" "^$line\$"
	done <<< "$2"
}

@test "there are 25 questions and 19 recipes, and each has its test" {
	local title n=0

	while IFS= read -r title; do
		grep -qE "(cook|recipe) (\"|')$title" "$BATS_TEST_FILENAME" \
		    "$ROOT/tests/questions.bats" ||
		    { echo "no test: $title"; false; }
		n=$((n + 1))
	done < <(sed -n '/^\.Sh QUESTIONS/,/^\.Sh SEE/s/^\.Ss //p' "$PAGE")
	[ "$n" -ge 44 ]
}

@test "every option of the suite is in the table of options, once" {
	local f p used table

	table=$(sed -n 's/^\.It .* Ta Fl -\([a-z-]*\).*/\1/p' "$PAGE" | sort)
	same "" "$(uniq -d <<< "$table")"
	for f in "$ROOT"/cmd/*.c "$ROOT"/scripts/pktpipe-*; do
		p=${f##*/}
		p=${p%.c}
		used=$("$p" --help | grep -oE -e '--[a-z][a-z-]*' |
		    sed 's/^--//' | sort -u)
		same "" "$(comm -13 <(echo "$table") <(grep . <<<"$used") |
		    sed "s/^/$p --/")"
		# Letters that are not in it have another meaning, or none.
		used=$("$p" --help | grep -oE -e '(\[|^| )-[A-Za-z]+\b' |
		    tr -d ' []-' | fold -w 1 | sort -u)
		same "" "$(comm -13 <(sed -n 's/^\.It Fl \(.\) Ta.*/\1/p' \
		    "$PAGE" | sort) <(echo "$used") | sed "s/^/$p -/")"
	done
}

@test "tables on the screen and for spreadsheets" {
	traffic
	cook "A table on the screen" > out
	same "src packets bytes" "$(sed -n '1s/  */ /gp' out)"
	same "$(toptalk --top 10 traffic.csv | sed -n '2{s/,/ /g;p;}')" \
	    "$(sed -n '2s/  */ /gp' out)"
	cp "$DATA/tls.pcap" capture.pcap
	cook "A spreadsheet"
	first=$(sed -n 2p "$DATA/tls.pcap.truth.csv" | cut -d, -f2)
	same "$(date -u -d "@${first%.*}" '+%F %T')" \
	    "$(sed -n 2p sheet.csv | cut -d, -f1)"
}

@test "SQL sums as awk does" {
	traffic
	same "$(awk -F, 'NR > 1 { b[$2 "," $3] += $5 }
	    END { for (k in b) print k "," b[k] }' traffic.csv |
	    sort -t, -k3,3nr | sed -n '1,10s/.*,//p')" \
	    "$(cook "SQL" | tr -d '\r' | sed 's/.*,//')"
}

@test "pandas takes times and lengths as numbers" {
	traffic
	if python3 -c 'import pandas' 2> /dev/null; then
		got=$(cook "pandas" | sed -n '3,$s/  */,/gp' | sort)
	else
		# What the recipe relies on, without that large package.
		grep -q 'groupby("proto").len.agg' <<< "$(recipe "pandas")"
		got=$(python3 -c 'import csv
n, b = {}, {}
for r in csv.DictReader(open("traffic.csv")):
    float(r["time"])
    n[r["proto"]] = n.get(r["proto"], 0) + 1
    b[r["proto"]] = b.get(r["proto"], 0) + int(r["len"])
for p in n: print(p, n[p], b[p], sep=",")' | sort)
	fi
	same "$(sums 4)" "$got"
}

@test "Miller finds what awk finds" {
	traffic
	# Go, which Miller is written in, knows no zone UTC0.
	same "$(sums 4)" "$(TZ=UTC cook "Miller" |
	    awk 'NR > 1 { print $1 "," $2 "," $3 }' | sort)"
}

@test "gnuplot draws on the terminal" {
	traffic
	cook "A chart on the terminal" > out
	grep -q 'bytes/s' out
	[ "$(wc -l < out)" -ge 29 ]
}

@test "tshark's fields have the sums of its truth" {
	cp "$DATA/tls.pcap" capture.pcap
	same "$(cut -d, -f2-6 "$DATA/tls.pcap.truth.csv" |
	    sed '1s/.*/time,src,dst,proto,len/' | csvclean | protobw)" \
	    "$(cook "Fields from tshark")"
}

@test "a capture comes over ssh" {
	pretend ssh "cat '$DATA/dns.pcap'"
	same "$(pcap2csv "$DATA/dns.pcap" | toptalk --top 5)" \
	    "$(cook "A remote interface")"
	same "root@gateway tcpdump -i eth0 -U -s 256 -w - not port 22" \
	    "$(cat ssh.args)"
}

@test "watch shows the last minute" {
	traffic
	tmux new-session -d -s w -x 100 -y 30 \
	    "$(recipe "A live table")"
	last=$(sort -t, -k1,1n traffic.csv | tail -n 1 | cut -d, -f1)
	awk -F, -v t="$last" 'NR == 1 || $1 >= t - 60' traffic.csv > minute.csv
	mv minute.csv traffic.csv
	all_shown w "$(sums 2 | busiest 10)"
}

@test "tmux shows two views side by side" {
	traffic
	cook "Two views in tmux"
	all_shown net:0.0 "$(sums 4 | busiest 5)"
	all_shown net:0.1 "$(sums 2 | busiest 5)"
}

@test "cron's mail is addressed and has the table" {
	traffic
	pretend sendmail
	cook "Mail from cron"
	same -t "$(cat sendmail.args)"
	same "To: noc@example.org|Subject: traffic|" \
	    "$(head -n 3 sendmail.in | paste -sd '|')"
	same "$(grep -c . <(protobw traffic.csv))" \
	    "$(sed 1,3d sendmail.in | grep -c .)"
}

@test "parallel parts merge to the sums of the whole" {
	mkdir captures
	cp "$DATA/dns.pcap" "$DATA/tls.pcap" "$DATA/http.pcapng.gz" captures
	same "$(pcap2csv captures/* | protobw)" \
	    "$(cook "A folder of captures on all processors")"
}

@test "a rotated recording keeps its header" {
	local text

	text=$(recipe "A rotated recording")
	chmod 777 .
	unshare -n bash -c "ip link set lo up
	    ${text//eth0/lo}
	    timeout 120 sh -c 'until [ -s lo.csv ]; do sleep 0.1; done'
	    kill \$recorder
	    wait \$recorder"
	for f in lo.csv lo.csv-*Z; do
		same time,src,dst,proto,len "$(head -n 1 "$f")"
	done
}

@test "two sensors merge to the rates of all" {
	traffic
	for part in 0 1; do
		{
			head -n 1 traffic.csv
			sed 1d traffic.csv | sort -t, -k1,1n |
			    awk -v part="$part" 'NR % 2 == part'
		} > "$part.csv"
	done
	mv 0.csv north.csv
	mv 1.csv south.csv
	same "$(ratebw --bin 1m traffic.csv)" "$(cook "Two sensors as one")"
}

@test "a week is the sum of its days" {
	for n in 1 2; do
		awk -v n="$n" 'BEGIN { print "time,src,dst,proto,len"
		    for (i = 0; i < 100; i++)
			print n * 86400 + i * 700 ".5,192.0.2.1,,TLS," i }' \
		    > "day-$n.csv"
	done
	same "$(printf '%s\n' time,packets,bytes 86400.000000,100,4950 \
	    172800.000000,100,4950)" "$(cook "A week from its days")"
}

@test "names, and a table to give away" {
	for n in 1 2; do
		printf '%s\n' time,src,dst,proto,len \
		    "1.5,192.0.2.1,192.0.2.9,TLS,100" \
		    "2.5,192.0.2.$((n + 1)),192.0.2.9,TLS,200" > "day-$n.csv"
	done
	cp day-1.csv traffic.csv
	echo 192.0.2.1,router > hosts.csv
	same "$(printf '%s\n' 192.0.2.2,1,200 192.0.2.1,1,100,router)" \
	    "$(cook "Names beside addresses")"
	cook "A table to give away"
	same 192.0.0.0 "$(zstd -dc shared.csv.zst | sed 1d | cut -d, -f2 |
	    sort -u)"
}

@test "alerts go to the log" {
	pcap2csv --fields time,src,dst,proto,len,dport,flags \
	    "$DATA/flagged.pcap" > traffic.csv
	pretend logger
	cook "Alerts into the system log"
	cat logger.*
	grep -q 'port-scan.*192\.0\.2\.16' logger.*
}

@test "a live picture from an interface" {
	local text

	text=$(recipe "Live, with alerts, on a terminal")
	unshare -n bash -c "ip link set lo up
	    while echo > /dev/udp/127.0.0.1/9; sleep 0.1; do :; done \
		2> /dev/null 3>&- & talker=\$!
	    ${text//eth0/lo --duration 3s}
	    kill \$talker" > out
	grep -q UDP out
}
