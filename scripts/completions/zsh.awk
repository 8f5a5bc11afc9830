# zsh.awk - from options.awk's lines to a completion for zsh
# SPDX-License-Identifier: ISC
BEGIN {
	FS = "\t"
	print "#compdef " program
	print "# Completion for " program " in zsh, made from its --help."
	printf "_arguments -s -S"
}
{
	rest = "[" plain($4) "]"
	if ($3 != "-")
		rest = rest ":" ($2 == "-" ? "value" : $2) ":" action($3)
	letter = $1 == "-" ? "" : "-" $1 ($3 == "-" ? "" : "+")
	long = $2 == "-" ? "" : "--" $2 ($3 == "-" ? "" : "=")
	# What has a value may be given several times.
	with = $3 != "-" ? "*" : \
	    "(" ($1 == "-" ? "" : "-" $1 " ") "--" $2 ")"
	if (letter != "" && long != "")
		line("'" with "'{" letter "," long "}'" rest "'")
	else
		line("'" with letter long rest "'")
}
END {
	line("'*:file:_files'")
	print ""
}
function line(s) {
	printf " \\\n\t%s", s
}
# Without what _arguments or quotes would take for their own.
function plain(s) {
	gsub(/[\[\]:\\]/, " ", s)
	gsub(/'/, "'\\''", s)
	return s
}
function action(kind) {
	if (kind == "none")
		return " "
	if (kind == "file")
		return "_files"
	if (kind == "dir")
		return "_files -/"
	if (kind == "interface")
		return from("pcap2csv -D")
	if (kind == "field")
		return from("pcap2csv --list-fields")
	gsub(/\|/, " ", kind)
	return "(" kind ")"
}
function from(command) {
	return "{compadd -- ${(f)\"$(" command \
	    " 2>/dev/null | cut -d \" \" -f 1)\"}}"
}
