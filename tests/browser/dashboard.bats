#!/usr/bin/env bats
# The dashboard in chromium: what a viewer sees, and what a click does
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

teardown() {
	[ -z "${WD-}" ] || browser_end
	[ -z "${SERVER-}" ] || serve_end || { cat messages; false; }
	link_end
}

# until_is WANT JAVASCRIPT: waits until it returns that JSON, 20 s at most.
until_is() {
	local i got

	for ((i = 0; i < 100; i++)); do
		got=$(script "$2")
		[ "$got" != "$1" ] || return 0
		sleep 0.2
	done
	echo "want $1, got $got: $2" >&2
	return 1
}

text_of() {
	echo "return document.getElementById('$1').textContent"
}

# quiet: no message on the browser's console, so none of the CSP either.
quiet() {
	same "" "$(console)"
}

# keep_coming: rows every second until the server ends.
keep_coming() {
	while kill -0 "$SERVER" 2> /dev/null; do
		rows 20 TLS
		rows 5 DNS
		sleep 1
	done 3>&- > /dev/null 2>&1 &
}

@test "the page shows figures, pictures and the state, without complaint" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"42"' "$(text_of packets)"
	same '"4.20 kB"' "$(script "$(text_of bytes)")"
	same '"1"' "$(script "$(text_of sources)")"
	same '"Live"' "$(script "$(text_of state-text)")"
	same '["rows.csv",2]' "$(script 'return [$("source").textContent,
	    document.querySelectorAll(".picture svg").length]')"
	same '"Packets by protocol: TLS 30, DNS 12"' "$(script \
	    'return $("picture-protocols").getAttribute("aria-label")')"
	quiet
}

@test "the picture changes with every refresh, without a reload" {
	serve "$CSV"
	keep_coming
	browser_start 1280 900
	visit "$URL?refresh=1"
	script 'window.same = true'
	until_is true 'return document.querySelectorAll(".picture svg").length
	    === 2'
	for _ in 1 2 3; do
		was=$(script 'return $("picture-rate").innerHTML')
		until_is true "return \$('picture-rate').innerHTML !== $was"
	done
	same true "$(script 'return window.same')"
	quiet
}

@test "TLS alone: bars and totals follow the filter, and the address has it" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"42"' "$(text_of packets)"
	script 'document.querySelector("[data-proto=TLS] input").click()'
	until_is '"30"' "$(text_of packets)"
	same '"3.00 kB"' "$(script "$(text_of bytes)")"
	same '"Packets by protocol: TLS 30"' "$(script \
	    'return $("picture-protocols").getAttribute("aria-label")')"
	same '"?proto=TLS&window=60&refresh=1"' "$(script \
	    'return location.search')"
	# The other is still offered, with its count.
	same '["12",false]' "$(script 'const l =
	    document.querySelector("[data-proto=DNS]");
	    return [l.lastChild.textContent, l.firstChild.checked]')"
	script 'document.getElementById("all").click()'
	until_is '"42"' "$(text_of packets)"
	quiet
}

@test "without scripts the picture is there, and the page loads it again" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900 --blink-settings=scriptEnabled=false
	visit "$URL"
	until_is true 'return document.images[0].complete &&
	    document.images[0].naturalWidth > 0'
	same "\"${URL}picture\"" "$(script 'return document.images[0].src')"
	same '[]' "$(script 'return [...document.querySelectorAll(
	    "button, select, .notice, #state")].filter((e) =>
	    e.getClientRects().length > 0).map((e) => e.id)')"
	born=$(script 'return performance.timeOrigin')
	until_is true "return performance.timeOrigin > $born"
	until_is true 'return document.images[0].complete &&
	    document.images[0].naturalWidth > 0'
	quiet
}

@test "an address that was shared has its choice" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?proto=DNS&window=120&refresh=2"
	until_is '"12"' "$(text_of packets)"
	same '["120","2",true]' "$(script 'return [$("window").value,
	    $("refresh").value,
	    document.querySelector("[data-proto=DNS] input").checked]')"
	visit "$URL?proto=%3Cb%3E,NOSUCH&window=7&refresh=x"
	until_is '"Refused"' "$(text_of state-text)"
	same '"30"' "$(script 'return $("window").value')"
}

@test "a ping flood and a port scan are in the table within ten seconds" {
	link_start
	serve --set home -i "$LINK"
	browser_start 1280 900
	visit "$URL?refresh=1"
	until_is true 'return $("state-text").textContent !== "Connecting"'
	same 0 "$(script 'return $("flagged").tBodies[0].rows.length')"
	nsenter -t "$NS" --net ping -q -f -c 400 198.18.0.1 > /dev/null
	nsenter -t "$NS" --net nmap -n -Pn -sS -p 1-100 198.18.0.1 > /dev/null
	start=$SECONDS
	until_is true 'return /198\.18\.0\.2.*icmp-flood/.test(
	    $("flagged").textContent)'
	until_is true 'return /198\.18\.0\.2.*port-scan/.test(
	    $("flagged").textContent)'
	[ $((SECONDS - start)) -le 10 ]
	until_is true 'return /port-scan start: 198\.18\.0\.2/.test(
	    $("alerts").textContent)'
	quiet
}

