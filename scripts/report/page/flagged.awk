# flagged.awk - flagged sources as the page shows them
# In: flagged.csv, victims (victims.awk), alerts.csv.  Out, by tabs: source, time
# of the first alert, severity, incidents, to whom it sent most of its packets
# (or to how many, if nobody got a fifth), the first of its worst alerts as a
# sentence, with the other rules.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { file++ }
file == 2 {
	split($0, victim, "\t")
	whom[victim[1]] = victim[3] < 20 && victim[4] > 1 ? \
	    alert_number(victim[4]) " addresses" : \
	    (victim[2] == "" ? "(no address)" : victim[2]) ", " \
	    victim[3] "\302\240%"
	next
}
FNR == 1 {
	for (i = 1; i <= NF; i++)
		name[file, i] = $i
	columns = NF
	next
}
file == 1 {
	source[++n] = $1
	severity[$1] = $2
	incidents[$1] = $3
	rules[$1] = $4
	first[$1] = $6
	next
}
{
	for (i = 1; i <= columns; i++)
		cell[name[file, i]] = $i
	src = cell["src"]
}
src in severity && !(src in sentence) && cell["state"] == "start" && \
    cell["severity"] == severity[src] {
	sentence[src] = alert_sentence(cell)
	rule[src] = cell["rule"]
}
END {
	for (i = 1; i <= n; i++) {
		src = source[i]
		printf "%s\t%s\t%s\t%s\t%s\t%s%s\n", src, first[src], \
		    severity[src], incidents[src], \
		    src in whom ? whom[src] : "-", sentence[src], others(src)
	}
}
function others(src,	m, part, i, s) {
	m = split(rules[src], part, " ")
	for (i = 1; i <= m; i++)
		if (part[i] != rule[src])
			s = s (s == "" ? "; also " : ", ") part[i]
	return s
}
