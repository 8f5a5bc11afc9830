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
	until_is true 'return $("alerts").children.length > 0'
	serve_end
	until_is '"stop"' 'return $("state").dataset.state'
	rows 5 TLS
	serve --listen "$(sed 's,http://,,; s,/$,,' <<< "$URL")" "$CSV"
	until_is '"35"' "$(text_of packets)"
	same '"Live"' "$(script "$(text_of state-text)")"
	# The log has each alert once.
	same true "$(script 'const lines = [...$("alerts").children].map(
	    (li) => li.textContent);
	    return lines.length > 0 && new Set(lines).size === lines.length')"
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
	same '["No data yet.","No data yet."]' "$(script 'return [
	    $("flagged-none").textContent, $("alerts-none").textContent]')"
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
	until_is true 'return $("alerts").children.length > 0'
	alerts=$(script "$(text_of alerts)")
	script '$("pause").click()'
	same '"Paused"' "$(script "$(text_of state-text)")"
	# The server has no viewer any more.
	gone
	rows 60 TLS
	serve_end
	serve --listen "$(sed 's,http://,,; s,/$,,' <<< "$URL")" "$CSV"
	script '$("refresh").value = "2";
	    $("refresh").dispatchEvent(new Event("change"))'
	sleep 5
	same '["30","Paused"]' "$(script 'return [$("packets").textContent,
	    $("state-text").textContent]')"
	same "$alerts" "$(script "$(text_of alerts)")"
	script '$("pause").click()'
	until_is '"90"' "$(text_of packets)"
	until_is '["Live","?window=60&refresh=2"]' 'return [
	    $("state-text").textContent, location.search]'
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

# theme NAME: as the viewer chooses it.
theme() {
	script "\$('theme').value = '$1';
	    \$('theme').dispatchEvent(new Event('change'))" > /dev/null
}

@test "nothing sticks out on a phone, in light and in dark" {
	rows 30 TLS
	serve "$CSV"
	browser_start 500 900
	resize 390 900
	for theme in light dark; do
		visit "$URL?refresh=1&window=60"
		theme "$theme"
		until_is '"30"' "$(text_of packets)"
		same true "$(script 'return document.documentElement.scrollWidth
		    <= innerWidth')"
	done
	same '"rgb(15, 20, 26)"' "$(script \
	    'return getComputedStyle(document.body).backgroundColor')"
	quiet
}

# attacked: rows of a flood and of a login in the clear.
attacked() {
	rows 30 TLS
	rows 12 TELNET
	rows 150 ICMP
}

@test "words are readable and controls are seen, in light and in dark" {
	attacked
	serve --set home "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60&proto=TLS,ICMP"
	until_is '"180"' "$(text_of packets)"
	until_is true 'return $("alerts").textContent.includes("high") &&
	    $("alerts").textContent.includes("medium")'
	js=$(< "$BATS_TEST_DIRNAME/contrast.js")
	# Known pairs: black, and the lightest grey that WCAG lets be text.
	same '["21.00","4.54","4.48"]' "$(script "$js;"'return ["0,0,0",
	    "118,118,118", "119,119,119"].map((c) =>
	    ratio(parts(c), [255, 255, 255, 1]).toFixed(2))')"
	for width in 1280 390; do
		resize "$width" 900
		for theme in light dark; do
			theme "$theme"
			same '[true,[]]' "$(script "$js;"'return [
			    withText().length > 50, faint()]')"
			# What is said in trouble, and a button that is down.
			script '$("pause").click();
			    say("stop", "Trouble", "Words about it.")' > /dev/null
			same '[true,[]]' "$(script "$js;"'return [
			    isSeen($("notice")), faint()]')"
			script '$("pause").click()' > /dev/null
		done
	done
	quiet
}

@test "the keyboard reaches each control in order, and one sees where" {
	attacked
	serve --set home "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"192"' "$(text_of packets)"
	until_is true 'return $("alerts").textContent.includes("high")'
	js=$(< "$BATS_TEST_DIRNAME/contrast.js")
	for want in 'Skip to the figures' window refresh theme pause download \
	    SUMMARY ICMP TELNET TLS flagged-box alerts-box; do
		press Tab
		same "[\"$want\",true,true]" "$(script "$js;"'
		    const e = document.activeElement;
		    const s = getComputedStyle(e), r = e.getBoundingClientRect();
		    const name = e.id || e.getAttribute("aria-label") ||
			(e.localName === "summary" ? "SUMMARY" : e.textContent);
		    return [name, s.outlineStyle === "solid" &&
			parseFloat(s.outlineWidth) >= 2 && ratio(parts(
			s.outlineColor), ground(e.parentElement)) >= 3,
			r.left >= 0 && r.top < innerHeight && r.bottom > 0]')"
	done
}

@test "the keyboard does what the pointer does" {
	rows 30 TLS
	rows 12 DNS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1"
	until_is '"42"' "$(text_of packets)"
	script '$("window").focus()'
	press Down
	until_is '"?window=60&refresh=1"' 'return location.search'
	script 'document.querySelector("[data-proto=TLS] input").focus()'
	press ' '
	until_is '"30"' "$(text_of packets)"
	script '$("all").focus()'
	press Enter
	until_is '"42"' "$(text_of packets)"
	script '$("pause").focus()'
	press ' '
	until_is '["Paused","true"]' 'return [$("state-text").textContent,
	    $("pause").getAttribute("aria-pressed")]'
	press Enter
	until_is '["Live","false"]' 'return [$("state-text").textContent,
	    $("pause").getAttribute("aria-pressed")]'
	script '$("filter").querySelector("summary").focus()'
	press Enter
	until_is false 'return $("filter").open'
	script 'URL.createObjectURL = (b) => { window.saved = b; return "#"; };
	    $("download").focus()'
	press Enter
	until_is true 'return window.saved instanceof Blob'
	script 'document.body.firstElementChild.focus()'
	press Enter
	until_is '"main"' 'return document.activeElement.id'
	quiet
}

