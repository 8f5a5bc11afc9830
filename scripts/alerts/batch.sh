# batch.sh - the rows of a recording in batches, of which each is done once
#
# The folder of --state has a link "now" to the folder of the last batch:
#	state		what ipflag knows
#	at		the file and the offset up to which it has read
#	seen		this file and those that have been read before
#	alerts		the alerts of the batch, without a header
#	out		where they go, and the size of that file before
#	delivered	is there when they are printed, too
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

most=$((16 << 20))	# bytes of a batch
alert_header=time,rule,severity,src,dst,proto,value,threshold,window,state,unit

# lost: the end, perhaps by a signal, which ends programs too; the next run does
# the batch again.
lost() {
	[ -z "$stop" ] || exit "$status"
	fail 3 "$state: the rows could not be read, or the alerts not written"
}

# name_other: says that a file of the recording's own name is not read.
name_other() {
	local parts

	find_parts "$recording" || return
	[ ${#parts[@]} -eq 0 ] && [ -e "$recording" ] || return 0
	say "$recording: not read, want a recording, whose files have times in" \
	    "their names"
	status=1
}

# tidy: removes what a run that was killed has left.
tidy() {
	local folder

	for folder in "$state"/batch.*; do
		[ ! -d "$folder" ] || [ "$folder" -ef "$state/now" ] ||
		    rm -rf -- "$folder"
	done
	rm -f -- "$state/now.new"
}

# recall: sets seen to the files that have been read: at the first start, to all
# but the newest.
recall() {
	local name

	if [ -e "$state/now/seen" ]; then
		while IFS= read -r name; do
			seen[$name]=yes
		done < "$state/now/seen"
		return
	fi
	for name in "${parts[@]}"; do
		[[ $name > $part ]] || seen[$name]=yes
	done
}

# place: sets part and from to where the next batch begins, with the newest file
# at the first start; and after to the next files, if there are any: part is then
# complete, as are all of them but the last.  They are those that have come since,
# whatever their names: the clock may have been set back.
place() {
	local parts next

	find_parts "$recording" || return
	[ ${#parts[@]} -gt 0 ] || return
	part=${parts[-1]} from=0
	[ ! -e "$state/now/at" ] || IFS=$'\t' read -r part from < "$state/now/at"
	[ ${#seen[@]} -gt 0 ] || recall
	for next in "${parts[@]}"; do
		[ -n "${seen[$next]-}" ] || after+=("$next")
	done
}

# rows_new: sets until to the end of the next rows of part; false if there are
# none.
rows_new() {
	local size

	until=0
	size=$(stat -c %s -- "$part" 2> /dev/null) || return
	[ "$size" -gt "$from" ] || return
	whole_rows "$part" $((size - from > most ? from + most : size)) || lost
	[ "$until" -gt "$from" ]
}

# batch_rows: the rows of part from there until there, with a header.
batch_rows() {
	[ "$from" -eq 0 ] || head -n 1 -- "$part" || return
	bytes_of "$part" "$from" "$until"
}

# next_batch: reads what is new; false if there is nothing.
next_batch() {
	local part='' from=0 after=() until folder codes=(0 0 0)

	place || return
	# What is left may be a torn row, of a recorder that was killed, or nothing,
	# of one that a full disk ended.
	until rows_new; do
		[ ${#after[@]} -gt 0 ] || return
		part=${after[0]} from=0 after=("${after[@]:1}")
	done
	folder=$(mktemp -d -- "$state/batch.XXXXXX") || lost
	[ ! -e "$state/now/state" ] || cp -- "$state/now/state" "$folder" ||
	    lost
	batch_rows | ipflag --state "$folder/state" "${rules[@]}" |
	    sed 1d > "$folder/alerts" || codes=("${PIPESTATUS[@]}")
	[ "${codes[0]}${codes[2]}" = 00 ] && [ "${codes[1]}" -le 1 ] || lost
	[ "${codes[1]}" -le "$status" ] || status=${codes[1]}
	printf '%s\t%s\n' "$part" "$until" > "$folder/at" || lost
	forget_parts
	seen[$part]=yes
	printf '%s\n' "${!seen[@]}" > "$folder/seen" || lost
	commit "$folder"
}

# out_now: sets file to that of today's alerts.
out_now() {
	TZ=UTC0 printf -v file '%s-%(%Y%m%d)TT000000Z.csv' "${out%.csv}" -1
}

# commit FOLDER: the batch is done from here on.
commit() {
	local old file

	if [ -n "$out" ]; then
		out_now || exit
		printf '%s\t%s\n' "$file" "$(stat -c %s -- "$file" \
		    2> /dev/null || echo 0)" > "$1/out" || lost
	fi
	old=$(readlink -- "$state/now" || :)
	ln -s -- "${1##*/}" "$state/now.new" &&
	    mv -T -- "$state/now.new" "$state/now" || lost
	[ -z "$old" ] || rm -rf -- "${state:?}/$old"
	deliver
}

# deliver: records and prints the alerts of the last batch, unless that is done.
deliver() {
	local file size

	[ -s "$state/now/alerts" ] && [ ! -e "$state/now/delivered" ] || return 0
	if [ -e "$state/now/out" ]; then
		IFS=$'\t' read -r file size < "$state/now/out"
		# A part of them may be there.
		[ ! -e "$file" ] || truncate -s "$size" -- "$file" || lost
		{ [ "$size" -gt 0 ] || echo "$alert_header"
		    cat -- "$state/now/alerts"; } >> "$file" || lost
	fi
	[ -n "$header" ] || printf '%s\n' "$alert_header"
	header=printed
	cat -- "$state/now/alerts" || lost
	: > "$state/now/delivered"
}
