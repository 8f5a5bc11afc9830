# A browser driven over WebDriver (W3C): `load browser` after helper and web.
# shellcheck shell=bash
#
# browser_start WIDTH HEIGHT [FLAG]   opens a tab in a chromium without a window
# browser_end                  closes it
# visit URL, script JAVASCRIPT (prints what it returns, as JSON),
# screenshot FILE, console (its messages so far)
# resize WIDTH HEIGHT          of the page, as small as a phone's
# press KEY                    as the keyboard does: a letter, Tab, Down ...
# tree                         what a screen reader finds: "role name", lines
# axe                          what axe-core finds serious in the page
# cdp METHOD [PARAMETERS]      a command of Chrome's DevTools Protocol
#
# and below: until_is, open_page, text_of, of_now, quiet, keep_coming, silent_proxy

# A port of the test's own: the page of one that runs beside it may look for
# a server that has just ended, and must not find this one's.
export AT=127.0.0.1:$((10000 + $$ % 20000))

teardown() {
	[ -z "${RELAY-}" ] || kill "$RELAY"
	[ -z "${WD-}" ] || browser_end
	web_end
}

# To start chromium takes a second of CPU.  The tests of a file share one, and
# each has a tab with a size, a history and an origin of its own.
setup_file() {
	lay_out
	chromium_start "$BATS_FILE_TMPDIR/driver" 1280 900
	SHARED=$WD SHARED_DRIVER=$DRIVER
	SHARED_TAB=$(curl -s "$WD/window" | jq -r .value)
	export SHARED SHARED_DRIVER SHARED_TAB
}

teardown_file() {
	[ -z "${SHARED-}" ] || chromium_end "$SHARED" "$SHARED_DRIVER"
	rm -rf "$HERE"
}

# chromium_start LOG WIDTH HEIGHT [FLAG]: WD is its session, DRIVER its process.
chromium_start() {
	local port=''

	: > "$1"
	${NET[@]+"${NET[@]}"} chromedriver --port=0 > "$1" 2>&1 3>&- &
	DRIVER=$!
	until_true grep -q 'successfully on port' "$1"
	port=$(sed -n 's/.*successfully on port \([0-9]*\)\.$/\1/p' "$1")
	shift
	WD=http://127.0.0.1:$port/session
	WD+=/$(jq -n --arg size "$1,$2" --arg flag "${3:---mute-audio}" '{ capabilities: { alwaysMatch: {
	    "goog:loggingPrefs": { browser: "ALL" },
	    "goog:chromeOptions": { args: ["--headless=new", "--no-sandbox",
	    "--disable-gpu", "--disable-dev-shm-usage", "--lang=en",
	    "--window-size=" + $size, $flag] } } } }' |
	    curl -s -d @- "$WD" | jq -r .value.sessionId)
}

chromium_end() {
	curl -s -X DELETE "$1" > /dev/null
	kill "$2" && wait "$2" 2> /dev/null
	return 0
}

# browser_start: one in a namespace, or with a flag, is the test's own.
browser_start() {
	if [ -n "${NET[*]-}" ] || [ $# -gt 2 ]; then
		chromium_start driver "$@"
		return
	fi
	WD=$SHARED DRIVER=''
	post window "{ \"handle\": $(curl -s -d '{ "type": "tab" }' \
	    "$WD/window/new" | jq .value.handle) }" > /dev/null
	cdp Page.bringToFront > /dev/null
	post window/rect "{ \"width\": $1, \"height\": $2 }" > /dev/null
	# What earlier pages wrote is not of this test.
	console > /dev/null
}

browser_end() {
	if [ -n "$DRIVER" ]; then
		chromium_end "$WD" "$DRIVER"
	else
		curl -s -X DELETE "$WD/window" > /dev/null
		post window "{ \"handle\": \"$SHARED_TAB\" }" > /dev/null
	fi
}

# json TEXT: as a JSON string.
json() {
	local s=${1//\\/\\\\}

	s=${s//\"/\\\"}
	s=${s//$'\t'/\\t}
	printf '"%s"' "${s//$'\n'/\\n}"
}

# post COMMAND JSON: asks chromedriver, and prints the value of its answer.  It
# is called several times a second, and a start of jq takes 30 ms of CPU.
post() {
	local answer

	answer=$(curl -s -d @- "$WD/$1" <<< "$2")
	answer=${answer#'{"value":'}
	answer=${answer%\}}
	printf '%s\n' "${answer//\\u003C/<}"
}

visit() {
	post url "{ \"url\": $(json "$1") }" > /dev/null
}

script() {
	post execute/sync "{ \"script\": $(json "$1"), \"args\": [] }"
}

screenshot() {
	curl -s "$WD/screenshot" | jq -r .value | base64 -d > "$1"
}

console() {
	echo '{ "type": "browser" }' | curl -s -d @- "$WD/se/log" |
	    jq -r '.value[].message'
}

cdp() {
	post goog/cdp/execute "{ \"cmd\": \"$1\", \"params\": ${2-{\}} }"
}

resize() {
	cdp Emulation.setDeviceMetricsOverride "{ \"width\": $1,
	    \"height\": $2, \"deviceScaleFactor\": 1, \"mobile\": false }" \
	    > /dev/null
}

press() {
	local key=$1

	case $key in
	Tab) key='\ue004' ;;
	Enter) key='\ue007' ;;
	Down) key='\ue015' ;;
	esac
	post actions '{ "actions": [{ "type": "key", "id": "keys", "actions": [
	    { "type": "keyDown", "value": "'"$key"'" },
	    { "type": "keyUp", "value": "'"$key"'" }] }] }' > /dev/null
}

