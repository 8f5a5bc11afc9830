# mail.sh - the report of a day as a mail with its picture inside
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The boundary has a hyphen, which base64 has not; no line of a report begins
# like it.
mail_text() {
	local day=$1 mark=pktpipe-$1-$$

	mail_head "$mail" "Traffic of $day: $(sed -n 2p "$tmp/text")"
	printf '%s\n' 'MIME-Version: 1.0' \
	    "Content-Type: multipart/related; boundary=\"$mark\";" \
	    ' type="multipart/alternative"' '' "--$mark" \
	    "Content-Type: multipart/alternative; boundary=\"$mark-body\"" '' \
	    "--$mark-body" 'Content-Type: text/plain; charset=utf-8' ''
	sed '/^picture  /,$d' "$tmp/text"
	printf '%s\n' "--$mark-body" 'Content-Type: text/html; charset=utf-8' \
	    '' '<!DOCTYPE html>' "<html lang=\"en\"><title>$day</title>" \
	    "<p><img src=\"cid:figure.$day@pktpipe\" width=\"900\"" \
	    "alt=\"the traffic of $day\"></p><pre>"
	sed '/^picture  /,$d; s/&/\&amp;/g; s/</\&lt;/g' "$tmp/text"
	printf '%s\n' '</pre></html>' "--$mark-body--" '' "--$mark" \
	    'Content-Type: image/png' 'Content-Transfer-Encoding: base64' \
	    "Content-ID: <figure.$day@pktpipe>" \
	    "Content-Disposition: inline; filename=\"$day.png\"" ''
	base64 -- "$dir/$day/report.png"
	printf '%s\n' "--$mark--"
}

# A mailer may continue in the background, so it does not inherit the lock.
send_mail() {
	mail_text "$1" | mail_out 9>&- ||
	    trouble 1 "$1: the mail could not be sent"
}
