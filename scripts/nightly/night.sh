# night.sh - the report of one day
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# trouble STATUS WORD ...: reports a problem; the run continues, and ends with
# the worst status.
trouble() {
	say "${@:2}"
	[ "$status" -ge "$1" ] || status=$1
}

# Ends the script, or the subshell of attempt, when a step fails.  A shell below
# them has its own status told.
level=0
step_failed() {
	local code=$?

	[ "$BASH_SUBSHELL" -eq "$level" ] || exit "$code"
	fail 3 "${day:+$day: }a step failed"
}

# attempt COMMAND ...: runs it in a subshell that ends at the first step that
# fails, and raises status to the subshell's.  It is called by itself only: the
# shell heeds no failure in what is called under ||, &&, if, while or !.
attempt() {
	local code

	trap - ERR
	set +e
	(
		set -e
		level=$BASH_SUBSHELL
		trap step_failed ERR
		# A program may end well in spite of ^C.
		trap 'exit 130' INT
		trap 'exit 143' TERM
		"$@"
		exit "$status"
	)
	code=$?
	set -e
	trap step_failed ERR
	[ "$status" -ge "$code" ] || status=$code
}

# reports: makes the reports of all days, the sums and the index.  A day that
# fails does not stop the others, nor these.
reports() {
	local todo

	if ! mkdir -m 700 -- "$dir/.night.$$"; then
		trouble 3 "no reports: cannot write"
		return
	fi
	tmp=$dir/.night.$$
	todo=$(days)
	for day in $todo; do
		attempt night "$day"
		rm -rf -- "${tmp:?}"/*
	done
	day=''
	attempt sum_up
	attempt make_index
}

# Finishes the work of a run that was killed.
recover() {
	local old day

	for old in "$dir"/.*.old; do
		day=${old%.old} day=${day##*/.}
		if [ -d "$old" ] && [ ! -d "$dir/$day" ]; then
			mv -T -- "$old" "$dir/$day"
		fi
	done
	rm -rf -- "$dir"/.*.old "$dir"/.night.*
}

