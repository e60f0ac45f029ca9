# history: run `gnuplot history.gp` in this folder to draw it again.
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
  set terminal svg size 560,600 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 1400,1500 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'history.'.kind
set multiplot
unset label
unset arrow
unset object
set lmargin at screen 0.085571
set rmargin at screen 0.967857
set bmargin at screen 0.576667
set tmargin at screen 0.963333
unset logscale x
set xrange [-0.5:1.8]
set xtics ('df7cdcf' 0.0)
unset logscale y
set yrange [0.0:97.88358728646264]
set ytics ('0' -0.0, '20' 20.0, '40' 40.0, '60' 60.0, '80' 80.0, '' 10.0 1, '' 30.0 1, '' 50.0 1, '' 70.0 1, '' 90.0 1)
set xlabel 'commit' offset 0,0.2
set label 'error of forces (meV/Å)' at screen 0.023571,0.77 center rotate by 90
set xtics mirror
set label '{/:Bold (a)}' at screen 0.085571,0.963333 right offset -1.2,0.9
set arrow from screen 0.665304,0.936667 to screen 0.704589,0.936667 nohead linewidth 1.2 linecolor rgb '#0072b2' front
set label '' at screen 0.684946,0.936667 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' front
set label 'Li10MP2S12-PBE' at screen 0.715304,0.936667 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.665304,0.91 to screen 0.704589,0.91 nohead linewidth 1.2 linecolor rgb '#e69f00' front
set label '' at screen 0.684946,0.91 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' front
set label 'Li10MP2S12-PBEsol' at screen 0.715304,0.91 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.665304,0.883333 to screen 0.704589,0.883333 nohead linewidth 1.2 linecolor rgb '#009e73' front
set label '' at screen 0.684946,0.883333 point pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73' front
set label 'LiGePS-PBE-hybrid-fast' at screen 0.715304,0.883333 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.665304,0.856667 to screen 0.704589,0.856667 nohead linewidth 1.2 linecolor rgb '#d55e00' front
set label '' at screen 0.684946,0.856667 point pointtype 13 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00' front
set label 'LiGePS-PBE-hybrid' at screen 0.715304,0.856667 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.665304,0.83 to screen 0.704589,0.83 nohead linewidth 1.2 linecolor rgb '#cc79a7' front
set label '' at screen 0.684946,0.83 point pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#cc79a7' front
set label 'LiGePS-PBE' at screen 0.715304,0.83 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.665304,0.803333 to screen 0.704589,0.803333 nohead linewidth 1.2 linecolor rgb '#56b4e9' front
set label '' at screen 0.684946,0.803333 point pointtype 4 pointsize 0.8 linewidth 1.2 linecolor rgb '#56b4e9' front
set label 'interim' at screen 0.715304,0.803333 left font ',11' textcolor rgb '#1a1a1a' front
plot 'history.dat' index 0 using 1:2 with lines linewidth 1.2 linecolor rgb '#0072b2', \
     'history.dat' index 0 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2', \
     'history.dat' index 1 using 1:2 with lines linewidth 1.2 linecolor rgb '#e69f00', \
     'history.dat' index 1 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00', \
     'history.dat' index 2 using 1:2 with lines linewidth 1.2 linecolor rgb '#009e73', \
     'history.dat' index 2 using 1:2 with points pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73', \
     'history.dat' index 3 using 1:2 with lines linewidth 1.2 linecolor rgb '#d55e00', \
     'history.dat' index 3 using 1:2 with points pointtype 13 pointsize 0.8 linewidth 1.2 linecolor rgb '#d55e00', \
     'history.dat' index 4 using 1:2 with lines linewidth 1.2 linecolor rgb '#cc79a7', \
     'history.dat' index 4 using 1:2 with points pointtype 6 pointsize 0.8 linewidth 1.2 linecolor rgb '#cc79a7', \
     'history.dat' index 5 using 1:2 with lines linewidth 1.2 linecolor rgb '#56b4e9', \
     'history.dat' index 5 using 1:2 with points pointtype 4 pointsize 0.8 linewidth 1.2 linecolor rgb '#56b4e9'
unset label
unset arrow
unset object
set lmargin at screen 0.085571
set rmargin at screen 0.967857
set bmargin at screen 0.076667
set tmargin at screen 0.463333
unset logscale x
set xrange [-0.5:1.8]
set xtics ('df7cdcf' 0.0)
unset logscale y
set yrange [0.0:77.51210672591988]
set ytics ('0' -0.0, '10' 10.0, '20' 20.0, '30' 30.0, '40' 40.0, '50' 50.0, '60' 60.0, '70' 70.0, '' 5.0 1, '' 15.0 1, '' 25.0 1, '' 35.0 1, '' 45.0 1, '' 55.0 1, '' 65.0 1, '' 75.0 1)
set xlabel 'commit' offset 0,0.2
set label 'times the reference evaluator' at screen 0.023571,0.27 center rotate by 90
set xtics mirror
set label '{/:Bold (b)}' at screen 0.085571,0.463333 right offset -1.2,0.9
set arrow from screen 0.568857,0.436667 to screen 0.608143,0.436667 nohead linewidth 1.2 linecolor rgb '#0072b2' front
set label '' at screen 0.5885,0.436667 point pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2' front
set label 'Li10MP2S12-PBE/50-atoms' at screen 0.618857,0.436667 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.568857,0.41 to screen 0.608143,0.41 nohead linewidth 1.2 linecolor rgb '#e69f00' front
set label '' at screen 0.5885,0.41 point pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00' front
set label 'Li10MP2S12-PBEsol/50-atoms' at screen 0.618857,0.41 left font ',11' textcolor rgb '#1a1a1a' front
set arrow from screen 0.568857,0.383333 to screen 0.608143,0.383333 nohead linewidth 1.2 linecolor rgb '#009e73' front
set label '' at screen 0.5885,0.383333 point pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73' front
set label 'LiGePS-PBE-hybrid-fast/50-atoms' at screen 0.618857,0.383333 left font ',11' textcolor rgb '#1a1a1a' front
plot 'history.dat' index 6 using 1:2 with lines linewidth 1.2 linecolor rgb '#0072b2', \
     'history.dat' index 6 using 1:2 with points pointtype 7 pointsize 0.8 linewidth 1.2 linecolor rgb '#0072b2', \
     'history.dat' index 7 using 1:2 with lines linewidth 1.2 linecolor rgb '#e69f00', \
     'history.dat' index 7 using 1:2 with points pointtype 5 pointsize 0.8 linewidth 1.2 linecolor rgb '#e69f00', \
     'history.dat' index 8 using 1:2 with lines linewidth 1.2 linecolor rgb '#009e73', \
     'history.dat' index 8 using 1:2 with points pointtype 9 pointsize 0.8 linewidth 1.2 linecolor rgb '#009e73'
unset multiplot
unset output
}
