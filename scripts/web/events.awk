# events.awk - one viewer's frames as server-sent events
# In: what gnuplot writes of "liveplot --rows": "#frame N", tables, pictures,
# "#end N".  A frame gets the state of the recorder, and the alerts that the
# analyst noted since the last one, the newest 1000 at most, below "#alerts N",
# the number of all so far.
# A file of rows that is not there is "missing", not "file".
# -v state=FILE -v alerts=FILE -v rows=FILE (names without quotes)
# -v rules=FILE: whose first line names the rules in use
# -v who=PROGRAM: whose tables of the window come last
# SPDX-License-Identifier: ISC
BEGIN {
	getline rule_names < rules
	seen = 0
}

function add(line) {
	frame = frame "data: " line "\n"
}

function news(	line, n, i, command) {
	command = "tail -c +" seen + 1 " '" alerts "' 2> /dev/null"
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
	news()
	next
}

# Who talks in the window, whose ends are the first cells of the totals.
function talkers(	cell, command, line) {
	split(totals, cell, ",")
	if (cell[1] !~ /^[0-9]+\.[0-9]+$/ || cell[2] !~ /^[0-9]+\.[0-9]+$/)
		return
	command = "'" who "' " cell[1] " " cell[2] " " reach + 0 " 2> /dev/null"
	while ((command | getline line) > 0) {
		if (line ~ /^#who [0-9]/ && split(line, cell, " "))
			reach = cell[2]
		add(line)
	}
	close(command)
}

/^#totals/ { totals_at = NR + 2 }

NR == totals_at { totals = $0 }

/^#end / {
	inside = 0
	talkers()
	print frame
	fflush()
	next
}

inside { add($0) }
