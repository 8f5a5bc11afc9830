#!/usr/bin/env bats
# The dashboard in chromium: incidents, suspicious addresses, what is muted
# SPDX-License-Identifier: ISC

# shellcheck disable=SC2016  # the dollars are JavaScript's

load ../helper
load ../web
load browser

to=$'\xe2\x86\x92'

# alert AGE TEXT: a line as ipflag --alerts writes it, AGE seconds before now.
alert() {
	printf '%s %s\n' "$(date -u -d "@$((now - $1))" \
	    +%Y-%m-%dT%H:%M:%S.000000Z)" "$2" \
	    >> "$(echo "$HERE"/*.pktpipe-web/)alerts"
}

# rows_of ID FROM TO: columns of a table, joined.
rows_of() {
	echo "return [...\$('$1').tBodies[0].rows].map((tr) =>
	    [...tr.cells].slice($2, $3).map((td) => td.textContent).join('|'))"
}

@test "an incident is one line, the most severe first, and outlasts a reload" {
	# What is older than the first row is not open.
	packets 1 $(($(date +%s) - 100)) 1 192.0.2.1 TLS >> "$CSV"
	rows 30 TLS
	serve "$CSV"
	now=$(date +%s)
	alert 900 'beacon (low): 10.0.0.9 to 10.0.0.2, 16 packets in 4 h, threshold 15'
	alert 90 'port-scan (medium): 10.0.0.7 to 10.0.0.2, 21 ports in 1 min, threshold 20'
	alert 80 'syn-flood (high): to 10.0.0.2, TCP, 2,001 packets in 10 s, threshold 2,000'
	alert 70 'port-scan (medium, ended): 10.0.0.7 to 10.0.0.2, up to 25 ports in 1 min, threshold 20'
	alert 60 'port-scan (medium): 10.0.0.7 to 10.0.0.2, 22 ports in 1 min, threshold 20'
	alert 50 'syn-flood (high, continues): to 10.0.0.2, TCP, up to 9,001 packets in 10 s, threshold 2,000'
	alert 40 'my-own (low, ended): DNS, up to 64.20 % in 1 min, threshold 50 %'
	alert 30 'bw-spike (low): all traffic, 3,000 bytes in 1 s, threshold 2,000'
	alert 20 'port-scan (medium, ended): 10.0.0.7 to 10.0.0.2, up to 30 ports in 1 min, threshold 20'
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	want='["high|SYN flood|'"$to"' 10.0.0.2 TCP|9,001 packets in 10 s, threshold 2,000","medium|Port scan|10.0.0.7 '"$to"' 10.0.0.2|30 ports in 1 min, threshold 20","low|Much traffic in one second|all traffic|3,000 bytes in 1 s, threshold 2,000","low|My own|DNS|64.20 % in 1 min, threshold 50 %","low|Regular connections (beacon)|10.0.0.9 '"$to"' 10.0.0.2|16 packets in 4 h, threshold 15"]'
	until_is "$want" "$(rows_of alerts 0 4)"
	same '["1","2","1","1","1"]' "$(script "$(rows_of alerts 6 7)")"
	same '[false,true,false,true,true]' "$(script 'return [
	    ...$("alerts").tBodies[0].rows].map((tr) =>
	    tr.cells[5].textContent.startsWith("ended "))')"
	# When it began, and when it was last seen.
	same 40 "$(script 'const [a, b] = [4, 5].map((i) => $("alerts")
	    .tBodies[0].rows[1].cells[i].textContent.slice(-8).split(":")
	    .reduce((s, n) => s * 60 + Number(n), 0));
	    return (b - a + 86400 - 30) % 86400')"
	script '$("window").value = "10";
	    $("window").dispatchEvent(new Event("change"))' > /dev/null
	until_is '["0",true]' 'return [$("packets").textContent,
	    $("alerts").tBodies[0].rows.length === 5]'
	script 'location.reload()' > /dev/null
	until_is "$want" "$(rows_of alerts 0 4)"
	# A link to all rows of the victim.
	script '$("alerts").querySelector("tbody a").click()' > /dev/null
	until_is '"any = 10.0.0.2"' 'return $("where").value'
	quiet
}

