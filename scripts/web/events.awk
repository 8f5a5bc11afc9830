# events.awk - one viewer's frames as server-sent events
# In: what gnuplot writes of "liveplot --rows": "#frame N", tables, pictures,
# "#end N".  A frame gets the state of the recorder, and the alerts that the
# analyst noted since the last one, the newest 1000 at most, below "#alerts N",
# the number of all so far.
# A file of rows that is not there is "missing", not "file".
# -v state=FILE -v alerts=FILE -v rows=FILE (names without quotes)
# -v rules=FILE: whose first line names the rules in use
# -v all_rules=FILE: the rules themselves, of which the severities are sent
# -v tagged=FILE: whose first row is the oldest that the rules have seen
# -v who=PROGRAM: whose tables of the window are an event of their own, after
# the frame, which does not wait for them
# -v ready=DESCRIPTOR: instead of PROGRAM, where its tables can be read
# -v refresh=SECONDS: from one frame to the next
# SPDX-License-Identifier: ISC
BEGIN {
	getline rule_names < rules
	seen = 0
	while ((getline line < all_rules) > 0)
		if (line ~ /^rule / && split(line, word, " ") > 1)
			severities = severities " " word[2] "=" severity(line)
}

# A rule's severity, which is medium unless the rule says otherwise.
function severity(rule) {
	return rule ~ / severity=high/ ? "high" : rule ~ / severity=low/ ? \
	    "low" : "medium"
}

# The time of the first row, once there is one.
function since(	line) {
	if (first != "" || (getline line < tagged) <= 0 ||
	    (getline line < tagged) <= 0) {
		close(tagged)
		return first
	}
	close(tagged)
	sub(/,.*/, "", line)
	return first = line ~ /^[0-9]+\.[0-9]+$/ ? line : ""
}

function add(line) {
	frame = frame "data: " line "\n"
}

function news(	line, n, i, command) {
	command = "exec tail -c +" seen + 1 " '" alerts "' 2> /dev/null"
	while ((command | getline line) > 0) {
		seen += length(line) + 1
		if (line ~ /^[0-9]+-[0-9][0-9]-[0-9][0-9]T/)
			fresh[++n] = line
	}
	close(command)
	add("#alerts " (all += n))
	for (i = n > 1000 ? n - 999 : 1; i <= n; i++)
		add(fresh[i])
}

/^#frame / {
	inside = 1
	source = ""
	getline source < state
	close(state)
	if (source ~ /^file / && (getline line < rows) < 0)
		sub(/^file/, "missing", source)
	close(rows)
	frame = "event: frame\n"
	add("#state " source)
	add("#rules " rule_names)
	add("#severities" severities)
	add("#since " since())
	news()
	next
}

# Who talks in the window, whose ends are the first cells of the totals.  What
# takes some tenths of a second to read is not read in every frame: the page
# keeps the tables that it has.
function talkers(	cell, command, line) {
	if (--rest > 0)
		return
	split(totals, cell, ",")
	if (cell[1] !~ /^[0-9]+\.[0-9]+$/ || cell[2] !~ /^[0-9]+\.[0-9]+$/)
		return
	command = ready ? "exec cat <&" ready : "exec '" who "' " cell[1] " " \
	    cell[2] " " reach + 0 " 2> /dev/null"
	frame = "event: who\n"
	while ((command | getline line) > 0) {
		if (line ~ /^#who [0-9]/ && split(line, cell, " "))
			reach = cell[2]
		add(line)
	}
	close(command)
	print frame
	fflush()
	rest = (reach > 16777216 ? 15 : reach > 4194304 ? 5 : 0) / refresh
}

/^#totals/ { totals_at = NR + 2 }

NR == totals_at { totals = $0 }

/^#end / {
	inside = 0
	print frame
	fflush()
	talkers()
	next
}

inside { add($0) }
