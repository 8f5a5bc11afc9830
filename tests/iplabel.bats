#!/usr/bin/env bats
# iplabel: columns from tables of networks.  Tables as such: tests/unit/label.
# shellcheck disable=SC2154  # $stderr is set by runs

load helper

rows='time,src,dst,proto,len
1.000000,10.0.0.1,10.0.0.2,TCP,100
2.000000,10.1.0.2,192.0.2.1,TLS,1500
3.000000,2001:db8::1,10.0.0.1,DNS,80
4.000000,192.0.2.1,198.51.100.7,DNS,80
5.000000,,,ARP,42'

sites='net,site,owner
10.0.0.0/8,office,"Smith, ""IT"""
10.1.0.0/16,lab,=cmd()
2001:db8::/32,cloud,'

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	lines "$rows" >rows.csv
	lines "$sites" >sites.csv
}

@test "each label of a table becomes a column of src and one of dst" {
	runs iplabel --table sites.csv rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "time,src,dst,proto,len,src_site,src_owner,dst_site,dst_owner
1.000000,10.0.0.1,10.0.0.2,TCP,100,office,\"Smith, \"\"IT\"\"\",office,\
\"Smith, \"\"IT\"\"\"
2.000000,10.1.0.2,192.0.2.1,TLS,1500,lab,'=cmd(),,
3.000000,2001:db8::1,10.0.0.1,DNS,80,cloud,,office,\"Smith, \"\"IT\"\"\"
4.000000,192.0.2.1,198.51.100.7,DNS,80,,,,
5.000000,,,ARP,42,,,," "$output"
}

@test "rows and their other columns pass untouched" {
	printf 'note,src,dst\n"a, ""b""",10.0.0.1,x\n"two\nlines",::1,\n' \
	    >odd.csv
	runs iplabel --table sites.csv:net,site, odd.csv
	[ "$status" -eq 0 ]
	same 'note,src,dst,src_site,dst_site
"a, ""b""",10.0.0.1,x,office,
"two
lines",::1,,,' "$output"
	same "iplabel: 1 cell is no address: it has no labels" "$stderr"
}

# entries: the entries of a database for tests, as mmdb.py reads them.
entries() {
	cat <<'E'
10.0.0.0/8 {"country": {"iso_code": "DE"}, "city": {"names": {"en": "Bonn, X"}}}
10.1.0.0/16 {"country": {"iso_code": "FR"}, "n": [-7, true, 5000000000]}
2001:db8::/32 {"country_code": "US", "city": "=evil()", "x": {"y": 50.5}}
E
}

@test "--mmdb adds the fields that databases of the type have" {
	entries | python3 "$ROOT/tests/mmdb.py" GeoLite2-City city.mmdb
	runs iplabel --of src --mmdb city.mmdb rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "time,src,dst,proto,len,src_country,src_city
1.000000,10.0.0.1,10.0.0.2,TCP,100,DE,\"Bonn, X\"
2.000000,10.1.0.2,192.0.2.1,TLS,1500,FR,
3.000000,2001:db8::1,10.0.0.1,DNS,80,US,'=evil()
4.000000,192.0.2.1,198.51.100.7,DNS,80,,
5.000000,,,ARP,42,," "$output"
	python3 "$ROOT/tests/mmdb.py" DBIP-ASN-Lite as.mmdb <<<'10.0.0.0/8 '\
'{"autonomous_system_number": 64500, "autonomous_system_organization": "A"}'
	runs iplabel --of src --mmdb as.mmdb rows.csv
	same time,src,dst,proto,len,src_asn,src_as_name "${lines[0]}"
	same 1.000000,10.0.0.1,10.0.0.2,TCP,100,64500,A "${lines[1]}"
	runs iplabel -v --mmdb as.mmdb rows.csv
	same 'iplabel: as.mmdb: database of type "DBIP-ASN-Lite" of 2026-11-24' \
	    "${stderr_lines[0]}"
}