tree() {
	cdp Accessibility.getFullAXTree | jq -r '.nodes[] |
	    select(.ignored | not) | .role.value + " " + (.name.value // "")'
}

# axe: the rules that axe-core finds broken, and where, as JSON; it must have
# tried some.
axe() {
	jq -n --rawfile axe "${XDG_DATA_HOME:-$HOME/.local/share}/pktpipe/axe.min.js" \
	    '{ args: [], script: ($axe + "; return axe.run().then((r) => " +
	    "r.passes.length < 10 ? null : r.violations.filter((v) => " +
	    "/serious|critical/.test(v.impact)).map((v) => v.id + \" \" + " +
	    "v.nodes[0].html))") }' |
	    curl -s -d @- "$WD/execute/sync" | jq -c .value
}

# until_is WANT JAVASCRIPT: waits until it returns that JSON, for three minutes.
# The page itself repeats the question, which takes far less CPU than to ask it
# from here.  A page that is left does not answer, so it is asked again.
until_is() {
	local end=$((SECONDS + 180)) got

	while
		got=$(post execute/async "{ \"args\": [], \"script\": $(json "
		    const ask = () => { $2 }, end = Date.now() + 20000;
		    const answer = arguments[0];
		    const again = () => {
			let got;
			try { got = JSON.stringify(ask() ?? null); }
			catch (e) { got = String(e); }
			if (got === JSON.stringify($1)) answer(true);
			else if (Date.now() > end) answer(got);
			else setTimeout(again, 200); };
		    again();") }")
		[ "$got" != true ]
	do
		[ $SECONDS -lt $end ] || break
		sleep 0.2
	done
	[ "$got" = true ] || echo "want $1, got $got: $2" >&2
	[ "$got" = true ]
}

# is WANT JAVASCRIPT: whether it returns that JSON now.
is() {
	[ "$(script "$2")" = "$1" ]
}

# open_page PACKETS QUERY [OPTION...]: serves the rows with these options, and
# waits until the page of that query shows as many packets.
open_page() {
	serve "${@:3}" "$CSV"
	browser_start 1280 900
	visit "$URL?$2"
	until_is "\"$1\"" "$(text_of packets)"
}

text_of() {
	echo "return document.getElementById('$1').textContent"
}

# of_now: whether the page has the present, with packets of the last minute or,
# where the test takes longer, without.
of_now() {
	echo 'return ["Live", "Silence"].includes($("state-text").textContent)'
}

# quiet: no message on the browser's console, so none of the CSP either.
quiet() {
	same "" "$(console)"
}

# keep_coming: rows every second until the server ends.
keep_coming() {
	local second

	while kill -0 "$SERVER" 2> /dev/null; do
		second=$(just_over)
		rows 20 TLS "$second"
		rows 5 DNS "$second"
		sleep 1
	done 3>&- > /dev/null 2>&1 &
}

# silent_proxy URL: forwards PROXY, an address of loopback, to a server.
# After `silence`, it carries nothing, and ends no connection; after
# `silence_end`, new connections work, and those from before stay silent.
silent_proxy() {
	python3 "$BATS_TEST_DIRNAME/silent-proxy.py" "${1##*:}" \
	    > proxy 3>&- &
	RELAY=$!
	until_true test -s proxy
	PROXY=127.0.0.1:$(cat proxy)
}

silence() {
	kill -USR1 "$RELAY"
}

silence_end() {
	kill -USR2 "$RELAY"
}
