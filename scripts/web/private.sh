# private.sh - the server's own directory
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets what these read

# The rules of all options, as one file.
join_rules() {
	local i

	for ((i = 0; i < ${#rules[@]}; i += 2)); do
		case ${rules[i]} in
		--set) ipflag --set "${rules[i + 1]}" --print-rules ;;
		*) cat -- "${rules[i + 1]}"; echo ;;
		esac
	done
}

# Copies the files that the server reads, under fixed names, for it alone.
prepare() {
	printf '%d\n' "$viewers" > "$PKTPIPE_WEB/viewers"
	printf '%s\n' "$spike" > "$PKTPIPE_WEB/spike"
	: > "$PKTPIPE_WEB/log"
	[ ${#interfaces[@]} -eq 0 ] ||
	    : > "$PKTPIPE_WEB/recording" > "$PKTPIPE_WEB/captured"
	[ -z "$password" ] || cp -- "$password" "$PKTPIPE_WEB/password"
	[ -z "$tls" ] || cp -- "$tls" "$PKTPIPE_WEB/tls"
	[ ${#rules[@]} -eq 0 ] || join_rules > "$PKTPIPE_WEB/rules"
	[ "$EUID" -ne 0 ] || chown -R -- "$user:" "$PKTPIPE_WEB"
	chmod -R go= "$PKTPIPE_WEB"
	need_all
}
