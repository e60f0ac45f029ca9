# fig06-speed: run `gnuplot fig06-speed.gp` in this folder to draw it again.
set encoding utf8
set border linewidth 0.8 linecolor rgb '#333333'
set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'
set key samplen 1.4 spacing 1.2 font ',11' textcolor rgb '#1a1a1a' noautotitle
set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'
set errorbars 0.6
set pointintervalbox 0
set style fill solid 0.18 noborder
set palette defined (0 '#cfe3f1', 0.35 '#56a0ce', 0.7 '#0b5394', 1 '#08213f')
unset colorbox
do for [kind in 'svg png'] {
if (kind eq 'svg') {
  set terminal svg size 440,340 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1100,850 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig06-speed.'.kind
set logscale x 10
set xrange [35.0:4480.0]
set xtics ('50' 50.0, '200' 200.0, '400' 400.0, '900' 900.0, '1600' 1600.0, '3200' 3200.0)
unset mxtics
set format x '10^{%T}'
set logscale y 10
set yrange [0.3207586322981366:124.6415955]
set ytics autofreq
set mytics 10
set format y '10^{%T}'
set xlabel 'Number of atoms' offset 0,0.2
set ylabel 'Time per step (ms)' offset 0.6,0
set xtics mirror
set size nosquare
set key on inside top left Left reverse
unset label
plot 'fig06-speed.dat' index 0 using 1:2 with lines linewidth 1.6 linecolor rgb '#0072b2' notitle, \
     'fig06-speed.dat' index 1 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#0072b2' notitle, \
     'fig06-speed.dat' index 1 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' title 'one thread, exponent 1.02 ± 0.03', \
     'fig06-speed.dat' index 2 using 1:2 with lines linewidth 1.6 linecolor rgb '#e69f00' notitle, \
     'fig06-speed.dat' index 3 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#e69f00' notitle, \
     'fig06-speed.dat' index 3 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' title 'two threads, exponent 0.90 ± 0.04', \
     'fig06-speed.dat' index 4 using 1:2 with points pointtype 12 pointsize 0.8 linewidth 1.2 linecolor rgb '#1a1a1a' title 'paper, V100'
unset output
}
