# tables.sh - the first stage of a report: from captures and tables of any kind
# to the report's tables, by the suite's own programs
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options

# The sums of sources, protocols and interfaces, from which the tables are made:
# of what flowbw has summed, or of all rows.
find_sources() {
	local key=proto places='' rows=traffic.csv

	! has_columns sensor || places=sensor
	! has_columns iface || places+=${places:+,}iface
	! has_columns src || key=src,proto
	! ways_are_whole || rows=work/ways
	toptalk --by "$key${places:+,$places}" -- "$rows" > work/sums
	if has_columns src; then
		toptalk --by src,proto ${protos:+--proto "$protos"} \
		    -- work/sums > work/pairs.csv
		toptalk --by src --top 100 -- work/pairs.csv > sources.csv
	else
		echo src,proto,packets,bytes > work/pairs.csv
		echo src,packets,bytes > sources.csv
	fi
	[ -z "$places" ] || find_interfaces "$places"
}

# Writes interfaces.csv if packets come from several interfaces or sensors, and
# work/twice, the packets that were seen on two of them.
find_interfaces() {
	toptalk --by "$1" --top 100 -- work/sums > work/interfaces
	{ IFS= read -r _; IFS= read -r _; IFS= read -r _; } < work/interfaces ||
	    return 0
	cp work/interfaces interfaces.csv
	has_columns packets ||
	    in_order < traffic.csv | awk -f "$share/lib/cells.awk" \
		-f "$room/tables/twice.awk" > work/twice
}

# Writes countries.csv if the rows have the labels that iplabel gives them from
# a database of countries.
find_countries() {
	has_columns src_country dst_country || return 0
	toptalk --by src_country,dst_country -- traffic.csv > work/countries
	toptalk --by src_country -- work/countries > work/from
	toptalk --by dst_country -- work/countries > work/to
	{
		echo country,packets_from,bytes_from,packets_to,bytes_to
		awk -f "$room/tables/countries.awk" work/from work/to |
		    sort -t $'\t' -k 1,1nr -k 2,2 | cut -f 2-
	} > countries.csv
}

