# table.sh - tables of packets: CSV with a header
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034  # for the scripts that read this

# The fields that the built-in rules of ipflag need beside the five columns of
# every table.
rule_fields=dport,flags

# The fields of recordings and reports, which tell interfaces apart.
# pktpipe-record@.service has the same.
recorded_fields=$rule_fields,iface

# Whether a file is a table and no capture: pcap2csv finds out, compressed or
# not, since a file's name proves nothing.
is_table() {
	local code=0

	[ -f "$1" ] && [ -r "$1" ] || return 1
	pcap2csv --count 1 -- "$1" > /dev/null 2>&1 || code=$?
	[ "$code" -eq 3 ]
}

# in_order [OPTION ...]: a table's rows, sorted by time; the options are sort's.
in_order() {
	local header

	! IFS= read -r header || printf '%s\n' "$header"
	sort -s -t , -k 1,1n "$@"
}
