# message.awk - alerts as JSON objects or sentences, one a line
#
# format is json, hook, alertmanager, text or subject; text has the time before
# the sentence if dated is set; subject is one line for all alerts, of a mail
# from host.  For the hooks of chats, which want a member text or
# content, hook is json with the sentence in both.  alertmanager is what
# POST /api/v2/alerts of Prometheus' Alertmanager takes.  Whatever a cell holds,
# JSON stays valid and text is printable.  Needs alert.awk, cells.awk, date.awk.
# SPDX-License-Identifier: ISC

# Only printable ASCII; a quote and a backslash are escaped.
function json_string(s,    i, c, out) {
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\"" || c == "\\")
			out = out "\\" c
		else if (c >= " " && c <= "~")
			out = out c
		else
			out = out "?"
	}
	return "\"" out "\""
}

function json_value(s) {
	return s ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/ ? s : json_string(s)
}

function json(n,    i, out) {
	for (i = 1; i <= n; i++)
		out = out (i > 1 ? "," : "") json_string(name[i]) ":" \
		    json_value(cell[i])
	if (format == "hook")
		out = out ",\"text\":" json_string(text(n)) ",\"content\":" \
		    json_string(text(n))
	return "{" out "}"
}

# A member of an object, if the alert has that column and the cell is not empty.
function member(of, column, called) {
	if (of[column] == "")
		return ""
	return "," json_string(called) ":" json_string(of[column])
}

# An alert without an end ends by itself when no update comes.
function alertmanager(n,    i, of, out) {
	split("", of)
	for (i = 1; i <= n; i++)
		of[name[i]] = cell[i]
	out = member(of, "rule", "alertname") member(of, "rule", "rule") \
	    member(of, "severity", "severity") member(of, "src", "src") \
	    member(of, "dst", "dst") member(of, "proto", "proto") \
	    member(of, "sensor", "sensor")
	out = "[{\"labels\":{" substr(out, 2) "},\"annotations\":{\"summary\":" \
	    json_string(text(n)) "}"
	if (of["state"] == "start")
		out = out ",\"startsAt\":" json_string(iso(of["time"]))
	if (of["state"] == "end")
		out = out ",\"endsAt\":" json_string(iso(of["time"]))
	return out "}]"
}

function text(n,    i, of, s) {
	split("", of)
	for (i = 1; i <= n; i++)
		of[name[i]] = cell[i]
	s = (dated ? iso(of["time"]) " " : "") alert_sentence(of)
	gsub(/[^ -~]/, "?", s)
	return s
}

# A time with milliseconds, in UTC.
function iso(t) {
	if (t !~ /^-?[0-9]+(\.[0-9]+)?$/)
		return t
	t = date(t, 0)
	return substr(t, 1, 10) "T" substr(t, 12, 12) "Z"
}

# Counts an alert, and the worst of those that have not ended.
function count(n,    i, of, rank) {
	for (i = 1; i <= n; i++)
		of[name[i]] = cell[i]
	counted[of["state"]]++
	rank = index("low   medium high", of["severity"])
	if (of["state"] != "end" && of["severity"] ~ /^(low|medium|high)$/ && \
	    rank > worst_rank) {
		worst_rank = rank
		worst = of["severity"]
	}
}

function subject(    n, more, s) {
	more = counted["update"] + 0
	n = NR - 1 - more - counted["end"]
	s = n ? n (n == 1 ? " alert" : " alerts") : ""
	if (more)
		s = s (s == "" ? "" : ", ") more \
		    (more == 1 ? " continues" : " continue")
	if (counted["end"])
		s = s (s == "" ? "" : ", ") counted["end"] " ended"
	return (worst == "" ? "" : "[" worst " alert] ") "pktpipe on " host \
	    ": " s
}

{ sub(/\r$/, "") }

NR == 1 {
	names = cells($0, cell)
	for (i = 1; i <= names; i++)
		name[i] = cell[i]
	next
}

{
	cells($0, cell)
	if (format == "subject")
		count(names)
	else if (format == "text")
		print text(names)
	else
		print format == "alertmanager" ? alertmanager(names) : json(names)
}

END {
	if (format == "subject")
		print subject()
}
