# pktpipe: the programs, their tests, their installation.  GNU make.
VERSION	= 0.1.0
PREFIX	?= /usr/local
DESTDIR	?=
CC	?= cc
CFLAGS	?= -O2 -g
B	?= build

STD	= -std=c11 -D_GNU_SOURCE -DPKTPIPE_VERSION='"$(VERSION)"' -Icommon
WARN	= -Wall -Wextra -Wshadow -Wpointer-arith -Wcast-qual -Wundef \
	  -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
	  -Wformat=2 -Wimplicit-fallthrough $(if $(WERROR),-Werror)
HARDEN	= $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer, \
	  -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong) -fPIE
HARDLD	= -pie $(if $(SANITIZE),-fsanitize=$(SANITIZE), \
	  -Wl,-z,relro,-z,now)

PROGS	= $(patsubst cmd/%.c,$B/%,$(wildcard cmd/*.c))
UNITS	= $(patsubst tests/unit/%.c,$B/unit/%,$(wildcard tests/unit/*.c))
COMMON	= $(patsubst common/%.c,$B/common/%.o,$(wildcard common/*.c))

all: $(PROGS)

$B/%: $B/cmd/%.o $B/libcommon.a
	$(CC) $(CFLAGS) $(HARDLD) $(LDFLAGS) -o $@ $< $B/libcommon.a $(LDLIBS)
$B/pcap2csv: LDLIBS += -lpcap
$B/unit/%: $B/tests/unit/%.o $B/libcommon.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(HARDLD) $(LDFLAGS) -o $@ $< $B/libcommon.a $(LDLIBS)
$B/libcommon.a: $(COMMON)
	$(AR) -rcs $@ $^
$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(STD) $(WARN) $(CFLAGS) $(HARDEN) -MMD -MP -c -o $@ $<

clean:
	rm -rf $B

.PHONY: all clean
.SECONDARY:
-include $(shell find $B -name '*.d' 2>/dev/null)
