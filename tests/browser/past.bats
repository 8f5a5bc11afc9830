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

@test "an hour, a day, earlier and live again are a click each" {
	now=$(date +%s)
	awk -v t=$((now - 5400)) 'BEGIN { for (i = 0; i <= 540; i++)
		print t + i * 10 - 3 ".5,192.0.2." i % 2 + 1 \
		    ",192.0.2.9,TLS,100" }' >> "$CSV"
	serve "$CSV"
	# All but the newest second.
	until_true has_kept $((now - 13))
	browser_start 1280 900
	visit "$URL?refresh=1&window=60"
	until_is '"Live"' "$(text_of state-text)"
	script '$("window").value = "86400";
	    $("window").dispatchEvent(new Event("change"))' > /dev/null
	until_is '["540","Live","?window=86400&refresh=1"]' 'return [
	    $("packets").textContent, $("state-text").textContent,
	    location.search]'
	script '$("window").value = "3600";
	    $("window").dispatchEvent(new Event("change"))' > /dev/null
	until_is '[true,1,"192.0.2.9"]' 'const n =
	    Number($("packets").textContent);
	    return [n > 350 && n <= 360,
	    $("top-destinations").tBodies[0].rows.length,
	    $("top-destinations").tBodies[0].rows[0]?.cells[0].textContent]'
	same '[true,true]' "$(script 'return [$("later").disabled,
	    $("live").disabled]')"
	script '$("earlier").click()' > /dev/null
	until_is '["The past","Rate at the end",false]' 'return [
	    $("state-text").textContent,
	    $("rate").previousSibling.textContent, $("live").disabled]'
	# An hour that ends half an hour ago, as the address and the page say.
	same true "$(script 'const t = totalsOf(frame);
	    return Math.abs(t.to - choice.to) <= 60 &&
	    Math.abs('"$now"' - 1800 - choice.to) < 30 &&
	    location.search.includes("&to=" + choice.to) &&
	    $("period").textContent.startsWith(new Date(1000 * t.from)
	    .toISOString().slice(0, 19).replace("T", " "))')"
	# The filter works there, and the address can be loaded again.
	script '$("top-sources").querySelector("tbody a").click()' > /dev/null
	until_is 1 'return $("top-sources").tBodies[0].rows.length'
	kept=$(script "$(text_of packets)")
	script 'location.reload()' > /dev/null
	until_is "[$kept,\"The past\"]" 'return [$("packets").textContent,
	    $("state-text").textContent]'
	script '$("where-clear").click(); $("live").click()' > /dev/null
	until_is '["Live","30","Rate now"]' 'return [
	    $("state-text").textContent, $("window").value,
	    $("rate").previousSibling.textContent]'
	quiet
}
