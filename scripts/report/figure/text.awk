# text.awk - the words of the picture and their places, in pixels
# With narrow, panels are one below the other, and the file captions has their
# titles and notes, by tabs.
# In: axes.gp, title (a line of files, a line of facts), flagged.tsv, sources.tsv,
# suspicious.csv, classes.  Out: x, y, text, style, class, by tabs; gnuplot
# reads them as data, so that no file's name is ever a command.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = "\t"
	# As in figure.gp.
	split(narrow ? "0 0 0 0 0 0" : "20 615 20 615 20 615", x_of, " ")
	split(narrow ? "0 300 600 920 1330 1640" : \
	    "76 76 392 392 726 726", y_of, " ")
}
FILENAME ~ /axes/ {
	own_scale = own_scale || $0 == "own_scale = 1"
	next
}
FILENAME ~ /title/ && !narrow {
	put(20, FNR == 1 ? 22 : 46, $0, FNR == 1 ? "head" : "fact")
}
FILENAME ~ /flagged/ {
	flagged++
	counted = counted || $2 > 0
}
FILENAME ~ /sources/ { sources++ }
FILENAME ~ /suspicious/ && FNR > 1 {
	split($0, cell, ",")
	why = cell[1] ": " cell[4]
	if (length(reasons) + length(why) > 150)
		unsaid++
	else
		reasons = reasons (reasons == "" ? "" : "; ") why
}
FILENAME ~ /classes/ {
	if ($2 == "suspicious")
		red = ++reds == 1 ? $1 : reds " suspicious"
	else if ($3 == "rest")
		rest = "REST (" grouped(++others) ")"
	else {
		calm[++n] = $1
		class[n] = $2
	}
}
END {
	bin = each(picture_bin)
	# gnuplot crashes on labels none of which is defined.
	n_styles = split(narrow ? "head fact title note foot" : "", style, " ")
	for (i = 1; i <= n_styles; i++)
		put(0, 0, " ", style[i])
	panel(1, "Packets by protocol", "packets and share of all")
	panel(2, "Bytes by protocol", "bytes and share of all")
	panel(3, "Bytes per second", (picture_bin == bin_s ? "in each " bin : \
	    "mean of each " bin "; faint, its busiest " each(bin_s)) \
	    (mean == "" ? "" : "; spikes, above " si(spike, "B/s") ", in red"),
	    (usual == "" ? "" : "green: the usual range") \
	    (usual == "" || against == "" ? "" : "; ") \
	    (against == "" ? "" : "grey line: " against))
	panel(4, "Bytes per second by protocol", "mean of each " bin \
	    (own_scale ? "; a scale of its own" : ""))
	panel(5, "Top sources", "bytes sent" (protos == "" ? "" : \
	    " as " listed(protos)) " and share of all traffic, in the " \
	    "protocols' colours")
	panel(6, "Flagged sources", "rules: " rule_names (counted ? \
	    "; severity low (blue), medium (orange), high (red); bars: " \
	    "packets in 10 s" : flagged ? "; high severity in red" : ""))
	for (i = 1; i <= 4 && !packets; i++)
		hint(i, "no packets")
	for (i = 3; i <= 4 && packets && mean == ""; i++)
		hint(i, no_rates())
	if (!sources)
		hint(5, sums_without ~ /sources/ ? \
		    "the sums do not have sources" : \
		    "no packets" (protos == "" ? "" : " of these protocols"))
	if (!flagged)
		hint(6, alerts ? "none: no alert has a source" : \
		    has_rules ? "none" : \
		    "rules need packets, or sums by the second")
	if (others)
		legend(rest, "rest")
	for (i = n; i > 0; i--)
		legend(calm[i], class[i])
	if (reds)
		legend(red, "suspicious")
	if (unsaid)
		reasons = reasons "; and " unsaid " more"
	if (packets && !narrow)
		put(20, 1066, reds ? "Red is suspicious - " reasons : \
		    "No suspicious protocol.", "foot", \
		    reds ? "suspicious" : "")
}
# gnuplot reads a backslash of its data as the start of an escape.
function put(x, y, s, style, class_of) {
	gsub(/\\/, "&&", s)
	print x "\t" y "\t" s "\t" style "\t" (class_of == "" ? "-" : class_of)
}
function panel(i, title, note, more) {
	if (narrow) {
		print title "\t" note (more == "" ? "" : "; " more) > "captions"
		return
	}
	put(x_of[i], y_of[i] + 8, title, "title")
	put(x_of[i], y_of[i] + 27, note, "note")
	if (more != "")
		put(x_of[i], y_of[i] + 42, more, "note")
}
function hint(i, s) {
	put(x_of[i] + (narrow ? 0 : 20), y_of[i] + (narrow ? 56 : 84), s, "fact")
}
# In a column beside its panel, or in three below it.
function legend(s, class_of) {
	if (narrow)
		put(50 + keys % 3 * 105, y_of[4] + 320 + int(keys / 3) * 20, s,
		    "legend", class_of)
	else
		put(1085, y_of[4] + 54 + keys * 20, s, "legend", class_of)
	keys++
}
