# fig06-speed: run `gnuplot fig06-speed.gp` in this folder to draw it again.
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
  set terminal svg size 440,340 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1100,850 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig06-speed.'.kind
unset label
unset arrow
unset object
set lmargin at screen 0.117091
set rmargin at screen 0.959091
set bmargin at screen 0.135294
set tmargin at screen 0.970588
set logscale x 10
set xrange [38.95822898302499:4106.962872201294]
set xtics ('50' 50.0, '200' 200.0, '400' 400.0, '900' 900.0, '1600' 1600.0, '3200' 3200.0)
set logscale y 10
set yrange [0.40435939098728146:54.710771797467515]
set ytics ('0.5' 0.5, '1' 1.0, '2' 2.0, '5' 5.0, '10' 10.0, '20' 20.0, '50' 50.0, '' 0.6000000000000001 1, '' 0.7000000000000001 1, '' 0.8 1, '' 0.9 1, '' 3.0 1, '' 4.0 1, '' 6.0 1, '' 7.0 1, '' 8.0 1, '' 9.0 1, '' 30.0 1, '' 40.0 1)
set xlabel 'Number of atoms' offset 0,0.2
set label 'Time per step (ms)' at screen 0.03,0.552941 center rotate by 90
set xtics mirror
set label '' at screen 0.160273,0.923529 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' front
set label 'one thread, exponent 1.02 ± 0.03' at screen 0.198909,0.923529 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.160273,0.876471 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' front
set label 'two threads, exponent 0.90 ± 0.04' at screen 0.198909,0.876471 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.160273,0.829412 point pointtype 12 pointsize 0.8 linewidth 1.2 linecolor rgb '#1a1a1a' front
set label 'paper, V100' at screen 0.198909,0.829412 left font ',11' textcolor rgb '#1a1a1a' front
plot 'fig06-speed.dat' index 0 using 1:2 with lines linewidth 1.6 linecolor rgb '#0072b2', \
     'fig06-speed.dat' index 1 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2', \
     'fig06-speed.dat' index 2 using 1:2 with lines linewidth 1.6 linecolor rgb '#e69f00', \
     'fig06-speed.dat' index 3 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00', \
     'fig06-speed.dat' index 4 using 1:2 with points pointtype 12 pointsize 0.8 linewidth 1.2 linecolor rgb '#1a1a1a', \
     'fig06-speed.dat' index 1 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 0.40435939098728146 ? $2-$4 : 0.40435939098728146):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#002e47', \
     'fig06-speed.dat' index 3 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 0.40435939098728146 ? $2-$4 : 0.40435939098728146):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#5c4000'
unset output
}
