#!/usr/bin/env bats
# tables: what csvclean makes of tables that other programs write.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

header=time,src,dst,proto,len

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
}

# cleaned WANT TEXT [OPTION...]: csvclean makes the rows WANT of TEXT.
cleaned() {
	local want=$1 text=$2

	shift 2
	printf '%s\n' "$text" >in.csv
	runs csvclean "$@" in.csv
	[ "$status" -eq 0 ] && [ "$stderr" = "" ] || return
	same "$want" "$output"
}

# refused TEXT MESSAGE: csvclean refuses the table TEXT, and says MESSAGE.
refused() {
	printf '%s\n' "$1" >in.csv
	runs csvclean in.csv
	[ "$status" -eq 3 ]
	same $header "$output" || return
	same "csvclean: in.csv: $2" "$stderr"
}

@test "a vertical bar is a delimiter, with a header and without" {
	want=$(lines $header 1704067200.500000,192.0.2.1,192.0.2.2,TCP,60)
	cleaned "$want" "$(lines 'time|src|dst|proto|len' \
	    '1704067200.5|192.0.2.1|192.0.2.2|TCP|60')"
	cleaned "$want" '1704067200.5|192.0.2.1|192.0.2.2|TCP|60'
	cleaned "$want" "$(lines '"No."|"Time"|"Source"|"Destination"|"Protocol"|"Length"|"Info"' \
	    '"1"|"1704067200.5"|"192.0.2.1"|"192.0.2.2"|"TCP"|"60"|"a|b, c"')"
}

@test "names decide on the delimiter, however many others a name holds" {
	csvclean >once.csv <<-'EOR'
		time,src,dst,proto,len,a;b;c;d;e;f;g
		1.0,192.0.2.1,,TLS,60,x
	EOR
	runs csvclean once.csv
	[ "$status" -eq 0 ]
	same "$(lines "$header,a;b;c;d;e;f;g" 1.000000,192.0.2.1,,TLS,60,x)" \
	    "$output"
}
