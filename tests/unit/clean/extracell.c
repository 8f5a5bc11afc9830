/*
 * extracell - ports and flags as tshark, pandas and scapy write them
 *
 * SPDX-License-Identifier: ISC
 */
#include "clean/extracell.h"
#include "tap.h"

static void
becomes(enum dialect_role role, const char *cell, const char *want)
{
	char text[EXTRACELL_TEXT_MAX];
	struct slice s = { cell, strlen(cell) };

	ok(extracell_read(role, &s, text), "\"%s\" is read", cell);
	same_text(s.at, s.len, want, "\"%s\" becomes \"%s\"", cell, want);
}

static void
stays(enum dialect_role role, const char *cell)
{
	char text[EXTRACELL_TEXT_MAX];
	struct slice s = { cell, strlen(cell) };

	ok(!extracell_read(role, &s, text) && s.at == cell &&
	    s.len == strlen(cell), "\"%s\" is bad and stays", cell);
}

/* Whether a cell that is canonical is read as it stands, if it is; counted. */
static bool
is_kept(enum dialect_role role, const char *cell, size_t n, unsigned *count)
{
	static char room[16 + SLICE_SLACK];
	char text[EXTRACELL_TEXT_MAX];
	struct slice s = { room, n };

	memcpy(room, cell, n);
	if (!extracell_is_canonical(role, s))
		return true;
	(*count)++;
	return extracell_read(role, &s, text) && s.len == n &&
	    memcmp(s.at, cell, n) == 0;
}

static void
canonical(void)
{
	static const char bytes[] = "FSRPAUECNYKfs0129x.*-, \"";
	const size_t n = sizeof(bytes) - 1;
	unsigned ports = 0, flags = 0, others = 0, bad = 0, i;
	char cell[16];
	size_t j, k;

	for (i = 0; i < 100000; i++)
		bad += !is_kept(ROLE_SPORT, cell, (size_t)sprintf(cell, "%u",
		    i), &ports);
	for (i = 0; i < n * n * n * n; i++) {
		for (j = 0, k = i; j < 4; j++, k /= n)
			cell[j] = bytes[k % n];
		for (j = 0; j <= 4; j++) {
			bad += !is_kept(ROLE_FLAGS, cell, j, &flags);
			bad += !is_kept(ROLE_DPORT, cell, j, &others);
		}
	}
	same_int(bad, 0, "what is canonical is read as it stands");
	same_int(ports, 65536, "all ports are canonical");
	ok(flags > 0 && others > 0, "and some flags, and some of any cells");
}

int
main(void)
{
	static const char *const ports[] = { "443", "443.0", " 443", "443 ",
	    "443.000", "0443", "0x01bb", "80,443", "80;443", "80|443",
	    "80, 443.0", "80 443" };
	static const char *const syn[] = { "S", "0x0002", "0x002", "2", "2.0",
	    "\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7S\xc2\xb7",
	    "*******S*", ".......S.", "..........S.", "SYN", "[SYN]",
	    "0x0010,0x0002", "..........S.,..........S." };
	static const char *const syn_ack[] = { "SA", "AS", "0x012", "0x0012",
	    "18", "18.0", ".......A..S.", "[SYN, ACK]", "SYN|ACK",
	    "SYN ACK", "0x112" };
	size_t i;

	for (i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		becomes(ROLE_DPORT, ports[i], "443");
	becomes(ROLE_SPORT, "", "");
	becomes(ROLE_SPORT, " ", "");
	becomes(ROLE_SPORT, "0", "0");
	becomes(ROLE_SPORT, "65535.0", "65535");
	stays(ROLE_SPORT, "65536");
	stays(ROLE_SPORT, "-1");
	stays(ROLE_SPORT, "https");
	stays(ROLE_SPORT, "443.5");
	stays(ROLE_SPORT, ".0");
	stays(ROLE_SPORT, "0x10000");
	stays(ROLE_SPORT, "0x");
	for (i = 0; i < sizeof(syn) / sizeof(syn[0]); i++)
		becomes(ROLE_FLAGS, syn[i], "S");
	for (i = 0; i < sizeof(syn_ack) / sizeof(syn_ack[0]); i++)
		becomes(ROLE_FLAGS, syn_ack[i], "SA");
	becomes(ROLE_FLAGS, "0x00ff", "FSRPAUEC");
	becomes(ROLE_FLAGS, "CEUAPRSF", "FSRPAUEC");
	becomes(ROLE_FLAGS, "0x0000", "");
	becomes(ROLE_FLAGS, "............", "");
	becomes(ROLE_FLAGS, "RRRNCEUAPRSF", "FSRPAUEC");
	becomes(ROLE_FLAGS, "R", "R");
	becomes(ROLE_FLAGS, ".........R..", "R");
	becomes(ROLE_FLAGS, "", "");
	stays(ROLE_FLAGS, "0x1000");
	stays(ROLE_FLAGS, "4096");
	stays(ROLE_FLAGS, "XYZ");
	stays(ROLE_FLAGS, "S.......");
	stays(ROLE_FLAGS, "Set");
	canonical();
	return tap_done();
}
