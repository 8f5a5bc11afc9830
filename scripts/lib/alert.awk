# alert.awk - an alert as the sentence that ipflag(1) describes
# SPDX-License-Identifier: ISC

# A sentence of an alert's cells: cell[NAME].  It is that of ipflag --alerts;
# rows of before the column unit have the value alone.  Alerts of rateflag say
# why themselves.
function alert_sentence(cell,	unit, after, amount, limit) {
	unit = cell["unit"]
	after = cell["state"] == "update" ? ", continues" : \
	    cell["state"] == "end" ? ", ended" : ""
	if (cell["why"] != "")
		return cell["rule"] " (" cell["severity"] after "): " \
		    cell["why"]
	if (unit == "percent") {
		amount = cell["value"] " %"
		limit = cell["threshold"] " %"
	} else {
		if (cell["value"] == 1 && \
		    match(unit, /^[a-z -]+s( on port [0-9]+)?$/)) {
			match(unit, /s( on port [0-9]+)?$/)
			unit = substr(unit, 1, RSTART - 1) \
			    substr(unit, RSTART + 1)
		}
		amount = alert_number(cell["value"]) \
		    (unit == "" ? "" : " " unit)
		limit = alert_number(cell["threshold"])
	}
	return cell["rule"] " (" cell["severity"] after "): " \
	    alert_subject(cell["src"], cell["dst"], cell["proto"]) \
	    (after == "" ? ", " : ", up to ") amount \
	    (cell["window"] == "" ? "" : " in " alert_span(cell["window"])) \
	    (limit == "" || limit == " %" ? "" : ", threshold " limit)
}

# Who to whom.
function alert_subject(src, dst, proto,	s) {
	s = src != "" && dst != "" ? src " to " dst : \
	    src != "" ? "from " src : dst != "" ? "to " dst : ""
	if (proto != "")
		return s (s == "" ? "" : ", ") proto
	return s == "" ? "all traffic" : s
}

# With commas between thousands; what is not a number stays as it is.
function alert_number(v,	s) {
	if (v !~ /^[0-9]+$/)
		return v
	while (length(v) > 3) {
		s = "," substr(v, length(v) - 2) s
		v = substr(v, 1, length(v) - 3)
	}
	return v s
}

# Seconds in the largest unit of which they are a whole number.
function alert_span(v) {
	if (v !~ /^[0-9]+$/ || v == 0)
		return v " s"
	return v % 86400 == 0 ? v / 86400 " d" : \
	    v % 3600 == 0 ? v / 3600 " h" : v % 60 == 0 ? v / 60 " min" : v " s"
}
