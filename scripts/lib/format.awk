# format.awk - numbers as people read them
# SPDX-License-Identifier: ISC

# A whole number with all its digits: print would turn 2^31 into 2.14748e+09.
function whole(v) {
	return sprintf("%.0f", v)
}

# Three digits and an SI prefix: 999, 1.23 k, 45.6 M.  The unit follows.
function si(v, unit,	prefix, i) {
	split("k M G T P E", prefix, " ")
	if (v < 999.5)
		return sprintf(v == int(v) || v >= 100 ? "%.0f %s" : \
		    v >= 10 ? "%.1f %s" : "%.2f %s", v, unit)
	for (i = 0; v >= 999.5 && i < 6; i++)
		v /= 1000
	return sprintf(v >= 99.95 ? "%.0f %s%s" : v >= 9.995 ? "%.1f %s%s" : \
	    "%.2f %s%s", v, prefix[i], unit)
}

function count(v,	s) {
	s = si(v, "")
	sub(/ $/, "", s)
	return s
}

# A rate in whole bytes a second: 0 stands for less than one.
function rate(v) {
	return v == "" ? "-" : v > 0 ? si(v, "B/s") : "< 1 B/s"
}

function percent(part, all,	p) {
	p = all > 0 ? 100 * part / all : 0
	return p > 0 && p < 0.05 ? "< 0.1 %" : sprintf("%.1f %%", p)
}

# 1234567 as 1,234,567, for tables that people read.
function grouped(v,	s, out) {
	s = whole(v)
	while (length(s) > 3) {
		out = "," substr(s, length(s) - 2) out
		s = substr(s, 1, length(s) - 3)
	}
	return s out
}

function seconds(v) {
	if (v > 0 && v < 0.001)
		return sprintf("%.0f us", v * 1000000)
	if (v < 1)
		return sprintf("%.0f ms", v * 1000)
	if (v < 60)
		return sprintf(v < 10 && v != int(v) ? "%.2f s" : "%.0f s", v)
	if (v < 3600)
		return two(v, 60, "min", 1, "s")
	if (v < 172800)
		return two(v, 3600, "h", 60, "min")
	return two(v, 86400, "d", 3600, "h")
}

function two(v, large, name, small, other,	n) {
	n = int(v % large / small)
	return int(v / large) " " name (n ? " " n " " other : "")
}

# The time one bin takes, as a word where there is one.
function each(v) {
	return v == 0.001 ? "millisecond" : v == 1 ? "second" : \
	    v == 60 ? "minute" : v == 3600 ? "hour" : \
	    v == 86400 ? "day" : seconds(v)
}
