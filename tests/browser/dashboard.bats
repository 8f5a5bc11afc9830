#!/usr/bin/env bats
# The dashboard in chromium: what a viewer sees, and what a click does
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

# words_of PANEL: what a picture is called, with N for its seconds.
words_of() {
	echo "return \$('picture-$1').getAttribute('aria-label').replace(
	    /last ([0-9]+ min ?)?([0-9]+ s)?/, 'last N s')"
}

@test "the page shows figures, pictures and the state, without complaint" {
	rows 30 TLS
	rows 12 DNS
	open_page 42 'refresh=1&window=300'
	same '"4.20 kB"' "$(script "$(text_of bytes)")"
	same '"1"' "$(script "$(text_of sources)")"
	same true "$(script "$(of_now)")"
	same '["rows.csv",2]' "$(script 'return [$("source").textContent,
	    document.querySelectorAll(".picture svg").length]')"
	same '"Packets by protocol over the last N s: TLS 30, DNS 12"' \
	    "$(script "$(words_of protocols)")"
	quiet
}

@test "each text says over which time it holds, by one clock" {
	local start seconds

	start=$(($(date +%s) - 8))
	packets 5 "$start" 1 >> "$CSV"
	clock=$(TZ=Asia/Kathmandu date -d "@$start" +%T)
	TZ=Asia/Kathmandu serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	until_is '"5"' "$(text_of packets)"
	# Seconds since the first packet; the window is not that long.
	seconds='["packets-note", "bytes-note", "flagged-note"].map((id) =>
	    $(id).textContent).concat(
	    $("picture-rate").getAttribute("aria-label")).map((text) => {
	    const [, m, s] = /over the last (?:([0-9]+) min)? ?(?:([0-9]+) s)?/
	    .exec(text) ?? []; return 60 * (m ?? 0) + Number(s ?? 0); })'
	until_is true "const s = $seconds; const t = totalsOf(frame);
	    return s.length === 4 && s.every((n) => n >= 5 && n < 300 &&
	    n === Math.round(t.to - $start))"
	# The next frame may be there, and not yet shown.
	until_is true 'const t = totalsOf(frame);
	    return $("bytes-note").textContent.startsWith("mean " +
	    bytes(500 / (t.to - '"$start"')) + "/s ")'
	same "\"The data begin at $clock.\"" "$(script \
	    'return $("period").textContent.split(". ")[1]')"
	same "\"None since $clock. Rules in use: home.\"" \
	    "$(script "$(text_of alerts-note)")"
	same '" Times are those of the server: UTC+05:45."' \
	    "$(script "$(text_of zone)")"
	same 1 "$(script 'return [...document.querySelectorAll(
	    "#picture-rate text")].filter((e) => e.textContent ===
	    "no data").length')"
	# The gap is hatched, in a colour of the page.
	same true "$(script 'const [gap] = document.querySelectorAll(
	    "#picture-rate [fill^=url]"); return getComputedStyle($(gap
	    .getAttribute("fill").slice(5, -1)).querySelector("path")).stroke
	    === getComputedStyle($("age")).color')"
	quiet
}

# shown CHANGES ID ...: what these elements say of totals with these changes.
shown() {
	script 'const t = { from: "1000", to: "1300", begin: "0",
	    covered: "300", packets: "70000", bytes: "600000", rate: "7",
	    peak: "9", sources: "65536", flagged: "65536", newest: "1299",
	    flagged_rows: "65540", sources_capped: "1", flagged_capped: "1",
	    zone: "CET", east: "3600", ...{ '"$1"' } };
	    const f = { totals: [Object.keys(t).join(),
	    Object.values(t).join()], rate: [], alerts: [], rules: "home",
	    sources:
	    ["src,proto,packets,rule,first,last", "a,TLS,1,x,1,2"] };
	    f.alerts.push("2026-11-28T12:00:00Z scan (high): from a, 9 packets" +
	    " in 1 s, threshold 1");
	    f.alerts.note = " 1003";
	    f.severities = "x=high"; f.since = "0";
	    startAlerts();
	    showTiles(f); showAlerts(f);
	    return "'"${*:2}"'".split(" ").map((id) => $(id).textContent)'
}

