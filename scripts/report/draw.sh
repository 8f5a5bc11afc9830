# draw.sh - from the tables to report.png, report.svg and report.pdf
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# A time in words; the fraction, if any, is cut.
clock() {
	date -d "@${1%.*}" "+%Y-%m-%d %H:%M:%S"
}

# gnuplot prints UTC only: times are shifted, all by the zone of the first.
find_zone() {
	local offset

	offset=$(date -d "@${first%.*}" +%z)
	shift=$((${offset:0:1}(10#${offset:1:2} * 60 + 10#${offset:3:2}) * 60))
	zone=$(date -d "@${first%.*}" +%Z | tr -cd 'A-Za-z0-9+-')
	[ "$zone" = UTC ] || zone="$zone (UTC${offset:0:3}:${offset:3:2})"
	day=$(date -d "@${first%.*}" +%Y-%m-%d)
	[ "$day" != "$(date -d "@${last%.*}" +%Y-%m-%d)" ] || day="$day, "
	case $day in *,*) ;; *) day= ;; esac
}

# The bin of the picture: that of the rates, or one that makes it 400 at most.
find_wide() {
	wide=$(awk -v base="$base" -v span="$span" 'BEGIN {
		n = split("2 5 10 15 30 60 120 300 600 900 1800 3600 7200 " \
		    "10800 21600 43200 86400 172800 604800 2592000 31536000", \
		    w, " ")
		wide = base
		for (i = 1; i <= n && span / wide > 400; i++)
			if (w[i] > base)
				wide = w[i]
		print wide }')
}

units() {
	awk -f "$lib/units.awk" -f "$lib/$1" "${@:2}"
}

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
	units axes.awk -v wide="$wide" -v spike="$spike" -v zone="$day$zone" \
	    work/timeline.tsv work/stack.tsv work/packets.tsv \
	    work/bytes.tsv work/sources.tsv work/flagged.tsv > work/axes.gp
	units text.awk -v base="$base" -v wide="$wide" -v spike="$spike" \
	    -v flag="$flag" -v protos="$protos" -v packets="$packets" \
	    work/title work/flagged.tsv work/sources.tsv suspicious.csv \
	    work/colours > work/text.tsv
}

# One picture: the file's suffix, then gnuplot's terminal and its options.
picture() {
	(cd work && LC_ALL=C.UTF-8 GNUPLOT_LIB=$lib gnuplot -e "FONT = 'DejaVu Sans'; \
	    set terminal ${*:2}; set output '../report.$1'" \
	    "$lib/figure.gp" && [ -s "../report.$1" ])
}

draw_png() { picture png pngcairo size 1200,1080 fontscale 1; }
draw_pdf() { picture pdf pdfcairo size 12.5in,11.25in fontscale 1; }
draw_svg() { picture svg svg size 1200,1080; }

# Runs a script that words the figures of the whole report.
facts() {
	units "$1" -f "$lib/html.awk" -v first="$(clock "$first")" \
	    -v last="$(clock "$last")" -v zone="$zone" -v span="$span" \
	    -v packets="$packets" -v bytes="$bytes" -v mean="$mean" \
	    -v peak="$peak" -v p95="$p95" -v base="$base" \
	    -v spike="$spike" -v flag="$flag" "${@:2}"
}

# The first file's name, and the facts of a reader's first question.
title() {
	local names

	names=$(show "${operands[0]##*/}")
	[ ${#operands[@]} -eq 1 ] ||
	    names="$names and $((${#operands[@]} - 1)) more"
	printf '%s\n' "$names"
	facts title.awk < /dev/null
}
