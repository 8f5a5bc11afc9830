# sources.gp - the panel of the busiest sources: bars stacked by protocol
# Columns: slot, from, to, class; on a source's last row also label, text.
load 'place.gp'
if (most > 0) {
	plot 'sources.tsv' using 2:1:2:3:($1-0.34):($1+0.34): \
	             (colour(strcol(4))) \
	         with boxxyerror fillstyle solid 1 noborder linecolor rgb variable, \
	     '' using (0):1:5 with labels right offset character -0.8,0 \
	         font NAMES textcolor rgb '#222222', \
	     '' using 3:1:6 with labels left offset character 0.6,0 \
	         font NAMES textcolor rgb '#444444'
}
