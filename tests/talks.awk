# talks.awk - what each row is in its conversation, as three more cells: new,
# reply (not by the side that spoke first), heard (both spoke before it)
# In: rows with the fields ids, a header first.
# SPDX-License-Identifier: ISC
BEGIN { FS = OFS = "," }
NR == 1 { print; next }
{
	tcp = $8 != "" || ($4 == "TCP" && $7 != "")
	kind = tcp ? "TCP" : $6 != "" && $7 != "" ? "UDP" : $4
	from = kind " " $2 " " $6
	to = kind " " $3 " " $7
	k = from < to ? from " " to : to " " from
	s = int($1)
	new = reply = heard = 0
	if (!(k in last) || s - last[k] >= (tcp ? 7440 : 60) || $8 ~ /^S[EC]*$/) {
		new = 1
		first[k] = from
		spoke[k] = 0
	} else {
		# Who asks has spoken first from now on.
		if (first[k] != from && (kind == "ICMP" && $9 == 8 ||
		    kind == "ICMPV6" && $9 == 128)) {
			first[k] = from
			spoke[k] = 1
		}
		reply = first[k] != from
		heard = spoke[k]
		if (reply)
			spoke[k] = 1
	}
	last[k] = s
	# The errors of ICMP that follow are replies.
	if (new && $6 != "") {
		i = "ICMP " $2 " "
		j = "ICMP " $3 " "
		k = i < j ? i " " j : j " " i
		if (!(k in last) || s - last[k] >= 60) {
			first[k] = i
			spoke[k] = 0
		} else if (first[k] != i)
			spoke[k] = 1
		last[k] = s
	}
	print $0, new, reply, heard
}
