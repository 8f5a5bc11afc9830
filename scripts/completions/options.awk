# options.awk - the options in a usage text, a line each
# In: usage.  Out: letter, name, kind of value, meaning, with tabs between;
# a letter or name that is not there is "-", as is the kind of a mere switch.
# Other kinds: none (a value that nobody can guess), file, dir, interface,
# field, or words with | between them.
# SPDX-License-Identifier: ISC
BEGIN {
	OFS = "\t"
	# .It Fl b Ta Fl -bin Ar duration Ta width of a time bin
	while ((getline line < table) > 0) {
		if (line !~ /^\.It .* Ta Fl -/)
			continue
		split(line, cell, / *Ta /)
		split(cell[2], word, " ")
		long = substr(word[2], 2)
		letter = "-"
		if (cell[1] ~ /Fl/)
			letter = substr(cell[1], length(cell[1]))
		name[letter] = long
		short[long] = letter
		meaning[long] = cell[3]
	}
}
# Tokens: brackets and | alone, and all else between blanks.
{
	sub(/^usage: /, "")
	gsub(/\[,[^]]*\]/, "")
	gsub(/[][]/, " & ")
	n = split($0, t, " ")
	for (i = 1; i <= n; i++)
		token[++tokens] = t[i]
}
END {
	for (i = 1; i <= tokens; i++) {
		if (token[i] ~ /^-[A-Za-z]+$/)
			letters(substr(token[i], 2), token[i + 1])
		else if (token[i] ~ /^--[a-z][a-z-]*$/)
			option(short[substr(token[i], 3)], \
			    substr(token[i], 3), token[i + 1])
	}
}
function letters(s, next_token,	i) {
	if (length(s) == 1) {
		option(s, name[s], next_token)
		return
	}
	for (i = 1; i <= length(s); i++)
		option(substr(s, i, 1), name[substr(s, i, 1)], "]")
}
function option(letter, long, value) {
	if (seen[letter, long]++)
		return
	print letter == "" ? "-" : letter, long == "" ? "-" : long, \
	    kind(value, long), meaning[long]
}
function kind(value, long) {
	if (value !~ /^[a-z]/)
		return "-"
	if (value ~ /\|/)
		return value
	if (value == "format" && long == "time")
		return "epoch|iso|sheet"
	if (value ~ /^(dir|directory|folder)$/)
		return "dir"
	return value ~ /^(file|interface)$/ ? value : \
	    value == "fields" ? "field" : "none"
}
