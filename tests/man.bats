#!/usr/bin/env bats
# The manual says what the programs do: synopses and options.  Its examples:
# see readme.bats.

load helper

# Each program that has a page.
programs() {
	local page

	for page in "$ROOT"/man/*.1; do
		basename "$page" .1
	done
}

@test "every program and script has a page" {
	local f

	for f in "$ROOT"/cmd/*.c "$ROOT"/scripts/pktpipe-*; do
		[ -e "$f" ] || continue
		f=${f##*/}
		[ -f "$ROOT/man/${f%.c}.1" ] || { echo "no page: $f"; false; }
	done
}

@test "every long option of a program is on its page, and no other" {
	local p used said headers

	for p in "$ROOT"/cmd/*.c; do
		p=${p##*/}
		p=${p%.c}
		# Options that programs share are in the headers they include.
		mapfile -t headers < <(sed -n \
		    "s,^#include \"\(.*\)\",$ROOT/common/\\1,p" \
		    "$ROOT/cmd/$p.c")
		used=$(sed -n 's/^.*{ "\([a-z-]*\)", [a-z]*_argument.*/\1/p' \
		    "$ROOT/cmd/$p.c" "${headers[@]}" | sort -u)
		said=$(sed -n 's/^\.It Fl \(. , \(Fl \)\{0,1\}\)\{0,1\}-\([a-z-]*\).*/\3/p' \
		    "$ROOT/man/$p.1" | sort)
		diff <(echo "$used") <(echo "$said") || { echo "in $p"; false; }
	done
}

@test "the usage text has the letters and options of the synopsis" {
	local p usage synopsis

	for p in $(programs); do
		case $p in pktpipe-*) continue ;; esac
		usage=$("$p" --help | grep -oE -e '--[a-z-]+' | sort -u)
		synopsis=$(sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/p' \
		    "$ROOT/man/$p.1" | grep -oE 'Fl -[a-z-]+' |
		    sed 's/Fl /-/' | sort -u)
		diff <(echo "$usage") <(echo "$synopsis") ||
		    { echo "in $p"; false; }
	done
}

@test "the pages of programs have the same form" {
	local page options

	for page in "$ROOT"/man/*.1; do
		grep -qx '\.Os pktpipe' "$page"
		same "$(printf '%s\n' NAME SYNOPSIS DESCRIPTION "EXIT STATUS" \
		    EXAMPLES DIAGNOSTICS "SEE ALSO" CAVEATS)" \
		    "$(sed -n 's/^\.Sh //p' "$page" | grep -vx FILES)"
		grep -A 2 '^\.Sh EXIT' "$page" | grep -q '^\.Xr pktpipe 7'
		# With a letter by letter, then those with a name only by name.
		options=$(sed -n 's/^\.It Fl \([^ ]*\).*/\1/p' "$page")
		same "$(grep -v ^- <<<"$options" | sort -f
		    grep ^- <<<"$options" | sort)" "$options"
		grep -qx '\.It Fl h , -help' "$page"
		grep -qx '\.It Fl V , -version' "$page"
	done
}

@test "the options of the suite are in the order of their names" {
	local names

	names=$(sed -n 's/^\.It .* Ta Fl -\([a-z-]*\) .*/\1/p' \
	    "$ROOT/man/pktpipe.7")
	# Those with a letter come first, by letter.
	names=$(sed '1,/^write$/d' <<<"$names")
	[ -n "$names" ]
	same "$(sort <<<"$names")" "$names"
}