@test "it reconnects by itself when the server is started again" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"30"' "$(text_of packets)"
	serve_end
	until_is '"stop"' 'return $("state").dataset.state'
	rows 5 TLS
	serve --listen "$(sed 's,http://,,; s,/$,,' <<< "$URL")" "$CSV"
	until_is '"35"' "$(text_of packets)"
	same '"Live"' "$(script "$(text_of state-text)")"
}

@test "one viewer too many is told so in the page, and gets the next place" {
	rows 30 TLS
	serve --viewers 1 "$CSV"
	curl -sN --max-time 120 "${URL}stream?refresh=60" > events 3>&- &
	other=$!
	awaits 1 '^event: frame' events
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"Waiting for a place"' "$(text_of state-text)"
	same '"1 of 1 viewers are here already. This page starts when one leaves."' \
	    "$(script "$(text_of notice)")"
	same false "$(script 'return $("notice").hidden')"
	kill "$other"
	until_is '"30"' "$(text_of packets)"
	same '["Live",true]' "$(script \
	    'return [$("state-text").textContent, $("notice").hidden]')"
}

@test "no data, and an end of the capture, are said calmly" {
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1"
	until_is '"Waiting for data"' "$(text_of state-text)"
	echo 'ended eth0' > "$(echo "$HERE"/*.pktpipe-web/)state"
	until_is '"Capture ended"' "$(text_of state-text)"
	same false "$(script 'return $("notice").hidden')"
	quiet
}

@test "pause keeps what is shown" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"30"' "$(text_of packets)"
	script '$("pause").click()'
	same '"Paused"' "$(script "$(text_of state-text)")"
	rows 5 TLS
	sleep 5
	same '"30"' "$(script "$(text_of packets)")"
	script '$("pause").click()'
	until_is '"35"' "$(text_of packets)"
}

@test "what is on the screen can be had as CSV" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"42"' "$(text_of packets)"
	script 'const make = URL.createObjectURL;
	    URL.createObjectURL = (b) => { window.saved = b; return make(b); };
	    $("download").click()'
	script 'return saved.text()' | jq -r . > saved.csv
	same "TLS,30,3000
DNS,12,1200" "$(grep -E '^(TLS|DNS),' saved.csv | cut -d, -f1-3)"
	quiet
}

@test "of a picture only shapes and words are kept" {
	serve "$CSV"
	browser_start 1280 900
	visit "$URL"
	same '"<svg xmlns=\"http://www.w3.org/2000/svg\"><g/><text>a</text></svg>"' \
	    "$(script 'return new XMLSerializer().serializeToString(
	    importPicture(["<svg xmlns=\"http://www.w3.org/2000/svg\" " +
	    "onload=\"x()\"><script>x()</script><g style=\"a:b\"/>" +
	    "<foreignObject/><image href=\"//x\"/><text>a</text></svg>"]))')"
	same null "$(script 'return importPicture(["<html/>"])')"
	same null "$(script 'return importPicture(["<svg"])')"
}

@test "no words of the bars are cut, or touch others or a bar" {
	for proto in BITTORRENT MEMCACHE WIREGUARD WEBSOCKET DIAMETER TLS; do
		rows 9 "$proto"
	done
	serve "$CSV"
	browser_start 1280 900
	for width in 1280 390; do
		resize "$width" 900
		visit "$URL?refresh=1&window=60"
		until_is '"54"' "$(text_of packets)"
		same '[6,[]]' "$(script 'const svg = document.querySelector(
		    "#picture-protocols svg");
		    const box = (e) => e.getBoundingClientRect();
		    const words = [...svg.querySelectorAll("text")];
		    const bars = [...svg.querySelectorAll(
		    "[fill=\"rgb(68,119,170)\"]")];
		    const touch = (a, b) => a.left < b.right + 2 &&
		    b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom;
		    const all = box(svg);
		    const bad = words.filter((w) => box(w).left < all.left ||
		    box(w).right > all.right ||
		    [...words, ...bars].some((o) => o !== w &&
		    touch(box(o), box(w))));
		    return [bars.length, bad.map((w) => w.textContent)]')"
	done
}

@test "nothing sticks out on a phone, in light and in dark" {
	rows 30 TLS
	serve "$CSV"
	browser_start 500 900
	for theme in light dark; do
		visit "$URL?refresh=1&window=60"
		script "\$('theme').value = '$theme';
		    \$('theme').dispatchEvent(new Event('change'))"
		until_is '"30"' "$(text_of packets)"
		same true "$(script 'return document.documentElement.scrollWidth
		    <= innerWidth')"
	done
	same '"rgb(17, 22, 28)"' "$(script \
	    'return getComputedStyle(document.body).backgroundColor')"
	quiet
}

@test "all controls have names and can be reached with the keyboard" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"30"' "$(text_of packets)"
	same '[]' "$(script 'return [...document.querySelectorAll(
	    "button, select, input")].filter((e) => e.tabIndex < 0 ||
	    (e.textContent.trim() || (e.labels && e.labels.length &&
	    e.labels[0].textContent.trim())) === "").map((e) => e.id)')"
	same '["TABLE","CAPTION"]' "$(script 'return [$("flagged").tagName,
	    $("flagged").caption.tagName]')"
}