# The rules of the options, with the threshold of --flag for src-rate.
print_rules() {
	local i

	for ((i = 0; i < ${#rules[@]}; i += 2)); do
		case ${rules[i]} in
		--set) ipflag --print-rules --set "${rules[i + 1]}" ;;
		--rules) cat -- "${rules[i + 1]}" ;;
		esac
		echo
	done | sed "/^rule src-rate /s/ packets=[0-9]*/ packets=$flag/"
}

# Prints traffic.csv while it grows, until standard input ends.
growing_rows() {
	local code=142

	while [ "$code" -gt 128 ]; do
		code=0
		read -r -t 0.02 || code=$?
		cat <&8 || return
	done
} 8< traffic.csv

# Writes alerts.csv; the messages of the rules, and their status, are in work/.
# Standard input ends when traffic.csv is whole.  Rules do not see rows that
# come late, so if there are any, as in captures given one after the other, all
# rows are sorted by time first.
run_rules() {
	local code=0

	if [ -n "$flag" ]; then
		print_rules > work/rules
		rules=(--rules work/rules)
	fi
	growing_rows | ipflag "${rules[@]}" > alerts.csv 2> work/messages ||
	    code=$?
	if [ ! -s work/messages ]; then
		:
	elif grep -qaE '(late|others): not evaluated$' work/messages; then
		code=0
		in_order < traffic.csv | ipflag "${rules[@]}" \
		    > alerts.csv 2> work/messages || code=$?
	else
		sed -i 's/^ipflag: stdin:/ipflag: traffic.csv:/' work/messages
	fi
	echo "$code" > work/rules-status
}

# Without the detail that rules need there are no alerts.
no_rules() {
	echo time,src,dst,proto,len | ipflag > alerts.csv 2> /dev/null
	: > work/messages
	echo 0 > work/rules-status
}

# Starts the rules, which take longest, beside what writes traffic.csv: they end
# after descriptor 5 is closed.
start_rules() {
	: > "$tmp/traffic.csv"
	exec 5> >(cd -- "$tmp" && run_rules > /dev/null 2>> work/errors 6>&-)
	rules_job=$!
}

# Starts the rules, or what is in place of them, if they do not yet run.
begin_rules() {
	[ -z "$rules_job" ] || return 0
	if has_detail; then run_rules < /dev/null & else no_rules & fi
	rules_job=$!
}

# Waits for alerts.csv; sets rules_status.
wait_for_rules() {
	wait "$rules_job"
	rules_job=''
	read -r rules_status < work/rules-status
	[ "$rules_status" -le 1 ] || {
		cat work/messages >&2
		return "$rules_status"
	}
}

# Reports which rows the rules did not evaluate.
find_unseen() {
	[ "$status" -ge "$rules_status" ] || status=$rules_status
	[ -s work/messages ] || { : > work/unseen; return; }
	grep -av ': rules disabled: ' work/messages >&6 || true
	awk -f "$room/tables/unseen.awk" work/messages > work/unseen
}

find_protocols() {
	protobw --sort bytes -- rate-by-protocol.csv > protocols.csv
	awk -f "$room/tables/suspicious.awk" "$room/suspicious.tsv" \
	    protocols.csv > suspicious.csv
}

# The worst first: by severity, then by packets in 10 s and by incidents.
find_flagged() {
	{
		echo src,severity,incidents,rules,packets,first
		! has_rows alerts.csv ||
		    awk -f "$room/tables/flagged.awk" alerts.csv |
		    sort -t , -k 1,1nr -k 6,6nr -k 4,4nr -k 2,2 |
		    cut -d , -f 2-
	} > flagged.csv
}

# rate.csv: the bins of the figure, in work/spikes.csv as well, and the strays.
find_spikes() {
	local header

	if [ -n "$mean" ]; then
		ratebw --bin "$bin" --spike "$spike" -- work/rate.csv
	else
		sed '1s/$/,spike/; 1!s/$/,0/' work/rate.csv
	fi > work/spikes.csv
	{
		IFS= read -r header
		printf '%s\n' "$header"
		cat work/before - work/after
	} < work/spikes.csv > rate.csv
}

# The figures of summary.csv, and the tables that depend on them.
find_figures() {
	local figures packets bytes mean peak p95

	sort -t , -k 3,3n work/rate.csv > work/sorted
	figures=$(awk -v bin_s="$bin_s" -v span="$span" -v limit="$spike" \
	    -f "$room/tables/stats.awk" work/sorted protocols.csv)
	IFS=, read -r packets bytes mean peak p95 spike <<< "$figures"
	find_spikes
	awk -v list="$protos" -v bin_s="$bin_s" -v span="$span" \
	    -f "$room/tables/selected.awk" protocols.csv \
	    work/by-protocol.csv work/pairs.csv > selected.csv
	{
		echo first,last,span,packets,bytes,mean,peak,p95,bin,\
spike,rejected,strays,untimed
		echo "$first,$last,$span,$packets,$bytes,$mean,$peak,$p95,\
$bin_s,$spike,$rejected,$strays,$untimed"
	} > summary.csv
}

# The tables that do not need the alerts.
make_tables() {
	side_by_side find_talks find_rates find_countries
	read -r bin first last span strays near far < work/span
	bin_s=$(seconds_of "$bin")
	untimed=0
	[ ! -s work/after ] || untimed=$(awk -F, '$1 == "" { n = $2 }
	    END { printf "%.0f", n }' work/after)
	[ ! -e work/twice ] || IFS=$'\t' read -r twice places < work/twice
	find_protocols
	find_figures
}

# The tables of the alerts.
make_alerts() {
	wait_for_rules
	find_unseen
	find_flagged
	find_victims
}