@test "suspicious addresses have a row each, with reasons, and victims" {
	cat > r.conf <<-'EOT'
	rule port-scan severity=high track=by_both proto=TCP packets=5 seconds=10
	rule telnet severity=low track=by_src proto=TELNET packets=1 seconds=10
	EOT
	now=$(date +%s)
	{
		packets 20 $((now - 3)) 0.000001 192.0.2.1 TCP
		packets 9 $((now - 3)) 0.000001 192.0.2.7 TELNET
		packets 9 $((now - 2)) 0.000001 192.0.2.1 TELNET
	} >> "$CSV"
	serve --rules r.conf "$CSV"
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	# The pair has an incident from the sixth packet on: 15 of 20, and the 9
	# others; a source has one from the second: 8 of 9.
	victim=$(tail -n 1 "$CSV" | cut -d, -f3)
	until_is "[\"high|$victim|victim of: port scan|\",\
\"high|192.0.2.1|port scan, telnet|24\",\"low|192.0.2.7|telnet|8\"]" \
	    "$(rows_of flagged 0 4)"
	same '"TCP, TELNET"' "$(script 'return $("flagged").tBodies[0].rows[1]
	    .cells[5].textContent.split(", ").sort().join(", ")')"
	# All of a source's packets to the victim, of all that it got: 29 of 38.
	share=$(awk -F, -v to="$victim" '$3 == to { all++; n += $2 == "192.0.2.1" }
	    END { printf "%.1f", 100 * n / all }' "$CSV")
	until_is "[\"\",\"$share % of $victim\",\"\"]" \
	    "$(rows_of flagged 4 5).map((s) => s.replace('\\u00a0', ' '))"
	# Many protocols take more lines, but not more width.
	same true "$(script 'fillTable(SUSPECTS, [{ key: "a", role: "suspect",
	    address: "2001:db8:1:2:3:4:5:6", severity: "low", packets: 9,
	    rules: ["port-scan"], first: 1, last: 2, victim: { packets: 1,
	    all: 3, dst: "2001:db8:7:2:3:4:5:6" },
	    protocols: Array(20).fill("TELNET") }]);
	    return document.documentElement.scrollWidth <= innerWidth')"
	# A filter leaves packets out, of which the share would be another.
	script '$("where").value = "proto = telnet";
	    $("where-form").requestSubmit()' > /dev/null
	until_is '["18",["","",""]]' "return [\$('packets').textContent,
	    (() => { $(rows_of flagged 4 5) })()]"
	quiet
}

@test "what was seen comes last, what is muted becomes lines to keep" {
	rows 30 TLS
	serve "$CSV"
	now=$(date +%s)
	alert 50 'port-scan (high): 10.0.0.7 to 10.0.0.2, 21 ports in 1 min, threshold 20'
	alert 40 'beacon (low): 2001:db8::1 to 10.0.0.2, 16 packets in 4 h, threshold 15'
	alert 30 'proto-share (low): DNS, 64.20 % in 1 min, threshold 50 %'
	browser_start 1280 900
	visit "$URL?refresh=1&window=300"
	act='return [...$("alerts").tBodies[0].rows].find((tr) =>
	    tr.cells[1].textContent === NAME).querySelectorAll("button")[N].click()'
	until_is 3 'return $("alerts").tBodies[0].rows.length'
	script "$(sed 's/NAME/"Port scan"/; s/\[N\]/[0]/' <<< "$act")" > /dev/null
	same '["Large share of one protocol","Regular connections (beacon)","Port scan"]' \
	    "$(script "$(rows_of alerts 1 2)")"
	script "$(sed 's/NAME/"Regular connections (beacon)"/; s/\[N\]/[1]/' \
	    <<< "$act")" > /dev/null
	want='["Large share of one protocol","Port scan"]'
	same "$want" "$(script "$(rows_of alerts 1 2)")"
	same '["1 muted","allow src 2001:db8::1/128 rule=beacon\n",true]' \
	    "$(script 'return [$("muted-count").textContent,
	    $("muted-lines").textContent, $("alerts").tBodies[0].rows[0]
	    .querySelectorAll("button")[1].hidden]')"
	# The operator keeps the line beside the set that has the rule.
	script 'return $("muted-lines").textContent' | jq -r . > allow.rules
	ipflag --check --set home --rules allow.rules
	script 'location.reload()' > /dev/null
	until_is "$want" "$(rows_of alerts 1 2)"
	# A scan that begins anew is not seen.
	alert 2 'port-scan (high, ended): 10.0.0.7 to 10.0.0.2, up to 25 ports in 1 min, threshold 20'
	alert 1 'port-scan (high): 10.0.0.7 to 10.0.0.2, 22 ports in 1 min, threshold 20'
	until_is '["Port scan","Large share of one protocol"]' \
	    "$(rows_of alerts 1 2)"
	script '$("muted-none").click()' > /dev/null
	same 3 "$(script 'return $("alerts").tBodies[0].rows.length')"
	quiet
}
