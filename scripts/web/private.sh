# private.sh - the server's own directory
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets what these read

# The rules of all options, as one file; --spike is one too.
join_rules() {
	local i

	[ -z "$spike" ] || printf '%s bytes=%s seconds=1 cooldown=10\n' \
	    'rule spike severity=low track=by_rule' "$spike"

	for ((i = 0; i < ${#rules[@]}; i += 2)); do
		case ${rules[i]} in
		--set) ipflag --set "${rules[i + 1]}" --print-rules ;;
		*) cat -- "${rules[i + 1]}"; echo ;;
		esac
	done
}

# spike_of FILE: the least bytes a second at which a rule for all traffic
# fires, or nothing if there is none.
spike_of() {
	awk '$1 == "rule" && / track=by_rule( |$)/ {
		bytes = seconds = 0
		for (i = 3; i <= NF; i++) {
			split($i, part, "=")
			if (part[1] == "bytes" && part[2] ~ /^[0-9]+$/)
				bytes = part[2]
			else if (part[1] == "seconds")
				seconds = part[2]
			else if (part[1] !~ /^(severity|track|cooldown|type)$/)
				next
		}
		if (bytes > 0 && seconds > 0 && (least == "" ||
		    bytes / seconds < least))
			least = bytes / seconds
	}
	END { if (least != "") printf "%d\n", least }' "$1"
}

# can_free FILE: whether the space of a file's start can be freed, which bounds
# the files of the analyst.
can_free() {
	echo > "$1"
	fallocate --punch-hole --length 1 "$1" 2> /dev/null ||
	    fail 3 "${1%/*}: the file system cannot free a part of a file," \
		"want another TMPDIR"
}

# keep_history: where the tallies are kept; with --history in a folder that
# stays, whose other files are left alone.  So are the alerts of interfaces;
# those of a file are made of its rows again.
keep_history() {
	local folder reader

	if [ -z "$tallies" ]; then
		mkdir -- "$PKTPIPE_WEB/history"
		return
	fi
	real_path folder -f "$tallies"
	[ -d "$folder" ] || fail 3 "$tallies: no such folder"
	if [ -n "$(lacks w "$folder")" ]; then
		reader=$(who)
		fail 3 "$tallies: user $reader cannot write to it:" \
		    "want chown $reader $tallies"
	fi
	ln -s -- "$folder" "$PKTPIPE_WEB/history"
	[ ${#interfaces[@]} -eq 0 ] ||
	    ln -sf -- history/alerts "$PKTPIPE_WEB/alerts"
}

# find_reports: sets PKTPIPE_REPORTS to the directory of the nightly reports;
# without --reports it has an index of none.
find_reports() {
	if [ -z "$reports" ]; then
		PKTPIPE_REPORTS=$PKTPIPE_WEB/reports
		mkdir -- "$PKTPIPE_REPORTS"
		: > "$PKTPIPE_REPORTS/index.html"
	else
		[ -d "$reports" ] || fail 3 "$reports: no such folder"
		real_path PKTPIPE_REPORTS -f "$reports"
		need x "$PKTPIPE_REPORTS/."
		[ ! -e "$PKTPIPE_REPORTS/index.html" ] ||
		    need r "$PKTPIPE_REPORTS/index.html"
	fi
	export PKTPIPE_REPORTS
}

# compress_page: the page's files under their names, compressed.
compress_page() {
	local file

	mkdir -- "$PKTPIPE_WEB/gzip"
	for file in "$PKTPIPE_LIB"/*.{html,css,js,svg}; do
		gzip -9 < "$file" > "$PKTPIPE_WEB/gzip/${file##*/}"
	done
	[ "$EUID" -ne 0 ] || chown -R -- "$user:" "$PKTPIPE_WEB/gzip"
}

# Copies the files that the server reads, under fixed names, for it alone.
prepare() {
	local file

	printf '%d\n' "$viewers" > "$PKTPIPE_WEB/viewers"
	can_free "$PKTPIPE_WEB/tagged"
	for file in log tagged alerts ${interfaces[*]:+captured}; do
		: > "$PKTPIPE_WEB/$file"
	done
	[ -z "$password" ] || cp -- "$password" "$PKTPIPE_WEB/password"
	[ -z "$tls" ] || cp -- "$tls" "$PKTPIPE_WEB/tls"
	join_rules > "$PKTPIPE_WEB/rules"
	spike_of "$PKTPIPE_WEB/rules" > "$PKTPIPE_WEB/spike"
	printf '%s\n' "${rule_names# }${spike:+ --spike $spike}" |
	    tr -c '[:print:]\n' '?' > "$PKTPIPE_WEB/rule_names"
	keep_history
	find_reports
	[ "$EUID" -ne 0 ] || chown -R -- "$user:" "$PKTPIPE_WEB"
	chmod -R go= "$PKTPIPE_WEB"
	need_all
	compress_page
}
