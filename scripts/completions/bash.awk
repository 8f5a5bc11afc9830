# bash.awk - from options.awk's lines to a completion for bash
# SPDX-License-Identifier: ISC
BEGIN { FS = "\t" }
{
	pattern = ""
	if ($1 != "-")
		pattern = "-" $1
	if ($2 != "-")
		pattern = pattern (pattern == "" ? "" : "|") "--" $2
	names = names (names == "" ? "" : " ") pattern
	gsub(/\|/, " ", names)
	if ($3 != "-")
		values = values "\t" pattern ") " answer($3) "; return ;;\n"
}
END {
	print "# Completion for " program " in bash, made from its --help."
	print "_pktpipe_" id(program) "() {"
	print "\tlocal word=$2 before=$3"
	print ""
	print "\t# Bash parts --name=value at the sign."
	print "\tif [ \"$word\" = = ]; then"
	print "\t\tword="
	print "\telif [ \"$before\" = = ]; then"
	print "\t\tbefore=${COMP_WORDS[COMP_CWORD - 2]}"
	print "\tfi"
	print "\tcase $before in"
	printf "%s", values
	print "\tesac"
	print "\tcase $word in"
	print "\t-*) " matches("-W '" names "'") " ;;"
	print "\t*) " answer("file") " ;;"
	print "\tesac"
	print "}"
	print "complete -o filenames -F _pktpipe_" id(program) " " program
}
function id(s) {
	gsub(/-/, "_", s)
	return s
}
function matches(how) {
	return "mapfile -t COMPREPLY < <(compgen " how " -- \"$word\")"
}
function answer(kind) {
	if (kind == "none")
		return "COMPREPLY=()"
	if (kind == "file")
		return matches("-f")
	if (kind == "dir")
		return matches("-d")
	if (kind == "interface")
		return from("pcap2csv -D")
	if (kind == "field")
		return from("pcap2csv --list-fields")
	gsub(/\|/, " ", kind)
	return matches("-W '" kind "'")
}
# The first words of what a program prints; compgen would expand them.
function from(command) {
	return matches("-W \"$(" command " 2> /dev/null | cut -d ' ' -f 1 |" \
	    " sed 's/[^a-z0-9]/\\\\&/g')\"")
}
