# figure.gp - the six panels of the report, for any terminal already set
# Reads tables in the working directory; all outside text is in them.
# SPDX-License-Identifier: ISC
set datafile separator tab
set border 0
unset key
unset tics
W = 1200.0
H = 1080.0
BOLD = FONT.':Bold'
NAMES = FONT.',9'
style(s) = strcol(4) eq s ? column(1) : NaN
load 'colours.gp'
load 'axes.gp'
set multiplot
load 'words.gp'

label = names; slots = names_slots; top = 76; end_room = 125
left = 20; file = 'packets.tsv'; most = packets_most; load 'bars.gp'
left = 615; file = 'bytes.tsv'; most = bytes_most; load 'bars.gp'
label = hosts; slots = hosts_slots; top = 726
left = 20; most = sources_most; load 'sources.gp'
left = 615; end_room = flagged_room
file = 'flagged.tsv'; most = flagged_most; load 'bars.gp'
if (exists('from')) { load 'time.gp' }
unset multiplot
