# fish.awk - from options.awk's lines to a completion for fish
# SPDX-License-Identifier: ISC
BEGIN {
	FS = "\t"
	print "# Completion for " program " in fish, made from its --help."
}
{
	printf "complete -c %s", program
	if ($1 != "-")
		printf " -s %s", $1
	if ($2 != "-")
		printf " -l %s", $2
	printf "%s", value($3)
	if ($4 != "")
		printf " -d '%s'", quoted($4)
	print ""
}
function value(kind) {
	if (kind == "-")
		return ""
	if (kind == "none")
		return " -x"
	if (kind == "file")
		return " -r -F"
	if (kind == "dir")
		return " -x -a '(__fish_complete_directories)'"
	if (kind == "interface")
		return from("pcap2csv -D")
	if (kind == "field")
		return from("pcap2csv --list-fields")
	gsub(/\|/, " ", kind)
	return " -x -a '" kind "'"
}
function from(command) {
	return " -x -a '(" command " 2>/dev/null | cut -d \" \" -f 1)'"
}
function quoted(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/'/, "\\'", s)
	return s
}