@test "what is a part, a gap or a cap is shown as one" {
	serve "$CSV"
	browser_start 1280 900
	visit "$URL"
	until_is '"Waiting for data"' "$(text_of state-text)"
	script '$("pause").click()' > /dev/null
	same '["65,536+","65,536+ flagged","over the last 5 min","mean 2.00 kB/s over the last 5 min","01:16:40 to 01:21:40 CET."]' 	    "$(shown '' sources sources-note packets-note bytes-note period)"
	same '["Seen over the last 5 min. Packets are those with an alert, of the newest 1 of 65,540 sources and protocols."," Times are those of the server: CET (UTC+01:00).","1 open since 1970-01-01 01:00:00, by the newest 1,000 of 1,003 alerts. Rules in use: home."]' 	    "$(shown '' flagged-note zone alerts-note)"
	# From 1100 s on, or all but 100 s inside, or both.
	same '["over the last 3 min 20 s","mean 3.00 kB/s over the last 3 min 20 s","01:16:40 to 01:21:40 CET. The data begin at 01:18:20."]' 	    "$(shown 'covered: "200", begin: "1100"' 	    packets-note bytes-note period)"
	same '["over 3 min 20 s of the last 5 min","01:16:40 to 01:21:40 CET. Nothing was captured for 1 min 40 s.","no data"]' 	    "$(shown 'covered: "200", rate: ""' packets-note period rate)"
	same '["over 2 min 30 s of the last 5 min","01:16:40 to 01:21:40 CET. The data begin at 01:18:20. Nothing was captured for 50 s."]' 	    "$(shown 'covered: "150", begin: "1100"' packets-note period)"
	same '["before the first second is over","before the first second is over"]' "$(shown 'covered: "0", begin: "1300"' packets-note bytes-note)"
	# What is not nothing does not look like it.
	same '["0.0 %","< 0.1 %","0.1 %"]' "$(script 'return [0, 0.04, 0.06].map(
	    (n) => percent(n).replace("\u00a0", " "))')"
	# Labels of an axis are where they say.
	same '["10 B/s 5 B/s 0","20 B/s 15 B/s 10 B/s 5 B/s 0"]' \
	    "$(script 'return [7, 13].map((rate) => {
	    const bins = [{ time: 0, up: rate, down: 0 }], svg = shape("svg", {});
	    drawAxes(svg, bins, plotOf({}, bins, [], 500));
	    return [...svg.querySelectorAll("[text-anchor=end]")].map(
	    (e) => e.textContent).join(" "); })')"
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
	open_page 42 'refresh=1&window=300'
	script 'document.querySelector("[data-proto=TLS] input").click()'
	until_is '"30"' "$(text_of packets)"
	same '"3.00 kB"' "$(script "$(text_of bytes)")"
	same '"Packets by protocol over the last N s: TLS 30"' \
	    "$(script "$(words_of protocols)")"
	same '"?proto=TLS&window=300&refresh=1"' "$(script \
	    'return location.search')"
	# The other is still offered, with its count.
	same '["12",false]' "$(script 'const l =
	    document.querySelector("[data-proto=DNS]");
	    return [l.lastChild.textContent, l.firstChild.checked]')"
	script 'document.getElementById("all").click()'
	until_is '"42"' "$(text_of packets)"
	quiet
}

# filter TEXT: as it is typed and applied.
filter() {
	script "\$('where').value = '$1'; \$('where-form').requestSubmit()" \
	    > /dev/null
}

@test "a filter narrows all figures, is in the address, or says what is wrong" {
	rows 30 TLS
	packets 12 "$SECOND" 0.000001 192.0.2.2 DNS >> "$CSV"
	open_page 42 'refresh=1&window=300'
	filter 'src = 192.0.2.2'
	until_is '"12"' "$(text_of packets)"
	same '["1.20 kB","?window=300&refresh=1&where=src%20%3D%20192.0.2.2",
	    "Only rows that meet it are shown"]' "$(script 'return [
	    $("bytes").textContent, location.search,
	    $("where-note").textContent]' | sed 's/",/&\n	    /2')"
	filter 'src = '
	until_is '"Bad filter"' "$(text_of state-text)"
	same '["bad filter: \"src =\" at 6: want a value, found the end",
	    "true"]' "$(script 'return [$("where-note").textContent,
	    $("where").getAttribute("aria-invalid")]' | sed 's/",/&\n	    /')"
	script '$("where-clear").click()' > /dev/null
	until_is '"42"' "$(text_of packets)"
	same '"?window=300&refresh=1"' "$(script 'return location.search')"
	# An address that was shared.
	visit "$URL?refresh=1&window=300&where=proto%20%3D%20tls"
	until_is '"30"' "$(text_of packets)"
	same '"proto = tls"' "$(script 'return $("where").value')"
}

