# panels.awk - the panels of the figure, each a part of one of two drawings
# In: captions (title, note), the tables of the panels of bars.  Out: a grid of
# the panels; a list of them for a phone.  The places are those of
# figure/figure.gp.
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
FILENAME ~ /\.tsv$/ {
	panel = FILENAME
	gsub(/.*\/|\..*/, "", panel)
	if ($1 > bars[panel])
		bars[panel] = $1
	next
}
{
	caption[++n] = $1
	note[n] = $2
}
END {
	split("20 615 20 615 20 615", x_of, " ")
	split("72 72 388 388 722 722", y_of, " ")
	split("296 296 316 316 296 296", height, " ")
	print "<figure class=\"panels\">"
	for (i = 1; i <= n; i++)
		part("gnuplot", x_of[i], y_of[i], 595, height[i])
	print "</figure>"
	split("0 300 600 920 1330 1640", y_of, " ")
	height[1] = used("packets", "bytes")
	height[2] = used("bytes", "packets")
	height[3] = mean == "" ? 40 : 268
	height[4] = mean == "" ? 40 : 336
	height[5] = used("sources", "flagged")
	height[6] = used("flagged", "sources")
	for (i = 1; i <= n; i++) {
		print "<figure class=\"phone\"><figcaption><b>" \
		    html(caption[i]) "</b> " html(note[i]) "</figcaption>"
		part("narrow", 0, y_of[i] + 38, 380, height[i])
		print "</figure>"
	}
}
# The height of a panel's bars, which are as high as those of the one beside it.
function used(panel, beside,	slots) {
	slots = bars[panel] > bars[beside] ? bars[panel] : bars[beside]
	return bars[panel] ? \
	    6 + 250 * (bars[panel] + 0.1) / ((slots > 6 ? slots : 6) + 0.2) : 40
}
function part(drawing, x, y, width, height) {
	printf "<svg viewBox=\"%d %d %d %d\" role=\"img\" " \
	    "aria-label=\"%s\"><use href=\"#%s_canvas\"/></svg>\n", \
	    x, y, width, height, html(caption[i]), drawing
}
