# night.sh - the report of one day
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# trouble STATUS WORD ...: reports a problem; the run continues, and ends with
# the worst status.
trouble() {
	say "${@:2}"
	[ "$status" -ge "$1" ] || status=$1
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

# All rows of a day, from recordings of any kind.
rows() {
	local start end f n code=0 merge=(cat) captures=() tables=() growing=()

	start=$(seconds_at "$1")
	end=$((start + 86400))
	for f in ${files[@]+"${files[@]}"}; do
		covers "$f" "$start" "$end" || continue
		if [ "${resting[$f]}" -eq 1 ]; then growing+=("$f")
		elif [ -n "${table[$f]}" ]; then tables+=("$f")
		else captures+=("$f")
		fi
	done
	n=$((${#captures[@]} + ${#tables[@]} + ${#growing[@]}))
	[ "$n" -gt 0 ] || trouble 1 "$1: no recording covers this day"
	[ "$n" -le 1 ] || merge=(in_order -T "$tmp")
	{
		for f in ${growing[@]+"${growing[@]}"}; do grown "$f"; done
		[ ${#captures[@]} -eq 0 ] ||
		    pcap2csv --fields "$recorded_fields" -- "${captures[@]}"
	} | csvclean --since "$start" --until "$end" \
	    ${anonymize:+--anonymize "$anonymize"} \
	    --rejects "$tmp/rejected.csv" -- - ${tables[@]+"${tables[@]}"} |
	    "${merge[@]}" || code=$?
	# Rows that were dropped are rows that are missing.
	[ "$code" -gt 0 ] || [ -z "$(sed -n 2p "$tmp/rejected.csv")" ] || code=1
	return "$code"
}

# step WORST COMMAND ...: runs a command.  Up to status WORST the report is
# made, of fewer packets; the command itself has said why.
step() {
	local worst=$1 code=0

	"${@:2}" || code=$?
	if [ "$code" -gt "$worst" ]; then
		trouble 3 "$day: no report, status $code"
		return 1
	elif [ "$code" -gt 0 ]; then
		trouble "$code" "$day: the report does not cover all packets"
	fi
}

# Makes the report of a day in a temporary folder, then moves it into place.
night() {
	local day=$1 new=$tmp/new

	rm -rf -- "$new" "${tmp:?}/rows"
	mkdir "$tmp/rows" "$new"
	step 3 rows "$day" > "$tmp/rows/$day" || return
	step 1 pktpipe-report -o "$new" ${protos:+-p "$protos"} \
	    "${rules[@]}" --print -- "$tmp/rows/$day" > "$tmp/text" || return
	ratebw --bin 1h --by proto -- "$new/rate-by-protocol.csv" \
	    > "$new/hourly.csv"
	# The recordings have the packets; rejected rows may name hosts.
	rm -- "$new/traffic.csv"
	sed -i 's, <a href="traffic.csv">traffic.csv</a>,,' "$new/report.html"
	[ -n "$anonymize" ] || mv -f -- "$tmp/rejected.csv" "$new"
	chmod "$(printf %o $((0777 & ~$(umask))))" "$new"
	[ ! -e "$dir/$day" ] || mv -T -- "$dir/$day" "$dir/.$day.old"
	mv -T -- "$new" "$dir/$day"
	rm -rf -- "$dir/.$day.old"
}
