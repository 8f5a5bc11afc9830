# time.gp - the two panels over time: the total with its spikes, the parts
set xdata time
set timefmt '%s'
set format x x_format
set border 1 linecolor rgb '#999999'
set xtics x_first, x_step nomirror out scale 0.5 offset 0,0.4 font FONT.',8.5' \
    textcolor rgb '#444444'
set ytics nomirror scale 0 font FONT.',8.5' textcolor rgb '#444444'
set grid ytics front linetype 1 linewidth 0.5 linecolor rgb '#DDDDDD'
set xlabel x_name font FONT.',8.5' textcolor rgb '#666666' offset 0,0.7
set xrange [from:to]
axis_at = strstrt(x_format, "\n") ? 248 : 262

left = word(lefts, 3) + 0
top = word(tops, 3) + 0
set tmargin at screen 1 - (top + 52) / H
set bmargin at screen 1 - (top + axis_at) / H
set lmargin at screen (left + 70) / W
set rmargin at screen (left + wide - (narrow ? 28 : 5)) / W
set yrange [0:rate_top]
unset mxtics
eval set_rate
band = !has_usual ? '' : "'usual.tsv' using 1:2:3 with filledcurves " . \
    "fillstyle solid 1 noborder linecolor rgb '#E4EFDC',"
ends = !has_usual ? '' : "'usual.tsv' using 1:3 with lines linetype 1 " . \
    "linewidth 1 linecolor rgb '#6A9A4A', '' using 1:2 with lines " . \
    "linetype 1 linewidth 1 linecolor rgb '#6A9A4A',"
other = !has_against ? '' : "'against.tsv' using 1:2 with lines linetype 1 " . \
    "linewidth 1 linecolor rgb '#777777',"
plot @band \
     'timeline.tsv' using 1:3 with filledcurves closed \
         fillstyle solid 1 noborder linecolor rgb '#BBD0E4', \
     '' using 1:2 with filledcurves closed \
         fillstyle solid 1 noborder linecolor rgb '#4477AA', \
     '' using 1:4 with filledcurves closed \
         fillstyle solid 1 noborder linecolor rgb '#CC3311', \
     @ends @other \
     spike with lines linetype 1 dashtype 3 linewidth 1 \
         linecolor rgb '#CC3311'

# Its legend is at the side, or below it on a phone.
left = word(lefts, 4) + 0
top = word(tops, 4) + 0
set tmargin at screen 1 - (top + 52) / H
set bmargin at screen 1 - (top + axis_at) / H
set lmargin at screen (left + 70) / W
set rmargin at screen (left + wide - (narrow ? 28 : 115)) / W
set yrange [0:stack_top]
eval set_stack
plot for [i = 1:words(bands)] 'stack.tsv' \
    using 1:int(word(bands, i)) with filledcurves closed \
    fillstyle solid 1 noborder linecolor rgb colour(word(classes, i))
