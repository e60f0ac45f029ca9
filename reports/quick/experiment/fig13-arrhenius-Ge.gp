# fig13-arrhenius-Ge: run `gnuplot fig13-arrhenius-Ge.gp` in this folder to draw it again.
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
  set terminal svg size 460,370 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1150,925 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig13-arrhenius-Ge.'.kind
unset logscale x
set xrange [0.85:3.5833333333333335]
set xtics autofreq
set mxtics 2
set format x '%g'
set logscale y 10
set yrange [*:*]
set ytics autofreq
set mytics 10
set format y '10^{%T}'
set xlabel '1000/T (K⁻¹)' offset 0,0.2
set ylabel 'D (m²/s)' offset 0.6,0
set xtics nomirror
set link x2
set x2tics ('300' 3.3333333333333335, '500' 2.0, '600' 1.6666666666666667, '666' 1.5015015015015014, '800' 1.25, '1000' 1.0) font ',11'
set x2label 'T (K)' offset 0,-0.4
set size nosquare
set key on inside top right Right noreverse
unset label
plot 'fig13-arrhenius-Ge.dat' index 0 using 1:($2-$4):($2+$4) with filledcurves linecolor rgb '#0072b2' notitle, \
     'fig13-arrhenius-Ge.dat' index 1 using 1:2 with lines linewidth 1.6 linecolor rgb '#0072b2' title 'Arrhenius fit, 0.201 ± 0.006 eV', \
     'fig13-arrhenius-Ge.dat' index 2 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#0072b2' notitle, \
     'fig13-arrhenius-Ge.dat' index 2 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' title 'VASP-PBE, disordered, expanded', \
     'fig13-arrhenius-Ge.dat' index 3 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#1a1a1a' notitle, \
     'fig13-arrhenius-Ge.dat' index 3 using 1:2 with points pointtype 12 pointsize 0.8 linewidth 1.2 linecolor rgb '#1a1a1a' title 'paper, DP-PBE', \
     'fig13-arrhenius-Ge.dat' index 4 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#d55e00' notitle, \
     'fig13-arrhenius-Ge.dat' index 4 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00' title 'NMR'
unset x2tics
unset x2label
unset link x2
unset output
}
