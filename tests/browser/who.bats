#!/usr/bin/env bats
# The dashboard in chromium: who talks to whom, and what a click on them does
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

both=$'\xe2\x86\x94'

# talk: 40 packets of 100 bytes to a server and one of 60,000 back, 5 of 100
# bytes to another, from a source with a hostile label, 2 without ports.
talk() {
	echo time,src,dst,proto,len,sport,dport,src_country > "$CSV"
	awk -v t="$(($(date +%s) - 3))" 'BEGIN {
		for (i = 0; i < 40; i++)
			print t ".1,10.0.0.1,192.0.2.9,TLS,100,50000,443,"
		print t ".2,192.0.2.9,10.0.0.1,TLS,60000,443,50000,NL"
		for (i = 0; i < 5; i++)
			print t ".3,10.0.0.2,192.0.2.8,DNS,100,50001,53,<b onclick=x()>"
		for (i = 0; i < 2; i++)
			print t ".4,10.0.0.1,10.0.0.2,ICMP,100,,,"
	}' >> "$CSV"
}

# cells ID: the rows of a table, as a list of their texts.
cells() {
	script "return [...\$('$1').tBodies[0].rows].map((tr) =>
	    [...tr.cells].map((td) => td.textContent).join('|')
	    .replaceAll('\u00a0', ' '))"
}

@test "sources, destinations, conversations and ports are ranked, and filter" {
	talk
	open_page 48 'refresh=1&window=300'
	until_is 3 'return $("top-sources").tBodies[0].rows.length'
	same '["192.0.2.9 NL|1|60.0 kB|92.7 %","10.0.0.1|42|4.20 kB|6.5 %","10.0.0.2 <b onclick=x()>|5|500 B|0.8 %"]' \
	    "$(cells top-sources)"
	same 0 "$(script 'return document.querySelectorAll("td b").length')"
	same '["10.0.0.1|1|60.0 kB|92.7 %","192.0.2.9|40|4.00 kB|6.2 %","192.0.2.8|5|500 B|0.8 %","10.0.0.2|2|200 B|0.3 %"]' \
	    "$(cells top-destinations)"
	same '["10.0.0.1 '"$both"' 192.0.2.9|41|64.0 kB|98.9 %","10.0.0.2 '"$both"' 192.0.2.8|5|500 B|0.8 %","10.0.0.1 '"$both"' 10.0.0.2|2|200 B|0.3 %"]' \
	    "$(cells top-conversations)"
	same '["443 https|41|64.0 kB|98.9 %","53 domain|5|500 B|0.8 %","other|2|200 B|0.3 %"]' \
	    "$(cells top-services)"
	# By packets the other end is first.
	script '$("top-sources").tHead.querySelector(
	    "[data-sort=packets]").click()' > /dev/null
	until_is '"10.0.0.1"' 'return $("top-sources").tBodies[0].rows[0]
	    ?.cells[0].textContent'
	same '["?window=300&refresh=1&sort=packets","87.5 %","descending"]' \
	    "$(script 'return [location.search,
	    $("top-sources").tBodies[0].rows[0].cells[3].textContent
	    .replace("\u00a0", " "), $("top-sources").tHead.rows[0].cells[1]
	    .getAttribute("aria-sort")]')"
	# Each name narrows all figures to its rows; back leads back.
	for name in '10.0.0.2 5 src = 10.0.0.2' \
	    '192.0.2.8 5 dst = 192.0.2.8' \
	    '10.0.0.1 '"$both"' 192.0.2.9 41 any = 10.0.0.1 and any = 192.0.2.9' \
	    '53 domain 5 sport = 53 or dport = 53'; do
		where=${name#* [45]* } text=${name% "$where"}
		# The tables come after the figures.
		until_is true "const a =
		    [...document.querySelectorAll('#talkers a')].find((a) =>
		    a.textContent === '${text% *}' && a.dataset.where ===
		    '$where'); a?.click(); return a !== undefined"
		until_is "\"${text##* }\"" "$(text_of packets)"
		same "[\"$where\",\"$where\",false]" "$(script 'return [
		    $("where").value, $("narrowed-text").textContent,
		    $("narrowed").hidden]')"
		script 'history.back()' > /dev/null
		until_is '["48",true]' 'return [$("packets").textContent,
		    $("narrowed").hidden]'
	done
	quiet
}

