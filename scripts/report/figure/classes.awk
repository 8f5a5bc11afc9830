# classes.awk - one class a protocol, the same in every panel
# In: suspicious.csv, protocols.csv (by bytes).  Out: proto, class, by tabs:
# suspicious; calm-1 to calm-5 for the five largest others; rest.
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }
FNR == 1 { file++; next }
file == 1 { suspicious[$1]; print $1 "\tsuspicious"; next }
!($1 in suspicious) { print $1 "\t" (calm < 5 ? "calm-" ++calm : "rest") }
