# words.gp - the words, and the legend's patches, on the whole page
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:W]
set yrange [H:0]
plot 'text.tsv' using (style('head')):2:3 with labels left \
         font BOLD.',13' textcolor rgb '#111111', \
     '' using (style('fact')):2:3 with labels left \
         font FONT.',10' textcolor rgb '#444444', \
     '' using (style('title')):2:3 with labels left \
         font BOLD.',10.5' textcolor rgb '#222222', \
     '' using (style('note')):2:3 with labels left \
         font FONT.',8.5' textcolor rgb '#666666', \
     '' using (style('foot')):2:3:(faint(strcol(5))) with labels left \
         font FONT.',8.5' textcolor rgb variable, \
     '' using (style('legend')):2:(column(1)):(column(1)+12): \
         ($2-6):($2+6):(colour(strcol(5))) with boxxyerror \
         fillstyle solid 1 noborder linecolor rgb variable, \
     '' using (style('legend') + 18):2:3:(ink(strcol(5))) with labels left \
         font NAMES textcolor rgb variable
