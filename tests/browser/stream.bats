#!/usr/bin/env bats
# The dashboard in chromium: what it says of its server, stream and capture
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

@test "it reconnects by itself when the server is started again" {
	rows 30 TLS
	open_page 30 'refresh=1&window=300' --set demo
	until_is true 'return $("alerts").tBodies[0].rows.length > 0'
	serve_end
	until_is '"stop"' 'return $("state").dataset.state'
	rows 5 TLS
	serve --set demo "$CSV"
	until_is '"35"' "$(text_of packets)"
	same true "$(script "$(of_now)")"
	# The log has each alert once.
	same true "$(script 'const lines = [...$("alerts").tBodies[0].rows].map(
	    (li) => li.textContent);
	    return lines.length > 0 && new Set(lines).size === lines.length')"
}

@test "a stream that falls silent without an end is not live, and is replaced" {
	rows 30 TLS
	serve "$CSV"
	keep_coming
	silent_proxy "${URL%/}"
	browser_start 1280 900
	visit "http://$PROXY/?refresh=1&window=300"
	until_is '"Live"' "$(text_of state-text)"
	silence
	until_is '["stop","Reconnecting",false]' 'return [
	    $("state").dataset.state, $("state-text").textContent,
	    $("notice").hidden]'
	# It stays so while the network is away.
	sleep 4
	same '"Reconnecting"' "$(script "$(text_of state-text)")"
	silence_end
	# One that connected in the silence is given up after 15 s.
	until_is '["Live",true]' 'return [$("state-text").textContent,
	    $("notice").hidden]'
	until_is true 'return /^newest packet [0-9] s ago$/.test(
	    $("age").textContent)'
}

@test "one viewer too many is told so in the page, and gets the next place" {
	rows 30 TLS
	serve --viewers 1 "$CSV"
	curl -sN --max-time 600 "${URL}stream?refresh=60" > events 3>&- &
	other=$!
	awaits 1 '^event: frame' events
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	until_is '"Waiting for a place"' "$(text_of state-text)"
	same '"1 of 1 viewers are connected. This page starts when one leaves."' \
	    "$(script "$(text_of notice)")"
	same false "$(script 'return $("notice").hidden')"
	same '["No data yet.","No data yet."]' "$(script 'return [
	    $("flagged-note").textContent, $("alerts-note").textContent]')"
	kill "$other"
	until_is '"30"' "$(text_of packets)"
	until_is true "$(of_now)"
	# What is said of silence aside, nothing is.
	same true "$(script 'return $("notice").hidden ===
	    ($("state-text").textContent === "Live")')"
	# The clock of who wrote the rows is ahead.
	same '"newest packet in the future, newest packet 7 s ago"' "$(script '
	    return [-9, 7].map((age) => {
		frame = { totals: ["newest,age", "1," + age] };
		arrived = Date.now();
		showAge();
		return $("age").textContent; }).join(", ")')"
}

@test "no data, and an end of the capture, are said calmly" {
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1"
	until_is '"Waiting for data"' "$(text_of state-text)"
	same '"The file has no rows yet. The figures appear with the first."' \
	    "$(script "$(text_of notice)")"
	rm "$CSV"
	until_is '"The file does not exist yet. The page continues with it."' \
	    "$(text_of notice)"
	echo 'ended eth0' > "$(echo "$HERE"/*.pktpipe-web/)state"
	until_is '"Capture ended"' "$(text_of state-text)"
	same false "$(script 'return $("notice").hidden')"
	quiet
}

@test "silence is said calmly, and ends with the next row" {
	rows 30 TLS
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=10"
	until_is '"Silence"' "$(text_of state-text)"
	same '[false,true,"Rate at the end"]' "$(script 'return [
	    $("notice").hidden,
	    $("notice").textContent.startsWith("No rows are being added"),
	    $("rate").previousSibling.textContent]')"
	echo 'live eth0' > "$(echo "$HERE"/*.pktpipe-web/)state"
	until_is true 'return $("notice").textContent.startsWith(
	    "The capture runs, but no packets arrive")'
	keep_coming
	until_is '["Live",true,"Rate now"]' 'return [
	    $("state-text").textContent, $("notice").hidden,
	    $("rate").previousSibling.textContent]'
	echo 'stuck eth0' > "$(echo "$HERE"/*.pktpipe-web/)state"
	until_is '["Live",false,true]' 'return [$("state-text").textContent,
	    $("notice").hidden, $("notice").textContent.startsWith(
	    "The recording cannot be turned over and grows beyond")]'
	quiet
}
