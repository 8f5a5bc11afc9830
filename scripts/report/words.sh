# words.sh - times, zones and figures as people read them
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# A time in words, in the zone of the first; the fraction, if any, is cut.
clock() {
	local s=$((${1%.*} + shift))

	case $s in
	-[12]) date -u -d "@$s" "+%Y-%m-%d %H:%M:%S" ;;	# to printf, now
	*) TZ=UTC0 printf '%(%Y-%m-%d %H:%M:%S)T\n' "$s" ;;
	esac
}

# Names the zone, the ends and the axis.  gnuplot prints UTC only: times are
# shifted, all by the zone of the first.
find_zone() {
	local offset

	offset=$(date -d "@${first%.*}" +%z)
	shift=$((10#${offset:1:2} * 3600 + 10#${offset:3:2} * 60))
	[ "${offset:0:1}" = + ] || shift=$((-shift))
	zone=$(date -d "@${first%.*}" +%Z | tr -cd 'A-Za-z0-9+-')
	[ "$zone" = UTC ] || zone="$zone (UTC${offset:0:3}:${offset:3:2})"
	since=$(clock "$first") until=$(clock "$last")
	axis=$zone
	if [ "${since%% *}" = "${until%% *}" ]; then
		axis="${since%% *}, $zone"
	elif [ "${since%-*-*}" = "${until%-*-*}" ]; then
		axis="${since%-*-*}, $zone"
	fi
}

# The bin of the picture: that of the rates, or one that makes it 300 at most.
find_wide() {
	wide=$(awk -v base="$base" -v span="$span" 'BEGIN {
		n = split("2 5 10 15 30 60 120 300 600 900 1800 3600 7200 " \
		    "10800 21600 43200 86400 172800 604800 2592000 31536000", \
		    w, " ")
		wide = base
		for (i = 1; i <= n && span / wide > 300; i++)
			if (w[i] > base)
				wide = w[i]
		print wide }')
}

units() {
	awk -f "$share/lib/format.awk" -f "$room/$1" "${@:2}"
}

# Runs a script that words the figures of the whole report.
facts() {
	units "$1" -f "$share/lib/html.awk" -v first="$since" \
	    -v last="$until" -v zone="$zone" -v span="$span" \
	    -v packets="$packets" -v bytes="$bytes" -v mean="$mean" \
	    -v peak="$peak" -v p95="$p95" -v base="$base" \
	    -v spike="$spike" -v flag="$flag" -v rejected="$rejected" \
	    -v status="$status" "${@:2}"
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