@test "a row stays the same over refreshes, with the selection and the focus" {
	talk
	open_page 48 'refresh=1&window=300'
	until_is 3 'return $("top-sources").tBodies[0].rows.length'
	script 'const a = $("top-sources").querySelector("tbody a");
	    window.link_ = a; a.focus();
	    getSelection().selectAllChildren(a)' > /dev/null
	# Another source is now the first.
	awk -v t="$(($(date +%s) - 1))" 'BEGIN {
		print t ".1,10.0.0.7,192.0.2.9,TLS,90000,50000,443," }' >> "$CSV"
	until_is '"10.0.0.7"' 'return $("top-sources").tBodies[0].rows[0]
	    .cells[0].textContent'
	same '[true,true,"192.0.2.9"]' "$(script 'return [
	    document.activeElement === link_, link_.isConnected,
	    getSelection().toString()]')"
	# Of nine rows, one is behind the button.
	awk -v t="$(date +%s)" 'BEGIN { for (i = 1; i <= 5; i++)
		print t ".1,10.0.1." i ",192.0.2.9,TLS,90,50000,443," }' >> "$CSV"
	until_is '[9,1,"Show 1 more"]' 'const rows =
	    [...$("top-sources").tBodies[0].rows];
	    return [rows.length, rows.filter((r) => r.hidden).length,
	    $("top-sources-more").textContent]'
	script '$("top-sources-more").click()' > /dev/null
	same 0 "$(script 'return [...$("top-sources").tBodies[0].rows].filter(
	    (r) => r.hidden).length')"
	quiet
}

@test "the rate is in bits or packets on request, and in and out apart" {
	local t

	t=$(($(date +%s) - 3))
	echo time,src,dst,proto,len,dir,sensor > "$CSV"
	printf '%s.1,%s,%s,TLS,%s,%s\n' \
	    "$t" 192.0.2.9 10.0.0.1 1000 in,gate-1 \
	    "$t" 192.0.2.9 10.0.0.1 1000 in,gate-1 \
	    "$t" 10.0.0.1 192.0.2.9 500 out,gate-1 \
	    "$t" 10.0.0.1 10.0.0.2 70 local,lab \
	    >> "$CSV"
	serve "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	most='const bins = chartBins(frame);
	    return [Math.max(...bins.map((b) => b.up)),
	    Math.max(...bins.map((b) => b.down)), document.querySelector(
	    "#picture-rate .title").textContent]'
	until_is '"4"' "$(text_of packets)"
	until_is '[2000,500,"Bytes per second: in above, out below"]' "$most"
	# Where rows have a sensor, it is a table and a filter.
	until_is 2 'return $("top-sensors").tBodies[0].rows.length'
	same '["gate-1|3|2.50 kB|97.3 %","lab|1|70 B|2.7 %"]' \
	    "$(cells top-sensors)"
	script '$("top-sensors").querySelectorAll("tbody a")[1].click()' \
	    > /dev/null
	until_is '["1","sensor = \"lab\""]' 'return [
	    $("packets").textContent, $("where").value]'
	script '$("narrowed-clear").click()' > /dev/null
	until_is '"4"' "$(text_of packets)"
	for unit in bits:16000,4000,Bits packets:2,1,Packets; do
		script "\$('unit').value = '${unit%:*}';
		    \$('unit').dispatchEvent(new Event('change'))" > /dev/null
		want=${unit#*:}
		until_is "[${want%,*},\"${want##*,} per second: in above, out \
below\"]" "$most"
		same true "$(script "return location.search.includes(
		    'unit=${unit%:*}') && [...document.querySelectorAll(
		    '#picture-rate text')].every((e) => {
			const r = e.getBoundingClientRect();
			const all = \$('picture-rate').getBoundingClientRect();
			return r.left >= all.left && r.right <= all.right; })")"
		# The tiles have it too, and a gap is one.
		same true "$(script 'return $("rate-note").textContent === "peak " +
		    { bits: "20.6 kbit/s", packets: "4/s" }[choice.unit] &&
		    /^mean [0-9.]+ k?bit\/s /.test($("bytes-note").textContent) ===
		    (choice.unit === "bits") && /^mean [0-9.e-]+\/s /.test(
		    $("packets-note").textContent) ===
		    (choice.unit === "packets")')"
		same '["url(#hatch)"]' "$(script 'return $("hatch") !== null &&
		    [...document.querySelectorAll("#picture-rate .gap")].map(
		    (e) => e.getAttribute("fill"))')"
	done
	# Without a direction, and in bytes, it is the server's picture.
	visit "$URL?refresh=1&window=300&unit=packets"
	until_is '"packets"' 'return $("unit").value'
	quiet
}
