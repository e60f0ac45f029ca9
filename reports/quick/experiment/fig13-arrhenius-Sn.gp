# fig13-arrhenius-Sn: run `gnuplot fig13-arrhenius-Sn.gp` in this folder to draw it again.
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
  set terminal svg size 460,370 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1150,925 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig13-arrhenius-Sn.'.kind
unset label
unset arrow
unset object
set lmargin at screen 0.133913
set rmargin at screen 0.96087
set bmargin at screen 0.124324
set tmargin at screen 0.875676
unset logscale x
set xrange [0.85:3.5833333333333335]
set xtics ('1.0' 1.0, '1.5' 1.5, '2.0' 2.0, '2.5' 2.5, '3.0' 3.0, '3.5' 3.5, '' 0.9 1, '' 1.1 1, '' 1.2000000000000002 1, '' 1.3 1, '' 1.4000000000000001 1, '' 1.6 1, '' 1.7000000000000002 1, '' 1.8 1, '' 1.9000000000000001 1, '' 2.1 1, '' 2.2 1, '' 2.3000000000000003 1, '' 2.4000000000000004 1, '' 2.6 1, '' 2.7 1, '' 2.8000000000000003 1, '' 2.9000000000000004 1, '' 3.1 1, '' 3.2 1, '' 3.3000000000000003 1, '' 3.4000000000000004 1)
set logscale y 10
set yrange [6.637994931852737e-13:8.25425595444333e-09]
set ytics ('10⁻¹²' 1e-12, '10⁻¹¹' 1e-11, '10⁻¹⁰' 1e-10, '10⁻⁹' 1e-09, '' 7e-13 1, '' 8e-13 1, '' 9e-13 1, '' 2e-12 1, '' 3e-12 1, '' 4e-12 1, '' 5e-12 1, '' 6e-12 1, '' 7e-12 1, '' 8e-12 1, '' 9e-12 1, '' 2e-11 1, '' 3e-11 1, '' 4e-11 1, '' 4.9999999999999995e-11 1, '' 6e-11 1, '' 6.999999999999999e-11 1, '' 8e-11 1, '' 9e-11 1, '' 2e-10 1, '' 3e-10 1, '' 4e-10 1, '' 5e-10 1, '' 6e-10 1, '' 7.000000000000001e-10 1, '' 8e-10 1, '' 9e-10 1, '' 2e-09 1, '' 3.0000000000000004e-09 1, '' 4e-09 1, '' 5e-09 1, '' 6.000000000000001e-09 1, '' 7.000000000000001e-09 1, '' 8e-09 1)
set xlabel '1000/T (K⁻¹)' offset 0,0.2
set label 'D (m²/s)' at screen 0.028696,0.5 center rotate by 90
set xtics nomirror
set link x2
set x2tics ('1000' 1.0, '666' 1.5015015015015014, '300' 3.3333333333333335) font ',11'
set x2label 'T (K)' offset 0,-0.4
set arrow from screen 0.151304,0.297297 to screen 0.19913,0.297297 nohead linewidth 1.6 linecolor rgb '#009e73' front
set label 'Arrhenius fit, 0.191 ± 0.017 eV' at screen 0.212174,0.297297 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.175217,0.254054 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73' front
set label 'CP2K-PBE, disordered, expanded' at screen 0.212174,0.254054 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.175217,0.210811 point pointtype 12 pointsize 0.8 linewidth 1.2 linecolor rgb '#1a1a1a' front
set label 'paper, DP-PBE' at screen 0.212174,0.210811 left font ',11' textcolor rgb '#1a1a1a' front
set label '' at screen 0.175217,0.167568 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00' front
set label 'NMR' at screen 0.212174,0.167568 left font ',11' textcolor rgb '#1a1a1a' front
plot 'fig13-arrhenius-Sn.dat' index 0 using 1:($2-$4 > 6.637994931852737e-13 ? $2-$4 : 6.637994931852737e-13):($2+$4) with filledcurves linecolor rgb '#009e73', \
     'fig13-arrhenius-Sn.dat' index 1 using 1:2 with lines linewidth 1.6 linecolor rgb '#009e73', \
     'fig13-arrhenius-Sn.dat' index 2 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73', \
     'fig13-arrhenius-Sn.dat' index 3 using 1:2 with points pointtype 12 pointsize 0.8 linewidth 1.2 linecolor rgb '#1a1a1a', \
     'fig13-arrhenius-Sn.dat' index 4 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00', \
     'fig13-arrhenius-Sn.dat' index 2 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 6.637994931852737e-13 ? $2-$4 : 6.637994931852737e-13):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#003f2e', \
     'fig13-arrhenius-Sn.dat' index 3 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 6.637994931852737e-13 ? $2-$4 : 6.637994931852737e-13):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#1a1a1a', \
     'fig13-arrhenius-Sn.dat' index 4 using ($4 > 0 ? $1 : NaN):2:($2-$4 > 6.637994931852737e-13 ? $2-$4 : 6.637994931852737e-13):($2+$4) with yerrorbars pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '#552600'
unset x2tics
unset x2label
unset link x2
unset output
}
