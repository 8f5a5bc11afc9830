# screen.sh - the terminal that the pictures are drawn on, and its keys
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, and from, the other parts

# find_screen: sets screen where the pictures go to a terminal, and keys where
# they have its alternate screen and a person may type.
find_screen() {
	screen='' keys=''
	case $terminal in dumb | sixelgd) [ ! -t 1 ] || screen=yes ;; esac
	[ -n "$screen" ] && [ "$terminal" = dumb ] && [ -t 0 ] || return 0
	case ${operands[0]-} in
	-) ;;
	'') [ ${#interfaces[@]} -eq 0 ] || keys=yes ;;
	*) keys=yes ;;
	esac
}

# enter_screen: hides the cursor and what is typed.  How to undo that is in a
# file, so that the guard can do it if the script is killed.
enter_screen() {
	local show='\033[?25h' hide='\033[?25l' tty modes

	[ -n "$screen" ] || return 0
	[ -z "$keys" ] || show+='\033[?1049l' hide='\033[?1049h\033[?25l'
	tty=$(readlink "/proc/$$/fd/1")
	modes=$(stty -g < "$tty")
	printf '{ stty %s < %s; printf "%s" > %s; } 2> /dev/null\n' "$modes" \
	    "$tty" "$show" "$tty" > "$tmp/terminal"
	stty -echo -icanon min 1 time 0 < "$tty"
	# shellcheck disable=SC2059  # they are escapes
	printf "$hide" > "$tty"
}

leave_screen() {
	[ -s "$tmp/terminal" ] || return 0
	sh "$tmp/terminal" || :
	rm -f -- "$tmp/terminal"
}

# Handles ^Z: gnuplot, which has a session of its own, stops first.
# shellcheck disable=SC2317  # by a trap
suspend() {
	{
		signal STOP gnuplot
		leave_screen
		kill -STOP "$$"
		enter_screen
		signal CONT gnuplot
		signal WINCH plotter
	} 2> /dev/null
}

# signal NAME FILE: to the process whose number is in the file.
signal() {
	local pid

	{ [ -s "$tmp/$2" ] && read -r pid < "$tmp/$2" && kill "-$1" "$pid"; } \
	    2> /dev/null || :
}
