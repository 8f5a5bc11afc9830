#!/usr/bin/env bats
# The dashboard in chromium: the past
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

# has_kept SECOND: whether the server has tallies of this second.
# shellcheck disable=SC2317  # until_true calls it
has_kept() {
	grep -q "^$1\." "$HERE"/*.pktpipe-web/history/s/*
}

# drag FROM TO: over these parts of the rate's plot, as with the pointer.
drag() {
	local at what x

	at=$(script 'const r = $("picture-rate").querySelector("svg")
	    .getBoundingClientRect(); return [r.left, r.top, r.width]' |
	    tr -d '[]')
	for what in "mousePressed $1" "mouseMoved $2" "mouseReleased $2"; do
		x=$(awk -F, -v part="${what#* }" '{
			print $1 + 72.6 + part * ($3 - 79.2) }' <<< "$at")
		cdp Input.dispatchMouseEvent "{ \"type\": \"${what% *}\",
		    \"x\": $x, \"y\": $(awk -F, '{ print $2 + 100 }' \
		    <<< "$at"), \"button\": \"left\", \"buttons\": 1,
		    \"clickCount\": 1 }" > /dev/null
	done
}

# usual_band: the usual range is where the labels of the axes say.  Of five
# minutes it is 3000 to 9000 bytes, which are 10 to 30 a second.
usual_band() {
	local from=$(((now - 1800) / 300 * 300))

	printf 'time,value,low,high,score\n%d,0,3000,9000,0\n' "$from" \
	    > "$(echo "$HERE"/*.pktpipe-web/history)/usual"
	script '$("window").dispatchEvent(new Event("change"))' > /dev/null
	until_is "[\"$from\"]" 'return rowsOf(frame, "usual").map((r) => r.time)'
	same '[]' "$(script 'const of = (anchor, pattern, value) =>
	    [...document.querySelectorAll("#picture-rate text")].filter((e) =>
	    e.getAttribute("text-anchor") === anchor && pattern.test(
	    e.textContent)).map((e) => [value(e.textContent.split(/[ :]/)),
	    Number(e.getAttribute("x")), e.getAttribute("y") - 4]);
	    const line = ([v, x], [w, y]) => (n) => x + (y - x) * (n - v) / (w - v);
	    const rates = of("end", /^(0|[0-9.]+ B\/s)$/, ([n]) => Number(n));
	    const times = of("middle", /^[0-9:]{5}$/, ([h, m]) =>
	    ('"$from"' - '"$from"' % 86400 + 3600 * h + 60 * m));
	    for (const t of times)
		t[0] += 86400 * Math.round(('"$from"' - t[0]) / 86400);
	    const y = line(...[rates[0], rates[rates.length - 1]].map(
	    ([v, , at]) => [v, at]));
	    const x = line(times[0], times[times.length - 1]);
	    const want = [x('"$from"'), y(10), y(30), x('"$((from + 300))"'), y(10)];
	    const got = document.querySelector("#picture-rate .usual")
	    .getAttribute("d").match(/[0-9.]+/g).map(Number);
	    return got.length === 5 && got.every((n, i) =>
	    Math.abs(n - want[i]) < 1) ? [] : [got, want]')"
}

# nights DAY: an index of reports, whose other links are none of a report.
nights() {
	mkdir "$HERE/n"
	printf '<a href="%s">x</a>\n' "$1/report.html" \
	    2025-12-2{1..8}/report.html javascript:x//2025-12-24/report.html \
	    ../2025-12-24/report.html '2025-12-24/report.html?' \
	    //x/2025-12-24/report.html 2025-12-24/secret.html > "$HERE/n/index.html"
	echo '<script>window.ran = true</script><img src=x onerror=ran=1>' \
	    >> "$HERE/n/index.html"
	chmod -R a+rX "$HERE/n"
}

@test "an hour, a day, earlier and live again are a click each" {
	now=$(date +%s)
	awk -v t=$((now - 5400)) 'BEGIN { for (i = 0; i <= 540; i++)
		print t + i * 10 - 3 ".5,192.0.2." i % 2 + 1 \
		    ",192.0.2.9,TLS,100" }' >> "$CSV"
	nights "$(date -ud "@$((now - 43200))" +%F)"
	serve --reports "$HERE/n" "$CSV"
	# All but the newest second.
	until_true has_kept $((now - 13))
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	until_is true "$(of_now)"
	# Of the reports the newest seven days, and the index of all.
	links='return [...$("nights").querySelectorAll("a")].map((a) =>
	    [a.getAttribute("href"), a.textContent,
	    a.getAttribute("aria-current")].join())'
	day=$(date -ud "@$((now - 43200))" +%F)
	want="reports/$day/report.html,$(LC_ALL=C date -ud "$day" '+%a %-d %b'),"
	until_is "$(printf '["%s",' "$want"; printf '"%s",' \
	    'reports/2025-12-28/report.html,Sun 28 Dec,' \
	    'reports/2025-12-27/report.html,Sat 27 Dec,' \
	    'reports/2025-12-26/report.html,Fri 26 Dec,' \
	    'reports/2025-12-25/report.html,Thu 25 Dec,' \
	    'reports/2025-12-24/report.html,Wed 24 Dec,' \
	    'reports/2025-12-23/report.html,Tue 23 Dec,'
	    printf '"%s"]' reports/index.html,all\ days,)" "$links"
	same '[false,"undefined"]' "$(script 'return [$("nights").hidden,
	    typeof ran]')"
	script '$("window").value = "86400";
	    $("window").dispatchEvent(new Event("change"))' > /dev/null
	until_is '["540","?window=86400&refresh=1"]' 'return [
	    $("packets").textContent, location.search]'
	same true "$(script "$(of_now)")"
	# The newest of its bins is not over.
	same '[true,true]' "$(script 'const t = totalsOf(frame); return [
	    t.to <= Date.now() / 1000,
	    Math.abs(t.to - t.begin - t.covered) < 1]')"
	# That of a day that is shown is marked.
	until_is "\"${want}date\"" "${links}[0]"
	script '$("window").value = "3600";
	    $("window").dispatchEvent(new Event("change"))' > /dev/null
	until_is '[true,1,"192.0.2.9"]' 'const n =
	    Number($("packets").textContent);
	    return [n > 300 && n <= 360,
	    $("top-destinations").tBodies[0].rows.length,
	    $("top-destinations").tBodies[0].rows[0]?.cells[0].textContent]'
	same '[true,true]' "$(script 'return [$("later").disabled,
	    $("live").disabled]')"
	usual_band
	script 'window.was = Date.now() / 1000; $("earlier").click()' > /dev/null
	until_is '["The past","Rate at the end",false]' 'return [
	    $("state-text").textContent,
	    $("rate").previousSibling.textContent, $("live").disabled]'
	# An hour that ends half an hour ago, as the address and the page say.
	same true "$(script 'const t = totalsOf(frame);
	    return Math.abs(t.to - choice.to) <= 60 &&
	    Math.abs(was - 1800 - choice.to) < 90 &&
	    location.search.includes("&to=" + choice.to) &&
	    $("period").textContent.startsWith(new Date(1000 * t.from)
	    .toISOString().slice(0, 19).replace("T", " "))')"
	# The filter works there, and the address can be loaded again.
	until_is true 'const a = $("top-sources").querySelector("tbody a");
	    a?.click(); return a !== null'
	until_is 1 'return $("top-sources").tBodies[0].rows.length'
	kept=$(script "$(text_of packets)")
	script 'location.reload()' > /dev/null
	until_is "[$kept,\"The past\"]" 'return [$("packets").textContent,
	    $("state-text").textContent]'
	# What is dragged on the rate is the span of all panels.
	script '$("where-clear").click()' > /dev/null
	until_is 2 'return $("top-sources").tBodies[0].rows.length'
	drag 0.25 0.75
	until_is true 'const t = totalsOf(frame), d = t.to - t.from;
	    return choice.span !== "" && d > 1700 && d < 2000 &&
	    d === Number(choice.span) && t.packets > 150 && t.packets < 200'
	same '[true,true]' "$(script 'return [location.search.includes(
	    "&span=" + choice.span + "&to=" + choice.to), $("drag").hidden]')"
	script 'history.back()' > /dev/null
	until_is '"3600"' 'const t = totalsOf(frame);
	    return String(t.to - t.from)'
	# The rate a day before, of which there is none, is a choice of the past.
	script '$("compare").value = "86400";
	    $("compare").dispatchEvent(new Event("change"))' > /dev/null
	until_is true 'return document.querySelector("#picture-rate .before")
	    !== null && location.search.includes("compare=86400")'
	drag 0.5 0.6
	until_is true 'return choice.span !== ""'
	script '$("live").click()' > /dev/null
	# On a slow machine the newest packet is long ago by now.
	until_is '[true,"30",""]' 'return [["LiveRate now",
	    "SilenceRate at the end"].includes($("state-text").textContent +
	    $("rate").previousSibling.textContent), $("window").value,
	    choice.span]'
	# Of a time before all data nothing is said, nor left from before.
	script "choice.to = '$((now - 90000))'; choice.window = '3600'; connect()" \
	    > /dev/null
	until_is '["The past",true,"no data","None in a time without data.",0]' \
	    'return [$("state-text").textContent, $("period").textContent
	    .endsWith("There are no data of this time."),
	    $("rate").textContent, $("top-sources-note").textContent,
	    $("top-sources").tBodies[0].rows.length]'
	quiet
}