# told ROLE [NAME]: whether a screen reader finds it, by these very words.
told() {
	grep -qxF -- "$1 ${2-}" found || { echo "no $*"; cat found; false; } >&2
}

@test "a screen reader finds names, a table and words for the pictures" {
	attacked
	serve --set home "$CSV"
	browser_start 1280 900
	for width in 1280 390; do
		resize "$width" 900
		visit "$URL?refresh=1&window=60"
		until_is '"192"' "$(text_of packets)"
		script '$("filter").open = true' > /dev/null
		tree > found
		for name in Window Refresh Colours; do told combobox "$name"; done
		for name in Pause 'Download CSV' 'Show all'; do
			told button "$name"
		done
		for name in TLS ICMP TELNET; do told checkbox "$name"; done
		told table 'Suspicious addresses in the window, newest first'
		for name in Address Protocol Packets Rule 'First seen' \
		    'Last seen'; do
			told columnheader "$name"
		done
		told cell 192.0.2.1
		told cell 'cleartext-login icmp-flood'
		told image 'Bytes per second over 60 seconds, no spike'
		told image "Packets by protocol: ICMP 150 (suspicious), \
TLS 30, TELNET 12 (suspicious)"
		for name in pktpipe 'Suspicious addresses' Alerts; do
			told heading "$name"
		done
		told main
		told region Alerts
		told region 'Suspicious addresses'
		# Three rows and the one of the heads.
		same "$(script 'return $("flagged").rows.length')" \
		    "$(grep -c '^row ' found)"
		# Nothing that can be used is without a name.
		run -1 grep -xE '(button|checkbox|combobox|link|table|image) ' found
	done
}

@test "a screen reader is told what changed, and not every second" {
	serve --set home "$CSV"
	keep_coming
	browser_start 1280 900
	visit "$URL?refresh=1"
	until_is '"Live"' "$(text_of state-text)"
	script 'window.said = []; window.frames_ = 0;
	    for (const e of document.querySelectorAll(
	    "[role=status], [role=log], [role=alert], [aria-live], output"))
		new MutationObserver(() => said.push(e.textContent.trim())
		    ).observe(e, { childList: true, characterData: true,
		    subtree: true });
	    new MutationObserver(() => frames_++).observe($("packets"),
		{ childList: true })'
	until_is true 'return frames_ >= 5'
	same '[]' "$(script 'return said')"
	rows 150 ICMP
	until_is true 'return said.length > 0'
	# The alerts that another choice brings again are no news.
	script '$("window").value = "60";
	    $("window").dispatchEvent(new Event("change"))'
	until_is true 'return frames_ >= 10'
	same true "$(script 'return fresh + said.reduce(
	    (sum, s) => sum + parseInt(s), 0) === $("alerts").children.length')"
	same true "$(script 'return said.length <= 2 &&
	    /^[0-9]+ new alerts? at [0-9:]{8}$/.test(said[0])')"
}

@test "on a phone the rows of the table are cards" {
	attacked
	serve --set home "$CSV"
	browser_start 500 900
	resize 390 900
	visit "$URL?refresh=1&window=60"
	until_is true 'return $("flagged").tBodies[0].rows.length >= 1'
	same '[false,true,["none","none","\"Protocol\"","\"Packets\""],true]' \
	    "$(script 'const row = $("flagged").tBodies[0].rows[0];
	    const cells = [...row.cells];
	    const box = (e) => e.getBoundingClientRect();
	    return [$("filter").open,
		box(cells[1]).top > box(cells[0]).top &&
		box(cells[3]).top > box(cells[1]).top,
		[0, 3, 1, 2].map((i) => {
		    const s = getComputedStyle(cells[i], "::before");
		    return s.display === "none" ? "none" :
			s.content.split(" /")[0]; }),
		cells.every((c) => box(c).right <= innerWidth &&
		c.scrollWidth <= c.clientWidth)]')"
	quiet
}

@test "the state and the age of the data are always in sight" {
	attacked
	serve --set home "$CSV"
	browser_start 1280 900
	for width in 1280 800 390; do
		resize "$width" 400
		visit "$URL?refresh=1&window=60"
		until_is '"192"' "$(text_of packets)"
		script 'scrollTo(0, document.body.scrollHeight)'
		until_is '[true,["state-text","age"]]' 'return [scrollY > 100,
		    ["state-text", "age"].filter((id) => {
			const r = $(id).getBoundingClientRect();
			const top = document.elementFromPoint(
			    (r.left + r.right) / 2, (r.top + r.bottom) / 2);
			return top === $(id); })]'
	done
}

@test "silence is said calmly, and ends with the next row" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=10"
	until_is '"Silence"' "$(text_of state-text)"
	same '[false,true]' "$(script 'return [$("notice").hidden,
	    $("notice").textContent.startsWith("No rows are being added")]')"
	echo 'live eth0' > "$(echo "$HERE"/*.pktpipe-web/)state"
	until_is true 'return $("notice").textContent.startsWith(
	    "The capture runs, but no packets arrive")'
	rows 5 TLS
	until_is '["Live",true]' 'return [$("state-text").textContent,
	    $("notice").hidden]'
	quiet
}
