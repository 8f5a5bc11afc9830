# figure.sh - the second stage of a report: from the tables to report.png,
# report.svg and report.pdf
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options, and what tables.sh set

# render PROGRAM ARG ...: runs an awk program of the figure or the page, which
# knows the facts and how numbers are written.
render() {
	awk -f "$share/lib/format.awk" -f "$share/lib/html.awk" \
	    -f "$room/words.awk" -f "$room/$1" "${facts[@]}" "${@:2}"
}

# The seconds to add to a time for the zone at that time.  gnuplot prints UTC
# only: all times are shifted, by the zone of the first.
zone_offset() {
	local offset seconds

	offset=$(date -d "@${1%.*}" +%z)
	seconds=$((10#${offset:1:2} * 3600 + 10#${offset:3:2} * 60))
	[ "${offset:0:1}" = + ] || seconds=$((-seconds))
	echo "$seconds"
}

# clock TIME OFFSET: in words; a fraction is cut.
clock() {
	local s=$((${1%.*} + $2))

	case $s in
	-[12]) date -u -d "@$s" "+%Y-%m-%d %H:%M:%S" ;;	# to printf, now
	*) TZ=UTC0 printf '%(%Y-%m-%d %H:%M:%S)T\n' "$s" ;;
	esac
}

# The zone at a time, by its name and its offset.
zone_name() {
	local offset name

	offset=$(date -d "@${1%.*}" +%z)
	name=$(date -d "@${1%.*}" +%Z | tr -cd 'A-Za-z0-9+-')
	[ "$name" = UTC ] || name="$name (UTC${offset:0:3}:${offset:3:2})"
	echo "$name"
}

# axis_name SINCE UNTIL ZONE: what all times of the axis have in common.
axis_name() {
	if [ "${1%% *}" = "${2%% *}" ]; then
		echo "${1%% *}, $3"
	elif [ "${1%-*-*}" = "${2%-*-*}" ]; then
		echo "${1%-*-*}, $3"
	else
		echo "$3"
	fi
}

# The ends of the time axis: the times of the options, or of the packets.
axis_from() { echo "${since:-$first}"; }
axis_to() { echo "${until:-$last}"; }
axis_span() {
	awk -v a="$(axis_from)" -v b="$(axis_to)" 'BEGIN { print b - a }'
}

# picture_bin MOST: the bin of a picture: that of the rates, or one that makes
# it that many at most.
picture_bin() {
	awk -v bin_s="$bin_s" -v span="$(axis_span)" -v most="$1" 'BEGIN {
		n = split("2 5 10 15 30 60 120 300 600 900 1800 3600 7200 " \
		    "10800 21600 43200 86400 172800 604800 2592000 31536000", \
		    s, " ")
		wide = bin_s
		for (i = 1; i <= n && span / wide > most; i++)
			if (s[i] > bin_s)
				wide = s[i]
		print wide }'
}

# Sets offset, and facts: the figures of summary.csv, the times in words, the options.
find_facts() {
	local zone from to names values i against_name=${against##*/}

	offset=$(zone_offset "$first")
	zone=$(zone_name "$first")
	from=$(clock "$first" "$offset") to=$(clock "$last" "$offset")
	facts=(-v since="$from" -v until="$to" -v zone="$zone"
	    -v axis="$(axis_name "$from" "$to" "$zone")"
	    -v axis_from="$since" -v axis_to="$until"
	    -v zone_offset="$offset" -v picture_bin="$(picture_bin 300)"
	    -v bin_s="$bin_s" -v rule_names="$rule_names" -v protos="$protos"
	    -v strays="$strays" -v near="$near" -v far="$far"
	    -v untimed="$untimed" -v twice="$twice"
	    -v places="${places//[^A-Za-z0-9._:@ -]/?}" -v cut_short="$cut_short"
	    -v usual="${usual:+yes}"
	    -v first="$first" -v last="$last"
	    -v against="${against_name//[^A-Za-z0-9._:@ -]/?}"
	    -v sums="$sums" -v sums_without="$sums_without"
	    -v has_rules="$(has_detail && echo 1 || echo 0)")
	{ IFS=, read -r -a names; IFS=, read -r -a values; } < summary.csv
	for i in "${!names[@]}"; do
		case ${names[i]} in
		span|packets|bytes|mean|peak|p95|spike|rejected)
			facts+=(-v "${names[i]}=${values[i]}") ;;
		esac
	done
}

