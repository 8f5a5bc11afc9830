# page.sh - the head of an HTML page, one file that needs no other
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # share, of the scripts

# The page's policy allows no source at all but this style, known by its hash.
style_hash() {
	local hex bytes='' i

	hex=$(sha256sum < "$share/lib/page.css")
	for ((i = 0; i < 64; i += 2)); do bytes+=\\x${hex:i:2}; done
	printf %b "$bytes" | base64
}

page_head() {
	printf '%s\n' '<!DOCTYPE html>' '<html lang="en">' '<head>' \
	    '<meta charset="utf-8">'
	printf '<meta http-equiv="%s" content="%s">\n' Content-Security-Policy \
	    "default-src 'none'; img-src data:; style-src 'sha256-$(style_hash)'"
	printf '%s\n' '<meta name="viewport" content="width=device-width">' \
	    '<link rel="icon" href="data:,">'
	printf '<style>%s\n</style>\n' "$(< "$share/lib/page.css")"
}
