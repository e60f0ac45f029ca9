# stated-errors: run `gnuplot stated-errors.gp` in this folder to draw it again.
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
  set terminal svg size 900,284 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 2250,710 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'stated-errors.'.kind
set multiplot
unset label
unset arrow
unset object
set lmargin at screen 0.057244
set rmargin at screen 0.313333
set bmargin at screen 0.246479
set tmargin at screen 0.964789
unset logscale x
set xrange [-0.5319999999999999:7.532]
set xtics ('0' -0.0, '1' 1.0, '2' 2.0, '3' 3.0, '4' 4.0, '5' 5.0, '6' 6.0, '7' 7.0, '' -0.5 1, '' 0.5 1, '' 1.5 1, '' 2.5 1, '' 3.5 1, '' 4.5 1, '' 5.5 1, '' 6.5 1, '' 7.5 1)
unset logscale y
set yrange [1.119078:2.1704220000000003]
set ytics ('1.2' 1.2000000000000002, '1.4' 1.4000000000000001, '1.6' 1.6, '1.8' 1.8, '2.0' 2.0, '' 1.3 1, '' 1.5 1, '' 1.7000000000000002 1, '' 1.9000000000000001 1, '' 2.1 1)
set xlabel 'run' offset 0,0.2
set label 'D at 666 K (10⁻⁹ m²/s)' at screen 0.014667,0.605634 center rotate by 90
set xtics mirror
set label '' at screen 0.253289,0.908451 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' front
set label 'ours' at screen 0.272178,0.908451 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.253289,0.852113 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' front
set label 'kinisi' at screen 0.272178,0.852113 left font ',11' textcolor rgb '#1a1a1a' front
plot 'stated-errors.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2', \
     'stated-errors.dat' index 1 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00', \
     'stated-errors.dat' index 0 using ($4 > 0 ? $1 : NaN):2:($2-$4):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#002e47', \
     'stated-errors.dat' index 1 using ($4 > 0 ? $1 : NaN):2:($2-$4):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#5c4000'
unset label
unset arrow
unset object
set lmargin at screen 0.390578
set rmargin at screen 0.646667
set bmargin at screen 0.246479
set tmargin at screen 0.964789
unset logscale x
set xrange [-0.5319999999999999:7.532]
set xtics ('0' -0.0, '1' 1.0, '2' 2.0, '3' 3.0, '4' 4.0, '5' 5.0, '6' 6.0, '7' 7.0, '' -0.5 1, '' 0.5 1, '' 1.5 1, '' 2.5 1, '' 3.5 1, '' 4.5 1, '' 5.5 1, '' 6.5 1, '' 7.5 1)
unset logscale y
set yrange [4.3885760000000005:6.276223999999999]
set ytics ('4.5' 4.5, '5.0' 5.0, '5.5' 5.5, '6.0' 6.0, '' 4.4 1, '' 4.6000000000000005 1, '' 4.7 1, '' 4.800000000000001 1, '' 4.9 1, '' 5.1000000000000005 1, '' 5.2 1, '' 5.300000000000001 1, '' 5.4 1, '' 5.6000000000000005 1, '' 5.7 1, '' 5.800000000000001 1, '' 5.9 1, '' 6.1000000000000005 1, '' 6.2 1)
set xlabel 'run' offset 0,0.2
set label 'D at 1000 K (10⁻⁹ m²/s)' at screen 0.348,0.605634 center rotate by 90
set xtics mirror
set label '' at screen 0.431067,0.056338 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' front
set label 'ours' at screen 0.449956,0.056338 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.512222,0.056338 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' front
set label 'kinisi' at screen 0.531111,0.056338 left font ',11' textcolor rgb '#1a1a1a' front
plot 'stated-errors.dat' index 2 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2', \
     'stated-errors.dat' index 3 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00', \
     'stated-errors.dat' index 2 using ($4 > 0 ? $1 : NaN):2:($2-$4):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#002e47', \
     'stated-errors.dat' index 3 using ($4 > 0 ? $1 : NaN):2:($2-$4):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#5c4000'
unset label
unset arrow
unset object
set lmargin at screen 0.723911
set rmargin at screen 0.98
set bmargin at screen 0.246479
set tmargin at screen 0.964789
unset logscale x
set xrange [-2.8:2.8]
set xtics ('−2' -2.0, '−1' -1.0, '0' 0.0, '1' 1.0, '2' 2.0, '' -2.5 1, '' -1.5 1, '' -0.5 1, '' 0.5 1, '' 1.5 1, '' 2.5 1)
unset logscale y
set yrange [-2.8:2.8]
set ytics ('−2' -2.0, '−1' -1.0, '0' 0.0, '1' 1.0, '2' 2.0, '' -2.5 1, '' -1.5 1, '' -0.5 1, '' 0.5 1, '' 1.5 1, '' 2.5 1)
set xlabel 'quantile of the unit normal' offset 0,0.2
set label '(D − mean)/stated error' at screen 0.685333,0.605634 center rotate by 90
set xtics mirror
set label '' at screen 0.745022,0.908451 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' front
set label 'ours' at screen 0.763911,0.908451 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.745022,0.852113 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' front
set label 'kinisi' at screen 0.763911,0.852113 left font ',11' textcolor rgb '#1a1a1a' front
plot 'stated-errors.dat' index 4 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2', \
     'stated-errors.dat' index 5 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00', \
     'stated-errors.dat' index 6 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f'
unset multiplot
unset output
}
