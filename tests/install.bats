#!/usr/bin/env bats
# make install and uninstall, completions, units and examples
# SPDX-License-Identifier: ISC

load helper

setup_file() {
	make -C "$ROOT" -s install "B=${PKTPIPE_BIN:-build}" PREFIX=/usr \
	    DESTDIR="$BATS_FILE_TMPDIR/root" > /dev/null
}

setup() {
	USR=$BATS_FILE_TMPDIR/root/usr
}

# Each program and script of the suite.
commands() {
	local f

	for f in "$ROOT"/cmd/*.c "$ROOT"/scripts/pktpipe-*; do
		f=${f##*/}
		echo "${f%.c}"
	done
}

# offered COMMAND WORD...: what bash offers for the last word.
offered() {
	# shellcheck disable=SC2016  # for the other shell to expand
	bash -c '. "$1"
	    shift
	    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
	    "_pktpipe_${1//-/_}" "$1" "${!#}" "${@: -2:1}"
	    printf "%s\n" "${COMPREPLY[@]}"' complete \
	    "$USR/share/bash-completion/completions/$1" "$@"
}

@test "installed are programs, pages, what scripts read, and completions" {
	local c f

	for c in $(commands); do
		[ -x "$USR/bin/$c" ]
		[ -s "$USR/share/man/man1/$c.1" ]
		[ -s "$USR/share/bash-completion/completions/$c" ]
		[ -s "$USR/share/zsh/site-functions/_$c" ]
		[ -s "$USR/share/fish/vendor_completions.d/$c.fish" ]
	done
	for f in lib/page.css doc/pktpipe/LICENSE \
	    doc/pktpipe/examples/crontab; do
		[ -s "$USR/share/pktpipe/$f" ] || [ -s "$USR/share/$f" ]
	done
	[ -s "$USR/lib/systemd/system/pktpipe-record@.service" ]
	[ ! -e "$USR/share/pktpipe/packaging" ]
	[ ! -e "$USR/share/pktpipe/setup" ]
}

@test "uninstall leaves no file, and spares those of others" {
	local copy=$BATS_TEST_TMPDIR/root

	cp -a "$BATS_FILE_TMPDIR/root" "$copy"
	echo mine > "$copy/usr/bin/mine"
	make -C "$ROOT" -s uninstall "B=${PKTPIPE_BIN:-build}" PREFIX=/usr \
	    DESTDIR="$copy"
	same "$copy/usr/bin/mine" "$(find "$copy" ! -type d)"
}

@test "install-caps asks for the one right, of the installed program" {
	local fake=$BATS_TEST_TMPDIR/fake

	mkdir "$fake"
	# shellcheck disable=SC2016  # for the fake to expand
	printf '#!/bin/sh\necho "$@"\n' > "$fake/setcap"
	chmod +x "$fake/setcap"
	PATH=$fake:$PATH runs make -C "$ROOT" -s install-caps \
	    PREFIX=/opt DESTDIR=/x
	[ "$status" -eq 0 ]
	same "cap_net_raw+ep /x/opt/bin/pcap2csv" "$output"
}

@test "bash offers the options that the help has, and their values" {
	local c want

	for c in $(commands); do
		want=$("$c" --help 2>&1 | grep -oE -e '--[a-z][a-z-]*' |
		    sort -u)
		# Long names of letters are offered too, so: none is missing.
		same "" "$(comm -23 <(echo "$want") \
		    <(offered "$c" -- | grep -e -- | sort -u))"
		same --help "$(offered "$c" --hel)"
	done
	same "$(printf '%s\n' --since --sorted)" \
	    "$(offered csvclean --s)"
	same "$(printf '%s\n' epoch iso sheet)" "$(offered csvclean --time '')"
	same iso "$(offered csvclean --time = i)"
	same "" "$(offered pcap2csv --count '')"
	same sport "$(offered pcap2csv -e spo)"
	same "" "$(offered csvclean --time-format '')"
	# No shell reads the name of an interface.
	cd "$BATS_TEST_TMPDIR"
	lines '#!/bin/sh' "echo '\$(>ran) up'" "echo 'q\"x.1 up'" >pcap2csv
	chmod +x pcap2csv
	same "$(lines "\$(>ran)" 'q"x.1')" \
	    "$(PATH=$PWD:$PATH offered pktpipe-live -i '')"
	[ ! -e ran ]
}

@test "bash offers files, with blanks in their names too" {
	cd "$BATS_TEST_TMPDIR"
	touch 'a b.pcap' ab.csv
	mkdir adir
	same "$(printf '%s\n' 'a b.pcap' ab.csv adir)" \
	    "$(offered protobw a | sort)"
	same adir "$(offered pktpipe-report -o a)"
	same adir "$(offered pktpipe-notify --spool a)"
	same adir "$(offered pktpipe-web --history a)"
}

# zsh_types KEYS: the line after these keys in a real, interactive zsh.
zsh_types() {
	# shellcheck disable=SC2016  # for zsh to expand
	timeout 120 zsh -f -c '
	    zmodload zsh/zpty
	    zpty z "zsh -f -i"
	    zpty -w z "fpath=($1 \$fpath); autoload -Uz compinit; compinit -D -u
	    dump() { print -r -- \$BUFFER > $2.new; mv $2.new $2 }
	    zle -N dump; bindkey \"^X\" dump; bindkey \"^I\" complete-word"
	    zpty -w -n z "$3"$'\''\t\x18'\''
	    while [[ ! -e $2 ]] zpty -r -t z > /dev/null || sleep 0.05
	    cat $2' types "$USR/share/zsh/site-functions" \
	    "$BATS_TEST_TMPDIR/line" "$1"
	rm "$BATS_TEST_TMPDIR/line"
}

@test "zsh completes an option and a value" {
	local f

	for f in "$USR"/share/zsh/site-functions/*; do zsh -n "$f"; done
	cd "$BATS_TEST_TMPDIR"
	same "csvclean --rejects=" "$(zsh_types 'csvclean --rej')"
	same "csvclean --time iso " "$(zsh_types 'csvclean --time i')"
	same "pcap2csv -e sport " "$(zsh_types 'pcap2csv -e spo')"
	same "ipflag --rules a --rules=" "$(zsh_types 'ipflag --rules a --ru')"
}

@test "fish completes an option and a value" {
	local f

	cd "$USR/share/fish/vendor_completions.d"
	export HOME=$BATS_TEST_TMPDIR
	for f in *; do fish -n "$f"; done
	same --rejects "$(fish -c "source csvclean.fish
	    complete -C 'csvclean --rej'" | cut -f 1)"
	same "$(printf '%s\n' epoch iso sheet)" "$(fish -c \
	    "source csvclean.fish; complete -C 'csvclean --time '" | cut -f 1)"
	same sport "$(fish -c "source pcap2csv.fish
	    complete -C 'pcap2csv -e spo'" | cut -f 1)"
}
