# folder.sh - the report's folder: its files are made in a temporary one in it,
# and move when all are made
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options

# What the messages call a stage that fails, or empty between the stages.
stage='' tmp=''

# Removes what killed runs have left: a run locks its temporary folder.
remove_left() {
	local old

	for old in "$dir"/.pktpipe-report.??????; do
		[ -d "$old" ] && [ ! -L "$old" ] || continue
		( flock -n 7 && rm -rf -- "$old" ) 7< "$old" || :
	done 2> /dev/null
}

# Makes and locks the temporary folder, which is removed at the end.  The
# report's folder is locked meanwhile, so that no other run takes the new one
# for one that was left.
open_folder() {
	mkdir -p -- "$dir" 2> /dev/null ||
	    fail 3 "cannot make the directory \"$(show "$dir")\""
	[ -r "$dir" ] && [ -w "$dir" ] && [ -x "$dir" ] || cannot_write
	exec 7< "$dir"
	flock -w 60 7 || :
	remove_left
	tmp=$(mktemp -d -- "$dir/.pktpipe-report.XXXXXX" 2> /dev/null) &&
	    mkdir -- "$tmp/work" "$tmp/work/narrow" 2> /dev/null || cannot_write
	trap 'stage=; exit 130' INT
	trap 'stage=; exit 143' TERM
	exec 9< "$tmp" 7<&-
	flock -n 9 || :
	export TMPDIR=$tmp/work
}

cannot_write() {
	local why='the disk may be full'

	[ -w "$dir" ] || why='permission denied'
	fail 3 "cannot write in \"$(show "$dir")\": $why"
}

clean() {
	[ -n "$tmp" ] || return 0
	cd /
	end_tree "$$"
	wait
	[ -z "$stage" ] || failed_stage "$code"
	rm -rf -- "$tmp"
}

# in_stage TEXT: what follows is the stage of that name, until the next call;
# the messages of its programs are in a file, since all mean the same: no
# report.  Messages for people go to descriptor 6.
in_stage() {
	stage=$1
	[ -z "$stage" ] || exec 2> "$tmp/work/errors"
	[ -n "$stage" ] || exec 2>&6
}

# failed_stage STATUS: says why the stage failed, in one message; sets code.
failed_stage() {
	local why=''

	exec 2>&6
	code=3
	IFS= read -r why < "$tmp/work/errors" || :
	if grep -qaE 'No space left|Disk quota|File too large' \
	    "$tmp/work/errors"; then
		why=''
	elif [ "$1" -eq 254 ]; then
		why='no process could be started'
	elif [ "$1" -gt 128 ]; then
		why="a program was killed by signal $(kill -l "$1")"
	elif [[ $why =~ ': line '[0-9]+': '+[0-9]+' Killed ' ]]; then
		why='a program was killed by signal KILL'
	fi
	if [ -z "$why" ]; then
		say "cannot write in \"$(show "$dir")\": the disk may be full"
	else
		say "$stage could not be made: ${why//[^ -~]/?}"
	fi
}

# Fails if a directory has the name of a file of the report.
refuse_directories() {
	local f

	for f in *.csv report.* "${optional[@]}"; do
		[ ! -d "../$f" ] || { in_stage ''; fail 3 \
		    "\"$(show "$dir/$f")\" is a directory, want a file"; }
	done
}

# Moves the report into its folder, the page last.  Tables that a report does not
# always have do not stay from an earlier one.
place_report() {
	local f stale=()
	local optional=(comparison.csv countries.csv interfaces.csv)

	refuse_directories
	for f in "${optional[@]}"; do
		[ -e "$f" ] || [ ! -e "../$f" ] || stale+=("../$f")
	done
	trap '' INT TERM
	mv -f -- *.csv report.png report.svg report.pdf ..
	[ ${#stale[@]} -eq 0 ] || rm -f -- "${stale[@]}"
	mv -f -- report.html ..
}
