# connections.awk - the first ten connections as the page shows them
# In: header, that of flow rows; their ranks (by flows.awk).  Out, for each file
# in one whose name ends in -connections: time, from, to, protocol, seconds,
# bytes, bytes back.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = OFS = ","
	for (i = split(header, name, ","); i; i--)
		at[name[i]] = i
}
FNR <= 10 {
	split($0, rank, "\t")
	sub(/^[^\t]*\t[^\t]*\t[^\t]*\t/, "")
	print cell("time"), cell("src"), end(cell("dst"), cell("dport")),
	    cell("proto"), rank[2], rank[1], cell("bytes_back") \
	    > (FILENAME "-connections")
}
function cell(name) {
	return name in at ? $at[name] : ""
}
function end(address, port) {
	if (port == "")
		return address
	return (address ~ /:/ ? "[" address "]" : address) ":" port
}
