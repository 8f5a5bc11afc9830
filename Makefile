# pktpipe: the programs, their tests, their installation.  GNU make.
VERSION	= 0.1.0
CC	?= cc
CFLAGS	?= -O3 -g
B	?= build
FUZZ_TIME ?= 10
FUZZ_SEED ?= 0
GOAL	?= check

# Large files, and times after 2038, on 32-bit processors, too.
WORDS	= -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
STD	= -std=c11 -D_GNU_SOURCE $(WORDS) -DPKTPIPE_VERSION='"$(VERSION)"' -Icommon
# Sets of rules are vectors: without SSE, GCC warns that it passed them in
# another way before 4.6 (psabi).
WARN	= -Wall -Wextra -Wshadow -Wpointer-arith -Wcast-qual -Wundef \
	  -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
	  -Wformat=2 -Wimplicit-fallthrough -Wno-psabi \
	  $(if $(WERROR),-Werror)
HARDEN	= $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer, \
	  -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong) -fPIE
HARDLD	= -pie $(if $(SANITIZE),-fsanitize=$(SANITIZE), \
	  -Wl,-z,relro,-z,now)

# Live capture is confined by libseccomp where there is one; SECCOMP= for not.
SECCOMP	:= $(shell $(CC) -E -include seccomp.h -x c /dev/null >/dev/null \
	  2>&1 && echo 1)

# The rooms of common/: an archive each.  CONTRIBUTING.md has the drawing.
ROOMS	= base csv tally decode capture clean detect plot nets pick \
	  label baseline connect

# What the code of a room is linked with: its archive and those below it.  An
# include or a call that goes another way fails the link.
of_base	= base
of_csv	= csv $(of_base)
of_tally = tally $(of_csv)
of_decode = decode $(of_base)
of_capture = capture $(of_decode)
of_clean = clean $(of_csv)
of_detect = detect nets $(of_tally)
of_plot	= plot pick nets $(of_tally)
of_nets	= nets $(of_csv)
of_pick	= pick $(of_nets)
of_label = label $(of_nets)
of_baseline = baseline $(of_tally)
of_connect = connect $(of_tally)
archives = $(of_$1:%=$B/%.a)

