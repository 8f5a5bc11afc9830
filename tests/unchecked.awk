# unchecked.awk - steps of shell functions whose failure nobody would heed
#
# awk -f unchecked.awk FINDINGS FILE ...
# FINDINGS are shellcheck's SC2310 in its gcc format: calls of functions under
# ||, &&, if, while or !, where errexit is off in the function and in all that
# it calls.  Prints the commands of those functions, in the FILEs, that neither
# are their last nor have a || or && of their own, nor are in a condition.
# SPDX-License-Identifier: ISC

FNR == NR {
	split($0, part, ":")
	called[part[1], part[2], part[3]]
	next
}

FNR == 1 { name = ""; held = ""; here = "" }

# A call: the word at a finding's column.
{
	for (at = 1; at <= length($0); at++)
		if ((FILENAME, FNR, at) in called) {
			word = substr($0, at)
			sub(/[^a-z_0-9].*/, "", word)
			suspect[word]
		}
}

here != "" {	# a here-document is data
	if ($1 == here)
		here = ""
	next
}

name == "" && /^[a-z_0-9]+\(\) \{$/ {
	name = substr($1, 1, length($1) - 2)
	where[name] = FILENAME
	n = 0
	next
}

name != "" && /^\}/ {
	if (held != "")
		step[name, ++n] = held
	held = ""
	steps[name] = n
	name = ""
	next
}

name == "" { next }

# A statement: lines that belong together, by quotes and by their ends.
{
	line = $0
	sub(/^[ \t]+/, "", line)
	sub(/(^|[ \t])#.*/, "", line)
	if (line == "" && held == "")
		next
	if (held == "") {
		held = line
		first = FNR
	} else
		held = held "\n" line
	copy = held
	quotes = gsub(/'/, "", copy)
	if (quotes % 2 || held ~ /=\([^)]*$/ || line ~ /(\\|\||&&)$/)
		next
	if (match(line, /<<-?'?[A-Z]+/)) {
		here = substr(line, RSTART + 2, RLENGTH - 2)
		gsub(/['-]/, "", here)
	}
	step[name, ++n] = held
	line_of[name, n] = first
	held = ""
}

# harmless: whether a statement cannot fail, or its failure is heeded.
function harmless(s) {
	if (s ~ /^[^ "(]*\)[ \t]/ && s !~ /^[^ "(]*\)[ \t]*(#|$)/)
		sub(/^[^ "(]*\)[ \t]*/, "", s)	# an arm of case
	sub(/[ ;]*;;$/, "", s)
	return s == "" || s ~ /\|\||&&| & / ||
	    s ~ /^(if|elif|while|until|for|case|else|fi|do|done|then|esac) ?/ ||
	    s ~ /^(\{|\}|\(|\)|[^ "(]*\)$)/ ||
	    s ~ /^(local|return|exit|break|continue|shift|set|shopt|trap) ?/ ||
	    s ~ /^(say|fail|trouble|kill|sleep|printf -v|:|IFS=[^ ]* read) ?/ ||
	    s ~ /^echo [^>]*$/ ||
	    (s ~ /^[a-z_]+(\[[^]]*\])?\+?=/ && s !~ /\$\([^(]/)
}

# is_last: whether nothing of function f follows step i but the ends of what it
# is in, and their other branches.
function is_last(f, i,    s, depth) {
	while (++i <= steps[f]) {
		s = step[f, i]
		if (depth == 0 && s == "return")
			return 1
		if (depth == 0 && s ~ /^(else|elif)/)
			depth = 1
		else if (depth > 0 && s ~ /^if /)
			depth++
		else if (depth > 0 && s ~ /^fi/)
			depth--
		else if (depth == 0 && s !~ /^(fi|esac|;;)|;;$/ &&
		    s !~ /^[^ "(]*\)([ \t]|$)/)
			return 0
	}
	return 1
}

function follow(f,    i, j, w, words, s) {
	if (!(f in where) || (f in seen))
		return
	seen[f]
	for (i = 1; i <= steps[f]; i++) {
		s = step[f, i]
		if (!harmless(s) && !is_last(f, i))
			print where[f] ":" line_of[f, i] ": " f \
			    " goes on if this fails: " s
		gsub(/[^a-zA-Z_0-9]+/, " ", s)
		w = split(s, words, " ")
		for (j = 1; j <= w; j++)
			if ((words[j] in where) && step[f, i] ~ ("(^|[|;&({!]|" \
			    "(then|do|if|while|until|else|elif) )[ \t\n]*" \
			    words[j] "([ ;)\n]|$)"))
				follow(words[j])
	}
}

END {
	for (f in suspect)
		follow(f)
}
