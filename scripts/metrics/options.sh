# options.sh - the command line of pktpipe-metrics
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

usage='usage: pktpipe-metrics [-hV] [-n number] [--alerts file]
                       [--messages file] [--refresh duration]
                       [--sensors dir] -o file'

option() {
	case $1 in
	-n|--top) number top "$2" 1 1000 ;;
	-o|--output) file=$2 ;;
	--alerts) alerts=$2 ;;
	--messages) messages=$2 ;;
	--sensors) sensors=$2 ;;
	--refresh)
		[[ $2 =~ ^[1-9][0-9]{0,3}[smh]$ ]] || fail 2 \
		    "bad refresh \"$(show "$2")\", want a duration such as 15s"
		refresh=$2 ;;
	esac
}

options() {
	file='' alerts='' messages='' sensors='' refresh=15s top=0
	read_options n:o: alerts:,messages:,output:,refresh:,sensors:,top: "$@"
	[ ${#operands[@]} -eq 0 ] ||
	    usage_error "bad argument \"$(show "${operands[0]}")\""
	[[ $file = *.prom ]] ||
	    fail 2 "want -o with a name that ends in .prom, as node_exporter does"
	[ ! -t 0 ] || usage_error
}
