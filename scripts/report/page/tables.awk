# tables.awk - the tables of report.html, below the picture
# In: packets, if they are few (the five columns), spikes (time, bytes/s),
# starts (of starts.awk), flagged (of flagged.awk), largest-connections,
# longest-connections (of connections.awk), suspicious.csv,
# selected.csv, protocols.csv, sources.csv, destinations.csv, pairs.csv,
# ports.csv; suspicious.csv comes first, as it colours others.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	print "<div class=\"tables\">"
}
FNR == 1 && part != "" { finish() }
FNR == 1 {
	part = FILENAME
	sub(/.*\//, "", part)
	sub(/\.csv$/, "", part)
	begin()
	if (part !~ /^(packets|spikes|starts|flagged|.*-connections)$/)
		next
}
part ~ /^(countries|interfaces)$/ && /"/ { fields() }
part == "packets" {
	row(($1 == "" ? "" : date($1, zone_offset)) "\t" \
	    host($2) "\t" host($3) "\t" $4 "\t" grouped($5), \
	    "sttsn", $4 in red)
}
part == "suspicious" {
	red[$1]
	row($1 "\t" grouped($2) "\t" percent($2, packets) "\t" $4, "snnt", 1)
}
part == "selected" {
	if (FNR <= 26)
		row($1 "\t" grouped($2) "\t" percent($2, packets) "\t" \
		    grouped($3) "\t" percent($3, bytes) "\t" \
		    rates($2, $5, $6) ($2 == 0 ? "-" : host($7)) "\t" \
		    si($8, "B"), rated("snnnnnntn"), $1 in red)
	else
		left++
}
part == "protocols" && protos != "" {
	if (FNR <= 26)
		row($1 "\t" grouped($2) "\t" percent($2, packets) "\t" \
		    grouped($3) "\t" percent($3, bytes), "snnnn", $1 in red)
	else
		left++
}
part ~ /^(sources|destinations|pairs|ports)$/ && FNR <= 16 && $1 != "REST" {
	row(ends() "\t" grouped($(NF - 1)) "\t" grouped($NF) "\t" \
	    percent($NF, bytes), part == "ports" ? "ssnnn" : "tnnn")
}
part == "countries" {
	if (FNR <= 26)
		row(($1 == "" ? "(none)" : $1) "\t" grouped($(NF - 3)) "\t" \
		    grouped($(NF - 2)) "\t" percent($(NF - 2), bytes) "\t" \
		    grouped($(NF - 1)) "\t" grouped($NF) "\t" \
		    percent($NF, bytes), "tnnnnnn")
	else
		left++
}
part == "interfaces" {
	if (FNR <= 26)
		row(place() "\t" grouped($(NF - 1)) "\t" \
		    percent($(NF - 1), packets) "\t" grouped($NF) "\t" \
		    percent($NF, bytes), "snnnn")
	else
		left++
}
part == "flagged" {
	if (FNR <= 26) {
		split($0, cell, "\t")
		row(host(cell[1]) "\t" clock(cell[2]) "\t" cell[3] "\t" \
		    grouped(cell[4]) "\t" cell[5] "\t" cell[6], \
		    line(cell[1]) "ssn" line(cell[5]) "w", \
		    cell[3] == "high")
	} else
		left++
}
part == "starts" {
	if (FNR <= 26) {
		split($0, cell, "\t")
		row(clock(cell[2]) "\t" cell[3], "st", cell[1] == 3)
	} else
		left++
}
part == "spikes" && FNR <= 10 {
	row(clock($1) "\t" si($2, "B/s"), "sn", 1)
}
part ~ /-connections$/ {
	row(clock($1) "\t" seconds($5) "\t" host($2) "\t" host($3) "\t" $4 "\t" \
	    si($6, "B") "\t" si($7, "B"), "snttsnn", $4 in red)
}
END {
	finish()
	print "</div>"
}
# The rows of comparison.csv: a section for protocols, one for sources.
part == "comparison" {
	if ($1 == "src" && !compared_sources++) {
		finish()
		compare("Sources compared with " against, "Source")
	}
	if (++compared[$1] <= 15)
		row((($1 == "total") ? "All traffic" : host($2)) "\t" \
		    grouped($4) "\t" there($6) "\t" change($4, $6) "\t" \
		    grouped($3) "\t" there($5) "\t" change($3, $5), "tnnnnnn")
	else
		left++
}
function compare(title, what,	of_other) {
	of_other = " of " (length(against) <= 24 ? against : "the other")
	section(title, "The greatest differences in bytes first.", \
	    what "\tBytes\tBytes" of_other "\tChange\tPackets\t" \
	    "Packets" of_other "\tChange", "tnnnnnn", 1)
}
function there(v) {
	return v == "" ? "not in its first 100" : grouped(v)
}
function change(here, before) {
	return before == "" ? "-" : before == 0 ? (here > 0 ? "new" : "-") : \
	    here == 0 ? "gone" : here / before >= 10 ? \
	    sprintf("x %s", grouped(here / before)) : \
	    sprintf("%+.1f %%", 100 * (here / before - 1))
}
# The rates of a protocol: that of a selected one may be zero.
function rates(n, mean_of, peak_of) {
	return mean == "" ? "" : n == 0 ? "0 B/s\t0 B/s\t" : \
	    rate(mean_of) "\t" rate(peak_of) "\t"
}
# The kinds of the protocols' columns, without rates if there are none.
function rated(kinds) {
	return mean == "" ? "snnnntn" : kinds
}
# The sensor and the interface of a row.
function place(	s) {
	s = NF == 4 && $1 != $2 ? $1 " " $2 : $1
	return s ~ /^ *$/ ? "(no name)" : s
}
function host(name) {
	return name == "" ? "(no address)" : name
}
# A time in words, without its fraction.
function clock(t) {
	return t == "" ? "" : substr(date(t, zone_offset), 1, 19)
}
# The kind of a cell that stays on a line unless it is long.
function line(s) {
	return length(s) <= 24 ? "s" : "t"
}
# What a row is the sum of.
function ends(	s, i) {
	if (part == "ports")
		return ($1 == "" ? "(none)" : $1) "\t" $2
	s = $1
	if (part == "pairs" && (i = index(s, " ")))
		return host(substr(s, 1, i - 1)) " and " substr(s, i + 1)
	return host(s)
}
function begin() {
	if (part == "packets")
		section("Packets", "", "Time, " zone "\tSource\tDestination\t" \
		    "Protocol\tBytes", "sttsn", 1)
	if (part == "suspicious")
		section("Suspicious protocols", "", "Protocol\tPackets\t" \
		    "Share\tWhy", "snnt", 1)
	if (part == "comparison")
		compare("Compared with " against, "Protocol")
	if (part == "selected")
		section(protos == "" ? "Protocols" : "Selected protocols", "", \
		    "Protocol\tPackets\tShare of packets\tBytes\t" \
		    "Share of bytes\t" (mean == "" ? "" : "Mean\tBusiest " \
		    each(bin_s) "\t") "Top source\tIt sent", \
		    rated("snnnnnntn"), 1)
	if (part == "protocols" && protos != "")
		section("Protocols", "", "Protocol\tPackets\tShare\tBytes\t" \
		    "Share", "snnnn")
	if (part == "sources")
		section("Top sources", protos == "" ? "" : "Bytes sent as " \
		    listed(protos) "; the share is of all traffic.", \
		    "Source\tPackets\tBytes\tShare", "tnnn")
	if (part == "destinations")
		section("Top destinations", "", \
		    "Destination\tPackets\tBytes\tShare", "tnnn")
	if (part == "pairs")
		section("Conversations", "", \
		    "Between\tPackets\tBytes\tShare", "tnnn")
	if (part == "ports")
		section("Ports", "Of the end with the lower port, and the " \
		    "protocol that a connection shows.", \
		    "Port\tProtocol\tPackets\tBytes\tShare", "ssnnn")
	if (part == "countries")
		section("Countries", "", "Country\tPackets from\tBytes from\t" \
		    "Share\tPackets to\tBytes to\tShare", "tnnnnnn", 1)
	if (part == "interfaces")
		section($1 != "sensor" ? "Interfaces" : NF == 3 ? "Sensors" : \
		    "Sensors and interfaces", "", ($1 == "sensor" ? "Sensor" : \
		    "Interface") "\tPackets\tShare\tBytes\tShare", "snnnn")
	if (part == "flagged")
		section("Flagged sources", "By the rules of " rule_names \
		    "; the first of a source's most severe alerts.", \
		    "Source\tFirst alert, " zone "\tSeverity\tIncidents\t" \
		    "Most packets to\tAlert", "tssntw", 1)
	if (part == "starts")
		section("Alerts", "The most severe first; all are in alerts.csv, " \
		    "with their ends. What the built-in rules find is in " \
		    "pktpipe-rules(5).", "Time, " zone "\tAlert", "st", 1)
	optional = part ~ /^(destinations|pairs|ports)$/ || packets <= 12
	if (part ~ /-connections$/)
		section(part ~ /^largest/ ? "Largest connections" : \
		    "Longest connections", part ~ /^largest/ ? \
		    "The first 1,000, and of the longest, are in " \
		    "conversations.csv." : "", \
		    "Start, " zone "\tLasted\tFrom\tTo\tProtocol\t" \
		    "Bytes both ways\tBytes back", "snttsnn", 1)
	if (part == "spikes")
		section("Spikes", mean == "" ? "" : "The highest rates above " \
		    si(spike, "B/s") ", in bins of " seconds(bin_s) ".", \
		    "Time, " zone "\tRate", "sn")
}
