# connections.awk - connections as the page shows them
# In: the header of flow rows, then their ranks (by flows.awk).  Out: time,
# from, to, protocol, seconds, bytes, bytes back.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
{
	split($0, rank, "\t")
	sub(/^[^\t]*\t[^\t]*\t[^\t]*\t/, "")
	print cell("time"), cell("src"), end(cell("dst"), cell("dport")),
	    cell("proto"), rank[2], rank[1], cell("bytes_back")
}
function cell(name) {
	return name in at ? $at[name] : ""
}
function end(address, port) {
	if (port == "")
		return address
	return (address ~ /:/ ? "[" address "]" : address) ":" port
}
