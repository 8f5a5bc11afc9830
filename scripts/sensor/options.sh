# options.sh - the command line of pktpipe-sensor
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034,SC2154  # for, from other parts

usage='usage: pktpipe-sensor [-hV] dir'

options() {
	read_options '' '' "$@"
	[ ${#operands[@]} -eq 1 ] || usage_error 'want one directory'
	folder=${operands[0]}
}
