# message.awk - alerts as JSON objects or lines of text, one each
#
# format is json or text.  Whatever a cell holds, JSON stays valid and text is
# printable.
# SPDX-License-Identifier: ISC

# Splits a record at the commas outside quotes.
function split_record(record,    n, i, c, quoted) {
	split("", cell)
	n = 1
	for (i = 1; i <= length(record); i++) {
		c = substr(record, i, 1)
		if (c == "\"" && quoted && substr(record, i + 1, 1) == "\"") {
			cell[n] = cell[n] c
			i++
		} else if (c == "\"")
			quoted = !quoted
		else if (c == "," && !quoted)
			n++
		else
			cell[n] = cell[n] c
	}
	return n
}

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
	return "{" out "}"
}

# name=cell for the cells that are not empty.
function text(n,    i, out, s) {
	for (i = 1; i <= n; i++) {
		s = cell[i]
		gsub(/[^ -~]/, "?", s)
		if (s != "")
			out = out (out == "" ? "" : " ") name[i] "=" s
	}
	return out
}

{ sub(/\r$/, "") }

NR == 1 {
	names = split_record($0)
	for (i = 1; i <= names; i++)
		name[i] = cell[i]
	next
}

{
	split_record($0)
	print format == "json" ? json(names) : text(names)
}
