# Common to all test files: `load helper` at their start.
# shellcheck shell=bash
#
# The programs under test come first in PATH, from PKTPIPE_BIN or build/;
# DATA holds the captures and their truths, ROOT the source.

bats_require_minimum_version 1.5.0

ROOT=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
DATA=$ROOT/tests/data
PATH=${PKTPIPE_BIN:-$ROOT/build}:$ROOT/scripts:$PATH
LC_ALL=C TZ=UTC0
export ROOT DATA PATH LC_ALL TZ

# runs COMMAND...: bats' run with stdout in $output and stderr in $stderr.
runs() {
	run --separate-stderr "$@"
}

# same WANT GOT: whether both texts are equal; shows the difference.
same() {
	[ "$1" = "$2" ] && return
	diff <(printf '%s\n' "$1") <(printf '%s\n' "$2") |
	    sed '1s/^/wanted < but got >: /' >&2
	return 1
}
