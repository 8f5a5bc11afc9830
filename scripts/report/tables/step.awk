# step.awk - the width of a tally's bins in seconds
# In: traffic.csv.  Out: what all its times are multiples of (at most a day if
# there is but one time), or 0 if that is below a millisecond.
#
# Rows of one packet may be of packets given with the tally: the others decide.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
NR == 1 { while ($(++packets) != "packets"); next }
$1 == "" { next }
n[one = $packets == 1] && $1 == last[one] { next }
{
	last[one] = $1
	n[one]++
	step[one] = common(step[one], $1 * 1000000)
}
END {
	one = !n[0]
	if (n[one] < 2)
		step[one] = common(step[one], 86400000000)
	printf "%.10g\n", step[one] < 1000 ? 0 : step[one] / 1000000
}
# The greatest common divisor.
function common(a, b,	c) {
	b = b < 0 ? -b : b
	while (b) {
		c = a % b
		a = b
		b = c
	}
	return a
}
