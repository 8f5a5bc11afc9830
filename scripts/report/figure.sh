# figure.sh - the second stage of a report: from the tables to report.png,
# report.svg and report.pdf
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the options, and what tables.sh set

# render PROGRAM ARG ...: runs an awk program of the figure or the page, which
# knows the facts and how numbers are written.
render() {
	awk -f "$share/lib/cells.awk" -f "$share/lib/date.awk" \
	    -f "$share/lib/format.awk" -f "$share/lib/html.awk" \
	    -f "$room/words.awk" -f "$room/$1" "${facts[@]}" "${@:2}"
}

# time_words NAME SECONDS FORMAT: sets the variable of that name.
time_words() {
	case $2 in
	-[12]) printf -v "$1" %s "$(date -d "@$2" "+$3")" ;; # to printf, now
	*) printf -v "$1" "%($3)T" "$2" ;;
	esac
}

# clock NAME TIME OFFSET: sets the variable of that name to the time in words; a
# fraction is cut.
clock() {
	local s=$((${2%.*} + $3))

	[[ $2 != -*.*[1-9]* ]] || s=$((s - 1))
	TZ=UTC0 time_words "$1" "$s" '%Y-%m-%d %H:%M:%S'
}

# Sets offset, the seconds to add to a time for the zone at that time, and zone,
# its name and offset.  gnuplot prints UTC only: all times are shifted, by the
# zone of the first.
find_zone() {
	local east

	time_words east "${1%.*}" %z
	time_words zone "${1%.*}" %Z
	offset=$((10#${east:1:2} * 3600 + 10#${east:3:2} * 60))
	[ "${east:0:1}" = + ] || offset=$((-offset))
	zone=${zone//[^A-Za-z0-9+-]/}
	[ "$zone" = UTC ] || zone="$zone (UTC${east:0:3}:${east:3:2})"
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

# picture_bins: the bin of the figure, and that of the one for a phone: that of
# the rates, or one that makes it 300 or 150 at most.  The ends of the axis are
# the times of the options, or of the packets.
picture_bins() {
	awk -v bin_s="$bin_s" -v from="${since:-$first}" \
	    -v to="${until:-$last}" 'BEGIN {
		span = to - from
		if (span != int(span))
			span = sprintf("%.6g", span) + 0
		n = split("0.002 0.005 0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10 " \
		    "15 30 60 120 300 600 900 1800 3600 7200 10800 21600 " \
		    "43200 86400 172800 604800 2592000 31536000", s, " ")
		print wide(300), wide(150)
	    }
	    function wide(most,	i, w) {
		w = bin_s
		for (i = 1; i <= n && span / w > most; i++)
			if (s[i] > bin_s)	# some whole bins
				w = bin_s * int(s[i] / bin_s + 0.9999)
		return w
	    }'
}

# Sets offset, and facts: the figures of summary.csv, the times in words, the options.
find_facts() {
	local zone from to names values i against_name=${against##*/}

	find_zone "$first"
	read -r wide_bin narrow_bin < <(picture_bins)
	clock from "$first" "$offset"
	clock to "$last" "$offset"
	facts=(-v since="$from" -v until="$to" -v zone="$zone"
	    -v axis="$(axis_name "$from" "$to" "$zone")"
	    -v axis_from="$since" -v axis_to="$until"
	    -v zone_offset="$offset" -v picture_bin="$wide_bin"
	    -v bin_s="$bin_s" -v rule_names="$rule_names" -v protos="$protos"
	    -v strays="$strays" -v near="$near" -v far="$far"
	    -v untimed="$untimed" -v twice="$twice"
	    -v places="${places//[^A-Za-z0-9._:@, -]/?}" -v cut_short="$cut_short"
	    -v usual="${usual:+yes}" -v first="$first" -v last="$last"
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

# over_time BINS [OPTION ...]: the tables of the panels over time, of a table of
# the rate, with awk's options, in the current folder: work or one in it.
over_time() {
	local up=''

	[ -e by-protocol.csv ] || up=../
	render figure/timeline.awk "${@:2}" "$1" > timeline.tsv
	render figure/stack.awk "${@:2}" timeline.tsv "${up}classes" \
	    "${up}by-protocol.csv" > stack.tsv
	: > against.tsv
	[ -z "$against" ] || render figure/against.awk "${@:2}" \
	    "${up}other-summary.csv" "${up}other-rate.csv" > against.tsv
}

# The tables of the panels of traffic, and in narrow/ those of the figure for a
# phone, which has half as many bins.
panels() {
	local bins=$tmp/work/spikes.csv

	[[ ${facts[*]} != *\ mean=\ * ]] || bins=/dev/null	# no rates
	cd work
	render figure/classes.awk ../suspicious.csv "$room/colours.tsv" \
	    ../protocols.csv > classes
	render figure/bars.awk classes ../protocols.csv
	render figure/talkers.awk classes ../sources.csv pairs.csv > sources.tsv
	over_time "$bins"
	: > usual.tsv
	[ -z "$usual" ] || render figure/usual.awk "$usual" > usual.tsv
	title > title
	ln classes packets.tsv bytes.tsv sources.tsv usual.tsv title narrow
	if [ "$narrow_bin" = "$wide_bin" ]; then
		ln timeline.tsv stack.tsv against.tsv narrow
	else
		cd narrow
		over_time "$bins" -v picture_bin="$narrow_bin"
		cd ..
	fi
	cd ..
}

# panel_of_alerts UP [OPTION ...]: the panel of alerts, then the words and
# the axes around all, in a folder from which UP leads to the tables.
panel_of_alerts() {
	local alerts=''

	render figure/flagged-bars.awk "${@:2}" "$1flagged.csv" > flagged.tsv
	render figure/axes.awk "${@:2}" timeline.tsv against.tsv stack.tsv \
	    usual.tsv packets.tsv bytes.tsv sources.tsv flagged.tsv > axes.gp
	[ ! -e "$1alerts.csv" ] || ! has_rows "$1alerts.csv" || alerts=yes
	render figure/text.awk "${@:2}" -v alerts="$alerts" axes.gp title \
	    flagged.tsv sources.tsv "$1suspicious.csv" classes > text.tsv
}

# draw FOLDER COMMANDS ...: a picture of the tables in a folder for each of the
# commands, which say what kind and where.
draw() {
	local commands pictures=()

	for commands in "${@:2}"; do
		pictures+=(-e "reset; FONT = 'DejaVu Sans'; narrow = 0; $commands"
		    "$room/figure/figure.gp")
	done
	(cd "$1" && LC_ALL=C.UTF-8 GNUPLOT_LIB=$room/figure gnuplot \
	    "${pictures[@]}")
}

draw_svg() {
	draw work "set terminal svg noenhanced fontscale 1.3 size 1200,1080 \
	    background '#ffffff'; set output '../report.svg'"
	tidy_svg report.svg gnuplot
}
draw_narrow() {
	draw work/narrow "narrow = 1; set terminal svg noenhanced \
	    fontscale 1.3 size 380,1960 background '#ffffff'; \
	    set output '../narrow.svg'"
	tidy_svg work/narrow.svg narrow
}
# In one run of gnuplot, which takes long to find the fonts.
draw_others() {
	draw work "set terminal pngcairo noenhanced size 1200,1080; \
	    set output '../report.png'" "set terminal pdfcairo noenhanced \
	    size 12.5in,11.25in; set output '../report.pdf'"
}

# tidy_svg FILE PREFIX: shorter, with fonts that every system has, and with that
# at the start of its names.
tidy_svg() {
	sed -i -E "/^\t*<polygon|^[0-9., ]+('\/>)?$/s/(\.[0-9])[0-9]\>/\1/g
		s/rgb\( *([0-9]+), *([0-9]+), *([0-9]+)\)/rgb(\1,\2,\3)/g
		s/(fill|stroke) = /\1=/g
		s/ stroke-linecap=\"butt\" stroke-linejoin=\"miter\"//
		/<defs>/,/<\/defs>/d
		s/(<g id=\"gnuplot_plot_[^>]*>)<title>.*<\/title>/\1/
		s/id=\"gnuplot_/id=\"$2_/
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

# gnuplot does not fail where the disk is full.
pictures_are_whole() {
	local ends

	ends=$(tail -c 32 report.png report.pdf report.svg work/narrow.svg |
	    grep -acF -e IEND -e %%EOF -e '</svg>')
	[ "$ends" -eq 4 ]
}

make_figure() {
	facts+=(-v rules_status="$rules_status")
	(cd work && panel_of_alerts ../)
	(cd work/narrow && panel_of_alerts ../../ -v narrow=1 \
	    -v picture_bin="$narrow_bin")
	side_by_side draw_page draw_others
	pictures_are_whole
}
