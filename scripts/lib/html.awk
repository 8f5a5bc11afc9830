# html.awk - sections, tables and facts of a page; html() escapes every cell
# SPDX-License-Identifier: ISC

# kinds has a letter a column: n for numbers, which are set to the right.
function section(title, note, heads, kinds, wide,	n, i, name) {
	print "<section" (wide ? " class=\"wide\"" : "") "><h2>" title "</h2>"
	if (note != "")
		print "<p>" html(note) "</p>"
	head = "<table><thead><tr>"
	n = split(heads, name, "\t")
	for (i = 1; i <= n; i++)
		head = head "<th scope=\"col\"" number(kinds, i) ">" \
		    html(name[i]) "</th>"
	head = head "</tr></thead><tbody>"
	rows = left = 0
}

function row(text, kinds, is_red,	n, i, cell) {
	if (!rows++)
		print head
	n = split(text, cell, "\t")
	printf "<tr%s>", is_red ? " class=\"red\"" : ""
	for (i = 1; i <= n; i++)
		printf "<td%s>%s</td>", number(kinds, i), html(cell[i])
	print "</tr>"
}

function number(kinds, i) {
	return substr(kinds, i, 1) == "n" ? " class=\"n\"" : ""
}

function finish() {
	print rows ? "</tbody></table>" : "<p>None.</p>"
	if (left)
		print "<p>" left " more in the CSV file.</p>"
	print "</section>"
}

function fact(name, value) {
	print "<div><dt>" name "</dt><dd>" html(value) "</dd></div>"
}

# Text for HTML, in elements and in quoted attributes.
function html(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	gsub(/'/, "\\&#39;", s)
	return s
}
