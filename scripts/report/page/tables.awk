# tables.awk - the tables of report.html, below the picture
# In: spikes (clock, bytes/s), events (clock, 1 if red, an alert in words; and
# more_alerts, the number of others), largest-connections, longest-connections
# (of connections.awk), suspicious.csv, selected.csv, protocols.csv,
# sources.csv, flagged.csv; suspicious.csv comes first, as it colours others.
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
	if (part !~ /^(spikes|events|.*-connections)$/)
		next
}
part == "suspicious" {
	red[$1]
	row($1 "\t" grouped($2) "\t" percent($2, packets) "\t" $4, "tnnt", 1)
}
part == "selected" {
	if (FNR <= 26)
		row($1 "\t" grouped($2) "\t" grouped($3) "\t" \
		    percent($3, bytes) "\t" rates($5, $6) \
		    "\t" ($2 == 0 ? "-" : host($7)) "\t" si($8, "B"), \
		    "tnnnnntn", $1 in red)
	else
		left++
}
part == "protocols" {
	if (FNR <= 26)
		row($1 "\t" grouped($2) "\t" percent($2, packets) "\t" \
		    grouped($3) "\t" percent($3, bytes), "tnnnn", $1 in red)
	else
		left++
}
part == "sources" && FNR <= 16 && $1 != "REST" {
	row(host($1) "\t" grouped($2) "\t" grouped($3) "\t" \
	    percent($3, bytes), "tnnn")
}
part == "countries" {
	if (FNR <= 26)
		row(country() "\t" grouped($(NF - 3)) "\t" \
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
		    percent($NF, bytes), "tnnnn")
	else
		left++
}
part == "flagged" {
	if (FNR <= 16)
		row($1 "\t" $2 "\t" $3 "\t" $4 "\t" ($5 > 0 ? grouped($5) : \
		    "-"), "ttntn", $2 == "high")
	else
		left++
}
part == "events" {
	row($1 "\t" substr($0, length($1) + 4), "tt", $2)
	left = more_alerts
}
part == "spikes" { row($1 "\t" si($2, "B/s"), "tn", 1) }
part ~ /-connections$/ {
	row($1 "\t" seconds($5) "\t" host($2) "\t" host($3) "\t" $4 "\t" \
	    si($6, "B") "\t" si($7, "B"), "nntttnn", $4 in red)
}
END {
	finish()
	print "</div>"
}
function rates(mean_of, peak_of) {
	return mean_of == "" ? "-\t-" : si(mean_of, "B/s") "\t" \
	    si(peak_of, "B/s")
}
# The sensor and the interface of a row.
function place(	s) {
	s = NF == 4 && $1 != $2 ? $1 " " $2 : $1
	return s ~ /^ *$/ ? "(no name)" : s
}
# The text in front of four numbers, without its quotes.
function country(	s) {
	s = $0
	sub(/(,[0-9]+)(,[0-9]+)(,[0-9]+)(,[0-9]+)$/, "", s)
	gsub(/^"|"$/, "", s)
	gsub(/""/, "\"", s)
	return s == "" ? "(none)" : s
}
function host(name) {
	return name == "" ? "(no address)" : name
}
function begin() {
	if (part == "suspicious")
		section("Suspicious protocols", "", "Protocol\tPackets\t" \
		    "Share\tWhy", "tnnt", 1)
	if (part == "selected")
		section(protos == "" ? "Rates by protocol" : \
		    "Selected protocols", "", "Protocol\tPackets\tBytes\t" \
		    "Share of bytes\tMean\tBusiest " each(bin_s) \
		    "\tTop source\tIt sent", "tnnnnntn", 1)
	if (part == "protocols")
		section("Protocols", "", "Protocol\tPackets\tShare\tBytes\t" \
		    "Share", "tnnnn")
	if (part == "sources")
		section("Top sources", protos == "" ? "" : "Bytes sent as " \
		    listed(protos) "; the share is of all traffic.", \
		    "Source\tPackets\tBytes\tShare", "tnnn")
	if (part == "countries")
		section("Countries", "", "Country\tPackets from\tBytes from\t" \
		    "Share\tPackets to\tBytes to\tShare", "tnnnnnn", 1)
	if (part == "interfaces")
		section("Interfaces", "", "Interface\tPackets\tShare\tBytes\t" \
		    "Share", "tnnnn")
	if (part == "flagged")
		section("Flagged sources", "By the rules of " rule_names \
		    "; packets in 10 s if above the threshold of src-rate.", \
		    "Source\tSeverity\tIncidents\tRules\tPackets in 10 s", \
		    "ttntn")
	if (part == "events")
		section("Alerts", "The most severe first; all are in alerts.csv, " \
		    "with their ends.", "Time, " zone "\tAlert", "tt", 1)
	if (part ~ /-connections$/)
		section(part ~ /^largest/ ? "Largest connections" : \
		    "Longest connections", part ~ /^largest/ ? \
		    "The first 1,000, and of the longest, are in " \
		    "conversations.csv." : "", \
		    "Start, " zone "\tLasted\tFrom\tTo\tProtocol\t" \
		    "Bytes\tBytes back", "nntttnn", 1)
	if (part == "spikes")
		section("Spikes", mean == "" ? "" : "The highest rates above " \
		    si(spike, "B/s") ", in bins of " seconds(bin_s) ".", \
		    "Time, " zone "\tRate", "tn")
}
