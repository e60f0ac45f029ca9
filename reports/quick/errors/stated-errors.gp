# stated-errors: run `gnuplot stated-errors.gp` in this folder to draw it again.
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
  set terminal svg size 900,260 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 2250,650 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'stated-errors.'.kind
set multiplot layout 1,3
set lmargin 8.5
set rmargin 1.5
set tmargin 1.8
set bmargin 3.2
unset logscale x
set xrange [*:*]
set xtics autofreq
set mxtics 2
set format x '%g'
unset logscale y
set yrange [*:*]
set ytics autofreq
set mytics 2
set format y '%g'
set xlabel 'run' offset 0,0.2
set ylabel 'D at 666 K (10⁻⁹ m²/s)' offset 0.6,0
set xtics mirror
set size nosquare
set key on inside top right Right noreverse
unset label
plot 'stated-errors.dat' index 0 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#0072b2' notitle, \
     'stated-errors.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' title 'ours', \
     'stated-errors.dat' index 1 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#e69f00' notitle, \
     'stated-errors.dat' index 1 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' title 'kinisi'
unset logscale x
set xrange [*:*]
set xtics autofreq
set mxtics 2
set format x '%g'
unset logscale y
set yrange [*:*]
set ytics autofreq
set mytics 2
set format y '%g'
set xlabel 'run' offset 0,0.2
set ylabel 'D at 1000 K (10⁻⁹ m²/s)' offset 0.6,0
set xtics mirror
set size nosquare
set key on inside top right Right noreverse
unset label
plot 'stated-errors.dat' index 2 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#0072b2' notitle, \
     'stated-errors.dat' index 2 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' title 'ours', \
     'stated-errors.dat' index 3 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#e69f00' notitle, \
     'stated-errors.dat' index 3 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' title 'kinisi'
unset logscale x
set xrange [*:*]
set xtics autofreq
set mxtics 2
set format x '%g'
unset logscale y
set yrange [*:*]
set ytics autofreq
set mytics 2
set format y '%g'
set xlabel 'quantile of the unit normal' offset 0,0.2
set ylabel '(D − mean)/stated error' offset 0.6,0
set xtics mirror
set size nosquare
set key on inside top left Left reverse
unset label
plot 'stated-errors.dat' index 4 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' title 'ours', \
     'stated-errors.dat' index 5 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' title 'kinisi', \
     'stated-errors.dat' index 6 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset multiplot
unset output
}