# recording_rows START END RECORDING FILE ...: its rows of a day.
recording_rows() {
	local f start=$1 end=$2 captures=() tables=() growing=() worst=0

	for f in "${@:4}"; do
		if [ "${resting[$f]}" -eq 1 ]; then growing+=("$f")
		elif [ -n "${table[$f]}" ]; then tables+=("$f")
		else captures+=("$f")
		fi
	done
	{
		for f in ${growing[@]+"${growing[@]}"}; do
			grown "$f" || worst=$?
		done
		[ ${#captures[@]} -eq 0 ] ||
		    pcap2csv --fields "$recorded_fields" -- "${captures[@]}" ||
		    worst=$?
		[ "$worst" -eq 0 ] || exit "$worst"
	} | csvclean --since "$start" --until "$end" \
	    ${anonymize:+--anonymize "$anonymize"} \
	    --rejects "$tmp/rejected" -- - ${tables[@]+"${tables[@]}"}
}

# note_recording START END RECORDING NEW FILE: adds it to the list of the day.
note_recording() {
	awk -v start="$1" -v end="$2" -v recording="$3" -v new="$4" \
	    -v expect="$expect" -f "$room/silence.awk" "$5" |
	    tr '\t' , >> "$tmp/recordings"
}

# wide_first TABLE ...: prints the names, those with the most columns first.
wide_first() {
	local f

	for f; do
		printf '%d %s\n' "$(head -n 1 "$f" | tr -dc , | wc -c)" "$f"
	done | sort -k 1,1nr -k 2 | cut -d ' ' -f 2-
}

# is_new START FILE ...: whether no file of a recording has earlier rows.
is_new() {
	local f

	for f in "${@:2}"; do
		[ "${first[$f]:-$1}" -ge "$1" ] || return 1
	done
}

# group_files START END: sets of, the numbers of the files of each recording
# that may have rows of the day, and n, their number; both are its caller's.
group_files() {
	local f

	for ((f = 0; f < ${#files[@]}; f++)); do
		covers "${files[f]}" "$1" "$2" || continue
		of[$(recording_of "${files[f]}")]+=" $f"
		n=$((n + 1))
	done
}

# one_recording START END RECORDING PART FILE ...: writes its rows of a day to
# the table PART, and notes it.  Raises worst, its caller's, to the status of
# the programs; cat alone knows whether the table was written.
one_recording() {
	local codes=(0 0) new=''

	recording_rows "$1" "$2" "$3" "${@:5}" | cat > "$4" ||
	    codes=("${PIPESTATUS[@]}")
	[ "${codes[1]}" -eq 0 ] && one_line_each "$4" ||
	    fail 3 "$day: cannot write its rows"
	[ "${codes[0]}" -le "$worst" ] || worst=${codes[0]}
	! is_new "$1" "${@:5}" || new=1
	note_recording "$1" "$2" "$3" "$new" "$4"
	if [ -s "$tmp/rejected.csv" ]; then
		tail -n +2 "$tmp/rejected"
	else
		cat "$tmp/rejected"
	fi >> "$tmp/rejected.csv"
}

# join_parts N: the rows of N tables in one.  The first header decides on the
# columns: the longest.
join_parts() {
	if [ "$1" -eq 0 ]; then
		echo time,src,dst,proto,len
	elif [ "$1" -eq 1 ]; then
		cat -- "$tmp"/part.*
	else
		(cd -- "$tmp" && wide_first part.* | xargs -d '\n' csvclean --)
	fi
}

# All rows of a day, from recordings of any kind, and the list of these.  Ends
# with the worst status of the programs that read them.
rows() {
	local start end one worst=0 n=0 i these merge=(cat)
	local -A of=()

	start=$(seconds_at "$1")
	end=$((start + 86400))
	rm -f -- "$tmp"/part.*
	: > "$tmp/recordings"
	: > "$tmp/rejected.csv"
	group_files "$start" "$end"
	[ "$n" -gt 0 ] || trouble 1 "$1: no recording covers this day"
	[ "$n" -le 1 ] || merge=(in_order -T "$tmp")
	for one in ${of[@]+"${!of[@]}"}; do
		these=()
		for i in ${of[$one]}; do these+=("${files[i]}"); done
		one_recording "$start" "$end" "$one" "$tmp/part.$((n++))" \
		    "${these[@]}"
	done
	join_parts ${#of[@]} | "${merge[@]}"
	# Rows that were dropped are rows that are missing.
	[ "$worst" -gt 0 ] || [ -z "$(sed -n 2p "$tmp/rejected.csv")" ] || worst=1
	[ "$worst" -eq 0 ] || incomplete "$worst"
}

# incomplete STATUS: a report is made, of fewer packets; what has read them has
# said why.
incomplete() {
	trouble "$1" "$day: the report does not cover all packets"
}

# find_other DAY: sets other to the option for the report that a day's is
# compared with: that of a week before, or else of the day before.
find_other() {
	local back one file

	for back in 7 1; do
		one=$dir/$(date -d "$1 - $back days" +%F)
		for file in summary rate protocols sources; do
			[ -e "$one/$file.csv" ] || continue 2
		done
		other=(--against "$one")
		return
	done
	other=()
}

# page_of DAY START FILE: the report of a table, and what it prints in
# $tmp/text.
page_of() {
	local code=0 other=()

	find_other "$1"
	pktpipe-report -o "$new" ${protos:+-p "$protos"} \
	    "${rules[@]}" ${band[@]+"${band[@]}"} ${other[@]+"${other[@]}"} \
	    --since "$2" --until $(($2 + 86400)) \
	    --title "$(in_words "$2" %A) $1 - $title" --print \
	    -- "$3" > "$tmp/text" || code=$?
	[ "$code" -le 1 ] || fail 3 "$1: no report, status $code"
	[ "$code" -eq 0 ] || incomplete 1
}

# mark_page FILE: what is missing, below the heading of the day's page.
mark_page() {
	count_note ../sensors > "$tmp/note"
	awk -v silent="$tmp/silent" -v note="$tmp/note" '{ print }
	    /^<h1>/ { while ((getline line < note) > 0) print line
		while ((getline line < silent) > 0)
		print "<p class=\"red\">" line "</p>" }' "$1" > "$tmp/page"
	cat -- "$tmp/page" > "$1"
}

# Makes the report of a day in a temporary folder, moves it into place when it
# is whole, and mails it.  A step that fails ends it.
night() {
	local day=$1 new=$tmp/new start band

	start=$(seconds_at "$day")
	rm -rf -- "$new" "${tmp:?}/rows"
	mkdir "$tmp/rows" "$new"
	rows "$day" > "$tmp/rows/$day"
	find_band
	page_of "$day" "$start" "$tmp/rows/$day"
	ratebw --bin 1h --by proto -- "$new/rate-by-protocol.csv" \
	    > "$new/hourly.csv"
	find_silence
	find_unusual
	# The recordings have the packets; rejected rows may name hosts.
	rm -- "$new/traffic.csv"
	sed -i 's, <a href="traffic.csv">traffic.csv</a>,,' "$new/report.html"
	mark_page "$new/report.html"
	list_unusual "$new/report.html"
	[ -n "$anonymize" ] || mv -f -- "$tmp/rejected.csv" "$new"
	chmod "$(printf %o $((0777 & ~$(umask))))" "$new"
	[ ! -e "$dir/$day" ] || mv -T -- "$dir/$day" "$dir/.$day.old"
	mv -T -- "$new" "$dir/$day"
	rm -rf -- "$dir/.$day.old"
	[ -z "$mail" ] || send_mail "$day"
}