@test "without scripts the picture is there, and the page loads it again" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900 --blink-settings=scriptEnabled=false
	visit "$URL"
	until_true is true 'return document.images[0].complete &&
	    document.images[0].naturalWidth > 0'
	same "\"${URL}picture\"" "$(script 'return document.images[0].src')"
	same '[]' "$(script 'return [...document.querySelectorAll(
	    "button, select, .notice, #state")].filter((e) =>
	    e.getClientRects().length > 0).map((e) => e.id)')"
	born=$(script 'return performance.timeOrigin')
	until_true is true "return performance.timeOrigin > $born"
	until_true is true 'return document.images[0].complete &&
	    document.images[0].naturalWidth > 0'
	quiet
}

@test "an address that was shared has its choice" {
	rows 30 TLS
	rows 12 DNS
	open_page 12 'proto=DNS&window=120&refresh=2'
	same '["120","2",true]' "$(script 'return [$("window").value,
	    $("refresh").value,
	    document.querySelector("[data-proto=DNS] input").checked]')"
	visit "$URL?proto=%3Cb%3E,NOSUCH&window=7&refresh=x"
	until_is '"Refused"' "$(text_of state-text)"
	same '"30"' "$(script 'return $("window").value')"
}

@test "a ping flood and a port scan are in the table while it captures" {
	link_start
	serve --set home -i "$LINK"
	browser_start 1280 900
	visit "$URL?refresh=1"
	until_is true 'return $("state-text").textContent !== "Connecting"'
	same 0 "$(script 'return $("flagged").tBodies[0].rows.length')"
	nsenter -t "$NS" --net ping -q -f -c 400 198.18.0.1 > /dev/null
	nsenter -t "$NS" --net nmap -n -Pn -sS -p 1-100 198.18.0.1 > /dev/null
	until_is true 'return /198\.18\.0\.2.*ICMP flood/.test(
	    $("flagged").textContent)'
	until_is true 'return /198\.18\.0\.2[^v]*port scan/.test(
	    $("flagged").textContent)'
	until_is true 'return /mediumPort scan198\.18\.0\.2/.test(
	    $("alerts").textContent)'
	quiet
}

@test "pause keeps what is shown" {
	rows 30 TLS
	open_page 30 'refresh=1&window=300' --set demo
	until_is true 'return $("alerts").tBodies[0].rows.length > 0'
	alerts=$(script "$(text_of alerts)")
	script '$("pause").click()'
	same '"Paused"' "$(script "$(text_of state-text)")"
	# The server has no viewer any more.
	gone
	rows 60 TLS
	serve_end
	serve "$CSV"
	script '$("refresh").value = "2";
	    $("refresh").dispatchEvent(new Event("change"))'
	sleep 5
	same '["30","Paused"]' "$(script 'return [$("packets").textContent,
	    $("state-text").textContent]')"
	same "$alerts" "$(script "$(text_of alerts)")"
	script '$("pause").click()'
	until_is '"90"' "$(text_of packets)"
	until_is true "$(of_now)"
	same '"?window=300&refresh=2"' "$(script 'return location.search')"
}

@test "each table can be had as a CSV file of its own" {
	rows 30 TLS
	rows 12 DNS
	open_page 42 'refresh=1&window=300'
	until_is 1 'return $("top-sources").tBodies[0].rows.length'
	script '$("pause").click(); window.saved = [];
	    HTMLAnchorElement.prototype.click = function () {
	        saved.push(this.download); };
	    URL.createObjectURL = (b) => { saved.push(b); return "#"; };
	    $("download").click();
	    for (const b of $("downloads").children)
	        if (!b.hidden) b.click()' > /dev/null
	script 'return Promise.all(saved.map((s) => s.text?.() ?? s))' |
	    jq -r '_nwise(2) | "== " + .[1], .[0]' > saved
	# A header, and rows as long as it.
	awk -F, '/^==/ { n = 0; files++; next } NF && !n { n = NF }
	    NF && NF != n { exit bad = 1 } END { exit bad || files != 8 }' saved
	same "TLS,30,3000
DNS,12,1200" "$(grep -E '^(TLS|DNS),' saved | cut -d, -f1-3)"
	same "192.0.2.99,42,4200" "$(awk '/^==/ { on = /-destinations/ }
	    on' saved | sed -n 3p | cut -d, -f1-3)"
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
