# options.sh - the command line of the scripts, and their messages
# The script that reads this has set name and programs (place.sh), sets usage,
# and has a function option, which takes an option as it was given and its
# value, if it has one.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, and from, the scripts

# say WORD ...: a message on standard error, whatever is in a file's name.
say() {
	local text="$*"

	text=${text//$'\xc2'[$'\x80'-$'\x9f']/?}
	# Where it cannot be written, the script's status is what remains.
	printf '%s: %s\n' "$name" "${text//[[:cntrl:]]/?}" >&2 || :
}

# fail STATUS WORD ...: says what is wrong, and ends.
fail() {
	say "${@:2}"
	exit "$1"
}

# real_path NAME OPTION PATH: sets the variable of that name to what readlink with
# this option says of the path, which may end in a line break.
real_path() {
	IFS= read -r -d '' "$1" < <(readlink -z "$2" -- "$3") ||
	    fail 3 "\"$3\": no such file or folder"
}

# absolute NAME PATH: sets the variable of that name to the path from the root.
absolute() {
	case $2 in
	/*) printf -v "$1" %s "$2" ;;
	'') fail 3 '"": no such file or folder' ;;
	*) printf -v "$1" %s "$PWD/$2" ;;
	esac
}

# tick: adds to elapsed the seconds since the last call, but a minute at the most:
# SECONDS goes back or leaps with the clock.
elapsed=0 ticked=$SECONDS
tick() {
	local step=$((SECONDS - ticked))

	elapsed=$((elapsed + (step < 0 ? 0 : step > 60 ? 60 : step)))
	ticked=$SECONDS
}

# once_a_minute WHAT: whether that is due: first at once.
declare -A due_at=()
once_a_minute() {
	tick && [ "$elapsed" -ge "${due_at[$1]-0}" ] || return
	due_at[$1]=$((elapsed + 60))
}

# clean: what a script does at its end; code is its status.
clean() {
	:
}

# end_script STATUS: the end, with that status, or with 3 if it is that of a step
# that failed, of a program, or of a shell that could not fork.
end_script() {
	local code=$1

	# Another one must not end this.
	trap '' INT TERM HUP
	set +e
	clean
	case $code$unforeseen in
	[0-3]|[03]yes|129*|130*|141*|143*) exit "$code" ;;
	254*) say "no process could be started: too many (ulimit -u), or no memory" ;;
	*) say "a program ended with status $code" ;;
	esac
	exit 3
}
trap 'end_script "$?"' EXIT

# A step that fails ends the script (errexit); 1 and 2 are then not its status.
set -E
unforeseen=''
trap 'unforeseen=yes' ERR

# A file that is too large (ulimit -f) is a failed write, not the shell's end.
trap '' XFSZ

# end_tree PID: ends a process and what it has started; of the script, that.  A
# shell that is stopped makes no further child; one that it has just made can lose
# any signal but these.
end_tree() {
	local pid state below=()

	if [ "$1" -ne "$$" ] && kill -STOP "$1"; then
		while read -r state < "/proc/$1/stat" &&
		    [[ ${state##*) } = [RSD]* ]]; do :; done
	fi
	read -r -a below < "/proc/$1/task/$1/children" || :
	for pid in ${below[@]+"${below[@]}"}; do end_tree "$pid"; done
	[ "$1" -eq "$$" ] || kill -KILL "$1" || :
} 2> /dev/null

# A closed standard stream is opened the wrong way, so that no file gets its number
# and its use fails as before.
no_input=''
[ -e /dev/fd/0 ] || { exec 0> /dev/null; no_input='Bad file descriptor'; }
[ ! -d /dev/fd/0 ] || no_input='Is a directory'
[ -e /dev/fd/1 ] || exec 1< /dev/null
[ -e /dev/fd/2 ] || exec 2> /dev/null

# need_input: ends the script if standard input cannot be read.
need_input() {
	[ -z "$no_input" ] || fail 3 "stdin: $no_input"
}

# With too few descriptors, a shell leaves out what it should redirect; with
# fewer than 64, bash 5.2 closes pipes of <() and >() that are in use.
{ : 63< /dev/null; } 2> /dev/null ||
    fail 3 "too few descriptors (ulimit -n), want 64"

# usage_error [WORD ...]: says what is wrong, if that is given, and the usage.
usage_error() {
	[ $# -eq 0 ] || say "$@"
	printf '%s\n' "$usage" >&2 || :
	exit 2
}

# show TEXT: text from outside, for a message or a picture: printable ASCII, or
# UTF-8 if it is valid, without control characters, 64 characters at most.
show() {
	local s=$1 out='' c i

	local LC_ALL=C.UTF-8
	[[ $s != *[!\ -~]* ]] ||
	    iconv -f UTF-8 -t UTF-8 <<< "$s" > /dev/null 2>&1 || LC_ALL=C
	for ((i = 0; i < ${#s} && i < 64; i++)); do
		c=${s:i:1}
		if ! [[ $c = [[:print:]] ]]; then
			printf -v c %d "'$c"
			printf -v c '\\x%02x' $((c & 255))
		fi
		out+=$c
	done
	[ "${#s}" -le 64 ] || out+=...
	printf '%s\n' "$out"
}

# number NAME VALUE LEAST MOST: sets the variable of that name; - becomes _.
number() {
	if ! [[ $2 =~ ^[0-9]{1,15}$ ]] || [ "$((10#$2))" -lt "$3" ] ||
	    [ "$((10#$2))" -gt "$4" ]; then
		fail 2 "bad $1 \"$(show "$2")\", want $3-$4"
	fi
	printf -v "${1//-/_}" %d "$((10#$2))"
}

# bytes NAME VALUE LEAST: sets the variable of that name to a number of bytes;
# k, M and G are powers of 1024: 64k is 65,536.
bytes() {
	local n=${2%[kMG]} power

	case $2 in
	*k) power=10 ;;
	*M) power=20 ;;
	*G) power=30 ;;
	*) power=0 ;;
	esac
	if ! [[ $n =~ ^[0-9]{1,10}$ ]] || [ "$((10#$n << power))" -lt "$3" ]; then
		fail 2 "bad $1 \"$(show "$2")\", want bytes such as 64M, from $3 on"
	fi
	printf -v "${1//-/_}" %d "$((10#$n << power))"
}

# protocols VALUE: sets protos to a list of names, which a program checks.
protocols() {
	[[ $1 =~ ^[A-Za-z0-9.-]+(,[A-Za-z0-9.-]+)*$ ]] ||
	    fail 2 "bad protocols \"$(show "$1")\", want names and commas"
	protos=${1^^}
}

# address VALUE: sets address, which can add no line to the head of a mail.
address() {
	local user='[A-Za-z0-9][A-Za-z0-9._%+=-]*'
	local host='[A-Za-z0-9][A-Za-z0-9.-]*'

	[[ $1 =~ ^$user(@$host)?$ ]] ||
	    fail 2 "bad address \"$(show "$1")\", want name@host"
	address=$1
}

# check_rules OPTION VALUE ...: ends the script unless ipflag can read the rules of
# these options, and read them again.
check_rules() {
	local f

	for f; do
		[ ! -p "$f" ] || fail 3 "$f: a pipe, want a file: rules are read" \
		    "more than once"
	done
	ipflag --check "$@" || exit
}

# print_and_exit TEXT: prints what an option asks for, and ends the script.
print_and_exit() {
	printf '%s\n' "$1" 2> /dev/null || fail 3 "stdout: cannot write"
	exit 0
}

# version: that of the programs beside the script.
version() {
	local said

	said=$(PATH=$programs:$PATH pcap2csv --version) || exit
	said=${said%%$'\n'*}
	print_and_exit "$name${said#pcap2csv}"
}

# Whether an option has a value, by the letters and names of read_options.
has_value() {
	case $1 in
	--*) [[ ,$long, = *,"${1#--}":,* ]] ;;
	*) [[ $letters = *"${1#-}":* ]] ;;
	esac
}

# read_options LETTERS NAMES ARG ...: calls option for each option but help and
# version, and sets operands to the other arguments.  LETTERS and NAMES are as
# for getopt(1).  Without any argument it prints the usage.
read_options() {
	local letters=hV$1 long=help,version,$2 given

	shift 2
	[ $# -gt 0 ] || usage_error
	given=$(getopt -n "$name" -o "$letters" -l "$long" -- "$@") ||
	    fail 2 "see $name --help"
	eval "set -- $given"
	while [ "$1" != -- ]; do
		case $1 in
		-h|--help) print_and_exit "$usage" ;;
		-V|--version) version ;;
		*)
			if has_value "$1"; then
				option "$1" "$2"
				shift
			else
				option "$1"
			fi ;;
		esac
		shift
	done
	operands=("${@:2}")
}
