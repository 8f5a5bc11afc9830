# page.sh - the head of an HTML page, one file that needs no other
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # share, of the scripts

# The page's policy allows no source at all but this style, known by its hash.
style_hash() {
	local hex

	hex=$(sha256sum < "$share/lib/page.css")
	hex=${hex%% *}
	# shellcheck disable=SC2059 # the format is hex digits only
	printf "$(sed 's/../\\x&/g' <<< "$hex")" | base64
}

page_head() {
	printf '%s\n' '<!DOCTYPE html>' '<html lang="en">' '<head>' \
	    '<meta charset="utf-8">'
	printf '<meta http-equiv="%s" content="%s">\n' Content-Security-Policy \
	    "default-src 'none'; img-src data:; style-src 'sha256-$(style_hash)'"
	printf '%s\n' '<meta name="viewport" content="width=device-width">' \
	    '<link rel="icon" href="data:,">'
	printf '<style>'
	cat "$share/lib/page.css"
	printf '</style>\n'
}
