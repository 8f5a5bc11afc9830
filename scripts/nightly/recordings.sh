# recordings.sh - the recordings of a directory, and when each was written
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# Whether no process has the file open for writing: only then does the kernel
# grant a read lease, whatever name it was opened by.  1: one has; 2: unknown.
at_rest() {
	perl -e 'open(my $f, "<", $ARGV[0]) or exit 2;
	    fcntl($f, 1024, 0) and exit 0;	# F_SETLEASE, F_RDLCK
	    exit($!{EAGAIN} ? 1 : 2)' -- "$1"
}

# The paths of recordings.
recording_pattern='.*\.(csv|pcap|pcapng|cap)[-._0-9TZ]*'
recording_pattern+='(\.(gz|zst|xz|bz2|lz4))?'

# Sets files, oldest first, and for each written, the time of its last change,
# and resting, the status of at_rest.  pcap2csv, tcpdump, dumpcap and logrotate
# add dates and numbers to the names.  Other files of the directory are left
# alone, as are alerts that were recorded beside the packets.
find_recordings() {
	local path state

	files=()
	declare -gA written=() resting=()
	while IFS= read -r -d '' path; do
		files+=("${path#* }")
		written[${path#* }]=${path%%.*}
		state=0
		at_rest "${path#* }" || state=$?
		resting[${path#* }]=$state
	done < <(trap - ERR; { find -H "$from" -mindepth "$depth" -maxdepth "$depth" \
	    -type f ! -name '.*' ! -name 'alerts-*' \
	    -regextype posix-extended -regex "$recording_pattern" \
	    -printf '%T@ %p\0' || [ $? -eq 1 ]; } | sort -z -n)
	# 1 of find: one went in the meantime.
	wait "$!" || fail 3 "cannot list the recordings"
	finish_packing
}

# Sets table of a recording to yes or nothing, and first to the second of its
# first packet, or nothing if it has none.  Each recording is read once.
declare -A table=() first=()
look_into() {
	[ -z "${first[$1]+known}" ] || return 0
	if is_table "$1"; then
		table[$1]=yes
		first[$1]=$(csvclean -- "$1" 2> /dev/null | second) || true
	else
		table[$1]=''
		first[$1]=$(pcap2csv -c 1 -- "$1" 2> /dev/null | second) || true
	fi
}

# The time of the first row, without its fraction.
second() {
	sed -n '2{s/[.,].*//p;q}'
}

# covers FILE START END: whether it may hold packets from START to END.  Packets
# may be an hour out of order.
covers() {
	[ "${written[$1]}" -ge "$2" ] || [ "${resting[$1]}" -eq 1 ] || return 1
	look_into "$1" || return
	[ "${first[$1]:-$2}" -lt $(($3 + 3600)) ]
}

# The complete rows or packets of a recording that is still growing.
grown() {
	local size until

	if [ -z "${table[$1]}" ]; then
		pcap2csv --fields "$recorded_fields" -- "$1" 2> /dev/null ||
		    [ $? -eq 1 ]
		return
	fi
	size=$(stat -c %s -- "$1") || return
	whole_rows "$1" "$size" || return
	head -c "$until" -- "$1"
}
