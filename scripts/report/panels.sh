# panels.sh - from the tables to report.png, report.svg and report.pdf
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# The tables of the panels, then the words and the axes around them.
panels() {
	units colours.awk suspicious.csv protocols.csv > work/colours
	units bars.awk column=2 unit= work/colours protocols.csv \
	    > work/packets.tsv
	units bars.awk column=3 unit=B work/colours protocols.csv \
	    > work/bytes.tsv
	units talkers.awk work/colours sources.csv work/pairs.csv \
	    > work/sources.tsv
	units flags.awk flagged.csv > work/flagged.tsv
	units timeline.awk -v base="$base" -v wide="$wide" -v shift="$shift" \
	    rate.csv > work/timeline.tsv
	units stack.awk -v wide="$wide" -v shift="$shift" work/timeline.tsv \
	    work/colours rate-by-protocol.csv > work/stack.tsv
	units axes.awk -v wide="$wide" -v spike="$spike" -v zone="$axis" \
	    work/timeline.tsv work/stack.tsv work/packets.tsv \
	    work/bytes.tsv work/sources.tsv work/flagged.tsv > work/axes.gp
	units text.awk -v base="$base" -v wide="$wide" -v spike="$spike" \
	    -v flag="$flag" -v protos="$protos" -v packets="$packets" \
	    work/title work/flagged.tsv work/sources.tsv suspicious.csv \
	    work/colours > work/text.tsv
}

# One picture: the file's suffix, then gnuplot's terminal and its options.
picture() {
	(cd work && LC_ALL=C.UTF-8 GNUPLOT_LIB=$room gnuplot \
	    -e "FONT = 'DejaVu Sans'; set terminal ${*:2}; set output '../report.$1'" \
	    "$room/figure.gp" && [ -s "../report.$1" ])
}

draw_png() { picture png pngcairo noenhanced size 1200,1080; }
draw_pdf() { picture pdf pdfcairo noenhanced size 12.5in,11.25in; }
draw_svg() {
	picture svg svg noenhanced fontscale 1.3 size 1200,1080 \
	    background "'#ffffff'" &&
	    sed -i -E "/^\t*<polygon|^[0-9., ]+('\/>)?$/s/(\.[0-9])[0-9]\>/\1/g
		s/<title>Gnuplot/<title>Traffic report/
		s/\"DejaVu Sans:Bold\"/\"DejaVu Sans\" font-weight=\"bold\"/
		s/\"DejaVu Sans\"/\"DejaVu Sans, Verdana, sans-serif\"/" report.svg
}
