# unusual-list.awk - puts a list of unusual rates on the page of a day, above the
# other tables
# In: time of day, sentence, by a tab; page=1; the page.  Out: the page, with
# a link to unusual.csv.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
!page { line[++n] = $0; next }
/^<div class="tables">/ { list() }
/^<footer>/ {
	sub(/<\/footer>/, " <a href=\"unusual.csv\">unusual.csv</a></footer>")
}
{ print }
function list(	i) {
	if (!n)
		return
	section("Unusual rates", "Rates that are not what they usually are at " \
	    "this hour. What was so at this time of the day before is left " \
	    "out; all are in unusual.csv.", "Time, UTC\tRate", "tt", 1)
	for (i = 1; i <= n; i++)
		row(line[i], "tt")
	finish()
}
