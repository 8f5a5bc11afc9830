# queue.sh - the queue of pktpipe-notify: which alerts are sent, and when
# A message is a header and the lines of its alerts: one, or those of a digest.
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets them

most=1000		# messages in the queue, and alerts in a digest
queue=() running='' carried=0 status=0
taken=0 lost=0 failures=0 failing=0
minute=0 in_minute=0 over_rate=0 over_queue=0 unsent=0
mail='' mails=0 mail_since=0
again=0			# elapsed seconds before which no message is tried

# severity_of MESSAGE: sets severity to 0 to 2; to 0 if it is unknown.  ^C ends
# subshells: what handles an alert has none.
severity_of() {
	local row names i

	severity=0
	plain_cells "${1%%$'\n'*}"
	names=("${row[@]}")
	plain_cells "${1#*$'\n'}"
	for i in "${!names[@]}"; do
		[ "${names[i]}" = severity ] || continue
		case ${row[i]-} in
		high) severity=2 ;;
		medium) severity=1 ;;
		esac
		return
	done
}

# take_alert LINE: queues an alert if it is severe enough and within the rate.
take_alert() {
	local message=${header%$'\r'}$'\n'${1%$'\r'} severity

	severity_of "$message"
	[ "$severity" -ge "$least" ] || return 0
	if [ "$((elapsed / 60))" -ne "$minute" ]; then
		minute=$((elapsed / 60)) in_minute=0
	fi
	if [ "$in_minute" -ge "$rate" ]; then
		over_rate=$((over_rate + 1))
		return
	fi
	in_minute=$((in_minute + 1)) taken=$((taken + 1))
	if [ "${#queue[@]}" -ge "$most" ] || [ "$mails" -ge "$most" ]; then
		over_queue=$((over_queue + 1)) lost=$((lost + 1))
	elif [ "$channel" = mail ]; then
		[ "$mails" -gt 0 ] || mail_since=$elapsed
		mail=${mail:-${header%$'\r'}}$'\n'${1%$'\r'} mails=$((mails + 1))
	else
		enqueue "$message"
	fi
}

# close_digest: queues the collected mail.
close_digest() {
	[ "$mails" -gt 0 ] || return 0
	enqueue "$mail"
	mail='' mails=0
}

# reap: takes the status of a hook that has ended.
reap() {
	local code=0

	wait "$running" || code=$?
	running=
	if [ "$code" -eq 0 ]; then
		delivered
		return
	fi
	put_back || lost=$((lost + carried))
	failing=$((failing + 1))
	failures=$((failures + 1)) status=$((status > 1 ? status : 1))
	case $code in 124|137) failing=10 ;; esac
	[ "$failures" -le 10 ] || return 0
	case $code in
	124|137) say "--$channel: stopped after $timeout s" ;;
	127) say "--$channel: failed with status 127: a command was not found" ;;
	*) say "--$channel: failed with status $code" ;;
	esac
}

# work_on: starts the next hook if none is running.
work_on() {
	local alerts

	if [ -n "$running" ]; then
		! kill -0 "$running" 2>/dev/null || return 0
		reap
	fi
	[ "$mails" -eq 0 ] || [ "$((elapsed - mail_since))" -lt "$digest" ] ||
	    close_digest
	[ "${#queue[@]}" -gt 0 ] && [ "$elapsed" -ge "$again" ] || return 0
	# The hook must not keep open the pipe to our reader.
	"send_$channel" "${queue[0]}" >&2 &
	running=$! sent=${queue[0]}
	alerts_in "$sent"
	carried=$alerts
	queue=("${queue[@]:1}")
}

# alerts_in MESSAGE: sets alerts to how many it has: each is a line.
alerts_in() {
	local breaks=${1//[!$'\n']/}

	alerts=${#breaks}
}

# counted N NOUN: "1 alert was", "2 alerts were".
counted() {
	[ "$1" -eq 1 ] && echo "1 $2 was" || echo "$1 $2s were"
}

# finish: sends the queue, unless a hook hangs or ten messages fail, and reports
# what was not sent.
finish() {
	close_digest
	failing=0 again=0
	while [ -n "$running" ] || [ "${#queue[@]}" -gt 0 ]; do
		[ -n "$running" ] || work_on
		[ -z "$running" ] || reap
		[ "$failing" -lt 10 ] || break
		[ -z "$spool" ] || [ "$failing" -eq 0 ] || break
	done
	[ "$over_rate" -eq 0 ] || say "limit of $rate per minute:" \
	    "$(counted "$over_rate" alert) not sent"
	if [ -n "$spool" ]; then left_in_spool; else left_over; fi
}

# left_over: says what is lost.
left_over() {
	local message alerts

	unsent=${#queue[@]}
	for message in ${queue[@]+"${queue[@]}"}; do
		alerts_in "$message"
		lost=$((lost + alerts))
	done
	[ "$over_queue" -eq 0 ] || say "the hook is slow:" \
	    "$(counted "$over_queue" alert) not sent"
	[ "$over_queue" -eq 0 ] || status=$((status > 1 ? status : 1))
	[ "$failures" -le 10 ] || say "$failures messages were not delivered"
	if [ "$unsent" -gt 0 ]; then
		say "$(counted "$unsent" message) not sent when the input ended"
		status=$((status > 1 ? status : 1))
	fi
	[ "$lost" -eq 0 ] || say "--$channel: $lost of $taken alerts were not" \
	    "delivered"
}
