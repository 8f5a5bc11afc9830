# bars.gp - one panel of bars, of the table file; place.gp says where
# Columns: slot, value, class, label, text at the end.
load 'place.gp'
if (most > 0) {
	plot file using (0):1:(0):2:($1-0.34):($1+0.34): \
	             (colour(strcol(3))) \
	         with boxxyerror fillstyle solid 1 noborder linecolor rgb variable, \
	     '' using (0):1:4:(ink(strcol(3))) with labels right offset character -0.8,0 \
	         font NAMES textcolor rgb variable, \
	     '' using 2:1:5 with labels left offset character 0.6,0 \
	         font NAMES textcolor rgb '#444444'
}
