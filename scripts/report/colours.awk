# colours.awk - one colour a protocol, the same in every panel
# In: suspicious.csv, protocols.csv (by bytes).  Out: proto, colour, by tabs.
# Red is for the suspicious; five calm colours (after Paul Tol, safe for the
# colour-blind beside this red) for the largest; grey for all others.
# SPDX-License-Identifier: ISC
BEGIN {
	FS = ","
	split("0x4477AA 0x88CCEE 0x44AA99 0xDDCC77 0x332288", calm, " ")
}
FNR == 1 { file++; next }
file == 1 { red[$1]; print $1 "\t0xCC3311\tsuspicious"; next }
!($1 in red) && used < 5 { print $1 "\t" calm[++used]; next }
!($1 in red) { print $1 "\t0xBBBBBB" }
