# place.gp - where a panel of bars is: left, top, label (the labels' width) and
# end_room (the width of the text at the end), in pixels
# The longest bar has the value most; the bars have slots from 1 on.
set lmargin at screen (left + label) / W
set rmargin at screen (left + 565) / W
set tmargin at screen 1 - (top + 40) / H
set bmargin at screen 1 - (top + 290) / H
set xrange [0 : most * (565.0 - label) / (565.0 - label - end_room)]
set yrange [slots + 0.6 : 0.4]
