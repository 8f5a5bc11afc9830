# panels.awk - the panels of the figure, each a part of the page's drawing
# Out: an svg element for each, of the places in figure/figure.gp.
# SPDX-License-Identifier: ISC
BEGIN {
	panel(20, 72, 296, "Packets by protocol")
	panel(615, 72, 296, "Bytes by protocol")
	panel(20, 388, 316, "Bytes per second")
	panel(615, 388, 316, "Bytes per second by protocol")
	panel(20, 722, 296, "Top sources")
	panel(615, 722, 296, "Flagged sources")
}
function panel(x, y, height, label) {
	printf "<svg viewBox=\"%d %d 575 %d\" role=\"img\" " \
	    "aria-label=\"%s\"><use href=\"#gnuplot_canvas\"/></svg>\n", \
	    x, y, height, label
}
