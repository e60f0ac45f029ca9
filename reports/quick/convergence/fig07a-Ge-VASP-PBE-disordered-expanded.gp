# fig07a-Ge-VASP-PBE-disordered-expanded: run `gnuplot fig07a-Ge-VASP-PBE-disordered-expanded.gp` in this folder to draw it again.
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
set output 'fig07a-Ge-VASP-PBE-disordered-expanded.'.kind
unset label
unset arrow
unset object
set lmargin at screen 0.171636
set rmargin at screen 0.959091
set bmargin at screen 0.135294
set tmargin at screen 0.970588
set logscale x 10
set xrange [4.007249698107465:249.5477136032421]
set xtics ('5' 5.0, '10' 10.0, '20' 20.0, '50' 50.0, '100' 100.0, '200' 200.0, '' 6.0 1, '' 7.0 1, '' 8.0 1, '' 9.0 1, '' 30.0 1, '' 40.0 1, '' 60.0 1, '' 70.0 1, '' 80.0 1, '' 90.0 1)
set logscale y 10
set yrange [3.5671530988720625e-10:7.93415149023049e-09]
set ytics ('5×10⁻¹⁰' 5e-10, '10⁻⁹' 1e-09, '2×10⁻⁹' 2e-09, '5×10⁻⁹' 5e-09, '' 4e-10 1, '' 6e-10 1, '' 7.000000000000001e-10 1, '' 8e-10 1, '' 9e-10 1, '' 3.0000000000000004e-09 1, '' 4e-09 1, '' 6.000000000000001e-09 1, '' 7.000000000000001e-09 1)
set xlabel 'Length of the trajectory (ps)' offset 0,0.2
set label 'D (m²/s)' at screen 0.03,0.552941 center rotate by 90
set xtics mirror
set arrow from screen 0.793023,0.923529 to screen 0.843023,0.923529 nohead linewidth 1.2 linecolor rgb '#f9a532' front
set label '' at screen 0.818023,0.923529 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#f9a532' front
set label '1000 K' at screen 0.856659,0.923529 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.793023,0.876471 to screen 0.843023,0.876471 nohead linewidth 1.2 linecolor rgb '#e2695f' front
set label '' at screen 0.818023,0.876471 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#e2695f' front
set label '800 K' at screen 0.856659,0.876471 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.793023,0.829412 to screen 0.843023,0.829412 nohead linewidth 1.2 linecolor rgb '#be3884' front
set label '' at screen 0.818023,0.829412 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884' front
set label '666 K' at screen 0.856659,0.829412 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.793023,0.782353 to screen 0.843023,0.782353 nohead linewidth 1.2 linecolor rgb '#a52195' front
set label '' at screen 0.818023,0.782353 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#a52195' front
set label '600 K' at screen 0.856659,0.782353 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.793023,0.735294 to screen 0.843023,0.735294 nohead linewidth 1.2 linecolor rgb '#7b08a4' front
set label '' at screen 0.818023,0.735294 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#7b08a4' front
set label '500 K' at screen 0.856659,0.735294 left font ',11' textcolor rgb '#1a1a1a' front
plot 'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 0 using 1:2 with lines linewidth 1.2 linecolor rgb '#f9a532', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#f9a532', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 1 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#f9a532', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 2 using 1:2 with lines linewidth 1.2 linecolor rgb '#e2695f', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 2 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#e2695f', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 3 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#e2695f', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 4 using 1:2 with lines linewidth 1.2 linecolor rgb '#be3884', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 4 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 5 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 6 using 1:2 with lines linewidth 1.2 linecolor rgb '#a52195', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 6 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#a52195', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 7 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#a52195', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 8 using 1:2 with lines linewidth 1.2 linecolor rgb '#7b08a4', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 8 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#7b08a4', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 9 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#7b08a4', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 0 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 3.5671530988720625e-10 ? $2-$4 : 3.5671530988720625e-10):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#644214', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 2 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 3.5671530988720625e-10 ? $2-$4 : 3.5671530988720625e-10):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#5a2a26', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 4 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 3.5671530988720625e-10 ? $2-$4 : 3.5671530988720625e-10):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#4c1635', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 6 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 3.5671530988720625e-10 ? $2-$4 : 3.5671530988720625e-10):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#420d3c', \
     'fig07a-Ge-VASP-PBE-disordered-expanded.dat' index 8 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 3.5671530988720625e-10 ? $2-$4 : 3.5671530988720625e-10):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#bd84d2'
unset output
}
