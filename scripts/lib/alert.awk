# alert.awk - the sentence for people of a row of alerts
# It is that of "ipflag --alerts", without the time; ipflag(1) has its grammar.
# SPDX-License-Identifier: ISC

# Printable ASCII, other bytes as \xNN.
function alert_text(s,	i, c, out) {
	if (s !~ /[^ -~]/)
		return s
	if (!alert_ready++)
		for (i = 1; i < 256; i++)
			alert_byte[sprintf("%c", i)] = i
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		out = out (c ~ /[ -~]/ ? c : sprintf("\\x%02X", alert_byte[c]))
	}
	return out
}

# 1234567.25 as 1,234,567.25: text, so that no digit is lost.
function alert_grouped(s,	rest, out) {
	if (s !~ /^[0-9]+(\.[0-9]+)?$/)
		return alert_text(s)
	if (match(s, /\./)) {
		rest = substr(s, RSTART)
		s = substr(s, 1, RSTART - 1)
	}
	for (; length(s) > 3; s = substr(s, 1, length(s) - 3))
		out = "," substr(s, length(s) - 2) out
	return s out rest
}

# How much: a unit is a plural in -s, or percent, or unknown.
function alert_amount(value, unit) {
	if (unit == "percent")
		return alert_text(value) " %"
	value = alert_grouped(value)
	unit = alert_text(unit)
	if (value == "1" && unit ~ /^[a-z]+s$/)
		sub(/s$/, "", unit)
	return value (unit == "" ? "" : " ") unit
}

# Seconds in the largest unit of which they are a whole number.
function alert_span(s) {
	if (s !~ /^[0-9]+$/ || s % 60)
		return alert_text(s) " s"
	if (s % 3600)
		return s / 60 " min"
	return s % 86400 ? s / 3600 " h" : s / 86400 " d"
}

# Who to whom: addresses, the protocol, or all traffic.
function alert_subject(src, dst, proto,	who) {
	who = src == "" ? dst == "" ? "" : "to " alert_text(dst) : dst == "" ? \
	    "from " alert_text(src) : alert_text(src) " to " alert_text(dst)
	if (proto != "")
		return who (who == "" ? "" : ", ") alert_text(proto)
	return who == "" ? "all traffic" : who
}

# The cells of a row, by the names of their columns; a missing one is "".
function alert_sentence(rule, severity, src, dst, proto, value, threshold, \
    window, state, unit) {
	return alert_text(rule) " (" alert_text(severity) \
	    (state == "update" ? ", continues" : state == "end" ? ", ended" : \
	    "") "): " alert_subject(src, dst, proto) \
	    (state == "update" || state == "end" ? ", up to " : ", ") \
	    alert_amount(value, unit) \
	    (window == "" ? "" : " in " alert_span(window)) \
	    (threshold == "" ? "" : ", threshold " alert_grouped(threshold) \
	    (unit == "percent" ? " %" : ""))
}