# The first file's name, and the facts of a reader's first question.
title() {
	local names

	names=$(show "${operands[0]##*/}")
	[ ${#operands[@]} -eq 1 ] ||
	    names="$names and $((${#operands[@]} - 1)) more"
	printf '%s\n' "${heading:-$names}"
	render figure/title.awk < /dev/null
}

# bins: the bins of the rate; none where there are no rates.
bins() {
	if [[ ${facts[*]} = *\ mean=\ * ]]; then
		sed 1q spikes.csv
	else
		cat spikes.csv
	fi
}

# over_time [OPTION ...]: the tables of the panels over time, with awk's
# options, in the current folder: work or one in it.
over_time() {
	local up=''

	[ -e by-protocol.csv ] || up=../
	render figure/timeline.awk "$@" "${up}bins" > timeline.tsv
	render figure/stack.awk "$@" timeline.tsv "${up}classes" \
	    "${up}by-protocol.csv" > stack.tsv
	: > against.tsv
	[ -z "$against" ] || render figure/against.awk "$@" \
	    "${up}other-summary.csv" "${up}other-rate.csv" > against.tsv
}

# The tables of the panels of traffic, and in narrow/ those of the figure for a
# phone, which has half as many bins.
panels() {
	cd work
	render figure/classes.awk ../suspicious.csv "$room/colours.tsv" \
	    ../protocols.csv > classes
	render figure/bars.awk column=2 unit= classes ../protocols.csv \
	    > packets.tsv
	render figure/bars.awk column=3 unit=B classes ../protocols.csv \
	    > bytes.tsv
	render figure/talkers.awk classes ../sources.csv pairs.csv > sources.tsv
	bins > bins
	over_time
	: > usual.tsv
	[ -z "$usual" ] || render figure/usual.awk "$usual" > usual.tsv
	title > title
	mkdir narrow
	ln classes packets.tsv bytes.tsv sources.tsv usual.tsv title narrow
	cd narrow
	over_time -v picture_bin="$(picture_bin 150)"
	cd ../..
}

# panel_of_alerts UP [OPTION ...]: the panel of alerts, then the words and
# the axes around all, in a folder from which UP leads to the tables.
panel_of_alerts() {
	render figure/flagged-bars.awk "${@:2}" "$1flagged.csv" > flagged.tsv
	render figure/axes.awk "${@:2}" timeline.tsv against.tsv stack.tsv \
	    usual.tsv packets.tsv bytes.tsv sources.tsv flagged.tsv > axes.gp
	render figure/text.awk "${@:2}" axes.gp title flagged.tsv sources.tsv \
	    "$1suspicious.csv" classes > text.tsv
}

# picture FOLDER FILE END COMMANDS: a picture of the tables in a folder, beside
# it; how a whole one ends, then what gnuplot does first.  gnuplot does not fail
# where the disk is full.
picture() {
	(cd "$1" && LC_ALL=C.UTF-8 GNUPLOT_LIB=$room/figure gnuplot \
	    -e "FONT = 'DejaVu Sans'; narrow = 0; $4; set output '../$2'" \
	    "$room/figure/figure.gp")
	tail -c 32 "$1/../$2" | grep -qaF -e "$3"
}

draw_png() {
	picture work report.png IEND \
	    'set terminal pngcairo noenhanced size 1200,1080'
}
draw_pdf() {
	picture work report.pdf %%EOF \
	    'set terminal pdfcairo noenhanced size 12.5in,11.25in'
}
draw_svg() {
	picture work report.svg '</svg>' "set terminal svg noenhanced \
	    fontscale 1.3 size 1200,1080 background '#ffffff'"
	tidy_svg report.svg
}
draw_narrow() {
	picture work/narrow narrow.svg '</svg>' "narrow = 1; set terminal \
	    svg noenhanced fontscale 1.3 size 380,1960 background '#ffffff'"
	tidy_svg work/narrow.svg
	sed -i 's/id="gnuplot_/id="narrow_/' work/narrow.svg
}

# tidy_svg FILE: shorter, with fonts that every system has.
tidy_svg() {
	sed -i -E "/^\t*<polygon|^[0-9., ]+('\/>)?$/s/(\.[0-9])[0-9]\>/\1/g
		s/rgb\( *([0-9]+), *([0-9]+), *([0-9]+)\)/rgb(\1,\2,\3)/g
		s/(fill|stroke) = /\1=/g
		s/ stroke-linecap=\"butt\" stroke-linejoin=\"miter\"//
		/<defs>/,/<\/defs>/d
		s/(<g id=\"gnuplot_plot_[^>]*>)<title>.*<\/title>/\1/
		s/<title>Gnuplot/<title>Traffic report/
		s/\"DejaVu Sans:Bold\"/\"DejaVu Sans\" font-weight=\"bold\"/
		s/\"DejaVu Sans\"/\"DejaVu Sans, Verdana, sans-serif\"/" \
	    "$1"
}

# The page needs the drawings alone, and is made beside the other pictures.
draw_page() {
	draw_svg
	draw_narrow
	make_page
}

make_figure() {
	facts+=(-v rules_status="$rules_status")
	(cd work && panel_of_alerts ../)
	(cd work/narrow && panel_of_alerts ../../ -v narrow=1 \
	    -v picture_bin="$(picture_bin 150)")
	side_by_side draw_page draw_png draw_pdf
}
