# keys.sh - what a person types at the picture, for liveplot --control
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # set by the other parts

key_help='q quit  space pause  p protocols  t talkers  f filter'
key_help_more='+- window  arrows scroll'
windows=(10 30 60 120 300 600 1800 3600)
kinds=(sources destinations conversations)
scroll=500000 paused='' prompt='' typed='' problem='' more='' resized=''
new_size='' sequence='' fresh=''

# start_keys: what is shown first, by the options.  The last line is made anew
# for another size of the terminal; the picture is by liveplot.
start_keys() {
	local i

	trap 'new_size=yes' WINCH
	kind=0
	for i in "${!kinds[@]}"; do
		[ "${kinds[i]}" != "$talkers" ] || kind=$i
	done
	tell
}

# tell: writes what is wanted now; liveplot reads it at its start, and when
# SIGWINCH says so, which does it no harm before it is ready.
tell() {
	wanted > "$tmp/control.new" || return
	mv -f -- "$tmp/control.new" "$tmp/control" || return
	signal WINCH plotter
}

wanted() {
	printf 'talkers %s\nscroll %s\n' "${kinds[kind]}" "$scroll" || return
	printf 'line %s\n' "$(bottom_line)" || return
	[ -z "$resized" ] || printf 'window %s\n' "$window" || return
	[ -z "$proto" ] || printf 'proto %s\n' "$proto" || return
	[ -z "$where" ] || printf 'where %s\n' "$where" || return
	[ -z "$paused" ] || echo paused
}

# all_keys BEFORE: the text, then the keys: those that have room, and where the
# others are.
all_keys() {
	local columns

	columns=$(stty size 2> /dev/null) || columns='0 80'
	if [ $((${#1} + ${#key_help} + 2 + ${#key_help_more})) -le \
	    "${columns#* }" ]; then
		printf '%s%s  %s\n' "$1" "$key_help" "$key_help_more"
	else
		printf '%s? keys  %s\n' "$1" "$key_help"
	fi
}

# bottom_line: what is typed, or what is chosen and the keys.
bottom_line() {
	local end=$typed

	[ ${#typed} -le 50 ] || end=${typed: -50}
	if [ -n "$problem" ]; then
		printf '%s\n' "$problem"
	elif [ -n "$prompt" ]; then
		printf '%s: %s_\n' "$prompt" "$end"
	elif [ -n "$more" ]; then
		echo "$key_help_more  $key_help"
	else
		all_keys "${paused:+PAUSED  }${where:+where $where  }"
	fi
}

# next_key: waits for one, for half a second at most.  An arrow's sequence may
# come in parts; an escape is one alone if nothing comes for a while.
next_key() {
	local key code=0 most=0.5

	if [ -n "$new_size" ]; then
		new_size=''
		tell || return
	fi
	[ -z "$fresh" ] || most=0.1
	IFS= read -rsn 1 -d '' -t "$most" key || code=$?
	# One that came as the time was over is there, too.
	if [ "$code" -ne 0 ] && [ -z "$key" ]; then
		# At the end of a terminal that is gone, read does not wait.
		[ "$code" -gt 128 ] || sleep 0.5
		escape_alone
		return
	fi
	key=$sequence$key sequence='' fresh=''
	case $key in
	$'\e' | $'\e[' | $'\eO' | $'\e['*[!A-Za-z~]) sequence=$key fresh=yes ;;
	$'\e'[[O]*) take_key "$key" && tell ;;
	$'\e'*) take_key $'\e' && take_key "${key#?}" && tell ;;
	*) take_key "$key" && tell ;;
	esac
}

# escape_alone: takes an escape after which nothing came, once.
escape_alone() {
	[ -n "$fresh" ] || return 0
	fresh=''
	[ "$sequence" != $'\e' ] || { take_key $'\e' && tell; }
}

take_key() {
	problem=''
	if [ -n "$prompt" ]; then typed_key "$1"; else command_key "$1"; fi
}

# command_key KEY: what it does where nothing is being typed.
command_key() {
	more=''
	case $1 in
	q | Q) finish ;;
	' ') if [ -n "$paused" ]; then paused=''; else paused=yes; fi ;;
	p) prompt=protocols typed=$proto ;;
	f | /) prompt=condition typed=$where ;;
	t) kind=$(((kind + 1) % ${#kinds[@]})) ;;
	+ | =) change_window 1 ;;
	- | _) change_window -1 ;;
	$'\e[A' | $'\eOA') scroll_by -1 ;;
	$'\e[B' | $'\eOB') scroll_by 1 ;;
	$'\e[5~' | $'\e[D' | $'\eOD') scroll_by -10 ;;
	$'\e[6~' | $'\e[C' | $'\eOC') scroll_by 10 ;;
	'?') more=yes ;;
	esac
}

scroll_by() {
	scroll=$((scroll + $1))
}

# change_window SIGN: the next longer or shorter one.
change_window() {
	local w next=$window

	for w in "${windows[@]}"; do
		if [ "$1" -gt 0 ] && [ "$w" -gt "$window" ]; then
			next=$w
			break
		fi
		[ "$1" -gt 0 ] || [ "$w" -ge "$window" ] || next=$w
	done
	window=$next resized=yes
}

# typed_key KEY: edits the line that is being typed.
typed_key() {
	case $1 in
	$'\n' | $'\r') accept ;;
	$'\e') prompt='' ;;
	$'\x7f' | $'\b') typed=${typed%?} ;;
	$'\x15') typed='' ;;
	[[:print:]]) [ ${#typed} -ge 500 ] || typed+=$1 ;;
	esac
}

# accept: takes what was typed, or says why not; then it can be mended.
accept() {
	case $prompt in
	protocols) check_proto "$typed" && proto=${typed^^} prompt='' ||
		problem="bad protocols \"$typed\", want names such as TLS" ;;
	condition) check_where "$typed" && where=$typed prompt='' ;;
	esac
	return 0
}

# check_where CONDITION: whether it is one of rowpick; sets problem.
check_where() {
	local code=0

	[ -n "$1" ] || return 0
	problem=$(rowpick -- "$1" 2>&1 > /dev/null < /dev/null) || code=$?
	problem=${problem#rowpick: }
	[ "$code" -eq 2 ] || { problem=''; return 0; }
	return 1
}
