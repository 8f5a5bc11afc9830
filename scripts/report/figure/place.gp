# place.gp - where a panel of bars is: panel (its number), label (the labels'
# width) and end_room (the width of the text at the end), in pixels
# The longest bar has the value most; the bars have slots from 1 on.
left = word(lefts, panel) + 0
top = word(tops, panel) + 0
bar_room = wide - label - end_room
if (bar_room < 40) { bar_room = 40 }
set lmargin at screen (left + label) / W
set rmargin at screen (left + wide) / W
set tmargin at screen 1 - (top + 40) / H
set bmargin at screen 1 - (top + 290) / H
set xrange [0 : most * (wide - label) / bar_room]
set yrange [slots + 0.6 : 0.4]
