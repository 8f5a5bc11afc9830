# channels.sh - the channels of pktpipe-notify
# Each sends one message of the queue, and runs in the background.  Text from
# outside is never an argument or a command.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# bounded COMMAND ...: runs the command and its children for at most the
# timeout.  Their output goes to standard error, not among the alerts.
bounded() {
	timeout -k 1 "$timeout" "$@" >&2
}

# messages FORMAT [DATED]: alerts, below their header, as message.awk has them.
messages() {
	awk -v format="$1" -v dated="${2-}" -f "$share/lib/alert.awk" \
	    -f "$room/message.awk"
}

# message FORMAT LINE: an alert in one line.
message() {
	printf '%s\n%s\n' "$header" "$2" | messages "$1"
}

send_syslog() {
	local priority

	case $(severity_of "$1") in
	2) priority=daemon.alert ;;
	1) priority=daemon.warning ;;
	*) priority=daemon.notice ;;
	esac
	# Else logger says nothing if there is no /dev/log.
	message text "$1" |
	    bounded logger --socket-errors=on -t pktpipe -p "$priority"
}

send_exec() {
	message json "$1" | bounded "${hook[@]}"
}

# curl reads the token from a pipe, since other users can see its arguments.
send_webhook() {
	local options=(--silent --show-error --fail --output /dev/null
	    --proto '=http,https' --max-time "$timeout" --request POST
	    --header 'Content-Type: application/json' --data-binary @-)

	if [ -n "$token" ]; then
		message hook "$1" | bounded curl "${options[@]}" \
		    --config <(printf 'header = "Authorization: Bearer %s"\n' \
		        "$token") --url "$target"
	else
		message hook "$1" | bounded curl "${options[@]}" --url "$target"
	fi
}

# Sends one mail with all lines of a digest.
send_mail() {
	local lines

	mapfile -t lines <<<"$1"
	{
		mail_head "$target" \
		    "pktpipe: ${#lines[@]} alerts on $(uname -n)"
		echo
		printf '%s\n' "$header" "${lines[@]}" | messages text yes
	} | mail_out bounded
}
