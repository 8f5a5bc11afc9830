# mail.sh - the report of a day as a mail with its picture inside
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# listed: of lines of a time and a sentence the first 50, and how many there are
# more.
listed() {
	local at sentence n=0

	while IFS=$'\t' read -r at sentence; do
		[ $((n += 1)) -gt 50 ] ||
		    printf '%s UTC %s\n' "$(in_words "$at")" "$sentence"
	done
	[ "$n" -le 50 ] || printf 'and %d more\n' $((n - 50))
}

# alerts_of DAY: its alerts as sentences, the most severe first, in a file.
alerts_of() {
	awk -F, -f "$share/lib/alert.awk" -f "$share/report/page/starts.awk" \
	    "$dir/$1/alerts.csv" | sort -t $'\t' -k 1,1nr -k 2,2n \
	    > "$tmp/starts"
	{
		cat -- "$tmp/silent"
		awk 'END { print !NR ? "No alerts." : NR == 1 ? "1 alert:" : \
		    NR " alerts:" }' "$tmp/starts"
		cut -f 2- "$tmp/starts" | listed
		awk 'END { if (NR) print NR, NR == 1 ? "unusual rate:" : \
		    "unusual rates:" }' "$tmp/unusual"
		listed < "$tmp/unusual"
	} > "$tmp/alerts"
}

# subject DAY: the worst of the day first, then what, when and how much.
subject() {
	local worst='' sums

	case $(sed 's/\t.*//; q' "$tmp/starts") in
	3) worst='high alert' ;;
	2) worst='medium alert' ;;
	1) worst='low alert' ;;
	esac
	[ ! -s "$tmp/silent" ] || worst+=${worst:+, }'rows missing'
	sums=$(sed -n '/packet/{s/^\([^ ]* packets*, [^,]*\),.*/\1/p;q}' "$tmp/text")
	printf '%s\n' "${worst:+[$worst] }$title, $1: ${sums:-no packets}" |
	    tr -c '\n -~' '?'
}

# text_of DAY: the text of a mail: the figures of the day, what is missing, the
# alerts, the tables, and where the report is.
text_of() {
	sed '/^$/,$d' "$tmp/text"
	echo
	tr -c '\n -~' '?' < "$tmp/alerts"
	sed '1,/^$/{/^$/!d}; /^picture  /,$d' "$tmp/text"
	printf 'The report on %s: %s\n' "$(uname -n)" "$dir/$1/report.html" |
	    tr -c '\n -~' '?'
}

# The boundary has a hyphen, which base64 has not; no line of a report begins
# like it.
mail_text() {
	local day=$1 mark=pktpipe-$1-$$

	alerts_of "$day"
	mail_head "$mail" "$(subject "$day")"
	printf '%s\n' 'MIME-Version: 1.0' \
	    "Content-Type: multipart/related; boundary=\"$mark\";" \
	    ' type="multipart/alternative"' '' "--$mark" \
	    "Content-Type: multipart/alternative; boundary=\"$mark-body\"" '' \
	    "--$mark-body" 'Content-Type: text/plain; charset=utf-8' ''
	text_of "$day"
	printf '%s\n' "--$mark-body" 'Content-Type: text/html; charset=utf-8' \
	    '' '<!DOCTYPE html>' "<html lang=\"en\"><title>$day</title>" \
	    "<p><img src=\"cid:figure.$day@pktpipe\" width=\"900\"" \
	    'style="max-width: 100%; height: auto"' \
	    "alt=\"the traffic of $day\"></p><pre style=\"overflow-x: auto\">"
	text_of "$day" | sed 's/&/\&amp;/g; s/</\&lt;/g'
	printf '%s\n' '</pre></html>' "--$mark-body--" '' "--$mark" \
	    'Content-Type: image/png' 'Content-Transfer-Encoding: base64' \
	    "Content-ID: <figure.$day@pktpipe>" \
	    "Content-Disposition: inline; filename=\"$day.png\"" ''
	base64 -- "$dir/$day/report.png"
	printf '%s\n' "--$mark--"
}

# A mailer may continue in the background, so it does not inherit the lock.
send_mail() {
	mail_text "$1" > "$tmp/mail"
	mail_out < "$tmp/mail" 9>&- ||
	    trouble 1 "$1: the mail could not be sent"
}
