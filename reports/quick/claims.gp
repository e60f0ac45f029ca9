# claims: run `gnuplot claims.gp` in this folder to draw it again.
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
  set terminal svg size 760,300 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1900,750 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'claims.'.kind
set logscale x 10
set xrange [*:*]
set xtics autofreq
set mxtics 10
set format x '10^{%T}'
unset logscale y
set yrange [-3.5:5.6]
set ytics ('lattice-functionals' 5.0, 'accuracy-energy' 4.0, 'accuracy-force' 3.0, 'speed-nanosecond 1-threads' 2.0, 'speed-nanosecond 2-threads' 1.0)
unset mytics
set format y '%g'
set xlabel 'ratio to the paper''s value' offset 0,0.2
set ylabel '' offset 0.6,0
set xtics mirror
set size nosquare
set key on inside bottom right Right noreverse
unset label
plot 'claims.dat' index 0 using 1:2:3 with xerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#7f7f7f' notitle, \
     'claims.dat' index 0 using 1:2 with points pointtype 13 pointsize 0.8 linewidth 1.2 linecolor rgb '#7f7f7f' title 'paper', \
     'claims.dat' index 1 using 1:2:3 with xerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#009e73' notitle, \
     'claims.dat' index 1 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73' title 'ours, passes', \
     'claims.dat' index 2 using 1:2:3 with xerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#d55e00' notitle, \
     'claims.dat' index 2 using 1:2 with points pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00' title 'ours, fails', \
     'claims.dat' index 3 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset output
}
