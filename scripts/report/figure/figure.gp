# figure.gp - the six panels of the report, for any terminal already set
# Reads tables in the working directory; all outside text is in them.
# SPDX-License-Identifier: ISC
set datafile separator tab
set border 0
unset key
unset tics
# Panels are two in a row, or one below the other on a phone: left and top of
# each, and its width.  text.awk and panels.awk know the same places.
W = narrow ? 380.0 : 1200.0
H = narrow ? 1960.0 : 1080.0
lefts = narrow ? '0 0 0 0 0 0' : '20 615 20 615 20 615'
tops = narrow ? '0 300 600 920 1330 1640' : '76 76 392 392 726 726'
wide = narrow ? 380.0 : 565.0
BOLD = FONT.':Bold'
NAMES = FONT.',9'
style(s) = strcol(4) eq s ? column(1) : NaN
load 'colours.gp'
load 'axes.gp'
set multiplot
load 'words.gp'

label = names; slots = names_slots; end_room = 125
panel = 1; file = 'packets.tsv'; most = packets_most; load 'bars.gp'
panel = 2; file = 'bytes.tsv'; most = bytes_most; load 'bars.gp'
label = hosts; slots = hosts_slots
panel = 5; most = sources_most; load 'sources.gp'
end_room = flagged_room
panel = 6; file = 'flagged.tsv'; most = flagged_most; load 'bars.gp'
if (exists('from')) { load 'time.gp' }
unset multiplot
