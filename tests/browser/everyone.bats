#!/usr/bin/env bats
# The dashboard in chromium: by keyboard, by screen reader, on a phone
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

# attacked: rows of a flood and of a login in the clear, in one second.
attacked() {
	local second=$(($(date +%s) - 3))

	rows 30 TLS "$second"
	rows 12 TELNET "$second"
	rows 150 ICMP "$second"
}

# theme NAME: as the viewer chooses it.
theme() {
	script "\$('theme').value = '$1';
	    \$('theme').dispatchEvent(new Event('change'))" > /dev/null
}

@test "words are readable and controls are seen, in light and in dark" {
	attacked
	echo 'rule telnet severity=medium proto=TELNET track=by_src packets=1' \
	    'seconds=60' > r.conf
	serve --set home --rules r.conf "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=300&proto=TLS,ICMP"
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
	visit "$URL?refresh=1&window=300"
	until_is '"192"' "$(text_of packets)"
	until_is true 'return $("alerts").textContent.includes("high")'
	js=$(< "$BATS_TEST_DIRNAME/contrast.js")
	flood='ICMP flood, 192.0.2.1 to 192.0.2.99, ICMP'
	for want in 'Skip to the figures' window refresh unit theme pause download \
	    SUMMARY ICMP TELNET TLS where Apply earlier 192.0.2.1 192.0.2.99 \
	    "Seen: $flood" "Mute: $flood"; do
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
	visit "$URL?refresh=1&window=120"
	until_is '"42"' "$(text_of packets)"
	script '$("window").focus()'
	press Down
	until_is '"?window=300&refresh=1"' 'return location.search'
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
	until_is '[true,"false"]' 'return [
	    $("state-text").textContent !== "Paused",
	    $("pause").getAttribute("aria-pressed")]'
	script '$("filter").querySelector("summary").focus()'
	press Enter
	until_is false 'return $("filter").open'
	script 'URL.createObjectURL = (b) => { window.saved = b; return "#"; };
	    $("download").focus()'
	press Enter
	until_is false 'return $("downloads").hidden'
	press Tab
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

# all_rows: whether a screen reader finds the rows that are shown, each as a row;
# what it finds is in ./found.
# shellcheck disable=SC2317  # until_true calls it
all_rows() {
	tree > found
	[ "$(script 'return [...document.querySelectorAll("tr")].filter((tr) =>
	    !tr.hidden && tr.closest("[hidden]") === null).length')" = \
	    "$(grep -c '^row ' found)" ]
}

@test "a screen reader finds names, a table and words for the pictures" {
	attacked
	echo 'rule telnet severity=medium proto=TELNET track=by_src packets=1' \
	    'seconds=60' > r.conf
	serve --set home --rules r.conf --spike 9999 "$CSV"
	browser_start 1280 900
	for width in 1280 390; do
		resize "$width" 900
		visit "$URL?refresh=1&window=300"
		until_is '"192"' "$(text_of packets)"
		until_is true 'return $("top-sources").tBodies[0].rows.length > 0'
		script '$("filter").open = true' > /dev/null
		until_true all_rows
		for name in Window Refresh Unit Colours; do told combobox "$name"; done
		for name in Pause 'Download CSV' 'Show all'; do
			told button "$name"
		done
		for name in TLS ICMP TELNET; do told checkbox "$name"; done
		told table 'Suspicious addresses, the most severe first'
		for name in Severity Address Reason Packets \
		    $'Share of victim\xe2\x80\x99s packets' Protocols \
		    'First seen' 'Last seen' Alert Who; do
			told columnheader "$name"
		done
		told cell 192.0.2.1
		told cell 'ICMP flood, telnet'
		when=$(sed -n 's/^image Packets .* the last \(.*\): .*/\1/p' found)
		seconds=$(awk '{ for (i = 1; i < NF; i += 2)
		    s += $i * ($(i + 1) == "min" ? 60 : 1)
		    print s }' <<< "$when")
		told image "Bytes per second over the last $when, \
alerts in 1 second, no data in $((300 - seconds)) seconds"
		told image "Packets by protocol over the last $when: \
ICMP 150 (alert), TLS 30, TELNET 12 (alert)"
		for name in pktpipe 'Suspicious addresses' Alerts; do
			told heading "$name"
		done
		told main
		told region Alerts
		told region 'Suspicious addresses'
		# Nothing that can be used is without a name.
		run -1 grep -xE '(button|checkbox|combobox|link|table|image) ' found
		same '[]' "$(axe)"
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
	    (sum, s) => sum + parseInt(s), 0) === incidents(log).reduce(
	    (sum, i) => sum + i.times, 0)')"
	same true "$(script 'return said.length <= 2 &&
	    /^[0-9]+ new alerts? at [0-9:]{8}$/.test(said[0])')"
}

