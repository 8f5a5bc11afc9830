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
	    since " to " until " " zone
}

# Why there are no rates.
function no_rates() {
	return packets == untimed ? "no rates" : span == 0 ? \
	    "all packets have the same time" : \
	    "all packets lie within a millisecond"
}