@test "--mmdb adds fields by their paths, under other names too" {
	entries | python3 "$ROOT/tests/mmdb.py" Any any.mmdb
	runs iplabel --of src --mmdb \
	    any.mmdb:country.iso_code=land,n.0,n.1=yes,n.2,x.y rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same time,src,dst,proto,len,src_land,src_n_0,src_yes,src_n_2,src_x_y \
	    "${lines[0]}"
	same 2.000000,10.1.0.2,192.0.2.1,TLS,1500,FR,-7,1,5000000000, \
	    "${lines[2]}"
	same 3.000000,2001:db8::1,10.0.0.1,DNS,80,,,,,50.5 "${lines[3]}"
	runs iplabel --of src --mmdb any.mmdb:contry rows.csv
	[ "$status" -eq 0 ]
	same 'iplabel: any.mmdb: no entry of these addresses has "contry"' \
	    "$stderr"
	runs iplabel --mmdb any.mmdb rows.csv
	[ "$status" -eq 2 ]
	same 'iplabel: any.mmdb: no fields are known of the type "Any": name '\
'them, as in FILE:FIELD=NAME' "$stderr"
	runs iplabel --mmdb any.mmdb:a=b,b rows.csv
	[ "$status" -eq 2 ]
	runs iplabel --mmdb rows.csv rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == 'iplabel: rows.csv: '*', want a MaxMind database' ]]
}

@test "tables and databases are one where their labels have the same name" {
	entries | python3 "$ROOT/tests/mmdb.py" Country country.mmdb
	lines net,country 10.0.0.0/16,HQ 10.0.0.0/7,none 192.0.2.0/24,TEST >t.csv
	runs iplabel --of src --mmdb country.mmdb --table t.csv rows.csv
	[ "$status" -eq 0 ]
	same "src_country HQ FR US TEST " \
	    "$(lines "${lines[@]}" | cut -d, -f6 | paste -sd ' ')"
}

@test "setup --geo fetches once, and prints what, where and the licence" {
	mkdir fake
	# shellcheck disable=SC2016  # for the stand-in to expand
	printf '%s\n' '#!/bin/sh' 'echo "$*" >>"$LOG"' 'mkdir package' \
	    'echo database >package/geo-whois-asn-country.mmdb' \
	    'echo licence >package/NRO_LICENSE' \
	    'tar -czf country.tgz package && echo country.tgz' >fake/npm
	chmod +x fake/npm
	LOG=$PWD/log PATH=$PWD/fake:$PATH PKTPIPE_GEO=$PWD/geo
	export LOG PKTPIPE_GEO
	runs sh "$ROOT/scripts/setup" --geo
	[ "$status" -eq 0 ]
	same "setup: fetching @ip-location-db/geo-whois-asn-country-mmdb from \
the npm registry
setup: countries of IPv4 and IPv6 are in $PWD/geo/geo-whois-asn-country.mmdb
setup: licence CC0-1.0; parts are of the NRO, under CC BY 4.0: name nro.net \
where you publish them" "$output"
	same database "$(cat geo/geo-whois-asn-country.mmdb)"
	same licence "$(cat geo/geo-whois-asn-country.NRO_LICENSE)"
	runs sh "$ROOT/scripts/setup" --geo
	[ "$status" -eq 0 ]
	same "setup: $PWD/geo/geo-whois-asn-country.mmdb is there" "$output"
	same 'pack --silent @ip-location-db/geo-whois-asn-country-mmdb' \
	    "$(cat log)"
	rm -r geo
	printf '%s\n' '#!/bin/sh' 'exit 1' >fake/npm
	runs sh "$ROOT/scripts/setup" --geo
	[ "$status" -eq 1 ]
	[ ! -e geo ]
}

