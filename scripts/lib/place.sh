# place.sh - where the parts of the scripts are, and the programs
# The script that reads this has set here, its own folder, and share, the
# folder of all parts, which is the same in the source tree.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, and from, the scripts

# The folders of the programs, for PATH.
programs=$here
[ "$share" != "$here" ] || programs=$here:$here/../build

# enter ROOM: sets name, the script's, and room, the folder of its own parts.
enter() {
	name=pktpipe-$1
	room=$share/$1
	[ -r "$room/options.sh" ] || {
		printf '%s: %s: user %s cannot read it: want %s\n' "$name" \
		    "$room" "$(id -un)" \
		    "chmod -R o+rX $room, or make install" >&2
		exit 3
	}
}
