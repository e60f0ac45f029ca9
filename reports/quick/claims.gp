# claims: run `gnuplot claims.gp` in this folder to draw it again.
set encoding utf8
set border linewidth 0.8 linecolor rgb '#333333'
set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'
set key off
set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'
set errorbars 0.6
set pointintervalbox 0.001
set style fill solid 0.18 noborder
set palette defined (0 '#9ecae1', 0.35 '#4f9bcb', 0.7 '#0b5394', 1 '#08213f')
unset colorbox
do for [kind in 'svg png'] {
if (kind eq 'svg') {
  set terminal svg size 700,200 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1750,500 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'claims.'.kind
unset label
unset arrow
unset object
set lmargin at screen 0.322457
set rmargin at screen 0.974286
set bmargin at screen 0.23
set tmargin at screen 0.95
set logscale x 10
set xrange [0.21799925686382052:1.1184639412582167]
set xtics ('0.3' 0.30000000000000004, '0.5' 0.5, '0.7' 0.7000000000000001, '1' 1.0, '' 0.4 1, '' 0.6000000000000001 1, '' 0.8 1, '' 0.9 1)
unset logscale y
set yrange [0.4:5.6]
set ytics ('lattice-functionals (Section III.D.2)' 5.0, 'accuracy-energy (Table V, Fig. 5)' 4.0, 'accuracy-force (Table V, Fig. 5)' 3.0, 'speed-nanosecond 1-threads (Fig. 6)' 2.0, 'speed-nanosecond 2-threads (Fig. 6)' 1.0)
set xlabel 'ratio to the paper''s value' offset 0,0.2
set xtics mirror
set label '' at screen 0.3496,0.87 point pointtype 13 pointsize 0.8 linewidth 1.2 linecolor rgb '#7f7f7f' front
set label 'paper' at screen 0.373886,0.87 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.3496,0.79 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73' front
set label 'ours, passes' at screen 0.373886,0.79 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.3496,0.71 point pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00' front
set label 'ours, fails' at screen 0.373886,0.71 left font ',11' textcolor rgb '#1a1a1a' front
plot 'claims.dat' index 0 using 1:2 with points pointtype 13 pointsize 0.8 linewidth 1.2 linecolor rgb '#7f7f7f', \
     'claims.dat' index 1 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73', \
     'claims.dat' index 2 using 1:2 with points pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00', \
     'claims.dat' index 3 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f', \
     'claims.dat' index 0 using ($3 > 0 ? $1 : NaN):2:($1-$3 > 0.21799925686382052 ? $1-$3 : 0.21799925686382052):($1+$3) with xerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#333333', \
     'claims.dat' index 1 using ($3 > 0 ? $1 : NaN):2:($1-$3 > 0.21799925686382052 ? $1-$3 : 0.21799925686382052):($1+$3) with xerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#003f2e', \
     'claims.dat' index 2 using ($3 > 0 ? $1 : NaN):2:($1-$3 > 0.21799925686382052 ? $1-$3 : 0.21799925686382052):($1+$3) with xerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#552600'
unset output
}
