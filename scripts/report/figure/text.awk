# text.awk - the words of the picture and their places, in pixels
# In: axes.gp, title (a line of files, a line of facts), flagged.tsv, sources.tsv,
# suspicious.csv, classes.  Out: x, y, text, style, class, by tabs; gnuplot
# reads them as data, so that no file's name is ever a command.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
FILENAME ~ /axes/ {
	own_scale = own_scale || $0 == "own_scale = 1"
	next
}
FILENAME ~ /title/ {
	put(20, FNR == 1 ? 22 : 46, $0, FNR == 1 ? "head" : "fact")
}
FILENAME ~ /flagged/ { flagged++ }
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
		rest = ++others == 1 ? $1 : "REST (" others ")"
	else {
		calm[++n] = $1
		class[n] = $2
	}
}
END {
	bin = each(picture_bin)
	panel(20, 76, "Packets by protocol", "packets and share of all")
	panel(615, 76, "Bytes by protocol", "bytes and share of all")
	panel(20, 392, "Bytes per second", (picture_bin == bin_s ? "in each " bin : \
	    "mean of each " bin " (dark), its busiest " each(bin_s) " (light)") \
	    (mean == "" ? "" : "; spikes, above " si(spike, "B/s") ", in red") \
	    (usual == "" ? "" : "; green: the usual range") \
	    (against == "" ? "" : "; grey line: " against))
	panel(615, 392, "Bytes per second by protocol", "mean of each " bin \
	    (own_scale ? "; a scale of its own" : ""))
	panel(20, 726, "Top sources", "bytes sent" (protos == "" ? "" : \
	    " as " listed(protos)) " and share of all traffic, in the " \
	    "protocols' colours")
	panel(615, 726, "Flagged sources", "rules: " rule_names "; severity low " \
	    "(blue), medium (orange), high (red); bars: packets in 10 s")
	if (!packets) {
		hint(20, 160, "no packets")
		hint(615, 160, "no packets")
		hint(20, 476, "no packets")
		hint(615, 476, "no packets")
	}
	if (packets && mean == "") {
		hint(20, 476, no_rates())
		hint(615, 476, no_rates())
	}
	if (!sources)
		hint(20, 810, sums_without ~ /sources/ ? \
		    "the sums do not have sources" : \
		    "no packets" (protos == "" ? "" : " of these protocols"))
	if (!flagged)
		hint(615, 810, has_rules ? "none" : \
		    "rules need packets, or sums by the second")
	y = 446
	if (others)
		legend(rest, "rest")
	for (i = n; i > 0; i--)
		legend(calm[i], class[i])
	if (reds)
		legend(red, "suspicious")
	if (unsaid)
		reasons = reasons "; and " unsaid " more"
	if (packets)
		put(20, 1066, reds ? "Red is suspicious - " reasons : \
		    "No suspicious protocol.", "foot", \
		    reds ? "suspicious" : "")
}
# gnuplot reads a backslash of its data as the start of an escape.
function put(x, y, s, style, class_of) {
	gsub(/\\/, "&&", s)
	print x "\t" y "\t" s "\t" style "\t" (class_of == "" ? "-" : class_of)
}
function panel(x, y, title, note) {
	put(x, y + 8, title, "title")
	put(x, y + 27, note, "note")
}
function hint(x, y, s) {
	put(x + 20, y, s, "fact")
}
function legend(s, class_of) {
	put(1085, y, s, "legend", class_of)
	y += 20
}
