# bars.gp - one panel of bars: file, left, top, label (the labels' width) and
# end_room (the width of the text at the end)
# Columns: slot, value, class, label, text at the end.
set lmargin at screen (left + label) / W
set rmargin at screen (left + 565) / W
set tmargin at screen 1 - (top + 40) / H
set bmargin at screen 1 - (top + 290) / H
set xrange [0 : most * (565.0 - label) / (565.0 - label - end_room)]
set yrange [slots + 0.6 : 0.4]
gap = most / 90.0
if (most > 0) {
	plot file using (0):1:(0):2:($1-0.34):($1+0.34): \
	             (colour(strcol(3))) \
	         with boxxyerror fillstyle solid 1 noborder linecolor rgb variable, \
	     '' using (0):1:4:(ink(strcol(3))) with labels right offset character -0.8,0 \
	         font NAMES textcolor rgb variable, \
	     '' using 2:1:5 with labels left offset character 0.6,0 \
	         font NAMES textcolor rgb '#444444'
}