@test "--of chooses the columns of addresses" {
	runs iplabel --of dst --table sites.csv:net,site, rows.csv
	[ "$status" -eq 0 ]
	same time,src,dst,proto,len,dst_site "${lines[0]}"
	same 1.000000,10.0.0.1,10.0.0.2,TCP,100,office "${lines[1]}"
	runs iplabel --of gw,src --table sites.csv:net,site, \
	    <<<'gw,src
10.1.0.1,192.0.2.1'
	same "$(lines gw,src,gw_site,src_site 10.1.0.1,192.0.2.1,lab,)" \
	    "$output"
	runs iplabel --of gw --table sites.csv rows.csv
	[ "$status" -eq 3 ]
	[[ $stderr == 'iplabel: rows.csv: no column "gw" in the header '* ]]
	runs iplabel --of gw, --table sites.csv rows.csv
	[ "$status" -eq 2 ]
	[[ $stderr == 'iplabel: bad of "gw,", want 1 to 8 parts '* ]]
	runs iplabel --of src,dst,src --table sites.csv rows.csv
	same '2||iplabel: bad of "src", want each column once' \
	    "$status|$output|$stderr"
}

@test "a tally with one address is labelled by it, one without is an error" {
	runs iplabel --table sites.csv:net,site, <<<'dst,packets,bytes
10.1.0.1,3,400
dst,packets,bytes
REST,5,600'
	[ "$status" -eq 0 ]
	same "$(lines dst,packets,bytes,dst_site 10.1.0.1,3,400,lab \
	    REST,5,600,)" "$output"
	[ "$stderr" = "" ]
	runs iplabel --table sites.csv <<<'proto,packets,bytes
TLS,3,400'
	[ "$status" -eq 3 ]
	same 'iplabel: stdin: no column "src" in the header '\
'"proto,packets,bytes": this tally was made without it' "$stderr"
}

@test "--local tells the direction by the networks that are one's own" {
	lines '# ours' 2001:db8::/32 >own
	runs iplabel --local 10.0.0.0/8,@own rows.csv
	[ "$status" -eq 0 ]
	same "time,src,dst,proto,len,dir
1.000000,10.0.0.1,10.0.0.2,TCP,100,local
2.000000,10.1.0.2,192.0.2.1,TLS,1500,out
3.000000,2001:db8::1,10.0.0.1,DNS,80,local
4.000000,192.0.2.1,198.51.100.7,DNS,80,through
5.000000,,,ARP,42," "$output"
	runs iplabel --local 198.51.100.0/24 --table sites.csv:net,site, \
	    rows.csv
	same 4.000000,192.0.2.1,198.51.100.7,DNS,80,,,in "${lines[4]}"
	runs iplabel --local 10.0.0.0/8 <<<'src,len
10.0.0.1,5'
	[ "$status" -eq 3 ]
	[[ $stderr == 'iplabel: stdin: no column "dst" in the header '* ]]
	runs iplabel --local office rows.csv
	[ "$status" -eq 2 ]
	same 'iplabel: bad network "office", want an address or a network '\
'such as 10.0.0.0/8, or @FILE' "$stderr"
	runs iplabel --local @none rows.csv
	[ "$status" -eq 2 ]
	same 'iplabel: none: No such file or directory' "$stderr"
}

@test "of tables with the same label the longest prefix counts, then the later" {
	lines net,site 10.0.0.0/8,later 10.1.0.2,printer >more.csv
	runs iplabel --table sites.csv:net,site, --table more.csv rows.csv
	[ "$status" -eq 0 ]
	same time,src,dst,proto,len,src_site,dst_site "${lines[0]}"
	same 1.000000,10.0.0.1,10.0.0.2,TCP,100,later,later "${lines[1]}"
	same 2.000000,10.1.0.2,192.0.2.1,TLS,1500,printer, "${lines[2]}"
}

@test "of two lines with the same network the later counts, and it is said" {
	lines net,site 10.0.0.0/8,first 10.9.9.9/8,second >twice.csv
	runs iplabel --of src --table twice.csv rows.csv
	[ "$status" -eq 0 ]
	same 1.000000,10.0.0.1,10.0.0.2,TCP,100,second "${lines[1]}"
	same "iplabel: twice.csv: 1 network comes again: its last labels \
count" "$stderr"
}

