# index.awk - from the days' facts to the index page, below its head
# In: gaps, the days with missing rows; days: day, packets, bytes, peak, alerts,
# those of high severity; page_title.  Out: HTML.
# SPDX-License-Identifier: ISC
FILENAME ~ /gaps$/ { gaps[$1]; next }
{
	day[++n] = $1
	number_of[n] = day_number($1)
	packets[n] = $2
	bytes[n] = $3
	peak[n] = $4
	alerts[n] = grouped($5) ($6 > 0 ? ", " grouped($6) " high" : "")
	if ($3 > most)
		most = $3
}
END {
	print "<title>" html(page_title) "</title>\n</head>\n<body>"
	print "<h1>" html(page_title) "</h1>"
	if (n == 0) {
		print "<p>There is no report yet.</p>\n</body>\n</html>"
		exit
	}
	print "<p>" day[1] " to " day[n] ", days of UTC</p>\n<dl>"
	fact("Last day", si(bytes[n], "B"))
	fact("Median of the " weekday(n, 1) "s before", \
	    median(n) < 0 ? "-" : si(median(n), "B"))
	fact("Change", change(n))
	fact("Peak of the last day", si(peak[n], "B/s"))
	fact("Alerts of the last day", alerts[n])
	print "</dl>"
	figure()
	print "<section class=\"wide\"><h2>Days</h2>"
	print "<p>Change: bytes against the median of the same weekday of " \
	    "the 4 weeks before. Red: more than twice or less than half of " \
	    "it.</p>"
	print "<table><thead><tr><th scope=\"col\">Day</th>" \
	    heading("Packets", "n m") heading("Bytes") heading("Peak") \
	    heading("Alerts") heading("Change") \
	    "</tr></thead><tbody>"
	for (i = n; i > 0; i--)
		print "<tr" (odd(i) ? " class=\"red\"" : "") "><td><a href=\"" \
		    day[i] "/report.html\">" weekday(i) " " day[i] "</a>" \
		    (day[i] in gaps ? " rows missing" : "") "</td>" \
		    cell(grouped(packets[i]), "n m") cell(si(bytes[i], "B")) \
		    cell(si(peak[i], "B/s")) cell(alerts[i]) \
		    cell(change(i)) "</tr>"
	print "</tbody></table></section>"
	print "<footer>Beside this page, as CSV: " \
	    "<a href=\"daily.csv\">daily.csv</a> " \
	    "<a href=\"hourly.csv\">hourly.csv</a></footer>"
	print "</body>\n</html>"
}
# The class m is for cells that a phone does not show.
function heading(s, class_of) {
	return "<th scope=\"col\" class=\"" \
	    (class_of == "" ? "n" : class_of) "\">" s "</th>"
}
function cell(s, class_of) {
	return "<td class=\"" (class_of == "" ? "n" : class_of) "\">" \
	    html(s) "</td>"
}
# Days since 1970-01-01 of YYYY-MM-DD: "days from civil" of Howard Hinnant.
function day_number(s,	y, m, d, doy) {
	y = substr(s, 1, 4) + 0
	m = substr(s, 6, 2) + 0
	d = substr(s, 9, 2) + 0
	if (m <= 2)
		y--
	doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
	return y * 365 + int(y / 4) - int(y / 100) + int(y / 400) + doy - 719468
}
function weekday(i, in_full,	name) {
	split("Thursday Friday Saturday Sunday Monday Tuesday Wednesday", \
	    name, " ")
	i = number_of[i] % 7 + 1
	return in_full ? name[i] : substr(name[i], 1, 3)
}
# The median bytes of the same weekday in the 4 weeks before day i; -1 if there
# are none.
function median(i,	j, k, n, v, t, past) {
	for (j = i > 28 ? i - 28 : 1; j < i; j++) {
		past = number_of[i] - number_of[j]
		if (past > 28 || past % 7)
			continue
		v[++n] = bytes[j]
		for (k = n; k > 1 && v[k - 1] + 0 > v[k] + 0; k--) {
			t = v[k]; v[k] = v[k - 1]; v[k - 1] = t
		}
	}
	return !n ? -1 : (v[int((n + 1) / 2)] + v[int(n / 2) + 1]) / 2
}
function change(i,	m) {
	m = median(i)
	return m > 0 ? sprintf("%+.0f %%", 100 * (bytes[i] / m - 1)) : "-"
}
function odd(i,	m) {
	m = median(i)
	return m > 0 && (bytes[i] > 2 * m || bytes[i] < m / 2)
}
# A bar for the bytes of each of the last days, 14 to 92, right-aligned.
function figure(	i, x, h, step) {
	step = 1200 / (n < 14 ? 14 : n > 92 ? 92 : n)
	print "<figure class=\"days\"><svg viewBox=\"0 0 1200 95\" " \
	    "preserveAspectRatio=\"none\" role=\"img\" " \
	    "aria-label=\"bytes of each day\">"
	for (i = n > 92 ? n - 91 : 1; i <= n; i++) {
		x = 1200 - step * (n - i + 1)
		h = most > 0 ? 90 * bytes[i] / most : 0
		printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" " \
		    "height=\"%.1f\" fill=\"%s\"><title>%s: %s</title>" \
		    "</rect>\n", x, 95 - h, step * 0.9, h < 1 ? 1 : h, \
		    odd(i) ? "#b32d0f" : "#33618c", weekday(i) " " day[i], \
		    si(bytes[i], "B")
	}
	print "</svg><figcaption>bytes of each day, to " day[n] \
	    ", at most " si(most, "B") "</figcaption></figure>"
}
