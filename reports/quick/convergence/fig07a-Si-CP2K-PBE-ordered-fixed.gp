# fig07a-Si-CP2K-PBE-ordered-fixed: run `gnuplot fig07a-Si-CP2K-PBE-ordered-fixed.gp` in this folder to draw it again.
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
set output 'fig07a-Si-CP2K-PBE-ordered-fixed.'.kind
unset label
unset arrow
unset object
set lmargin at screen 0.171636
set rmargin at screen 0.959091
set bmargin at screen 0.135294
set tmargin at screen 0.970588
set logscale x 10
set xrange [4.177420605417952:119.69108385962369]
set xtics ('5' 5.0, '10' 10.0, '20' 20.0, '50' 50.0, '100' 100.0, '' 6.0 1, '' 7.0 1, '' 8.0 1, '' 9.0 1, '' 30.0 1, '' 40.0 1, '' 60.0 1, '' 70.0 1, '' 80.0 1, '' 90.0 1)
set logscale y 10
set yrange [8.427244673887405e-10:2.7605042984510037e-09]
set ytics ('9×10⁻¹⁰' 9e-10, '10⁻⁹' 1e-09, '2×10⁻⁹' 2e-09)
set xlabel 'Length of the trajectory (ps)' offset 0,0.2
set label 'D (m²/s)' at screen 0.03,0.552941 center rotate by 90
set xtics mirror
set arrow from screen 0.189818,0.182353 to screen 0.239818,0.182353 nohead linewidth 1.2 linecolor rgb '#be3884' front
set label '' at screen 0.214818,0.182353 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884' front
set label '666 K' at screen 0.253455,0.182353 left font ',11' textcolor rgb '#1a1a1a' front
plot 'fig07a-Si-CP2K-PBE-ordered-fixed.dat' index 0 using 1:2 with lines linewidth 1.2 linecolor rgb '#be3884', \
     'fig07a-Si-CP2K-PBE-ordered-fixed.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884', \
     'fig07a-Si-CP2K-PBE-ordered-fixed.dat' index 1 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#be3884', \
     'fig07a-Si-CP2K-PBE-ordered-fixed.dat' index 0 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 8.427244673887405e-10 ? $2-$4 : 8.427244673887405e-10):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#4c1635'
unset output
}
