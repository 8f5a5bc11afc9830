# exposition.sh - the file of metrics, in Prometheus' text format
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# metric NAME TYPE HELP: the head of a metric.
metric() {
	printf '# HELP %s %s\n# TYPE %s %s\n' "$1" "$3" "$1" "$2"
}

# counter NAME HELP ARRAY: a counter for each of its labels.
counter() {
	local -n values=$3
	local labels

	metric "$1" counter "$2" || return
	for labels in "${!values[@]}"; do
		printf '%s{%s} %s\n' "$1" "$labels" "${values[$labels]}" ||
		    return
	done | sort
}

# top_sources: the bytes of the largest sources of the last interval.
top_sources() {
	local line found

	found=$(largest) || return
	metric pktpipe_top_source_bytes gauge \
	    'Bytes of the largest sources in the last interval.' || return
	while IFS= read -r line; do
		printf 'pktpipe_top_source_bytes{src="%s"} %s\n' \
		    "${line#* }" "${line%% *}" || return
	done <<< "$found"
}

# largest: the sizes and names of these sources.
largest() {
	awk '{ s = $0; sub(/^[0-9]+ /, "", s); n[s] += $1 }
	    END { for (s in n) printf "%.0f %s\n", n[s], s }' \
	    <<< "${source_bytes%$'\n'}" | sort -k 1,1nr -k 2 |
	    sed -n "1,${top}p"
}

# alert_metrics: the counts of the alerts' file, if there is one.
alert_metrics() {
	local found

	[ -n "$alerts" ] && [ -r "$alerts" ] || return 0
	found=$(awk -F, -f "$share/lib/cells.awk" -f "$room/alerts.awk" \
	    < "$alerts" | sort) || return
	metric pktpipe_alerts_open gauge 'Alerts that have not ended.' || return
	grep '^pktpipe_alerts_open' <<< "$found" || [ $? -eq 1 ] ||
	    return
	metric pktpipe_alerts_total counter 'Alerts raised.' || return
	grep '^pktpipe_alerts_total' <<< "$found" || [ $? -eq 1 ] ||
	    return
}

# drop_metrics: the counts that pcap2csv -v printed last for each interface.
drop_metrics() {
	[ -n "$messages" ] && [ -r "$messages" ] || return 0
	metric pktpipe_dropped_packets_total counter \
	    'Packets dropped by the kernel or the interface.' || return
	sed -nE 's/^pcap2csv: ([^ ]+): [0-9]+ packets? captured, ([0-9]+) dropped by the kernel, ([0-9]+|an unknown number) by the interface$/\1 \2 \3/p' \
	    < "$messages" | awk '
	{
		gsub(/[^A-Za-z0-9_.:@-]/, "?", $1)
		kernel[$1] = $2
		interface[$1] = $3
	}
	END {
		name = "pktpipe_dropped_packets_total{interface=\""
		for (i in kernel) {
			print name i "\",by=\"kernel\"}", kernel[i]
			if (interface[i] ~ /^[0-9]+$/)
				print name i "\",by=\"interface\"}",
				    interface[i]
		}
	}' | sort
}

# sensor_metric NAME TYPE HELP COLUMN: of the status of pktpipe-collect.
sensor_metric() {
	metric "$1" "$2" "$3" || return
	awk -F, -v name="$1" -v column="$4" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	!(column in at) { exit }
	column == "state" { $at[column] = ($at[column] == "live") + 0 }
	$at[column] != "" {
		gsub(/[^A-Za-z0-9_.:@-]/, "?", $at["sensor"])
		print name "{sensor=\"" $at["sensor"] "\"}", $at[column]
	}' < "$sensors/status.csv"
}

# sensor_metrics: how far the copies of each sensor are.
sensor_metrics() {
	[ -n "$sensors" ] && [ -r "$sensors/status.csv" ] || return 0
	sensor_metric pktpipe_sensor_up gauge \
	    'Whether a session with the sensor is open.' state &&
	    sensor_metric pktpipe_sensor_lag_seconds gauge \
		'Age of the newest row that was copied.' age &&
	    sensor_metric pktpipe_sensor_behind_bytes gauge \
		'Bytes that are still to be copied.' behind_bytes &&
	    sensor_metric pktpipe_sensor_missing_bytes gauge \
		'Bytes that the sensor removed before.' missing_bytes &&
	    sensor_metric pktpipe_sensor_disk_bytes gauge \
		'Disk space of the copies.' disk_bytes &&
	    sensor_metric pktpipe_sensor_clock_seconds gauge \
		'By how much the clock of the sensor is ahead.' clock
}

# interval: the last one's start and age; rows without a time are of none.
interval() {
	local n=${refresh%[smh]}

	[ -n "$at" ] || return 0
	case $refresh in *m) n=$((n * 60)) ;; *h) n=$((n * 3600)) ;; esac
	metric pktpipe_interval_start_timestamp_seconds gauge \
	    'Start of the last interval that had packets.' &&
	    echo "pktpipe_interval_start_timestamp_seconds $at" &&
	    metric pktpipe_lag_seconds gauge \
		'Seconds since the end of the last interval, when this was written.' &&
	    echo "pktpipe_lag_seconds $((EPOCHSECONDS - ${at%%.*} - n))"
}

# all_metrics: the text of the file.
all_metrics() {
	counter pktpipe_packets_total 'Packets seen.' packets &&
	    counter pktpipe_bytes_total \
		'Bytes of these packets on the wire.' bytes &&
	    interval || return
	[ -z "$source_bytes" ] || top_sources || return
	drop_metrics || return
	sensor_metrics || return
	alert_metrics
}

# write_metrics: replaces the file as a whole; says once that it cannot.
write_metrics() {
	if all_metrics > "$file.new" && mv -f -- "$file.new" "$file"; then
		trouble=''
		return
	fi 2> /dev/null
	[ -n "$trouble" ] || say "$file: cannot write"
	trouble=yes status=3
}
