# install.mk - what goes where; the Makefile includes it
# SPDX-License-Identifier: ISC
PREFIX	?= /usr/local
DESTDIR	?=
BINDIR	= $(DESTDIR)$(PREFIX)/bin
MANDIR	= $(DESTDIR)$(PREFIX)/share/man
SHAREDIR = $(DESTDIR)$(PREFIX)/share/pktpipe
DOCDIR	= $(DESTDIR)$(PREFIX)/share/doc/pktpipe
BASHDIR	= $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSHDIR	= $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISHDIR	= $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
UNITDIR	= $(DESTDIR)$(PREFIX)/lib/systemd/system

SCRIPTS	= $(wildcard scripts/pktpipe-*)
# What scripts read: their parts, gnuplot files, rules and the web pages.
SHARED	= $(shell find scripts -mindepth 2 -type f \
	  ! -path 'scripts/packaging/*' ! -path 'scripts/completions/*')
MANS	= $(wildcard man/*.[157])
DOCS	= $(wildcard *.md) LICENSE
EXAMPLES = $(wildcard scripts/packaging/examples/*)
UNITS_OF_SYSTEMD = $(wildcard scripts/packaging/systemd/*)
COMMANDS = $(notdir $(PROGS) $(SCRIPTS))
COMPLETIONS = $B/completions

# Made from what --help says, so the programs must run on this machine.
$(COMPLETIONS)/made: $(PROGS) $(SCRIPTS) man/pktpipe.7 \
    $(wildcard scripts/completions/*)
	PATH="$(abspath $B):$(CURDIR)/scripts:$$PATH" scripts/completions/make \
	    $(@D) $(COMMANDS)
	@touch $@

install: all $(COMPLETIONS)/made
	install -d $(BINDIR) $(DOCDIR)/examples $(BASHDIR) $(ZSHDIR) \
	    $(FISHDIR) $(UNITDIR)
	install $(PROGS) $(SCRIPTS) $(BINDIR)
	install -m 644 $(DOCS) $(DOCDIR)
	install -m 644 $(EXAMPLES) $(DOCDIR)/examples
	install -m 644 $(UNITS_OF_SYSTEMD) $(UNITDIR)
	install -m 644 $(COMMANDS:%=$(COMPLETIONS)/bash/%) $(BASHDIR)
	install -m 644 $(COMMANDS:%=$(COMPLETIONS)/zsh/_%) $(ZSHDIR)
	install -m 644 $(COMMANDS:%=$(COMPLETIONS)/fish/%.fish) $(FISHDIR)
	for f in $(MANS); do \
	    install -D -m 644 -t $(MANDIR)/man$${f##*.} $$f || exit; done
	for f in $(SHARED:scripts/%=%); do install -D -m \
	    `test -x scripts/$$f && echo 755 || echo 644` \
	    scripts/$$f $(SHAREDIR)/$$f || exit; done

# Capture by those who may run it, without root.
install-caps:
	setcap cap_net_raw+ep $(BINDIR)/pcap2csv

# Only what install brought: other things lie in the same directories.
uninstall:
	cd $(BINDIR) && rm -f $(COMMANDS)
	cd $(BASHDIR) && rm -f $(COMMANDS)
	cd $(ZSHDIR) && rm -f $(COMMANDS:%=_%)
	cd $(FISHDIR) && rm -f $(COMMANDS:%=%.fish)
	cd $(UNITDIR) && rm -f $(notdir $(UNITS_OF_SYSTEMD))
	for f in $(notdir $(MANS)); do rm -f $(MANDIR)/man$${f##*.}/$$f; done
	rm -rf $(SHAREDIR) $(DOCDIR)

.PHONY: install install-caps uninstall
