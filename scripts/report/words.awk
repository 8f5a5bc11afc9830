# words.awk - what the figure, the page and the terminal say in the same words
# In: the facts (find_facts of figure.sh).
# SPDX-License-Identifier: ISC

# "1 packet", "2 packets", and what is said of one or of several.
function packet_words(n, of_one, of_many) {
	return grouped(n) (n == 1 ? " packet" : " packets") \
	    (of_one == "" ? "" : " " (n == 1 ? of_one : of_many))
}

# A long time, rounded to one unit.
function long_time(v) {
	return v < 7200 ? sprintf("%.0f min", v / 60) : \
	    v < 172800 ? sprintf("%.0f h", v / 3600) : \
	    sprintf("%.0f d", v / 86400)
}

# How far strays are from the other packets: near and far are in seconds.
function stray_words(	a, b) {
	a = long_time(near)
	b = long_time(far)
	return packet_words(strays, "is", "are") " " a \
	    (a == b ? "" : " to " b) " from the others"
}

# A list of protocols in words, or their number if it is long.
function listed(list,	name, n) {
	n = split(list, name, ",")
	gsub(/,/, ", ", list)
	return length(list) > 30 ? n " protocols" : list
}

# When the packets were, or that nobody knows.
function when() {
	return packets == untimed ? "no packet has a time" : \
	    since (since == until ? "" : " to " until) " " zone
}

# Why there are no rates.
function no_rates() {
	return packets == untimed ? "no rates" : \
	    packets == 1 ? "one packet has no rate" : \
	    span == 0 ? "all packets have the same time" : \
	    "all packets lie within a millisecond"
}

# The length of REST's bar, and what stands in place of one that is too long.
function rest_bar(rest, longest) {
	return rest <= longest * 1.2 ? rest : 0
}
function no_bar() {
	return ", too long for a bar"
}

# short_names NAME, N, OUT: sets OUT to the names; of long IPv6 addresses the
# first two groups, and as many of the last as tell them apart.
function short_names(name, n, out,	i, j, k, s) {
	for (i = 1; i <= n; i++) {
		out[i] = name[i]
		if (length(name[i]) <= 20 || name[i] !~ /:.*:/)
			continue
		for (k = 1; k < 6; k++) {
			s = short_name(name[i], k)
			for (j = 1; j <= n; j++)
				if (j != i && name[j] != name[i] && \
				    short_name(name[j], k) == s)
					break
			if (j > n)
				break
		}
		if (k < 6 && length(s) < length(name[i]))
			out[i] = s
	}
}
# The ellipsis is UTF-8.
function short_name(name, k,	group, n, i, s) {
	n = split(name, group, ":")
	for (i = n; i > n - k && i > 2; i--)
		s = group[i] (s == "" ? "" : ":") s
	return group[1] ":" group[2] "\342\200\246" s
}
