#!/usr/bin/env bats
# pktpipe-web: its start, its requests, its door; the page: see browser/
# SPDX-License-Identifier: ISC

# shellcheck disable=SC1003,SC2012,SC2016  # hostile texts
# shellcheck disable=SC2030,SC2031,SC2154  # what bats sets

load helper
load web

@test "it prints one URL, of loopback, and serves the page there" {
	serve "$CSV"
	[[ $URL =~ ^http://127\.0\.0\.1:[0-9]+/$ ]]
	[ "$(code "$URL")" = 200 ]
	grep -q '<title>pktpipe</title>' body
	for f in frame.js panels.js tables.js incidents.js mutes.js past.js \
	    chart.js zoom.js nights.js sensors.js download.js show.js page.js page.css icon.svg; do
		[ "$(code "$URL$f")" = 200 ]
		cmp body "$ROOT/scripts/web/$f"
		same 200,gzip "$(curl -s -H 'Accept-Encoding: br, gzip' \
		    -D headers -o body -w '%{http_code},%header{content-encoding}' \
		    "$URL$f")"
		gzip -dc < body | cmp - "$ROOT/scripts/web/$f"
		grep -qi "^content-security-policy: default-src 'none';" headers
		same 200, "$(curl -s -H 'Accept-Encoding: gzip;q=0' -o body \
		    -w '%{http_code},%header{content-encoding}' "$URL$f")"
	done
	ss -ltnH "sport = :$(cut -d: -f3 <<< "${URL%/}")" | awk '
	    $4 !~ /^127\.0\.0\.1:/ { bad = 1 } END { exit bad || NR != 1 }'
}

@test "the page has words for each rule of the sets" {
	local s

	sed -n "s/^\t{ rule: '\([^']*\)'.*/^\1(-|$)/p" \
	    "$ROOT/scripts/web/incidents.js" >known
	[ -s known ]
	for s in demo home office server; do
		ipflag --set $s --print-rules | sed -n 's/^rule \([^ ]*\) .*/\1/p'
	done >rules
	[ "$(wc -l <rules)" -gt 200 ]
	same "" "$(grep -vEf known rules)"
}

@test "every answer has the headers that keep a page from harm" {
	serve "$CSV"
	guarded 200 "$URL"
	guarded 200 "${URL}page.js"
	guarded 200 "${URL}picture"
	guarded 200 "${URL}page.js" -r 999999-
	guarded 400 "${URL}stream?window=0"
	guarded 403 "${URL}nosuch"
	guarded 403 "${URL}stream/x"
	guarded 403 "$URL../../etc/passwd"
	guarded 403 "$URL$(printf 'A%.0s' {1..3000})"
	guarded 403 "$URL" -H 'Host: example.com'
	guarded 403 "$URL" -d x
	guarded 403 "$URL" -X OPTIONS
	guarded 200 "$URL" -I
	guarded 200 "${URL}stream" -I
	run -1 grep -qi '^strict-transport-security' headers
}

@test "a page of another site can link to it, and start nothing" {
	serve "$CSV"
	for site in cross-site same-site; do
		for path in stream picture past; do
			guarded 403 "$URL$path" -H "Sec-Fetch-Site: $site"
		done
		guarded 200 "$URL" -H "Sec-Fetch-Site: $site"
		guarded 200 "${URL}page.js" -H "Sec-Fetch-Site: $site"
	done
	for site in same-origin none; do
		guarded 200 "${URL}picture" -H "Sec-Fetch-Site: $site" \
		    -H 'Origin: http://example.com'
		run -1 grep -qi '^access-control' headers
	done
}

# guarded STATUS OPTION...: whether the answer has it, and the headers.
guarded() {
	curl -s --path-as-is -D answer -o body "${@:2}"
	tr -d '\r' < answer > headers
	grep -qE "^HTTP/[12.]+ $1" headers
	grep -qix 'x-content-type-options: nosniff' headers
	grep -qix 'referrer-policy: no-referrer' headers
	grep -qix 'cross-origin-resource-policy: same-origin' headers
	grep -qix 'cache-control: no-store' headers
	grep -qi "^content-security-policy: default-src 'none';" headers
	run -1 grep -qi unsafe headers
}

@test "what is no proper request gets nothing of itself back" {
	serve "$CSV"
	for args in '-X BREWx' '-X POST' '-H X<script>:1' '-H Host:' \
	    '--request-target http://spoiled/ -H A:spoiled'; do
		# shellcheck disable=SC2086  # words
		[[ $(code $args "${URL}spoiled") =~ ^(400|411|501)$ ]]
		run -1 grep -qiE 'spoiled|script|brew' body
	done
	[ "$(code -H "X: $(printf 'spoiled%.0s' {1..999})" "$URL")" = 431 ]
	run -1 grep -q spoiled body
}

@test "a request for another host is forbidden" {
	serve "$CSV"
	port=${URL##*:} port=${port%/}
	for host in example.com 127.0.0.1.example.com localhost.example.com \
	    "evil:$port" 10.0.0.1 127x0x0x1; do
		[ "$(code -H "Host: $host" "$URL")" = 403 ]
		[ "$(code -H "Host: $host" "${URL}stream")" = 403 ]
	done
	for host in localhost "localhost:$port" '[::1]' 127.0.0.1; do
		[ "$(code -H "Host: $host" "$URL")" = 200 ]
	done
}

@test "only GET and HEAD are answered, and nothing but the page's own files" {
	serve "$CSV"
	for method in POST PUT DELETE OPTIONS TRACE; do
		[[ $(code -X "$method" -d x "$URL") =~ ^(400|403|405|501)$ ]]
		[[ $(code -X "$method" -d x "${URL}stream") =~ ^(400|403|405|501)$ ]]
	done
	for path in query.sh events.awk server.sh ../pktpipe-web \
	    ..%2fpktpipe-web stream/x stream%2fx %2e%2e/etc/passwd picture/ \
	    //etc/passwd page.js%00.html; do
		[[ $(code "$URL$path") =~ ^(400|403|404)$ ]]
	done
}

@test "hostile queries are refused, and nothing runs" {
	mkdir spies
	for program in tail head gnuplot csvclean ipflag liveplot touch id; do
		printf '#!/bin/sh\necho %s >> "%s/ran"\n' "$program" "$PWD" \
		    > "spies/$program"
	done
	chmod +x spies/*
	mkdir web
	echo 20 > web/viewers
	: > web/spike
	bad=('$(id)' '`id`' ';id' '|id' '&&id' '>/tmp/x' '<x' '../../etc/passwd'
	    '/etc/passwd' '%00' '%0a' '%0d%0aX-Y:1' '*' '?' '~' '"' "'" '\' ' '
	    '	' $'\x01' $'\x7f' $'\xff' $'\xc3\xa9' '{a,b}' '$HOME' '!!' '#'
	    '%' '%2e%2e' '[a-z]' '(x)' '^' '+' ':' '@' '-1x' "$(printf 'A%.0s' \
	    {1..700})" 'TLS,,DNS' ',TLS' 'TLS,' 'tls' '-TLS' '--help' '_X' '')
	tried=$(all_refused)
	[ "$tried" -gt 300 ]
	[ ! -e ran ]
	[ "$(ls web | paste -sd' ')" = 'spike viewers' ]
}

# all_refused: each bad value is refused wherever it stands in a query; prints how
# many queries were.
all_refused() {
	local answer n=0 q value

	# The trap of bats takes as long as a query.
	trap - DEBUG
	for value in "${bad[@]}"; do
		for q in "proto=$value" "window=$value" "refresh=$value" \
		    "width=$value" "${value:-x}=1" "proto=TLS&proto=$value" \
		    "window=30&x$value"; do
			printf '%s\n' "$q" > tried
			answer=$(env -i PATH="$PWD/spies:$PATH" \
			    QUERY_STRING="$q" REQUEST_METHOD=GET \
			    PKTPIPE_WEB="$PWD/web" \
			    SCRIPT_FILENAME="$ROOT/scripts/web/stream" \
			    "$ROOT/scripts/web/stream")
			[[ $answer = 'Status: 400'* ]] || return
			n=$((n + 1))
		done
	done
	echo "$n"
}

@test "odd queries are refused, and those of the page are taken" {
	mkdir web
	echo 20 > web/viewers
	echo time,src,dst,proto,len > web/tagged
	export PKTPIPE_WEB=$PWD/web REQUEST_METHOD=GET
	# shellcheck source=scripts/web/query.sh
	. "$ROOT/scripts/web/query.sh"
	python3 "$ROOT/tests/queries.py" "${SEED:-1}" "${QUERIES:-100}" > want
	while IFS= read -r line; do
		answer=$(QUERY_STRING=${line#* } query)
		case $line,$answer in
		maybe*) echo "$line" ;;
		*,'Status: 400'*) echo "no ${line#* }" ;;
		*)	echo "yes ${line#* }" ;;
		esac
	done < want > got 2> messages
	same "$(cat want)" "$(cat got)"
	[ ! -s messages ]
	[ "$(grep -c ^yes want)" -gt 20 ]
}

@test "the server refuses them likewise, as they come from a browser" {
	serve "$CSV"
	for value in '$(id)' '%60id%60' ';id' '%00' '%0aX' '%FF' '..%2f' "'" \
	    NOSUCH TLS%2CDNS 0 961 007 1e2 0x20 30.5 "$(printf 'A%.0s' \
	    {1..900})"; do
		for name in proto panels window refresh width sort; do
			[ "$(code "${URL}stream?$name=$value")" = 400 ]
			[ "$(code "${URL}picture?$name=$value")" = 400 ]
		done
	done
	[[ $(code "${URL}stream?$(printf 'A%.0s' {1..9000})") =~ ^(400|414|431)$ ]]
}

@test "the server and what it runs are not root's" {
	rows 1 TLS
	serve "$CSV"
	daemon=$(cat "$HERE"/*.pktpipe-web/pid)
	[ "$(ps -o user= -p "$daemon")" != root ]
	grep -q '^NoNewPrivs:.*1$' "/proc/$daemon/status"
	grep -q '^CapEff:.*0000000000000000$' "/proc/$daemon/status"
}

# refused STATUS TEXT COMMAND...: whether it ends so, with that message alone.
refused() {
	run "-$1" --separate-stderr env TMPDIR="${TMPDIR-$HERE}" \
	    timeout 120 "${@:3}"
	same "" "$output"
	same "$2" "$stderr"
}

@test "what the server's user cannot read is named, and how to mend it" {
	as=(setpriv --reuid nobody --clear-groups env TMPDIR=/tmp)
	mkdir "$HERE/closed"
	cp -R "$HERE/scripts" "$HERE/build" "$HERE/closed"
	closed=$HERE/closed web=$HERE/closed/scripts/pktpipe-web
	chmod 700 "$closed"
	refused 3 "pktpipe-web: $closed/build/pcap2csv: user nobody cannot \
enter $closed: want chmod o+x $closed, another --user, or make install" \
	    env PATH="$closed/build:$PATH" "$web" "$CSV"
	TMPDIR=$closed run -3 --separate-stderr "$HERE/scripts/pktpipe-web" \
	    "$CSV"
	[[ $stderr = *": user nobody cannot enter $closed: want chmod o+x \
$closed, another --user, or another TMPDIR" ]]
	cp "$CSV" "$closed"
	refused 3 "pktpipe-web: $closed/rows.csv: user nobody cannot enter \
$closed: want chmod o+x $closed, or another --user" \
	    "$HERE/scripts/pktpipe-web" "$closed/rows.csv"
	chmod 755 "$closed"
	chmod 600 "$CSV"
	refused 3 "pktpipe-web: $CSV: user nobody cannot read it: want chmod \
o+r $CSV, or another --user" "$web" "$CSV"
	refused 3 "pktpipe-web: $CSV: user nobody cannot read it: want chmod \
o+r $CSV, or another user" "${as[@]}" "$web" "$CSV"
	chmod 644 "$CSV"
	chmod 700 "$closed/scripts/web/page.js"
	refused 3 "pktpipe-web: $closed/scripts/web/page.js: user nobody \
cannot read it: want chmod o+r $closed/scripts/web/page.js, another user, or \
make install" "${as[@]}" "$web" "$CSV"
	chmod 700 "$closed/scripts/web"
	refused 3 "pktpipe-web: $closed/scripts/web: user nobody cannot read \
it: want chmod -R o+rX $closed/scripts/web, or make install" \
	    "${as[@]}" "$web" "$CSV"
	rm -r "$closed"
	same "" "$(find "$HERE" -name '*.pktpipe-web')"
}

@test "it checks all that the server's user needs with few processes" {
	rows 1 TLS
	mkdir "$HERE/few"
	for program in id test readlink setpriv cat grep; do
		printf '#!/bin/sh\necho %s >> %s/ran\nexec %s "$@"\n' \
		    "$program" "$HERE" "$(command -v "$program")" \
		    > "$HERE/few/$program"
	done
	chmod -R a+rx "$HERE/few"
	: > "$HERE/ran"
	chmod a+w "$HERE/ran"
	PATH=$HERE/few:$PATH serve "$CSV"
	# 6; each port that is tried takes further ones of cat and setpriv.
	[ "$(grep -cE '^(id|test|readlink|grep)$' "$HERE/ran")" -le 8 ]
	grep -q setpriv "$HERE/ran"
}

@test "a program that is missing is said before anything starts" {
	# The root of a plain chroot is no mount and cannot be made private.
	# shellcheck disable=SC2016  # for the inner shell
	refused 3 "pktpipe-web: lighttpd is not installed, want Debian's \
lighttpd" unshare --mount --propagation unchanged sh -c '
		mount --make-rprivate / 2>/dev/null
		mount -t tmpfs none /usr/sbin || exit
		"$@"
		code=$?
		umount /usr/sbin
		exit "$code"' - "$HERE/scripts/pktpipe-web" -i lo
	mkdir bin
	ln -s /usr/bin/* bin
	rm bin/gnuplot
	refused 3 "pktpipe-web: gnuplot is not installed, want Debian's \
gnuplot-nox" env PATH="$PWD/bin" "$HERE/scripts/pktpipe-web" "$CSV"
	same "" "$(find "$HERE" -name '*.pktpipe-web')"
}

# nightly: a directory as pktpipe-nightly makes it, and what is not its own.
nightly() {
	local one

	mkdir -p "$HERE/n/2026-11-27" "$HERE/n/sensors/gate/2026-11-27" \
	    "$HERE/n/2026-11-28" "$HERE/n/.night.1" "$HERE/n/sensors/.x"
	for one in index.html daily.csv 2026-11-27/report.{html,png,svg,pdf} \
	    2026-11-27/rate-by-protocol.csv sensors/gate/index.html \
	    sensors/gate/2026-11-27/report.html 2026-11-27/hours.state \
	    .night.1/rows .night.1/index.html secret.csv note.html \
	    2026-11-27/.rows.csv sensors/.x/index.html; do
		echo "this is $one" > "$HERE/n/$one"
	done
	echo secret > "$HERE/out.csv"
	ln -s "$HERE/out.csv" "$HERE/n/2026-11-27/links.csv"
	ln -s "$HERE" "$HERE/n/sensors/link"
	ln -s "$HERE/out.csv" "$HERE/n/2026-11-28/report.html"
	chmod -R a+rX "$HERE/n"
}

@test "the nightly reports are served, and nothing beside or outside of them" {
	nightly
	serve --reports "$HERE/n" "$CSV"
	for path in index.html daily.csv 2026-11-27/report.{html,png,svg,pdf} \
	    2026-11-27/rate-by-protocol.csv sensors/gate/index.html \
	    sensors/gate/2026-11-27/report.html; do
		[ "$(code "${URL}reports/$path")" = 200 ]
		same "this is $path" "$(cat body)"
	done
	[ "$(code "${URL}reports/")" = 200 ]
	same "this is index.html" "$(cat body)"
	for path in secret.csv note.html 2026-11-27/hours.state .night.1/rows \
	    .night.1/index.html 2026-11-27/.rows.csv sensors/.x/index.html \
	    2026-11-27/links.csv 2026-11-28/report.html sensors/link/out.csv \
	    sensors/link/n/index.html ../out.csv %2e%2e/out.csv 2026-11-27 \
	    2026-11-27/../../out.csv 2026-11-27/..%2f..%2fout.csv sensors/ \
	    sensors/../index.html/x 2026-11-27/ //etc/passwd x/index.html \
	    2026-11-27/report.html/x 2026-11-27/report.html%00.csv \
	    sensors/gate/sensors/gate/index.html 2026-11-27/traffic.csv; do
		[[ $(code "${URL}reports/$path") =~ ^(400|403|404)$ ]]
		run -1 grep -qE 'secret|this is' body
	done
	[[ $(code -d x "${URL}reports/index.html") =~ ^(403|405)$ ]]
	curl -s -D answer -o body "${URL}reports/2026-11-27/report.html"
	tr -d '\r' < answer > headers
	grep -qix 'x-content-type-options: nosniff' headers
	grep -qix "content-security-policy: default-src 'none'; img-src 'self' \
data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
frame-ancestors 'none'" headers
	serve_end
	# Without the option there are no reports, and the page finds none.
	serve "$CSV"
	[ "$(code "${URL}reports/index.html")" = 200 ]
	[ ! -s body ]
	[[ $(code "${URL}reports/2026-11-27/report.html") = 40[34] ]]
	serve_end
	# A directory may have any name.
	mv "$HERE/n" "$HERE/n\"'\$(touch x) =>"
	serve --reports "$HERE/n\"'\$(touch x) =>" "$CSV"
	[ "$(code "${URL}reports/daily.csv")" = 200 ]
	refused 3 "pktpipe-web: $HERE/none: no such folder" \
	    "$HERE/scripts/pktpipe-web" --reports "$HERE/none" "$CSV"
	mkdir -m 700 "$HERE/private"
	refused 3 "pktpipe-web: $HERE/private/.: user nobody cannot enter \
$HERE/private: want chmod o+x $HERE/private, or another --user" \
	    "$HERE/scripts/pktpipe-web" --reports "$HERE/private" "$CSV"
}

@test "an interface that cannot be captured from is said before a URL" {
	refused 3 "pcap2csv: nosuch: no such interface, want one of pcap2csv \
--list-interfaces" "$HERE/scripts/pktpipe-web" -i nosuch
	run -3 --separate-stderr setpriv --reuid nobody --clear-groups \
	    env TMPDIR=/tmp PATH="$HERE/build:$PATH" \
	    "$HERE/scripts/pktpipe-web" -i lo
	[[ $stderr = "pcap2csv: lo: no permission to capture"* ]]
	same "" "$output"
}

@test "root does not serve, nor does nobody in particular" {
	for user in root 0; do
		refused 2 "pktpipe-web: the server cannot run as root, want another --user" \
		    pktpipe-web --user "$user" "$CSV"
	done
	refused 2 "pktpipe-web: no such user on this machine" \
	    pktpipe-web --user no-such-user "$CSV"
}

@test "an address that others reach wants a password and TLS" {
	for options in '--listen 0.0.0.0' '--listen [::]:99' \
	    '--listen 192.0.2.1:80 --password /etc/hostname'; do
		# shellcheck disable=SC2086  # words
		run -2 --separate-stderr pktpipe-web $options "$CSV"
		[[ $stderr = *"want --password and --tls, or --insecure"* ]]
	done
	run -2 --separate-stderr pktpipe-web
	run -2 --separate-stderr pktpipe-web -i lo "$CSV"
	run -2 --separate-stderr pktpipe-web --viewers 0 "$CSV"
	run -3 --separate-stderr pktpipe-web ./none/none.csv
}

@test "with a password and a certificate both are asked for" {
	printf 'ann:%s\n' "$(openssl passwd -6 secret)" > password
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout key -out cert -subj /CN=localhost -days 1 2> /dev/null
	cat key cert > pem
	serve --password password --tls pem "$CSV"
	[[ $URL = https://* ]]
	[ "$(code -k "$URL")" = 401 ]
	[ "$(code -k -u ann:wrong "$URL")" = 401 ]
	[ "$(code -k -u ann:secret "$URL")" = 200 ]
	# TLS 1.2 only with ciphers that authenticate what they encrypt.
	[ "$(code -k --tls-max 1.2 --ciphers ECDHE-ECDSA-AES128-GCM-SHA256 \
	    "$URL")" = 401 ]
	run ! code -k --tls-max 1.2 --ciphers ECDHE-ECDSA-AES128-SHA "$URL"
	guarded 401 -k "$URL"
	grep -qi '^strict-transport-security: max-age=31536000' headers
	# Who came in, once, and who did not, is logged without the passwords.
	[ "$(code -k -u ann:secret "$URL")" = 200 ]
	[ "$(code -k -u ann:wrong "$URL")" = 401 ]
	until_true last_is "(1)"
	same "pktpipe-web: wrong name or password from 127.0.0.1 (1)
pktpipe-web: ann logged in from 127.0.0.1
pktpipe-web: wrong name or password from 127.0.0.1 (1)" "$(cat messages)"
}

# last_is TEXT: whether the last of three messages ends so.
last_is() {
	[ "$(wc -l < messages)" -eq 3 ] &&
	    [[ $(tail -n 1 messages) = *"$1" ]]
}
