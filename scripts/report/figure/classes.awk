# classes.awk - the class of each protocol, which is its colour
# In: suspicious.csv, colours.tsv, protocols.csv (by bytes).  Out, by tabs:
# protocol; "suspicious", or its colour as a number, the same in all reports;
# the band of the stack: 1 to 7 for the largest others, 8 for the only one more,
# or "rest".
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	others = split("7395C9 A8B820 5BB5C5 9C7BB8 B5835A 3E8E6E D9B44A " \
	    "6C6CB5 8FBF7F C088B0 4E7E9E A39161", other, " ")
	letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./"
}
FNR == 1 { file++; next }
file == 1 {
	suspicious[$1]
	print $1 "\tsuspicious\tsuspicious"
}
file == 2 {
	split($0, cell, "\t")
	colour[cell[1]] = cell[2]
}
file == 3 && !($1 in suspicious) {
	name[++calm] = $1
	class[calm] = \
	    colour_number($1 in colour ? colour[$1] : other[hash($1)])
}
END {
	for (i = 1; i <= calm; i++)
		print name[i] "\t" class[i] "\t" \
		    (i < 8 || calm == 8 ? i : "rest")
}
function colour_number(hex,	i, v) {
	for (i = 1; i <= length(hex); i++)
		v = v * 16 + index(letters, substr(hex, i, 1)) - 1
	return v
}
function hash(name,	i, v) {
	for (i = 1; i <= length(name); i++)
		v = (v * 31 + index(letters, substr(name, i, 1))) % 8191
	return v % others + 1
}