@test "the state and the age of the data are always in sight" {
	attacked
	serve --set home "$CSV"
	browser_start 1280 900
	for width in 1280 800 390; do
		resize "$width" 400
		visit "$URL?refresh=1&window=300"
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

@test "no words of the bars are cut, or touch others or a bar" {
	for proto in BITTORRENT MEMCACHE WIREGUARD WEBSOCKET DIAMETER TLS; do
		rows 9 "$proto"
	done
	serve "$CSV"
	browser_start 1280 900
	for width in 1280 390; do
		resize "$width" 900
		visit "$URL?refresh=1&window=300"
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
	resize 390 900
	for theme in light dark; do
		visit "$URL?refresh=1&window=300"
		theme "$theme"
		until_is '"30"' "$(text_of packets)"
		same true "$(script 'return document.documentElement.scrollWidth
		    <= innerWidth')"
	done
	same '"rgb(15, 20, 26)"' "$(script \
	    'return getComputedStyle(document.body).backgroundColor')"
	quiet
}

@test "on a phone the rows of the table are cards" {
	attacked
	serve --set home "$CSV"
	browser_start 500 900
	resize 390 900
	visit "$URL?refresh=1&window=300"
	# A victim's has no packets.
	suspect='[...$("flagged").tBodies[0].rows].find((tr) =>
	    tr.cells[3].textContent !== "")'
	until_is true "return $suspect !== undefined"
	same '[false,true,["none","none","\"Packets\"","\"Protocols\""],true]' \
	    "$(script "const row = $suspect;"'
	    const cells = [...row.cells];
	    const box = (e) => e.getBoundingClientRect();
	    return [$("filter").open,
		box(cells[1]).top > box(cells[0]).top &&
		box(cells[3]).top > box(cells[1]).top,
		[0, 1, 3, 5].map((i) => {
		    const s = getComputedStyle(cells[i], "::before");
		    return s.display === "none" ? "none" :
			s.content.split(" /")[0]; }),
		cells.every((c) => box(c).right <= innerWidth &&
		c.scrollWidth <= c.clientWidth)]')"
	# At any width nothing sticks out, and no address of IPv4 is broken.
	for width in 320 700 880 1024 1120; do
		resize "$width" 900
		same '[true,[]]' "$(script 'const page = document.documentElement;
		    return [page.scrollWidth <= page.clientWidth,
		    [...document.querySelectorAll("#incidents .who a")].filter(
		    (a) => a.getClientRects().length > 1).map(
		    (a) => a.textContent)]')"
	done
	quiet
}

# media MEDIA FEATURE VALUE: the page as if on this medium.
media() {
	cdp Emulation.setEmulatedMedia "{ \"media\": \"$1\", \"features\":
	    [{ \"name\": \"$2\", \"value\": \"$3\" }] }" > /dev/null
}

@test "on paper there are figures without controls, in forced colours bars" {
	attacked
	serve --set home "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	until_is '"192"' "$(text_of packets)"
	theme dark
	until_is true 'return $("top-sources").tBodies[0].rows.length > 0 &&
	    $("alerts").tBodies[0].rows.length > 0'
	seen='return ["theme", "download", "filter", "earlier", "tiles",
	    "alerts", "top-sources"].filter((id) =>
	    $(id).getClientRects().length > 0)'
	media print forced-colors none
	same '["tiles","alerts","top-sources"]' "$(script "$seen")"
	same '["rgb(255, 255, 255)",[]]' "$(script 'return [
	    getComputedStyle(document.body).backgroundColor,
	    [...document.querySelectorAll(".act")].filter((e) =>
	    e.getClientRects().length > 0)]')"
	media screen forced-colors active
	until_is true 'const bar = getComputedStyle(
	    $("top-sources").querySelector("td.bar"), "::after");
	    return matchMedia("(forced-colors: active)").matches &&
	    parseFloat(bar.width) > 20 && bar.height === "3px"'
	quiet
}
