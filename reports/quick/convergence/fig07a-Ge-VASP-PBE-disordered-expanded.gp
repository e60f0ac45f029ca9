# fig07a-Ge-VASP-PBE-disordered-expanded: run `gnuplot fig07a-Ge-VASP-PBE-disordered-expanded.gp` in this folder to draw it again.
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
set output 'fig07a-Ge-VASP-PBE-disordered-expanded.'.kind
set logscale x 10
set xrange [4.0:520.0]
set xtics autofreq
set mxtics 10
set format x '10^{%T}'
set logscale y 10
set yrange [*:*]
set ytics autofreq
set mytics 10
set format y '10^{%T}'
set xlabel 'Length of the trajectory (ps)' offset 0,0.2
set ylabel 'D (m²/s)' offset 0.6,0
set xtics mirror
set size nosquare
set key on inside bottom right Right noreverse
unset label
plot 'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 0 using 1:2 with lines linewidth 1.2 linecolor rgb '#f9a532' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 0 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#f9a532' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#f9a532' title '1000 K', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 1 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#f9a532' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 2 using 1:2 with lines linewidth 1.2 linecolor rgb '#e2695f' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 2 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#e2695f' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 2 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#e2695f' title '800 K', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 3 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#e2695f' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 4 using 1:2 with lines linewidth 1.2 linecolor rgb '#be3884' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 4 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#be3884' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 4 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884' title '666 K', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 5 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 6 using 1:2 with lines linewidth 1.2 linecolor rgb '#a52195' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 6 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#a52195' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 6 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#a52195' title '600 K', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 7 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#a52195' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 8 using 1:2 with lines linewidth 1.2 linecolor rgb '#7b08a4' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 8 using 1:2:4 with yerrorbars pointtype 7 pointsize 0.01 linewidth 1.2 linecolor rgb '#7b08a4' notitle, \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 8 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#7b08a4' title '500 K', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 9 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#7b08a4' notitle
unset output
}
