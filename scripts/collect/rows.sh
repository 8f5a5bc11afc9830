# rows.sh - the rows of all sensors, as they come
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

piece=$((4 << 20))	# bytes of a recording that are read at a time

# print_rows FILE FROM UNTIL: these rows, with the sensor; their newest time goes
# to the file times.
print_rows() {
	local sensor=''

	[[ $1 != */* ]] || sensor=${1%%/*}
	[[ $sensor != *[,\"$'\r']* ]] || sensor=\"${sensor//\"/\"\"}\"
	# In the environment awk reads no escapes.
	bytes_of "$1" "$2" "$3" |
	    SENSOR=${sensor:+,$sensor} HEADER=$header TIMES=$tmp/times awk -F, '
		BEGIN { sensor = ENVIRON["SENSOR"]; header = ENVIRON["HEADER"] }
		$0 == header || $0 == "" { next }
		$1 > newest { newest = $1 }
		{ print $0 sensor }
		END { print newest > ENVIRON["TIMES"] }'
}

# wanted FILE: whether it has rows, or with --alerts alerts, of the columns of
# the first one.  A file that cannot be read, or has no whole header, is looked
# at again.
wanted() {
	local first='' kind=rows

	case ${takes[$1]-} in yes) return ;; no) return 1 ;; esac
	if [ ! -r "$1" ]; then
		[ ! -e "$1" ] || [ -n "${takes[$1]-}" ] ||
		    say "$dir/$1: cannot read it"
		takes[$1]=unread
		return 1
	fi
	IFS= read -r first < "$1" || return
	[[ ,$first, != *,rule,*,state,* ]] || kind=alerts
	takes[$1]=no
	[ "$kind" = "$mode" ] || return
	if [ -z "$header" ]; then
		header=$first
		[[ $1 != */* ]] || first+=,sensor
		printf '%s\n' "$first" >&3 || exit 3
	elif [ "$first" != "$header" ]; then
		say "$1: left out, since it has other columns"
		return 1
	fi
	takes[$1]=yes
}

# list_sizes: "SIZE/INODE/NAME" of each copy, by recording and time; those of
# sensors, or of a directory that has recordings itself.
list_sizes() {
	local depth=2 any

	any=$(find . -mindepth 2 -maxdepth 2 -name '*.csv' -print -quit) ||
	    [ $? -eq 1 ] || return
	[ -n "$any" ] || depth=1
	# 1: one went in the meantime.
	{ find . -mindepth "$depth" -maxdepth "$depth" -type f -name '*.csv' \
	    -size +0 ! -path ./status.csv ! -path './.*' ! -path $'*\n*' \
	    -printf '%s/%i/%P\n' || [ $? -eq 1 ]; } | sort -t / -k 3
}

# recording_name FILE: sets recording, its name without the time.
recording_name() {
	recording=${1%.csv}
	# shellcheck disable=SC2295  # a pattern
	recording=${recording%-$part_times}
}

# start_at FILE SIZE BYTES: sets where to begin with a file: at its last rows of
# so many bytes.
start_at() {
	local from=$(($2 - $3)) skip

	if [ "$3" -le 0 ]; then
		at[$1]=$2
	elif [ "$from" -le 0 ]; then
		at[$1]=0
	else
		skip=$(tail -c "+$((from + 1))" -- "$1" | head -n 1 | wc -c ||
		    :)
		at[$1]=$((from + skip))
	fi
}

# begin: sets where to begin with the files that are there: each recording has a
# share of the bytes of --newest.
begin() {
	local size f recording i inode sizes=() files=()
	local -A share=()

	while IFS=/ read -r size inode f; do
		inode_of[$f]=$inode
		wanted "$f" || continue
		recording_name "$f"
		share[$recording]=$newest_bytes
		sizes+=("$size") files+=("$f")
	done < <(list_sizes)
	wait "$!" || fail 3 "$dir: cannot list the recordings"
	for ((i = ${#files[@]} - 1; i >= 0; i--)); do
		recording_name "${files[i]}"
		start_at "${files[i]}" "${sizes[i]}" \
		    $((${share[$recording]} / ${#share[@]}))
		[ "${at[${files[i]}]}" -lt "${sizes[i]}" ] ||
		    [ -n "${reached[$recording]-}" ] ||
		    reach_end "${files[i]}"
		share[$recording]=$((${share[$recording]} -
		    sizes[i] * ${#share[@]}))
	done
}

# reach_end FILE: recording has been read up to the last row of its newest file:
# --merge waits for what follows.
reach_end() {
	local text ms

	[ -n "$merge" ] || return 0
	{ text=$(tail -c 8192 -- "$1" && echo .) || text=.; } 2> /dev/null
	text=${text%$'\n'*} text=${text##*$'\n'}
	milliseconds "${text%%,*}"
	reached[$recording]=$ms
}

# milliseconds TIME: sets ms.
milliseconds() {
	local fraction=${1#*.}000

	ms=0
	[[ $1 =~ ^[0-9]{1,11}\.[0-9]+$ ]] || return 0
	ms=$((10#${1%%.*} * 1000 + 10#${fraction:0:3}))
}

# take FILE SIZE: the next rows of a file, of recording; sets more if there are
# others.
take() {
	local until from=${at[$1]-0} newest='' ms size=$2

	unread[$recording]=''
	if [ $((size - from)) -gt "$piece" ]; then
		size=$((from + piece))
		more=yes unread[$recording]=yes
	fi
	whole_rows "$1" "$size"
	[ "$until" -gt "$from" ] || return 0
	print_rows "$1" "$from" "$until"
	at[$1]=$until grown=yes
	[ -z "$merge" ] || IFS= read -r newest < "$tmp/times" || :
	milliseconds "$newest"
	[ "$ms" -le "${reached[$recording]-0}" ] || reached[$recording]=$ms
}

# may_read: whether it is the turn of recording: with --merge not while another
# one is more than the slack behind and has rows that were not read.
may_read() {
	local r

	[ -n "$merge" ] || return 0
	for r in "${!unread[@]}"; do
		[ -z "${unread[$r]}" ] ||
		    [ $((${reached[$r]-0} + slack)) -ge \
			"${reached[$recording]-0}" ] || return
	done
}

# take_all: prints what is new in all files; a piece of each recording.
take_all() {
	local f size inode recording
	local -A had=()

	more='' grown=''
	while IFS=/ read -r size inode f; do
		# The sensor has another recording of this name.
		[ "${inode_of[$f]-$inode}" = "$inode" ] ||
		    unset 'at[$f]' 'takes[$f]'
		inode_of[$f]=$inode
		[ "$size" -gt "${at[$f]-0}" ] && wanted "$f" || continue
		recording_name "$f"
		if [ -n "${had[$recording]-}" ] || ! may_read; then
			more=yes
			continue
		fi
		take "$f" "$size"
		had[$recording]=${unread[$recording]}
	done < <(list_sizes)
}

# follow_rows: prints what is added to the copies from now on.
follow_rows() {
	local header='' more grown idle
	declare -A at=() takes=() inode_of=() reached=() unread=() silent=()
	local last_growth=0 printed=''

	cd -- "$dir" 2> /dev/null || fail 3 "$dir: cannot enter it"
	exec {idle}<> <(:)
	tmp=$(mktemp -d)
	trap 'exit 0' INT TERM HUP
	: > "$tmp/waiting"
	begin 3>&1
	while :; do
		if [ -n "$merge" ]; then merge_rows; else take_all 3>&1; fi
		[ -n "$more" ] || read -r -t 0.2 -u "$idle" || :
	done
}
