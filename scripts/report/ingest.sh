# ingest.sh - from captures and tables of any kind to traffic.csv
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# Writes tmp/traffic.csv and tmp/rejected.csv.  Sets status, and rejected to
# the number of dropped rows.  What cannot be opened is left to pcap2csv to
# say.  The last process of the pipeline owns the file, so that its failure
# (a full disk) cannot be taken for that of an operand.
ingest() {
	local f captures=() tables=() from=(cat /dev/null) to=(cat) codes=()

	for f; do
		if [ "$f" = - ]; then
			f=$tmp/work/stdin
			cat > "$f"
		fi
		if is_table "$f"; then tables+=("$f"); else captures+=("$f"); fi
	done
	[ ${#captures[@]} -eq 0 ] ||
	    from=(pcap2csv --fields "$rule_fields" -- "${captures[@]}")
	if [ -t 2 ] && command -v pv > /dev/null; then
		to=(pv -l -t -a -b -N packets)
	fi
	"${from[@]}" |
	    csvclean --strict --rejects "$tmp/rejected.csv" -- - \
	    ${tables[@]+"${tables[@]}"} | "${to[@]}" > "$tmp/traffic.csv" ||
	    codes=("${PIPESTATUS[@]}")
	status=0
	for f in "${codes[@]:0:2}"; do
		[ "$f" -le 3 ] || fail 3 "a program ended with status $f"
		[ "$f" -le "$status" ] || status=$f
	done
	[ "${codes[2]:-0}" -eq 0 ] || fail 3 "cannot write traffic.csv"
	rejected=$(awk 'NR > 1 { q += gsub(/"/, "") }
	    NR > 1 && q % 2 == 0 { n++ } END { print n + 0 }' \
	    "$tmp/rejected.csv")
}