@test "a table without a header, of ranges, compressed" {
	lines '10.0.0.0,10.0.255.255,64500,"A, Inc."' \
	    '2001:db8::,2001:db8::ffff,64501,B' | gzip >as.csv.gz
	runs iplabel --of src --table as.csv.gz:start,end,asn,as_name rows.csv
	[ "$status" -eq 0 ]
	same "time,src,dst,proto,len,src_asn,src_as_name
1.000000,10.0.0.1,10.0.0.2,TCP,100,64500,\"A, Inc.\"
2.000000,10.1.0.2,192.0.2.1,TLS,1500,,
3.000000,2001:db8::1,10.0.0.1,DNS,80,64501,B
4.000000,192.0.2.1,198.51.100.7,DNS,80,,
5.000000,,,ARP,42,," "$output"
}

@test "a bad table is told with its file and line, status 2, and no row is out" {
	lines net,site 10.0.0.0/8,a 10.0.0.0/33,b >bad.csv
	runs iplabel --table bad.csv rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	same 'iplabel: bad.csv:3: bad net "10.0.0.0/33", want an address or '\
'a network such as 10.0.0.0/8' "$stderr"
	runs iplabel --table none.csv rows.csv
	[ "$status" -eq 2 ]
	same 'iplabel: none.csv: No such file or directory' "$stderr"
	head -c 20 <(gzip <sites.csv) >cut.csv.gz
	runs iplabel --table cut.csv.gz rows.csv
	[ "$status" -eq 2 ]
	[ "$output" = "" ]
	[[ $stderr == *cut.csv.gz* ]]
	runs iplabel rows.csv
	[ "$status" -eq 2 ]
	same 'iplabel: want --table, --mmdb or --local' "$stderr"
}

@test "tables are read again on SIGHUP; a bad one leaves those in use" {
	lines net,site 10.0.0.0/8,old >t.csv
	lines 10.0.0.0/8 >own
	lines src,dst 10.0.0.1,10.0.0.2 >live.csv
	tail -n +1 -s 0.1 -F live.csv 2>tail.err 3>&- |
	    iplabel --of src --table t.csv --local @own >out 2>err 3>&- &
	until_true grep -q '^10.0.0.1,10.0.0.2,old,local' out
	lines net,site 10.0.0.0/8,new >t.csv
	lines 192.0.2.0/24 >own
	kill -HUP $!
	# The tables are read before the next wait: a row after it has them.
	next_row() {
		echo 10.0.0.1,10.0.0.3 >>live.csv
		grep -q '^10.0.0.1,10.0.0.3,new,through' out
	}
	until_true next_row
	lines net,site 10.0.0.0/8 >t.csv
	kill -HUP $!
	until_true grep -q 'iplabel: stdin: tables are not read again: t.csv:2: '\
'row has 1 cell, want 2' err
	lines net,place 10.0.0.0/8,other >t.csv
	kill -HUP $!
	until_true grep -q 'not read again: their labels are other ones' err
	echo 10.0.0.1,10.0.0.4 >>live.csv
	until_true grep -q '^10.0.0.1,10.0.0.4,new,through' out
	kill -TERM $!
	wait $! || [ $? -eq 1 ]
}

@test "a row is out before the next comes in" {
	mkfifo in
	iplabel --table sites.csv <in >out &
	exec 5>in
	lines src,dst 10.0.0.1,::1 >&5
	until_true grep -q '^10.0.0.1,::1,office' out
	exec 5>&-
	wait $!
}

@test "files with a header each, a header in between, none at all" {
	{ cat rows.csv; cat rows.csv; } >twice.csv
	iplabel --table sites.csv rows.csv >one.csv
	iplabel --table sites.csv twice.csv rows.csv >three.csv
	same "$(cat one.csv; tail -qn +2 one.csv one.csv)" "$(cat three.csv)"
	lines proto,len,src DNS,7,10.1.1.1 >other.csv
	runs iplabel --table sites.csv:net,site, rows.csv other.csv
	[ "$status" -eq 0 ]
	same ,10.1.1.1,,DNS,7,lab, "${lines[-1]}"
	tail -n +2 rows.csv >bare.csv
	runs iplabel --table sites.csv bare.csv
	same "$(cat one.csv)" "$output"
}

