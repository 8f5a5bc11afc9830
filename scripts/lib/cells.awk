# cells.awk - the cells of a record of CSV (RFC 4180)
# SPDX-License-Identifier: ISC

# cells(RECORD, CELL): splits it at the commas outside quotes; returns how many.
function cells(record, cell,	n, i, c, quoted) {
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

# Sets the fields to the cells of the record.
function fields(	cell, n, i) {
	n = cells($0, cell)
	for (i = 1; i <= n; i++)
		$i = cell[i]
	NF = n
}
