# html.awk - sections, tables and facts of a page; html() escapes every cell
# SPDX-License-Identifier: ISC

# kinds has a letter a column: n for numbers, which are set to the right; s for
# words that stay on a line; t for text; w for text that fills a line of a card.
# On a phone, a row of a wide table is a card that names each cell.
function section(title, note, heads, kinds, wide,	n, i) {
	opening = "<section" (wide ? " class=\"wide\"" : "") "><h2>" title \
	    "</h2>\n" (note != "" ? "<p>" html(note) "</p>\n" : "")
	n = split(heads, column_name, "\t")
	cards = wide && n > 4
	head = "<table" (cards ? " class=\"cards\"" : "") "><thead><tr>"
	for (i = 1; i <= n; i++)
		head = head "<th scope=\"col\"" cell_class(kinds, i) ">" \
		    html(column_name[i]) "</th>"
	head = head "</tr></thead><tbody>"
	rows = left = optional = 0
}

function row(text, kinds, is_red,	n, i, cell) {
	if (!rows++)
		print opening head
	n = split(text, cell, "\t")
	printf "<tr%s>", is_red ? " class=\"red\"" : ""
	for (i = 1; i <= n; i++)
		printf "<td%s%s>%s</td>", cell_class(kinds, i), cards ? \
		    " data-h=\"" html(column_name[i]) "\"" : "", html(cell[i])
	print "</tr>"
}

function cell_class(kinds, i) {
	i = substr(kinds, i, 1)
	return i ~ /[nsw]/ ? " class=\"" i "\"" : ""
}

# Ends a section.  One without rows says so, or is left out if it is optional.
function finish() {
	if (opening == "" || (optional && !rows))
		return
	print rows ? "</tbody></table>" : opening "<p>None.</p>"
	opening = ""
	if (left)
		print "<p>" left " more in the CSV file.</p>"
	print "</section>"
}

function fact(name, value) {
	print "<div><dt>" name "</dt><dd>" html(value) "</dd></div>"
}

# Text for HTML, in elements and in quoted attributes, without control
# characters, of ASCII or Unicode.
function html(s) {
	gsub(/[\001-\010\013-\037\177]|\302[\200-\237]/, "?", s)
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	gsub(/'/, "\\&#39;", s)
	return s
}