PROGS	= $(patsubst cmd/%.c,$B/%,$(wildcard cmd/*.c))
UNITS	= $(patsubst tests/unit/%.c,$B/unit/%,$(wildcard tests/unit/*/*.c))
FUZZERS	= $(patsubst tests/fuzz/%.c,$B/fuzz/%,$(wildcard tests/fuzz/*.c))

all: $(PROGS)

$B/pcap2csv: $(call archives,capture)
$B/csvclean: $(call archives,clean)
$B/protobw $B/ratebw $B/toptalk: $(call archives,tally)
$B/ipflag: $(call archives,detect)
$B/liveplot: $(call archives,plot)
$B/rowpick: $(call archives,pick)
$B/iplabel: $(call archives,label)
$B/rateflag: $(call archives,baseline)
$B/flowbw: $(call archives,connect)

$B/pcap2csv $B/unit/capture/% $B/fuzz/%: LDLIBS += -ldl \
	  $(if $(SECCOMP),-lseccomp)
$B/liveplot $B/rateflag $B/unit/plot/% $B/unit/baseline/% \
    $B/fuzz/%: LDLIBS += -lm
$B/iplabel $B/unit/label/% $B/fuzz/%: LDLIBS += -lmaxminddb
# A packet of libpcap has a time of the size that libpcap was built with.
$B/common/capture/capdev.o $B/common/capture/capfilter.o: WORDS =
$B/common/capture/confine.o: CPPFLAGS += $(if $(SECCOMP),-DHAVE_SECCOMP)
# What the tests call is optimised; they are not, which takes a third of the
# time.
$B/tests/unit/%.o $B/tests/fuzz/%.o: CPPFLAGS += -Itests/unit
$B/tests/unit/%.o: PLAIN = -O0 -U_FORTIFY_SOURCE

COMPILE	= $(CC) $(CPPFLAGS) $(STD) $(WARN) $(CFLAGS) $(HARDEN) $(PLAIN) \
	  -MMD -MP -c -o $@ $<
LINK	= $(CC) $(CFLAGS) $(HARDLD) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$B/%: $B/cmd/%.o
	$(LINK)
define room
$B/$1.a: $(patsubst %.c,$B/%.o,$(wildcard common/$1/*.c))
	@rm -f $$@
	$$(AR) -rcs $$@ $$^
$B/unit/$1/%: $B/tests/unit/$1/%.o $(call archives,$1)
	@mkdir -p $$(@D)
	$$(LINK)
endef
$(foreach r,$(ROOMS),$(eval $(call room,$r)))
# $+ has base.a behind each room, $^ behind the first alone.
$B/fuzz/%: $B/tests/fuzz/%.o $(call archives,capture) $(call archives,clean) \
    $(call archives,detect) $(call archives,pick) $(call archives,label) \
    $(call archives,connect) $(call archives,baseline) $(call archives,plot)
	@mkdir -p $(@D)
	$(subst $^,$+,$(LINK)) -fsanitize=fuzzer
$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(COMPILE)

# The report's table of suspicious protocols is liveplot's too.
SUSPICIOUS = $B/common/plot/suspicious_table
$B/plot.a: $(SUSPICIOUS).o
$(SUSPICIOUS).o: $(SUSPICIOUS).c
	$(COMPILE)
$(SUSPICIOUS).c: scripts/report/suspicious.tsv Makefile
	@mkdir -p $(@D)
	awk -F '\t' 'BEGIN { print "#include \"plot/suspicious.h\"\n" \
	    "const struct suspicious suspicious_table[] = {" } \
	    !/^#/ { printf "\t{ \"%s\", %d, \"%s\" },\n", $$1, $$2, $$3 } \
	    END { print "\t{ NULL, 0, NULL }\n};" }' $< >$@

# A report of a capture, its tables on the terminal.
demo:
	@$(MAKE) -s --no-print-directory all
	@PATH="$(abspath $B):$(CURDIR)/scripts:$$PATH" tests/demo $B/demo

# The sanitizers need not see the tests of scripts and of packaging, nor how
# thousands of answers compare with those of other programs, nor which attacks
# the rules find: each program has its own tests, and damaged captures.  Nor do
# they see those of the tag "compared", whose answers are a slow search's.
OF_SCRIPTS = $(wildcard tests/pktpipe-*.bats) tests/install.bats \
	  tests/packaging.bats tests/recipes.bats tests/answers.bats \
	  tests/confined.bats tests/faults.bats tests/memory.bats \
	  tests/readme.bats tests/questions.bats tests/alerts.bats \
	  tests/ipflag-attacks.bats tests/hostile.bats tests/man.bats
# Those that take longest start first, so that none runs alone at the end.
LONGEST	= tests/pktpipe-live.bats tests/pktpipe-web-viewers.bats \
	  tests/pktpipe-web-frames.bats tests/pktpipe-web.bats tests/pktpipe-report.bats \
	  tests/live.bats tests/alerts.bats
TESTS	= $(filter-out $(if $(SANITIZE),$(OF_SCRIPTS)),$(LONGEST) \
	  $(filter-out $(LONGEST),$(wildcard tests/*.bats)))

check: all $(UNITS)
	@PKTPIPE_BIN=$(abspath $B) TAGS='$(if $(SANITIZE),!compared)' \
	    tests/run $(TESTS) $(UNITS)

check-unit: $(UNITS)
	@tests/run $(UNITS)

# The dashboard in a browser: the longest first.  Most of them wait.
BROWSER	= $(patsubst %,tests/browser/%.bats,stream everyone dashboard who)
check-browser: all
	@PKTPIPE_BIN=$(abspath $B) JOBS=$${JOBS:-$$((2 * $$(nproc)))} tests/run \
	    $(BROWSER) $(filter-out $(BROWSER),$(wildcard tests/browser/*.bats))

# The units under a systemd that is booted for them.
check-boot: all
	@PKTPIPE_BIN=$(abspath $B) tests/run $(wildcard tests/boot/*.bats)

lint:
	@CC="$(CC)" FLAGS='$(filter-out -DPKT%,$(STD)) $(WARN)' tests/run tests/lint

# The tests on programs that stop at undefined behaviour: CC=gcc or clang.
# GOAL=all only builds the programs.  What clang builds can be fuzzed, too.
# What is large links in half the time with debug information of lines alone and
# with LLD, if it is there.
comma	= ,
FUZZED	= $(if $(findstring clang,$(CC)),$(comma)fuzzer-no-link)
LLD	= $(shell command -v ld.lld >/dev/null && echo -fuse-ld=lld)
sanitize:
	@ASAN_OPTIONS=detect_stack_use_after_return=1 $(MAKE) --no-print-directory \
	    B=$B/sanitize-$(notdir $(CC)) SANITIZE=address,undefined$(FUZZED) \
	    CFLAGS="-O1 -g1 -fno-sanitize-recover=all" LDFLAGS="$(LDFLAGS) $(LLD)" \
	    $(GOAL)

# Random input for FUZZ_TIME seconds a harness, from the captures onwards.
fuzz:
	@$(MAKE) --no-print-directory sanitize CC=clang GOAL=fuzz-run
fuzz-run: $(FUZZERS) \
    $(addprefix $B/unit/decode/,packet packet_link packet_tunnel)
	@tests/fuzz/run $B $(FUZZ_TIME) $(FUZZ_SEED)

bench: all
	PATH="$(abspath $B):$$PATH" tests/bench/run

# Asks tshark anew for the CSV that the tests expect of each capture.
golden:
	@for f in tests/data/*.pcap tests/data/*.pcapng; do \
	    tests/data/lab/truth $$f || exit; done

dist:
	mkdir -p $B
	git archive --prefix=pktpipe-$(VERSION)/ -o $B/pktpipe-$(VERSION).tar.gz \
	    HEAD

clean:
	rm -rf $B

.PHONY: all demo check check-unit check-browser check-boot lint sanitize \
	fuzz fuzz-run bench golden dist clean
.SECONDARY:
# PREFIX and DESTDIR; install, uninstall, install-caps.
include scripts/packaging/install.mk
# Not those of another build within, which may run at the same time.
-include $(shell find $B -path '$B/sanitize-*' -prune -o -name '*.d' -print \
	  2>/dev/null)