@test "labels that the rows have already are made anew" {
	iplabel --table sites.csv rows.csv >one.csv
	runs iplabel --table sites.csv one.csv
	[ "$status" -eq 0 ]
	same "$(cat one.csv)" "$output"
	lines net,zone 10.0.0.0/8,inside >zones.csv
	runs iplabel --of src --table zones.csv one.csv
	same "$(head -n 1 one.csv),src_zone" "${lines[0]}"
	same "$(sed -n 2p one.csv),inside" "${lines[1]}"
}

@test "sums take a label as a key" {
	iplabel --table sites.csv:net,site, rows.csv >labelled.csv
	runs toptalk --by src_site labelled.csv
	[ "$status" -eq 0 ]
	same "$(lines src_site,packets,bytes lab,1,1500 ,2,122 office,1,100 \
	    cloud,1,80)" "$output"
}

@test "--no-header, --verbose, an empty input, a bad row, a full disk" {
	runs iplabel --no-header --table sites.csv:net,site, rows.csv
	same 1.000000,10.0.0.1,10.0.0.2,TCP,100,office,office "${lines[0]}"
	runs iplabel -v --table sites.csv rows.csv
	same "$(lines 'iplabel: sites.csv: 3 networks' \
	    'iplabel: 5 rows labelled')" "$stderr"
	runs iplabel --table sites.csv:net,site, --local 10.0.0.0/8 /dev/null
	[ "$status" -eq 0 ]
	same time,src,dst,proto,len,src_site,dst_site,dir "$output"
	runs iplabel --table sites.csv:net,site, <<<'src,dst
10.0.0.1,::1
10.0.0.1'
	[ "$status" -eq 1 ]
	same "$(lines src,dst,src_site,dst_site 10.0.0.1,::1,office,)" "$output"
	same 'iplabel: stdin:3: row has 1 cell, want 2' "$stderr"
	run -3 bash -c 'iplabel --table sites.csv rows.csv >/dev/full'
	many 30000 >many.csv
	run bash -c 'iplabel --table sites.csv many.csv many.csv | head -n 1
	    echo "${PIPESTATUS[0]}"'
	same 141 "${lines[1]}"
}

@test "--proto, --since and --until drop the other rows" {
	runs iplabel --table sites.csv:net,site, --proto dns,tls --since 2 \
	    --until 1970-01-01T00:00:04Z rows.csv
	[ "$status" -eq 0 ]
	[ "$stderr" = "" ]
	same "$(lines time,src,dst,proto,len,src_site,dst_site \
	    2.000000,10.1.0.2,192.0.2.1,TLS,1500,lab, \
	    3.000000,2001:db8::1,10.0.0.1,DNS,80,cloud,office)" "$output"
	lines time,src,n 1.0,10.0.0.1,1 ,10.0.0.1,2 noon,10.0.0.1,3 \
	    time,src,n 9.0,10.0.0.1,4 2x,10.0.0.1,5 >odd.csv
	runs iplabel --table sites.csv:net,site, --of src --since 1 odd.csv
	[ "$status" -eq 1 ]
	same "$(lines time,src,n,src_site 1.0,10.0.0.1,1,office \
	    9.0,10.0.0.1,4,office)" "$output"
	[[ $stderr == *'odd.csv:4: bad time "noon", want seconds since '* ]]
	[[ $stderr == *'odd.csv:7: bad time "2x", want seconds since '* ]]
	[[ $stderr != *'odd.csv:3:'* ]]
	runs iplabel --local 10.0.0.0/8 --since x rows.csv
	[ "$status" -eq 2 ]
	[[ $stderr == 'iplabel: bad since "x", want '* ]]
}
