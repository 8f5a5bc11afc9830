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

# messages FORMAT [DATED [HOST]]: alerts, below their header, as message.awk has
# them.
messages() {
	awk -v format="$1" -v dated="${2-}" -v host="${3-}" \
	    -f "$share/lib/alert.awk" -f "$share/lib/cells.awk" \
	    -f "$share/lib/date.awk" -f "$room/message.awk"
}

# message FORMAT TEXT: the alert of a message, a header and a line, as one line.
message() {
	printf '%s\n' "$2" | messages "$1"
}

send_syslog() {
	local priority severity

	severity_of "$1"
	case $severity in
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

# post FORMAT TEXT: the alert to the target.  curl reads the token from a pipe,
# since other users can see its arguments.
post() {
	local options=(--silent --show-error --fail --output /dev/null
	    --proto '=http,https' --max-time "$timeout" --request POST
	    --header 'Content-Type: application/json' --data-binary @-)

	if [ -n "$token" ]; then
		message "$1" "$2" | bounded curl "${options[@]}" \
		    --config <(printf 'header = "Authorization: Bearer %s"\n' \
		        "$token") --url "$target"
	else
		message "$1" "$2" | bounded curl "${options[@]}" --url "$target"
	fi
}

send_webhook() {
	post hook "$1"
}

send_alertmanager() {
	post alertmanager "$1"
}

# Sends one mail with all lines of a digest.
send_mail() {
	local subject

	subject=$(messages subject '' "$(uname -n)" <<<"$1")
	{
		mail_head "$target" "$subject"
		echo
		messages text yes <<<"$1"
	} | mail_out bounded
}
